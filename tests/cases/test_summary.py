"""The summary for mayor and council, and the links that lead to it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from fontTools.ttLib import TTFont

from bot.knowledge import LiveKnowledge
from bot.links.lending import Lending
from bot.links.pages import LinkPages
from bot.summary import fonts
from bot.summary.content import Line, lines
from bot.summary.pdf import page
from flows.case.view import Case, Member, Municipality
from flows.case.words import whereabouts
from knowledge.checklist import Part, Side, Status
from locales import _, words
from tests.support.pairs import BASE, Pair, Person
from tests.support.talk import knowledge

TODAY = date(2026, 11, 22)
ME = Member(1, Side.SOUTH, "Ana")
Client = TestClient[web.Request, web.Application]


def case(south: str, country: str) -> Case:
    """A case in the middle of its work."""
    statuses = (Status.DONE, Status.IN_PROGRESS, Status.NEEDS_HELP)
    parts = {key: Part(*key, statuses[number % 3], TODAY) for number, key in enumerate(knowledge().checklist.parts)}
    pair = {Side.SOUTH: Municipality(Side.SOUTH, south, country), Side.GERMAN: Municipality(Side.GERMAN, "Köln", "DE", "nw")}
    return Case(1, ME, pair, (ME, Member(2, Side.GERMAN, "Bernd")), knowledge().checklist, parts)


def text_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@pytest.fixture
async def files(world: Pair) -> AsyncIterator[Client]:
    application = web.Application()
    lending = Lending(world.store, LiveKnowledge(knowledge()), world.clock, BASE, world.shelf)
    LinkPages(lending, BASE).setup(application)
    async with TestClient(TestServer(application)) as client:
        yield client


def links(person: Person) -> dict[str, str]:
    """The last replies' files, as paths of this server."""
    return {file.name: file.url.removeprefix(BASE) for reply in person.replies for file in reply.body.files}


@pytest.mark.slow
@pytest.mark.parametrize(("south", "country", "languages"), [
    ("Corinto", "NI", ("es", "de")), ("نابلس", "PS", ("ar", "de")), ("Ouagadougou", "BF", ("fr", "pt"))])
def test_the_summary_is_one_page_in_two_languages(south: str, country: str, languages: tuple[str, str]) -> None:
    pdf = page(lines(case(south, country), knowledge(), TODAY), languages)
    [text] = text_of(pdf)
    entry = Municipality(Side.GERMAN, "Köln", "DE", "nw")
    assert words(languages[1]).render(whereabouts(entry)) in text, "letters stand one beside the other"
    assert len(pdf) < 100_000, "only the letters in use are embedded"
    assert b"/FontFile2" in pdf


@pytest.mark.slow
def test_a_very_long_list_is_set_smaller_rather_than_on_two_pages() -> None:
    many = [Line("plain", _("{name}", name=f"Point number {number} of a very long list of points")) for number in range(75)]
    [text] = text_of(page(many, ("en", "de")))
    assert "Point number 74" in text


@pytest.mark.parametrize(("letters", "script"), [
    ("नमस्ते", "Devanagari"), ("বাংলা", "Bengali"), ("አማርኛ", "Ethiopic"), ("ภาษาไทย", "Thai"), ("ភាសាខ្មែរ", "Khmer"),
    ("ქართული", "Georgian"), ("հայերեն", "Armenian"), ("العربية", "Arabic"), ("Köln Ελλάδα Київ", ""),
    ("南京市 臺南市", "CJK"), ("東京都 ひらがな カタカナ", "CJK"), ("서울특별시", "CJK")])
def test_a_font_carries_each_script(letters: str, script: str, tmp_path: Path) -> None:
    assert fonts.scripts_in(letters) == ([script] if script else [])
    carried = fonts.cjk_font(letters, tmp_path) if script == fonts.CJK else fonts.font_file(script)
    with TTFont(carried) as font:
        assert {letter for letter in letters if ord(letter) not in font.getBestCmap()} <= {" "}
    [text] = text_of(page([Line("plain", _("{name}", name=letters))], ("en", "de")))
    assert set(re.findall(r"\w", letters)) <= set(text)


def test_a_chinese_partner_stands_beside_arabic_and_german() -> None:
    pdf = page(lines(case("南京市", "CN"), knowledge(), TODAY), ("ar", "de"))
    [text] = text_of(pdf)
    assert "南京市" in text
    assert len(pdf) < 100_000, "of a font of 32 MB only the letters in use are embedded"


async def test_the_summary_is_fetched_by_a_link_that_ends_with_the_day(world: Pair, files: Client, ana: Person) -> None:
    await ana.say("/checklist")
    heard = await ana.press("Summary for mayor and council")
    assert "As of 22 November 2026: 1 of 10 points done" in heard
    assert "The page is in English and Deutsch." in heard
    path = links(ana)["Summary (PDF)"]
    async with files.get(path) as response:
        assert (response.status, response.content_type) == (200, "application/pdf")
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Corinto" in text_of(await response.read())[0]
    async with files.get(links(ana)["Summary (text)"]) as response:
        text = await response.text()
    assert "Still to do for Köln\n• We have talked with each other: open\n" in text
    assert "15. November" not in text
    assert "22. November 2026" in text, "the second half is German"
    world.clock.moves(hours=25)
    async with files.get(path) as response:
        assert response.status == 404


async def test_the_link_is_worth_nothing_once_its_member_has_left(files: Client, ana: Person, bernd: Person) -> None:
    await bernd.tap("/case 1 summary")
    path = links(bernd)["Summary (PDF)"]
    await bernd.tap("/case 1 leave")
    await bernd.press("Yes")
    async with files.get(path) as response:
        assert response.status == 404
    async with files.get("/files/AAAAAAAAAA/summary.pdf") as response:
        assert response.status == 404


async def test_another_language_can_stand_beside_ones_own(files: Client, ana: Person) -> None:
    await ana.tap("/case 1 summary")
    assert "The page is in English and Español." in await ana.press("Together with Español")


async def test_an_invitation_has_a_qr_code(files: Client, ana: Person) -> None:
    await ana.tap("/case 1 invite german")
    async with files.get(links(ana)["QR code"]) as response:
        picture: Any = await response.text()
    assert picture.lstrip().startswith("<?xml")
    async with files.get("/join/nonsense.svg") as response:
        assert response.status == 404
