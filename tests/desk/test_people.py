"""One person's data at the desk: found by what names them, shown to the last row, put right, taken out, erased."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.words import minute
from bot.privacy.rehearsal import due
from bot.privacy.retention import MESSAGES, forget_by_time, forget_deliveries
from bot.store.case_tables import case_member
from bot.store.conference_tables import conference_file
from bot.store.database import Store
from bot.store.desk_tables import audit
from bot.store.schema import enquiry, metadata
from locales import words
from tests.support.desk import NOW, Browser, a_chat, an_enquiry, desk
from tests.support.hosting import comes, hosted
from tests.support.people import APART, SHARED, mentions, seeded
from tests.support.queries import heard
from tests.support.store import store

__all__ = ["store"]


@pytest_asyncio.fixture
async def admin(store: Store) -> AsyncIterator[Browser]:
    await an_enquiry(store, chat_id=await a_chat(store), contact="ana@exampel.org")
    async with desk(store) as browser:
        await browser.sign_in("admin", "Ada")
        yield browser


@pytest.mark.parametrize(("by", "name"), [
    ("enquiry", "E-AAAA22"), ("enquiry", "e-aaaa22"), ("enquiry", "aaaa22"), ("chat", "telegram:7"), ("chat", "1")])
async def test_a_person_is_found_by_what_names_them(admin: Browser, by: str, name: str) -> None:
    page = await admin.get("/desk/people", by=by, name=name)
    assert page.path == "/desk/people/1"
    assert "¿Cuánto dura una misión?" in page.words


@pytest.mark.parametrize("name", ["K7P4N9QX2M", "K7P4N-9QX2M", " k7p4n-9qx2m"])
async def test_a_registration_is_found_by_its_code_as_papers_show_it(admin: Browser, name: str) -> None:
    await hosted(admin.store)
    await comes(admin.store)
    assert (await admin.get("/desk/people", by="registration", name=name)).path == "/desk/people/2"


async def test_a_checklist_leads_to_all_who_work_on_it(admin: Browser) -> None:
    async with admin.store.write() as connection:
        ana, ben = await somebody(connection, "ana0"), await somebody(connection, "ben0")
        await connection.execute(case_member.update().values(partnership_id=ana["partnership"]))
    page = await admin.get("/desk/people", by="case", name=str(ana["partnership"]))
    assert "2 people" in page.words
    assert all(f'href="/desk/people/{one["person"]}"' in page.text for one in (ana, ben))


@pytest.mark.parametrize(("by", "name"), [
    ("enquiry", "E-ZZZZ22"), ("chat", "telegram:8"), ("chat", "9" * 30), ("case", "x"), ("registration", "A")])
async def test_nobody_is_found_by_what_names_nobody(admin: Browser, by: str, name: str) -> None:
    assert "Nobody is found by that." in (await admin.get("/desk/people", by=by, name=name)).words


async def test_everything_that_is_held_is_shown_and_the_look_is_entered(admin: Browser) -> None:
    async with admin.store.write() as connection:
        ana = await somebody(connection, "ana0")
        await somebody(connection, "ben0")
    page = await admin.get(f"/desk/people/{ana['person']}")
    assert page.status == 200
    own = {table.name for table in metadata.sorted_tables} - APART - SHARED
    assert page.text.count("<summary>") - page.text.count("<details name=") == len(own)
    assert "ben0" not in page.text
    async with admin.store.read() as connection:
        row = (await connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1))).one()
    assert (row.action, row.subject, row.before, row.after) == ("person-shown", str(ana["person"]), {}, {})


async def test_a_file_is_taken_out_whole_and_not_poured_over_the_page(admin: Browser) -> None:
    await hosted(admin.store)
    await comes(admin.store)
    async with admin.store.write() as connection:
        await connection.execute(conference_file.insert().values(
            registration_id=1, question="logo", name="logo.pdf", content=b"%PDF-" + b"x" * 300_000, at=NOW))
    page = await admin.get("/desk/people/2")
    assert ("logo.pdf" in page.words, len(page.text) < 100_000) == (True, True)
    [file] = json.loads((await admin.send("/desk/people/2/export")).text)["held"]["conference_file"]
    assert len(b64decode(file["content"])) == 300_005


async def test_a_value_is_put_right(admin: Browser) -> None:
    wrong = {"table": "enquiry", "key": "1", "column": "contact", "value": "ana@"}
    refused = await admin.send("/desk/people/1/correct", **wrong)
    assert (refused.status, "not a complete e-mail address" in refused.words) == (422, True)
    done = await admin.send("/desk/people/1/correct", **{**wrong, "value": "ana@example.org"})
    assert "The value is put right." in done.words
    async with admin.store.read() as connection:
        assert await connection.scalar(select(enquiry.c.contact)) == "ana@example.org"
        row = (await connection.execute(select(audit).where(audit.c.action == "person-corrected"))).one()
    assert row.after == {"table": "enquiry", "row": 1, "field": "contact"}, "values of people never stand in the log"


@pytest.mark.parametrize("form", [
    {"table": "enquiry", "key": "1", "column": "status"}, {"table": "staff", "key": "1", "column": "name"},
    {"table": "enquiry", "key": "2", "column": "contact"}, {"table": "enquiry", "key": "x", "column": "contact"}])
async def test_nothing_else_and_nobody_elses_can_be_changed(admin: Browser, form: dict[str, str]) -> None:
    await an_enquiry(admin.store, "E-BBBB22", chat_id=await a_chat(admin.store, "telegram:8"))
    assert (await admin.send("/desk/people/1/correct", value="x@example.org", **form)).status == 404


async def test_the_export_holds_all_rows(admin: Browser) -> None:
    async with admin.store.write() as connection:
        ana = await somebody(connection, "ana0")
    page = await admin.send(f"/desk/people/{ana['person']}/export")
    assert page.headers["Content-Disposition"] == f'attachment; filename="person-{ana["person"]}.json"'
    held = json.loads(page.text)["held"]
    assert set(held) == {table.name for table in metadata.sorted_tables} - APART - SHARED


async def test_an_erasure_takes_a_confirmation_and_leaves_nothing(admin: Browser) -> None:
    async with admin.store.write() as connection:
        ana = await somebody(connection, "ana0")
    refused = await admin.send(f"/desk/people/{ana['person']}/erase", confirm="yes")
    assert (refused.status, "Nothing is erased." in refused.words) == (422, True)
    done = await admin.send(f"/desk/people/{ana['person']}/erase", confirm=str(ana["person"]))
    assert "Everything that was held on the person is erased." in done.words
    async with admin.store.read() as connection:
        assert await mentions(connection, "ana0", ana) == []
        row = (await connection.execute(select(audit).where(audit.c.action == "person-erased"))).one()
    assert (row.subject, row.before["message"]) == (str(ana["person"]), 1)
    assert (await admin.get(f"/desk/people/{ana['person']}")).status == 404


async def test_an_editor_puts_right_but_does_not_erase(admin: Browser) -> None:
    await admin.sign_in("editor")
    assert "/erase" not in (await admin.get("/desk/people/1")).text
    assert (await admin.send("/desk/people/1/erase", confirm="1")).status == 403
    await admin.sign_in("viewer")
    assert (await admin.get("/desk/people/1")).status == 403


async def test_the_next_cleaning_deletes_what_is_announced_and_announcing_deletes_nothing(admin: Browser) -> None:
    later = NOW + timedelta(days=400)
    async with admin.store.write() as connection:
        await somebody(connection, "ana0")
        everything = await counted(connection)
    async with admin.store.read() as connection:
        announced = await due(connection, later)
        assert await counted(connection) == everything
    assert announced.items() >= {"message": 1, "registration": 1}.items()
    await forget_by_time(admin.store, later)
    await forget_deliveries(admin.store, later)
    async with admin.store.read() as connection:
        assert (await due(connection, later)).get("person") == 1, "who had registered follows with the next cleaning"
        left = await counted(connection)
    assert {table: everything[table] - left[table] for table in announced} == announced


async def test_the_page_of_terms_says_how_much_is_due(store: Store) -> None:
    async with store.write() as connection:
        await somebody(connection, "ana0")
        await connection.execute(metadata.tables["message"].update().values(at=NOW - MESSAGES - timedelta(days=1)))
    async with desk(store) as browser:
        await browser.sign_in("viewer")
        assert "understand faults. 30 days 1" in (await browser.get("/desk/terms")).words
        with heard(store) as statements:
            page = await browser.get("/desk/terms")
        assert [statement for statement, _values in statements if "message.at" in statement] == [], "it is kept for some minutes"
        assert f"what the next cleaning deletes {minute(NOW, words('en'))}" in page.words


async def somebody(connection: AsyncConnection, mark: str) -> dict[str, Any]:
    """A person of whom every table holds something; a registration's status is one that there is."""
    keys = await seeded(connection, mark)
    await connection.execute(metadata.tables["registration"].update().values(status="withdrawn", side="south"))
    return keys


async def counted(connection: AsyncConnection) -> dict[str, int]:
    """How many rows each table holds."""
    return {table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables}
