"""Telegram's HTML as its server reads it: plain text and entities out, or the error that Telegram gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

KINDS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strikethrough", "code": "code",
         "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler"}
PIECE = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z-]*)(?P<rest>[^>]*)>?|&(?P<name>lt|gt|amp|quot);|&#(?P<code>\d+);|[^<&]+|&",
                   re.DOTALL)
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
HREF = re.compile(r'\s+href="([^"]*)"\s*$')


class Refusal(Exception):
    """An error of the Bot API: its code, description and parameters."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class _Reader:
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)

    def start(self, tag: str, rest: str, at: int) -> None:
        kind = KINDS.get(tag)
        link = HREF.match(rest) if tag == "a" else None
        if kind is None or (tag == "a" and link is None):
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {at}')
        self.open.append((tag, units(self.text), {"type": kind} | ({"url": link[1].replace("&amp;", "&")} if link else {})))

    def end(self, tag: str, at: int) -> None:
        if not self.open:
            raise _wrong(f"Unexpected end tag at byte offset {at}")
        opened, offset, entity = self.open.pop()
        if tag not in ("", opened):
            raise _wrong(f'Unmatched end tag at byte offset {at}, expected "</{opened}>", found "</{tag}>"')
        self.entities.append(entity | {"offset": offset, "length": units(self.text) - offset})


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its markup, and its entities with offsets in UTF-16 units."""
    reader = _Reader()
    for piece in PIECE.finditer(html):
        at = len(html[: piece.start()].encode())
        if piece["name"] or piece["code"]:
            reader.text += NAMED[piece["name"]] if piece["name"] else chr(int(piece["code"]))
        elif piece["tag"] is None:
            reader.text += piece[0]
        elif not piece[0].endswith(">"):
            raise _wrong(f"Unclosed start tag at byte offset {at}")
        elif piece["close"]:
            reader.end(piece["tag"].lower(), at)
        else:
            reader.start(piece["tag"].lower(), piece["rest"], at)
    if reader.open:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{reader.open[-1][0]}"')
    return reader.text, sorted(reader.entities, key=lambda entity: entity["offset"])


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _wrong(why: str) -> Refusal:
    return Refusal(400, f"Bad Request: can't parse entities: {why}")
