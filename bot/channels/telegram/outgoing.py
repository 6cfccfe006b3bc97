"""From a rendered message to what Telegram takes: HTML in parts below its limit, the buttons under the last part."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import Body, Button, File

from .splitting import MOST_UNITS, pieces, units

TAGS = {"strong": "b", "small": "i"}
PARAGRAPH_GAP = "\n\n"
MOST_ID_BYTES = 64  # callback_data, core.telegram.org/bots/api#inlinekeyboardbutton
MOST_BUTTONS = 100
LABEL_WIDTH, ROW_WIDTH, MOST_IN_ROW = 48, 36, 3  # in Latin letters, about what a phone shows


@dataclass(frozen=True)
class Part:
    """One Telegram message: with markup, and without for a server that does not take the markup."""

    html: str
    plain: str
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True)
class _Paragraph:
    html: str
    plain: str


def parts(body: Body) -> tuple[Part, ...]:
    """The Telegram messages that a body becomes; none for an empty one."""
    paragraphs = [_toned(tone, piece) for tone, text in body.paragraphs for piece in pieces(text)]
    paragraphs += [_link(file) for file in body.files]
    rows = keyboard(body.buttons)
    if rows and not paragraphs:
        paragraphs = [_Paragraph("…", "…")]  # buttons cannot stand without a text
    groups = _grouped(paragraphs)
    return tuple(
        Part(_joined([one.html for one in group]), _joined([one.plain for one in group]),
             rows if number == len(groups) else None)
        for number, group in enumerate(groups, start=1))


@lru_cache(maxsize=1024)
def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """Rows of up to three buttons, as many as can be read side by side; an id that Telegram refuses is left out."""
    rows: list[list[Button]] = []
    for button in buttons[:MOST_BUTTONS]:
        if not 0 < len(button.id.encode()) <= MOST_ID_BYTES:
            continue
        if rows and _fits([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    shown = [[InlineKeyboardButton(shortened(one.label), callback_data=one.id) for one in row] for row in rows]
    return InlineKeyboardMarkup(shown) if shown else None


def shortened(label: str) -> str:
    """The label as long as a phone shows it, cut after a word where there is one."""
    label = " ".join(label.split()) or "…"
    if width(label) <= LABEL_WIDTH:
        return label
    kept = label
    while width(kept) >= LABEL_WIDTH:
        kept = kept[:-1]
    head, gap, _rest = kept.rpartition(" ")
    return (head if gap and width(head) * 2 > LABEL_WIDTH else kept).rstrip(" ,;:–-") + "…"


def width(text: str) -> int:
    """How wide a text is, in Latin letters; marks above and below letters take no room."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text if not unicodedata.combining(one))


def _fits(row: list[Button]) -> bool:
    widest = max(width(shortened(button.label)) for button in row)
    return len(row) <= MOST_IN_ROW and len(row) * (widest + 2) <= ROW_WIDTH


def _toned(tone: str, text: str) -> _Paragraph:
    tag = TAGS.get(tone)
    marked = escape(text, quote=False)
    return _Paragraph(f"<{tag}>{marked}</{tag}>" if tag else marked, text)


def _link(file: File) -> _Paragraph:
    return _Paragraph(f'📄 <a href="{escape(file.url)}">{escape(file.name, quote=False)}</a>', f"📄 {file.name}: {file.url}")


def _grouped(paragraphs: list[_Paragraph]) -> list[list[_Paragraph]]:
    """As many paragraphs in each message as fit."""
    groups: list[list[_Paragraph]] = []
    room = 0
    for paragraph in paragraphs:
        needed = units(paragraph.plain) + len(PARAGRAPH_GAP)
        if groups and needed <= room:
            groups[-1].append(paragraph)
            room -= needed
        else:
            groups.append([paragraph])
            room = MOST_UNITS - units(paragraph.plain)
    return groups


def _joined(texts: list[str]) -> str:
    return PARAGRAPH_GAP.join(texts)
