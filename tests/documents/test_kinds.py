"""What a file is, by its content; and which are not taken."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.kinds import KINDS
from bot.documents.names import LONGEST, clean, with_ending
from bot.documents.taking import examined
from flows.files import MOST_BYTES, Examined, Flaw, Unfit
from tests.support import papers


def str_only(value: object) -> str:
    """Names of the cases that are the same in every process: contents hold the time of their making."""
    return value if isinstance(value, str) else "content"


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("minutes.pdf", papers.pdf(), "pdf"),
    ("scan.PDF", b"\r\nscanner\r\n" + papers.pdf(), "pdf"),
    ("letter.docx", papers.office(), "docx"),
    ("costs.xlsx", papers.office("spreadsheetml.sheet"), "xlsx"),
    ("slides.pptx", papers.office("presentationml.presentation"), "pptx"),
    ("letter.odt", papers.opendocument(), "odt"),
    ("costs.ods", papers.opendocument("spreadsheet"), "ods"),
    ("slides.odp", papers.opendocument("presentation"), "odp"),
    ("photo.jpg", papers.picture("JPEG"), "jpeg"),
    ("photo.jpeg", papers.picture("JPEG"), "jpeg"),
    ("plan.png", papers.picture("PNG"), "png"),
    ("plan.webp", papers.picture("WEBP"), "webp"),
    ("phone.heic", papers.heic(), "heic"),
], ids=str_only)
def test_a_kind_is_told_by_its_content(name: str, content: bytes, kind: str) -> None:
    assert examined(name, content) == Examined("", name, kind, len(content))


@pytest.mark.parametrize(("name", "content", "flaw"), [
    ("empty.pdf", b"", "empty"),
    ("large.pdf", papers.pdf() + b" " * MOST_BYTES, "too_big"),
    ("program.pdf", b"MZ\x90\0" + b"\0" * 200, "unknown"),
    ("page.html", b"<html><script>alert(1)</script></html>", "unknown"),
    ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unknown"),
    ("letter.txt", b"Dear colleagues", "unknown"),
    ("moving.gif", b"GIF89a" + b"\0" * 50, "unknown"),
    ("all.zip", papers.archive({"a.txt": "a"}), "unknown"),
    ("book.epub", papers.archive({"mimetype": "application/epub+zip"}), "unknown"),
    ("template.dotx", papers.office("wordprocessingml.template"), "unknown"),
    ("letter.pdf", papers.office(), "mismatch"),
    ("photo.png", papers.picture("JPEG"), "mismatch"),
    ("letter.exe", papers.pdf(), "mismatch"),
    ("secret.pdf", papers.pdf(password="town hall"), "locked"),
    ("secret.docx", papers.LOCKED_WORD, "locked"),
    ("secret.odt", papers.opendocument(manifest="<manifest:encryption-data/>"), "locked"),
    ("letter.docm", papers.with_macros(), "macros"),
    ("letter.docx", papers.office(**{"word/vbaProject.bin": "x"}), "macros"),
    ("letter.odt", papers.opendocument(**{"Basic/script-lc.xml": "x"}), "macros"),
    ("letter.doc", papers.OLD_WORD, "old"),
    ("broken.pdf", b"%PDF-1.7\nnothing more", "broken"),
    ("broken.docx", papers.office()[:60], "broken"),
], ids=str_only)
def test_what_is_not_taken_says_why(name: str, content: bytes, flaw: Flaw) -> None:
    found = examined(name, content)
    assert isinstance(found, Unfit)
    assert (found.flaw, found.name) == (flaw, name)


HEADS = (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"RIFF", papers.office())


@given(st.binary(max_size=300), st.sampled_from(HEADS))
def test_whatever_comes_is_told_and_nothing_raises(noise: bytes, head: bytes) -> None:
    assert isinstance(examined("file", head + noise), Examined | Unfit)


def test_a_bomb_is_not_unpacked() -> None:
    started = time.perf_counter()
    examined("letter.docx", papers.archive({"[Content_Types].xml": "<Types/>" + " " * 60_000_000}))
    examined("noise.bin", random.Random(1).randbytes(MOST_BYTES))
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(("given", "kept"), [
    ("C:\\Users\\Ana\\Acta de reunión.pdf", "Acta de reunión.pdf"),
    ("../../etc/passwd", "passwd"),
    ("letter\u202efdp.exe", "letterfdp.exe"),
    ("two\r\nlines.pdf", "twolines.pdf"),
    ("محضر الاجتماع.pdf", "محضر الاجتماع.pdf"),
    ("می‌روم.pdf", "می‌روم.pdf"),
    ("<script>.pdf", "script .pdf"),
    ("   ", "document"),
    ("..", "document"),
])
def test_a_name_is_one_clean_line(given: str, kept: str) -> None:
    assert clean(given) == kept


@given(st.text(max_size=300), st.sampled_from(sorted(KINDS)))
def test_a_name_is_never_too_long_and_never_empty(name: str, kind: str) -> None:
    kept = with_ending(clean(name), kind)
    assert 0 < len(kept) <= LONGEST
    assert "/" not in kept
    assert kept.isprintable() or any(joiner in kept for joiner in "\u200c\u200d")


def test_a_name_without_an_ending_gets_its_own() -> None:
    assert examined("Letter no. 5", papers.pdf()) == Examined("", "Letter no. 5.pdf", "pdf", len(papers.pdf()))
