"""The desk's pages about partnerships' checklists and calls, over a store that two people have worked on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support import papers
from tests.support.desk import Browser, desk
from tests.support.pairs import Pair, Person, ana_starts, bernd_joins, invited, pair

CALL = {"title-en": "Call 2027", "title-de": "Aufruf 2027", "valid_from": "2026-11-01", "valid_until": "2027-06-30",
        "deadline": "2027-03-31", "submission-en": "By post, signed by the mayor.", "without-stakeholders": "yes",
        "title1-en": "Budget table", "explanation1-en": "A table of the planned costs.", "owner1": "german"}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Pair]:
    async with pair(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite") as running:
        yield running


@pytest.fixture
async def ana(world: Pair) -> Person:
    person = world.person("ana", "en")
    await ana_starts(person)
    await bernd_joins(world.person("bernd", "en", "web"), await invited(person))
    return person


@pytest.fixture
async def office(world: Pair, ana: Person) -> AsyncIterator[Browser]:
    async with desk(world.store) as opened:
        await opened.sign_in("editor")
        yield opened


async def test_the_list_is_filtered_by_state_and_words(office: Browser, ana: Person) -> None:
    assert "Corinto – Köln" in (await office.get("/desk/cases")).words
    assert "2 of 10" in (await office.get("/desk/cases", text="nicaragua", state="working")).words
    assert "There is no such checklist." in (await office.get("/desk/cases", state="help")).words
    await ana.tap("/case 1 help staff")
    await ana.press("No")
    assert "Corinto – Köln" in (await office.get("/desk/cases", state="help")).words
    assert "There is no such checklist." in (await office.get("/desk/cases", text="Peru")).words


async def test_documents_are_read_only_where_the_team_is_asked_in(office: Browser, ana: Person) -> None:
    await ana.tap("/case 1 attach staff")
    await ana.attach("minutes.pdf", papers.pdf())
    page = await office.get("/desk/cases/1")
    assert "Ana Pérez (Corinto): a new document at “Staff for the project”." in page.words
    assert "minutes.pdf" not in page.words
    assert (await office.get("/desk/cases/1/documents/1")).status == 404
    await ana.tap("/case 1 team")
    assert "minutes.pdf Ana Pérez, 22 November 2026: Staff for the project" in (await office.get("/desk/cases/1")).words
    fetched = await office.get("/desk/cases/1/documents/1")
    assert (fetched.status, fetched.headers["Content-Disposition"]) == (200, "attachment; filename*=UTF-8''minutes.pdf")
    assert "sandbox" in fetched.headers["Content-Security-Policy"]
    assert [(await office.get(f"/desk/cases/{path}")).status for path in ("1/documents/2", "2/documents/1")] == [404, 404]


async def test_notes_are_read_only_where_the_team_is_asked_in(office: Browser, ana: Person) -> None:
    await ana.tap("/case 1 note staff")
    await ana.say("María, 20 per cent")
    page = await office.get("/desk/cases/1")
    assert "Corinto, Nicaragua" in page.words
    assert "María, 20 per cent" not in page.words
    refused = await office.send("/desk/cases/1/note", "/desk/cases", item="staff", text="Hello")
    assert (refused.status, "have not asked the team" in refused.words) == (422, True)
    await ana.tap("/case 1 people")
    await ana.press("Let the team read along")
    assert "María, 20 per cent" in (await office.get("/desk/cases/1")).words
    answered = await office.send("/desk/cases/1/note", "/desk/cases/1", item="staff", text="That is enough.")
    assert "The note is added." in answered.words
    assert "Note by The team of the programme, 22 November 2026: That is enough." in await ana.tap("/case 1 item staff")


async def test_an_enquiry_leads_to_the_checklist_that_it_was_asked_from(office: Browser, ana: Person) -> None:
    await ana.tap("/case 1 help staff")
    await ana.talk("[Yes]", "How many people do we need?")
    page = await office.get("/desk/cases/1")
    [reference] = {word for word in page.words.split() if word.startswith("E-")}
    assert 'href="/desk/cases/1"' in (await office.get(f"/desk/enquiries/{reference}")).text


async def test_a_call_moves_running_checklists_and_loses_nothing_done(world: Pair, office: Browser, ana: Person) -> None:
    await ana.tap("/case 1 set staff done 0")
    await ana.say("/checklist")
    world.clock.moves(hours=6)
    await world.works_off()
    before = len(await world.told(ana))
    published = await office.send("/desk/calls", "/desk/calls", **CALL)
    assert "The call is published. Running checklists have moved on to it." in published.words
    heard = await ana.say("/case 1 ready")
    assert "as the team has entered it: By post, signed by the mayor." in heard
    heard = await ana.say("/checklist")
    assert "Staff for the project: you: done" in heard
    assert "Budget table: Köln: open" in heard
    assert "Local groups are involved" not in heard
    assert "The call's deadline is 31 March 2027." in heard
    assert "Source: the call, as the team has entered it" in await ana.tap("/case 1 item call-20261101-1")
    world.clock.now += timedelta(days=1)
    assert len(await world.told(ana)) == before, "she has seen it herself"


async def test_people_are_told_what_a_new_call_changes(world: Pair, office: Browser, ana: Person) -> None:
    await ana.say("/checklist")
    await office.send("/desk/calls", "/desk/calls", **CALL)
    world.clock.moves(hours=12)
    told = (await world.told(ana))[-1]
    assert told.text.split("\n\n") == [
        "News on your checklist: Corinto – Köln",
        "Your checklist now follows the call “Call 2027”. What is done stays done.",
        "New point: Budget table",
        "No longer needed: Local groups are involved",
        "The call's deadline is 31 March 2027.",
    ]


async def test_a_call_for_other_regions_leaves_a_checklist_alone(office: Browser, ana: Person) -> None:
    await office.send("/desk/calls", "/desk/calls", **CALL, **{"region-africa": "yes"})
    assert "Budget table" not in await ana.say("/checklist")


async def test_a_call_that_begins_later_moves_them_on_its_first_day(world: Pair, office: Browser, ana: Person) -> None:
    published = await office.send("/desk/calls", "/desk/calls", **{**CALL, "valid_from": "2026-12-01"})
    assert "on its first day" in published.words
    assert "Budget table" not in await ana.say("/checklist")
    world.clock.moves(days=10)
    await world.works_off()
    assert "Budget table" in await ana.say("/checklist")


@pytest.mark.parametrize("wrong", [
    {"valid_from": ""}, {"valid_from": "soon"}, {"valid_until": "2020-01-01"}, {"title-en": "", "title-de": ""}])
async def test_a_call_that_makes_no_sense_is_not_published(office: Browser, wrong: dict[str, str]) -> None:
    page = await office.send("/desk/calls", "/desk/calls", **{**CALL, **wrong})
    assert page.status == 422
    assert "No call has been published." in page.words


async def test_all_checklists_can_be_taken_away_as_a_table(office: Browser, ana: Person) -> None:
    await ana.tap("/case 1 set staff done 0")
    page = await office.get("/desk/cases.csv")
    lines = page.text.splitlines()
    assert lines[0].startswith("case,south,country,german,land,point,side,status,due")
    assert "1,Corinto,Nicaragua,Köln,NW,Staff for the project,south,done,,,2,10" in lines
    assert len(lines) == 1 + 7 * 2 + 1
    assert page.headers["Content-Disposition"] == 'attachment; filename="checklists.csv"'
