"""Which font carries which script: the Noto family throughout, so that any two languages stand well beside each other.

All but the Chinese one come with the package manimgx-fonts (Noto Sans for Latin, Greek and Cyrillic, and one font for each
further script); Chinese takes manimgx-fonts-cjk (Noto Sans CJK SC), which is as large as all others together and is
installed once Chinese is shipped. Only the letters that are used are embedded.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

FILE = "NotoSans{script}[wght].ttf"
LATIN = "Sans"
# Where each script's letters begin and end in Unicode; everything else is in the Latin font.
BLOCKS = (
    (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"),
    (0x1C90, 0x1CBF, "Georgian"), (0xFB50, 0xFDFF, "Arabic"), (0xFE70, 0xFEFF, "Arabic"),
)


@cache
def font_file(script: str) -> Path:
    """The font of a script ("" for Latin)."""
    return Path(str(files("manimgx_fonts"))) / FILE.format(script=script)


def scripts_in(text: str) -> list[str]:
    """The scripts besides Latin, Greek and Cyrillic that a text has letters of, as their fonts are named."""
    points = {ord(char) for char in text if ord(char) >= BLOCKS[0][0]}
    return sorted({script for first, last, script in BLOCKS if any(first <= point <= last for point in points)})
