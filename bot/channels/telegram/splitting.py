"""Cuts long texts where it hurts least: between paragraphs, then sentences, then words, then anywhere."""

from __future__ import annotations

import re

# The server counts characters after its markup is taken out, apps count UTF-16 units: what fits the larger count fits both.
MOST_UNITS = 4096
SENTENCE_END = re.compile(r"(?<=[.!?:;…。！？؟۔।])[\"”’»)\]]*\s+|\n+|(?<=[。！？])")
GAP = re.compile(r"\s+")


def units(text: str) -> int:
    """The text's length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, most: int = MOST_UNITS) -> list[str]:
    """The text in pieces of at most `most` units, none of them blank."""
    found: list[str] = []
    rest = text.strip()
    while units(rest) > most:
        head = _first(rest, most)
        end = _last_end(SENTENCE_END, head) or _last_end(GAP, head) or len(head)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest else found


def _first(text: str, most: int) -> str:
    """As much of the text's beginning as fits, with one character more for the gap after it."""
    head = text[:most]
    while units(head) > most:
        head = head[: len(head) - (units(head) - most + 1) // 2]
    return head


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, unless that would leave a crumb; 0 if there is none."""
    ends = [match.end() for match in pattern.finditer(text)]
    return ends[-1] if ends and ends[-1] * 4 >= len(text) else 0
