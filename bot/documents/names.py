"""Names of files as they may be kept and shown: one line, no path, nothing that turns the reading around."""

from __future__ import annotations

import re
import unicodedata

from .kinds import KINDS

LONGEST = 120
ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,4})$")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINERS = "\u200c\u200d"  # that Persian and Indic words are spelt with
NOT_IN_NAMES = re.compile(r"[<>:\"|?*]")


def clean(name: str, otherwise: str = "document") -> str:
    """The name without folders, control characters and surplus space, its ending kept where it is too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(char for char in last if char in JOINERS or unicodedata.category(char) not in UNSEEN)
    kept = " ".join(NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", seen)).split()).strip(" .")
    if len(kept) > LONGEST:
        ending = ENDING.search(kept)
        tail = ending[0] if ending else ""
        kept = kept[:LONGEST - len(tail)].rstrip() + tail
    return kept or otherwise


def fits(name: str, kind: str) -> bool:
    """Whether a name's ending, if it has one, is one of the kind's."""
    ending = ENDING.search(name)
    return ending is None or ending[1].lower() in KINDS[kind].endings


def with_ending(name: str, kind: str) -> str:
    """The name with its kind's ending."""
    usual = f".{KINDS[kind].endings[0]}"
    return name if ENDING.search(name) else name[:LONGEST - len(usual)] + usual
