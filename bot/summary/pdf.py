"""The page itself: two columns of the same lines, row by row, set small enough to end on one page; a QR code can stand below.

Letters are shaped by HarfBuzz and ordered by the Unicode rules for both directions, as fpdf2 does; fonts are embedded, and
of each only the letters in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, WrapMode
from fpdf.fonts import TTFFont

from bot.qr import modules
from locales import Words, words

from .content import Line
from .fonts import CJK, LATIN, cjk_font, font_file, scripts_in

WIDTH, HEIGHT, MARGIN, GAP = 210.0, 297.0, 15.0, 8.0  # mm
CODE = 42.0  # mm, a QR code with its quiet zone
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)  # points; the first that fits on a page
SCALE = {"title": 1.5, "heading": 1.12, "plain": 1.0, "small": 0.78, "bar": 1.0}
ABOVE = {"title": 0.0, "heading": 2.4, "plain": 0.6, "small": 1.2, "bar": 2.0}  # mm
INK, QUIET, ACCENT, SOFT = (22, 32, 42), (76, 90, 102), (0, 90, 112), (215, 228, 232)
LEADING = 1.42
ISOLATES = str.maketrans("", "", "\u2068\u2069")  # the page orders each line by itself; no font has a mark for these


@dataclass(frozen=True)
class Column:
    """One language's half of the page."""

    words: Words
    left: float

    @property
    def align(self) -> Align:
        return Align.R if self.words.direction == "rtl" else Align.L


def page(lines: Sequence[Line], languages: tuple[str, str], address: str = "") -> bytes:
    """The PDF of the lines in two languages; the first stands on the left, unless only it is written from the right.

    An `address` stands at the foot of the page as a QR code.
    """
    first, second = (words(code) for code in languages)
    if first.direction == "rtl" and second.direction == "ltr":
        first, second = second, first
    columns = (Column(first, MARGIN), Column(second, MARGIN + COLUMN + GAP))
    with TemporaryDirectory() as folder:
        return _page(lines, columns, Path(folder), address)


def _page(lines: Sequence[Line], columns: tuple[Column, Column], folder: Path, address: str) -> bytes:
    pdf = _empty("".join(_text(column, line) for column in columns for line in lines), folder)
    try:
        pdf.set_title(_text(columns[0], lines[0]))
        most = HEIGHT - 2 * MARGIN - (CODE + GAP if address else 0)
        size = next((size for size in SIZES if _height(pdf, lines, columns, size) <= most), SIZES[-1])
        _draw(pdf, lines, columns, size)
        if address:
            _code(pdf, address)
        return bytes(pdf.output())
    finally:
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.close()


def _empty(letters: str, folder: Path) -> FPDF:
    """A page with the fonts that the letters need; a name of another script stands in its own font in either column."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    scripts = scripts_in(letters)
    for script in ("", *scripts):
        pdf.add_font(script or LATIN, fname=cjk_font(letters, folder) if script == CJK else font_file(script))
    pdf.set_font(LATIN)
    pdf.set_fallback_fonts(scripts, exact_match=False)
    pdf.add_page()
    return pdf


def _height(pdf: FPDF, lines: Sequence[Line], columns: tuple[Column, Column], size: float) -> float:
    return sum(_above(line, size) + _row(pdf, columns, line, size, MARGIN, dry=True) for line in lines)


def _draw(pdf: FPDF, lines: Sequence[Line], columns: tuple[Column, Column], size: float) -> None:
    y = MARGIN
    for line in lines:
        y += _above(line, size)
        if y + _row(pdf, columns, line, size, y, dry=True) > HEIGHT - MARGIN:
            pdf.add_page()
            y = MARGIN
        y += _row(pdf, columns, line, size, y, dry=False)


def _above(line: Line, size: float) -> float:
    return ABOVE[line.tone] * size / SIZES[0]


def _row(pdf: FPDF, columns: tuple[Column, Column], line: Line, size: float, y: float, *, dry: bool) -> float:
    """Both languages' line, as high as the higher one."""
    return max(_set(pdf, column, line, size, y, dry=dry) for column in columns)


def _set(pdf: FPDF, column: Column, line: Line, size: float, y: float, *, dry: bool) -> float:
    """Sets one line into a column, or only measures it; returns its height in mm."""
    points = size * SCALE[line.tone]
    below = 0.0
    if line.tone == "bar":
        below = 3.2
        if not dry:
            _bar(pdf, column, line.share, y)
    with pdf.local_context():  # a word in a fallback font would otherwise leave its size to what follows
        return below + _written(pdf, column, line, points, y + below, dry=dry)


def _written(pdf: FPDF, column: Column, line: Line, points: float, y: float, *, dry: bool) -> float:
    pdf.set_text_shaping(True, direction=column.words.direction)  # a name of another script does not turn its line around
    pdf.set_font(LATIN, size=points)
    pdf.set_text_color(*(ACCENT if line.tone in ("title", "heading") else QUIET if line.tone == "small" else INK))
    pdf.set_xy(column.left, y)
    leading = points * LEADING * 25.4 / 72
    height = pdf.multi_cell(COLUMN, leading, _text(column, line), align=column.align, wrapmode=WrapMode.WORD, dry_run=dry,
                            output=MethodReturnValue.HEIGHT)
    assert isinstance(height, float)
    return height


def _code(pdf: FPDF, address: str) -> None:
    """The QR code, square by square, in the middle of the foot."""
    rows = modules(address)
    side = CODE / len(rows)
    left, top = (WIDTH - CODE) / 2, HEIGHT - MARGIN - CODE
    pdf.set_fill_color(*INK)
    for number, row in enumerate(rows):
        for start, length in _runs(row):
            pdf.rect(left + start * side, top + number * side, length * side, side, style="F")


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Where dark squares stand side by side: (first, how many). Drawn as one, no viewer shows a gap between them."""
    runs, first = [], 0
    for dark, squares in groupby(row):
        length = len(list(squares))
        runs += [(first, length)] if dark else []
        first += length
    return runs


def _text(column: Column, line: Line) -> str:
    return column.words.render(line.text).translate(ISOLATES)


def _bar(pdf: FPDF, column: Column, share: float, y: float) -> None:
    """How much is done, growing in the direction of reading."""
    done = COLUMN * share
    start = column.left + (COLUMN - done if column.words.direction == "rtl" else 0)
    pdf.set_fill_color(*SOFT)
    pdf.rect(column.left, y, COLUMN, 2.2, style="F")
    pdf.set_fill_color(*ACCENT)
    pdf.rect(start, y, done, 2.2, style="F")
