"""Commands that work on the store: enquiries, tables, people, backups, staff."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.documents.shelf import Shelf
from bot.store import chats, schema
from bot.store.database import Store
from bot.store.migrate import migrate
from bot.store.staff import use_link
from tests.cli.conftest import Typed, complaint

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FORMULA = "=HYPERLINK(\"http://evil.example\")\nund noch eine Zeile"


def in_store(folder: Path, work: Callable[[AsyncConnection], Coroutine[Any, Any, Any]]) -> Any:
    async def done() -> Any:
        store = Store(f"sqlite+aiosqlite:///{folder / 'data' / 'assistant.sqlite'}")
        try:
            await migrate(store)
            async with store.write() as connection:
                return await work(connection)
        finally:
            await store.close()

    return asyncio.run(done())


@pytest.fixture
def asked(folder: Path) -> Path:
    """A folder with two enquiries: one to be answered in Telegram, in German; one by e-mail, from the web chat."""

    async def ask(connection: AsyncConnection) -> None:
        fresh = [{"handle": "telegram:7", "language": "de", "state": {}}, {"handle": "web:abc", "language": "en", "state": {}}]
        numbers = await chats.create_chats(connection, fresh, NOW)
        rows = await chats.chats_by_handle(connection, ["telegram:7", "web:abc"])
        people = {row.id: row.person for row in rows.values()}
        await connection.execute(insert(schema.enquiry), [
            {"person_id": people[number], "chat_id": number, "reference": reference, "question": question, "contact": contact,
             "language": language, "status": "open", "opened_at": NOW}
            for number, reference, question, contact, language in (
                (numbers[0], "E-AAAAA2", FORMULA, "", "de"), (numbers[1], "E-BBBBB3", "When?", "ana@example.org", "en"))])
        await connection.execute(insert(schema.miss).values(
            text="+49 what", language="en", articles=["cost", "time"], reason="unsure", at=NOW))

    in_store(folder, ask)
    return folder


def outgoing(folder: Path) -> list[Any]:
    return list(in_store(folder, lambda connection: _rows(connection, schema.message)))


async def _rows(connection: AsyncConnection, table: Any) -> list[Any]:
    return list(await connection.execute(select(table).order_by(table.c.id)))


def test_open_enquiries_are_listed_oldest_first(asked: Path, typed: Typed) -> None:
    rows = json.loads(typed("enquiries", "--json").stdout)
    assert [(row["reference"], row["status"], row["channel"], row["contact"]) for row in rows] == [
        ("E-AAAAA2", "open", "telegram", ""), ("E-BBBBB3", "open", "web", "ana@example.org")]
    assert "E-AAAAA2  open  2026-11-22 09:00  de" in typed("enquiries").stdout


def test_an_answer_waits_in_telegrams_queue_in_the_persons_language(asked: Path, typed: Typed) -> None:
    ran = typed("enquiries", "reply", "e-aaaaa2", "Ja.\n\nGruß")
    assert (ran.exit_code, ran.stdout) == (0, "E-AAAAA2 is answered; the answer goes into the person's chat.\n")
    [message] = outgoing(asked)
    assert (message.author, message.sent_at, message.owner, message.body["language"]) == ("staff", None, None, "de")
    assert [tone for tone, _text in message.body["paragraphs"]] == ["strong", "plain", "plain"]
    assert "E-AAAAA2" in message.body["paragraphs"][0][1]
    [answered] = json.loads(typed("enquiries", "--status", "answered", "--json").stdout)
    assert [answer["text"] for answer in answered["answers"]] == ["Ja.\n\nGruß"]


def test_who_wants_an_email_gets_the_answer_in_the_chat_and_the_team_is_told_to_write(asked: Path, typed: Typed) -> None:
    ran = typed("enquiries", "reply", "BBBBB3", "In May.")
    assert "none is sent from here: please write to ana@example.org." in ran.stdout
    [message] = outgoing(asked)
    assert message.sent_at is not None, "the web chat fetches what is stored"


def test_a_closed_enquiry_is_listed_no_more(asked: Path, typed: Typed) -> None:
    assert typed("enquiries", "close", "E-BBBBB3").exit_code == 0
    assert [row["reference"] for row in json.loads(typed("enquiries", "--json").stdout)] == ["E-AAAAA2"]
    assert outgoing(asked) == []


@pytest.mark.parametrize("arguments", [("reply", "E-ZZZZZZ", "Hello"), ("close", "E-ZZZZZZ")])
def test_an_unknown_number_is_a_failure(asked: Path, typed: Typed, arguments: tuple[str, ...]) -> None:
    ran = typed("enquiries", *arguments)
    assert ran.exit_code == 1
    assert complaint(ran).startswith("Error: There is no enquiry E-ZZZZZZ")


def test_a_csv_defuses_formulas_and_has_no_byte_order_mark(asked: Path, typed: Typed) -> None:
    assert typed("export", "enquiries", "--out", "e.csv").stdout == "2 enquiries in e.csv\n"
    raw = (asked / "e.csv").read_bytes()
    assert raw.startswith(b"reference,status,")
    rows = list(csv.DictReader(raw.decode().splitlines(keepends=True)))
    assert [row["question"] for row in rows] == [f"'{FORMULA}", "When?"]


def test_a_workbook_holds_texts_and_no_formulas(asked: Path, typed: Typed) -> None:
    assert typed("export", "enquiries", "--out", "e.xlsx").exit_code == 0
    [sheet] = load_workbook(asked / "e.xlsx").worksheets
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells[FORMULA] == "s"
    assert cells[NOW.replace(tzinfo=None)] == "d"


def test_unanswered_questions_are_exported(asked: Path, typed: Typed) -> None:
    typed("export", "unanswered", "--out", "u.CSV")
    [row] = csv.DictReader((asked / "u.CSV").read_text().splitlines())
    assert (row["text"], row["articles"], row["reason"]) == ("'+49 what", "cost, time", "unsure")


def test_where_nobody_has_registered_the_export_has_its_columns_alone(folder: Path, typed: Typed) -> None:
    ran = typed("export", "registrations", "--out", "r.csv")
    assert (ran.exit_code, ran.stdout) == (0, "0 registrations in r.csv\n")
    [columns] = (folder / "r.csv").read_text(encoding="utf-8-sig").splitlines()
    assert columns.startswith("conference,code,status,")


def test_a_person_is_exported_and_erased(asked: Path, typed: Typed) -> None:
    exported = json.loads(typed("person", "export", "telegram:7").stdout)
    assert set(exported["held"]) == {"person", "chat", "enquiry"}
    erased = json.loads(typed("person", "erase", str(exported["person"])).stdout)
    assert erased == {"person": exported["person"], "erased": {"person": 1, "chat": 1, "enquiry": 1}}
    again = typed("person", "export", "telegram:7")
    assert again.exit_code == 1
    assert complaint(again).startswith("Error: Nobody is kept under telegram:7")


def test_a_backup_is_a_whole_database_for_its_owner_only(asked: Path, typed: Typed) -> None:
    for _again in range(2):  # the second one takes the first one's place
        assert typed("backup", "copy.sqlite").exit_code == 0
    copy = asked / "copy.sqlite"
    assert copy.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in asked.iterdir()) == ["copy.sqlite", "data"]
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM enquiry").fetchall() == [(2,)]
    connection.close()


def test_a_backup_says_that_attached_documents_are_to_be_copied_as_well(asked: Path, typed: Typed) -> None:
    assert "documents" not in typed("backup", "copy.sqlite").stdout
    Shelf(asked / "data" / "documents").put(b"letter")
    ran = typed("backup", "copy.sqlite")
    assert "1 attached documents are not in it: now copy the folder" in ran.stdout
    assert ran.stdout.rstrip().endswith("data/documents as well.")


def test_a_backup_that_cannot_be_written_is_a_failure(folder: Path, typed: Typed) -> None:
    ran = typed("backup", "no/such/folder/copy.sqlite")
    assert ran.exit_code == 1
    assert complaint(ran).startswith("Error: no/such/folder/copy.sqlite cannot be written")


def test_a_sign_in_link_is_good_once(folder: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://chat.example.org/")
    link = typed("staff", "add", "Ada  Lovelace", "--role", "editor").stdout.strip()
    head, _slash, code = link.rpartition("/")
    assert head == "https://chat.example.org/desk/sign-in"
    first, second = (in_store(folder, lambda connection: use_link(connection, code, datetime.now(UTC))) for _ in range(2))
    assert (first.name, first.role, second) == ("Ada Lovelace", "editor", None)


def test_what_is_done_here_is_entered_in_the_audit_log(asked: Path, typed: Typed) -> None:
    with sqlite3.connect(asked / "data" / "assistant.sqlite") as connection:
        before = {row[0] for row in connection.execute("SELECT reference FROM enquiry")}
    connection.close()
    reference = min(before)
    for words in (("staff", "add", "Bo", "--role", "viewer"), ("enquiries", "close", reference), ("person", "erase", "1"),
                  ("enquiries", "close", "E-ZZZZZZ")):
        typed(*words)
    with sqlite3.connect(asked / "data" / "assistant.sqlite") as connection:
        entered = connection.execute("SELECT staff_id, name, action, kind FROM audit ORDER BY id").fetchall()
    connection.close()
    assert entered == [(None, "", "staff-added", "staff"), (None, "", "enquiry-closed", "enquiry"),
                       (None, "", "person-erased", "person")]
