"""The desk's pages about partnerships' checklists and calls, over a store that two people have worked on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from bot.cases.finding import Rules
from bot.cases.reading import cases_numbered
from bot.desk.cases import STATES, states
from bot.store.case_tables import case_part, partnership
from tests.support import papers
from tests.support.desk import Browser, desk
from tests.support.pairs import Pair, Person, ana_starts, bernd_joins, invited, pair
from tests.support.talk import NOW, knowledge

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


async def test_every_state_is_found_as_the_checklist_itself_says_it(world: Pair, office: Browser, ana: Person) -> None:
    await office.send("/desk/calls", "/desk/calls", **CALL)
    await eva_starts(world)
    async with world.store.write() as connection:
        await connection.execute(update(partnership).where(partnership.c.id == 2).values(call_id=None))
    for still_open in ((), ("submission",), ("staff", "submission"), None):
        await all_parts(world, still_open)
        async with world.store.read() as connection:
            checklist, dac, today = knowledge().checklist, knowledge().dac, NOW.date()
            rules = await Rules.now(connection, checklist, dac, today)
            cases = await cases_numbered(connection, (1, 2), checklist, NOW)
            query = select(partnership.c.id, rules.done()).order_by(partnership.c.id)
            assert [tuple(row) for row in await connection.execute(query)] == [
                (case.id, case.progress(dac, today).done) for case in cases]
            found = {state: (await connection.scalars(select(partnership.c.id).where(rules.state(state)).order_by(
                partnership.c.id))).all() for state in STATES}
        assert found == {state: [case.id for case in cases if state in states(case, dac, today)] for state in STATES}


async def eva_starts(world: Pair) -> None:
    """A second checklist, alone on it."""
    await world.person("eva", "en").talk("/checklist", "[Start a checklist]", "[Yes]", "[The municipality in the Global South]",
                                         "Kenya", "ÇAÉ", "Bonn", "Eva Otieno")


async def all_parts(world: Pair, open_items: tuple[str, ...] | None) -> None:
    """Has all points of both checklists done but these; None: one of them needs help, and nothing else is kept."""
    async with world.store.write() as connection:
        await connection.execute(delete(case_part))
        lists = await Rules.now(connection, knowledge().checklist, knowledge().dac, NOW.date())
        rows = [{"partnership_id": number, "item": item, "side": side.value, "status": "help" if open_items is None else "done",
                 "revision": 1} for number, (_call, checklist) in zip((2, 1), lists.lists, strict=True)
                for item, side in checklist.parts if (item == "staff" if open_items is None else item not in open_items)]
        await connection.execute(insert(case_part), rows)


async def test_the_list_sorts_by_every_column_and_finds_names_in_any_case(world: Pair, office: Browser, ana: Person) -> None:
    await eva_starts(world)
    await ana.tap("/case 1 set staff done 0")
    for order, first in (("partnership", "Corinto"), ("-partnership", "ÇAÉ"), ("done", "ÇAÉ"), ("-done", "Corinto"),
                         ("opened", "Corinto"), ("-opened", "ÇAÉ")):
        words = (await office.get("/desk/cases", order=order)).words
        assert (order, min(("Corinto –", "ÇAÉ –"), key=words.index)) == (order, f"{first} –")
    assert "ÇAÉ" in (await office.get("/desk/cases", text="çaé, kenya")).words
    assert "Corinto –" not in (await office.get("/desk/cases", text="çaé, kenya")).words
    assert "Corinto –" in (await office.get("/desk/cases", text="Köln, North Rhine")).words


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
