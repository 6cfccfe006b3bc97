"""Which font carries which script: the Noto family throughout, so that any two languages stand well beside each other.

The package manimgx-fonts has Noto Sans for Latin, Greek and Cyrillic, and one font for each further script: Noto Sans Arabic,
Devanagari, Bengali, Ethiopic, Thai, Khmer, Georgian, Armenian and others. Chinese, Japanese and Korean take Noto Sans CJK from
manimgx-fonts-cjk (both under the SIL Open Font License). Only the letters that are used are embedded.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

FILE = "NotoSans{script}[wght].ttf"
LATIN, CJK = "Sans", "CJK"
CJK_FILE, SIMPLIFIED = "NotoSansCJK-VF.otf.ttc", 2  # one file with five fonts, which differ in the shapes of shared characters
REGULAR = 400.0  # weight
# Where each script's letters begin and end in Unicode; everything else is in the Latin font.
BLOCKS = (
    (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"),
    (0x1C90, 0x1CBF, "Georgian"), (0xFB50, 0xFDFF, "Arabic"), (0xFE70, 0xFEFF, "Arabic"),
    (0x1100, 0x11FF, CJK), (0x2E80, 0x2FDF, CJK), (0x3000, 0x31FF, CJK), (0x3400, 0x9FFF, CJK), (0xA960, 0xA97F, CJK),
    (0xAC00, 0xD7FF, CJK), (0xF900, 0xFAFF, CJK), (0xFF00, 0xFFEF, CJK), (0x20000, 0x2FA1F, CJK),
)


@cache
def font_file(script: str) -> Path:
    """The font of a script ("" for Latin)."""
    return Path(str(files("manimgx_fonts"))) / FILE.format(script=script)


def cjk_font(letters: str, folder: Path) -> Path:
    """The large font cut down to these letters, in a file of the folder: whole, it would take seconds to read."""
    import uharfbuzz

    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(files("manimgx_fonts_cjk") / CJK_FILE)), SIMPLIFIED)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.pin_axis_location(whole, "wght", REGULAR)
    wanted.flags |= uharfbuzz.SubsetFlags.DOWNGRADE_CFF2
    target = folder / "cjk.otf"
    target.write_bytes(uharfbuzz.subset(whole, wanted).blob.data)
    return target


def scripts_in(text: str) -> list[str]:
    """The scripts besides Latin, Greek and Cyrillic that a text has letters of, as their fonts are named."""
    points = {ord(char) for char in set(text) if ord(char) >= BLOCKS[0][0]}
    return sorted({script for first, last, script in BLOCKS if any(first <= point <= last for point in points)})
