"""Files that a conference asks for: handed in on the person's own page, only as PDF or picture, one to a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from aiohttp import web
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.conference_tables import conference_file
from flows.conference.own import applies
from flows.conference.view import BOTH, Conference, Question, Registration
from locales import Text, _

MOST_BYTES = 5_000_000
# What each kind of file begins with: its name alone proves nothing.
TYPES = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
TOO_LARGE = _("The file is too large: at most {most} MB, please. Nothing was kept.", most=MOST_BYTES // 1_000_000)
TOO_LATE = _("Files are no longer taken here. Please write to the contact named above.")
WRONG_KIND = _("Only PDF files and pictures (JPEG, PNG) are taken. Nothing was kept.")
MISSING = _("Please choose a file first.")


@dataclass(frozen=True)
class HandedIn:
    """A file and the question that it answers."""

    question: str
    name: str
    content: bytes


def wanted_files(one: Conference, mine: Registration) -> tuple[Question, ...]:
    """The questions that this registration answers with a file."""
    return tuple(question for question in one.questions
                 if question.kind == "file" and question.side in (BOTH, mine.side) and applies(question, mine.answers))


def handed_in(form: Mapping[str, Any], questions: Collection[str]) -> HandedIn | Text:
    """The file of a form, or what is wrong with it."""
    question, given = str(form.get("question", "")), form.get("file")
    if not isinstance(given, web.FileField):
        return MISSING
    with given.file as file:
        content = file.read()
    if question not in questions or not given.filename:
        return MISSING
    name = PurePath(given.filename.replace("\\", "/")).name[-200:]
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    begins = TYPES.get(PurePath(name).suffix.lower())
    return HandedIn(question, name, content) if begins and content.startswith(begins) else WRONG_KIND


async def keep_file(connection: AsyncConnection, number: int, file: HandedIn, now: datetime) -> None:
    """Keeps a file with a registration, in place of an earlier one."""
    await connection.execute(delete(conference_file).where(
        conference_file.c.registration_id == number, conference_file.c.question == file.question))
    await connection.execute(insert(conference_file).values(
        registration_id=number, question=file.question, name=file.name, content=file.content, at=now))


async def files_of(connection: AsyncConnection, number: int) -> dict[str, str]:
    """The names of a registration's files, by question."""
    rows = await connection.execute(select(conference_file.c.question, conference_file.c.name).where(
        conference_file.c.registration_id == number))
    return {row.question: row.name for row in rows}
