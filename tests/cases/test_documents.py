"""Documents at the points of a checklist: conversations of two people, and of somebody who gets nothing."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from bot.knowledge import LiveKnowledge
from bot.links.lending import Lending
from bot.links.pages import LinkPages
from bot.privacy.person import rows_of
from bot.privacy.retention import WAITING_DOCUMENTS, forget_by_time
from bot.store.case_tables import document, document_grant
from flows.files import MOST_BYTES
from flows.turn import Attached
from tests.support import papers
from tests.support.pairs import BASE, Pair, Person
from tests.support.talk import knowledge

Client = TestClient[web.Request, web.Application]
MINUTES = papers.pdf("Minutes")


@pytest.fixture
async def files(world: Pair) -> AsyncIterator[Client]:
    application = web.Application()
    LinkPages(Lending(world.store, LiveKnowledge(knowledge()), world.clock, BASE, world.shelf), BASE).setup(application)
    async with TestClient(TestServer(application)) as client:
        yield client


def link(person: Person) -> str:
    """The path of the only file under the last replies."""
    [file] = [file for reply in person.replies for file in reply.body.files]
    return file.url.removeprefix(BASE)


async def count(world: Pair) -> int:
    async with world.store.read() as connection:
        return await connection.scalar(select(func.count()).select_from(document)) or 0


async def swept(world: Pair) -> int:
    """How many files are left once those that nobody needs are old enough to go."""
    for path in world.shelf.folder.glob("*/*"):
        os.utime(path, (0, 0))
    world.clock.moves(hours=1)
    await world.works_off()
    return len(world.shelf)


async def attached(person: Person, item: str = "staff", name: str = "minutes.pdf", content: bytes = MINUTES) -> str:
    await person.tap(f"/case 1 attach {item}")
    return await person.attach(name, content)


async def test_a_document_is_attached_to_a_point_and_fetched_by_the_other_side(files: Client, ana: Person, bernd: Person) -> None:
    await ana.tap("/case 1 item staff")
    assert "Please send the document now" in await ana.press("Attach a document")
    heard = await ana.attach("minutes.pdf", MINUTES, "Signed by both mayors")
    assert "Attached to “Staff for the project”: minutes.pdf. Both sides can fetch it." in heard
    heard = await bernd.tap("/case 1 item staff")
    assert "Document: minutes.pdf (PDF, 1 KB), Corinto, 22 November 2026: Signed by both mayors" in heard
    await bernd.press("📄 minutes.pdf")
    assert "Remove it" not in bernd.buttons
    async with files.get(link(bernd)) as response:
        assert await response.read() == MINUTES
        assert response.content_type == "application/pdf"
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''minutes.pdf"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].endswith("; sandbox")
        assert response.headers["Cache-Control"] == "private, no-store"


async def test_a_file_out_of_the_blue_is_kept_and_asked_about(world: Pair, ana: Person) -> None:
    heard = await ana.attach("minutes.pdf", MINUTES)
    assert "Which point does it belong to? minutes.pdf" in heard
    assert "Do not keep it" in ana.buttons
    assert "Attached to “Staff for the project”: minutes.pdf." in await ana.press("Staff for the project")
    assert await count(world) == 1


async def test_in_the_middle_of_another_dialogue_nothing_is_lost(ana: Person) -> None:
    await ana.tap("/case 1 note staff")
    heard = await ana.attach("minutes.pdf", MINUTES)
    assert "“minutes.pdf” is kept; nothing of it is lost." in heard
    assert "What would you like to note?" in heard
    assert "Your note is kept." in await ana.say("María sees to it")
    assert "Attach here: minutes.pdf" in ana.buttons
    await ana.say("/checklist")
    assert "Which point does it belong to? minutes.pdf" in await ana.press("Say where your documents belong")
    assert "Attached to “Staff for the project”: minutes.pdf." in await ana.press("Staff for the project")


async def test_what_is_not_to_be_kept_goes(world: Pair, ana: Person) -> None:
    await ana.attach("minutes.pdf", MINUTES)
    assert "Not kept: minutes.pdf." in await ana.press("Do not keep it")
    assert await count(world) == 0
    assert await swept(world) == 0


async def test_several_files_sent_at_once_are_asked_about_once(world: Pair, ana: Person) -> None:
    pages = [papers.pdf(f"page {number}") for number in range(3)]
    assert "Which point" in await ana.attach("a.pdf", pages[0], album="1")
    assert await ana.attach("b.pdf", pages[1], album="1") == ""
    assert "“c.pdf” is here as well." in await ana.attach("c.pdf", pages[2])
    assert "Which point does it belong to? a.pdf, b.pdf and c.pdf" in await ana.tap("/case file")
    assert "Attached to “Staff for the project”: a.pdf, b.pdf and c.pdf." in await ana.press("Staff for the project")
    assert await count(world) == 3


async def test_several_files_sent_at_once_for_a_point_all_go_there(world: Pair, ana: Person) -> None:
    await ana.tap("/case 1 attach staff")
    for name in "abc":
        heard = await ana.attach(f"{name}.pdf", papers.pdf(name), album="1")
    assert heard == "Attached as well: c.pdf."
    heard = await ana.tap("/case 1 item staff")
    assert [f"📄 {name}.pdf" for name in "abc"] == [label for label in ana.buttons if label.startswith("📄")]


async def test_the_same_content_stands_once_at_a_point(world: Pair, ana: Person) -> None:
    await attached(ana)
    await attached(ana, name="again.pdf")
    assert await count(world) == 1


async def test_a_text_is_no_document_and_a_question_is_answered_meanwhile(ana: Person) -> None:
    await ana.tap("/case 1 attach staff")
    assert "Please send the file itself, or stop here." in await ana.say("here it is")
    heard = await ana.say("Who has to submit the proposal?")
    assert "The German municipality submits the proposal." in heard
    assert "Please send the document now" in heard


UNFIT = (
    ("empty.pdf", b"", "“empty.pdf” is empty."),
    ("large.pdf", b"%PDF" + b" " * MOST_BYTES, "“large.pdf” is larger than 10 MB."),
    ("page.html", b"<html>", "“page.html” is not of a kind that can be attached: PDF, Word"),
    ("letter.pdf", papers.office(), "“letter.pdf” is in truth a file of the kind DOCX."),
    ("secret.pdf", papers.pdf(password="x"), "“secret.pdf” is protected by a password"),
    ("letter.docm", papers.with_macros(), "“letter.docm” contains macros"),
    ("letter.doc", papers.OLD_WORD, "“letter.doc” has an old Office format."),
    ("broken.pdf", b"%PDF-1.7\n", "“broken.pdf” is damaged"),
)


async def test_what_cannot_be_taken_says_what_to_do_and_the_question_stays(world: Pair, ana: Person) -> None:
    await ana.tap("/case 1 attach staff")
    for name, content, said in UNFIT:
        heard = await ana.attach(name, content)
        assert said in heard
        assert "Please send the document now" in heard
    assert (await count(world), len(world.shelf)) == (0, 0)
    assert "Attached to “Staff for the project”: minutes.pdf." in await ana.attach("minutes.pdf", MINUTES)


async def test_what_the_channel_cannot_hand_over_is_asked_for_again(ana: Person) -> None:
    heard = await ana.send(Attached("file", "gone", "minutes.pdf", 5))
    assert heard == "“minutes.pdf” did not arrive. Please send it again."


async def test_somebody_without_a_checklist_has_nothing_kept(world: Pair) -> None:
    stranger = world.person("stranger", "en")
    heard = await stranger.attach("minutes.pdf", MINUTES)
    assert "I cannot read files here." in heard
    assert "once you work on one, you can attach documents to its points" in heard
    assert await stranger.attach("a.pdf", MINUTES, album="1") != ""
    assert await stranger.attach("b.pdf", MINUTES, album="1") == "", "an album gets one answer"
    assert "on the DAC List" in await stranger.attach("c.pdf", MINUTES, "Is Kenya on the DAC List?")
    assert (await count(world), len(world.shelf)) == (0, 0)


async def test_a_stranger_gets_nothing(world: Pair, files: Client, ana: Person, bernd: Person) -> None:
    await attached(ana)
    stranger = world.person("stranger", "en", "web")
    for choice in ("/case 1 doc 1", "/case 1 drop 1 sure", "/case 1 attach staff", "/case 1 item staff"):
        assert "You do not work on that checklist." in await stranger.tap(choice)
    for path in ("/files/AAAAAAAAAA/document", "/files/document", "/files/..%2f/document"):
        async with files.get(path) as response:
            assert response.status == 404
    await ana.talk("/case", "[Start a checklist]", "[Yes]", "[The municipality in the Global South]", "Nicaragua", "León",
                   "Hamburg", "Ana")
    assert "That document is no longer there." in await ana.tap("/case 2 doc 1"), "each checklist has its own"
    assert await count(world) == 1


async def test_a_link_ends_with_the_day_with_membership_and_with_the_document(
        world: Pair, files: Client, ana: Person, bernd: Person) -> None:
    await attached(ana)
    paths = []
    for person in (ana, bernd):
        await person.tap("/case 1 doc 1")
        paths.append(link(person))
    await bernd.talk("/case", "[Corinto – Köln]")
    await bernd.tap("/case 1 leave")
    await bernd.press("Yes")
    statuses = [(await files.get(path)).status for path in paths]
    assert statuses == [200, 404], "who has left fetches nothing"
    world.clock.moves(hours=25)
    assert (await files.get(paths[0])).status == 404
    await ana.tap("/case 1 doc 1")
    path = link(ana)
    await ana.tap("/case 1 drop 1 sure")
    assert (await files.get(path)).status == 404


async def test_only_ones_own_side_removes_a_document(world: Pair, ana: Person, bernd: Person) -> None:
    await attached(ana)
    assert "Only Corinto can remove it." in await bernd.tap("/case 1 drop 1 sure")
    await ana.tap("/case 1 doc 1")
    assert "Remove “minutes.pdf”? It cannot be brought back." in await ana.press("Remove it")
    assert await count(world) == 1
    assert "“minutes.pdf” is removed." in await ana.press("Remove it for both sides")
    assert await swept(world) == 0
    assert "minutes.pdf" not in await bernd.tap("/case 1 item staff")


async def test_a_file_stays_as_long_as_somebody_refers_to_its_content(world: Pair, ana: Person, bernd: Person) -> None:
    await attached(ana)
    await attached(bernd, item="agreement")
    await ana.tap("/case 1 drop 1 sure")
    assert await swept(world) == 1
    await bernd.tap("/case 1 drop 2 sure")
    assert await swept(world) == 0


async def test_the_other_side_hears_of_it_in_the_digest(world: Pair, ana: Person, bernd: Person) -> None:
    await bernd.say("/checklist")
    world.clock.moves(hours=30)
    await attached(ana)
    await attached(ana, name="plan.png", content=papers.picture("PNG"))
    await ana.tap("/case 1 drop 2 sure")
    world.clock.moves(hours=30)
    told = (await world.told(bernd))[-1].text
    assert "Ana Pérez (Corinto): a new document at “Staff for the project”: minutes.pdf." in told
    assert "Ana Pérez (Corinto): a new document at “Staff for the project”." in told, "its name is gone with it"
    assert "a document at “Staff for the project” is removed." in told
    assert "a new document at “Staff for the project”: minutes.pdf." in await bernd.tap("/case 1 history")


async def test_the_summary_names_the_documents(files: Client, ana: Person) -> None:
    await attached(ana)
    await ana.tap("/case 1 summary")
    text = next(file.url for reply in ana.replies for file in reply.body.files if file.url.endswith("txt")).removeprefix(BASE)
    async with files.get(text) as response:
        assert "Documents\n• minutes.pdf (Staff for the project)\n" in await response.text()


async def test_a_point_is_full_at_last_and_what_was_sent_waits(world: Pair, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cases.documents.MOST_AT_ITEM", 1)
    await attached(ana)
    heard = await attached(ana, name="more.pdf", content=papers.pdf("more"))
    assert "A point takes no more than 1 documents" in heard
    await ana.tap("/case file")
    assert "Attached to “Agreement on taking part”: more.pdf." in await ana.press("Agreement on taking part")


async def test_a_checklist_is_full_at_last(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cases.documents.MOST_BYTES_OF_CASE", 100)
    assert "A checklist takes at most 0 MB of documents." in await attached(ana)


async def test_what_is_held_is_shown_exported_and_forgotten(world: Pair, ana: Person, bernd: Person) -> None:
    await attached(ana)
    await attached(bernd, item="agreement", name="plan.png", content=papers.picture("PNG"))
    await ana.attach("waiting.pdf", papers.pdf("waiting"))
    heard = await ana.say("/mydata")
    assert "📄 minutes.pdf" in heard
    assert "📄 waiting.pdf" in heard
    assert "plan.png" not in heard
    async with world.store.read() as connection:
        rows = await rows_of(connection, 1)
    assert [row["name"] for row in rows["document"]] == ["minutes.pdf", "waiting.pdf"]
    await ana.say("/forget")
    await ana.tap("sure:yes")
    assert await count(world) == 1
    assert await swept(world) == 1
    assert "minutes.pdf" not in await bernd.tap("/case 1 item staff")
    assert "Corinto: a new document at “Staff for the project”." in await bernd.tap("/case 1 history")


async def test_what_waits_too_long_and_links_that_have_run_out_go_by_themselves(world: Pair, ana: Person) -> None:
    await attached(ana)
    await ana.tap("/case 1 doc 1")
    await ana.attach("waiting.pdf", papers.pdf("waiting"))
    await forget_by_time(world.store, world.clock() + WAITING_DOCUMENTS + timedelta(hours=1))
    async with world.store.read() as connection:
        assert (await connection.scalars(select(document.c.name))).all() == ["minutes.pdf"]
        assert (await connection.scalars(select(document_grant.c.id))).all() == []
    world.clock.moves(days=15)
    assert await swept(world) == 1
