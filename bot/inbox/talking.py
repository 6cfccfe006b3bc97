"""What people do: they open an enquiry, write to the team, leave the talk, or come back to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.changing import attach_enquiry
from bot.store import jobs
from bot.store.case_tables import case_member, municipality
from bot.store.chats import ChatRow
from bot.store.consents import record_consent
from bot.store.schema import enquiry
from flows import talk
from flows.replies import ASK_TEAM, MENU, say
from flows.turn import JoinTalk, LeaveTalk, OpenEnquiry, ToTeam, Turn

from .entries import add, has_answered

Talking = OpenEnquiry | ToTeam | LeaveTalk | JoinTalk
OVERDUE = "talk-overdue"  # about an enquiry: the person has waited for too long
TELL_GROUP = "tell-group"  # about an entry: the team's group has yet to hear of it


async def apply_talking(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: Talking, now: datetime) -> Turn:
    """Carries out what a person has asked for, and tells what became of it where only the store knows."""
    match effect:
        case OpenEnquiry():
            await _open(connection, row, turn.state.language, effect, now)
        case ToTeam(reference, text, patience):
            return await _to_team(connection, row, turn, reference, text, patience, now)
        case LeaveTalk(reference):
            await _leave(connection, row, reference, now)
        case JoinTalk(reference):
            return await _join(connection, row, turn, reference, now)
    return turn


async def _open(connection: AsyncConnection, row: ChatRow, language: str, asked: OpenEnquiry, now: datetime) -> None:
    await record_consent(connection, row, "enquiry", asked.consent, language, now)
    side, country = await _whereabouts(connection, row, asked)
    talks = asked.talk is not None
    number = int(await connection.scalar(insert(enquiry).values(
        reference=asked.reference, person_id=row.person, chat_id=row.id, question=asked.question, contact=asked.contact,
        language=language, status="open", opened_at=now, side=side, country=country, talk_since=now if talks else None,
        awaited_since=now).returning(enquiry.c.id)) or 0)
    if asked.case is not None:
        await attach_enquiry(connection, number, asked.case, asked.item)
    entry = await add(connection, number, "question", asked.question, now)
    await jobs.schedule(connection, TELL_GROUP, entry, now)
    if asked.talk is not None:
        await jobs.schedule(connection, OVERDUE, number, now + asked.talk)


async def _whereabouts(connection: AsyncConnection, row: ChatRow, asked: OpenEnquiry) -> tuple[str, str]:
    """Side and country: of the checklist that the question is about, else as the person has said in a dialogue."""
    if asked.case is None:
        return asked.side, asked.country
    own = (select(municipality.c.side, municipality.c.country)
           .join(case_member, (case_member.c.partnership_id == municipality.c.partnership_id)
                 & (case_member.c.side == municipality.c.side))
           .where(case_member.c.partnership_id == asked.case, case_member.c.person_id == row.person))
    found = (await connection.execute(own)).first()
    return (found.side, found.country) if found else (asked.side, asked.country)


async def _to_team(connection: AsyncConnection, row: ChatRow, turn: Turn, reference: str, text: str, patience: timedelta,
                   now: datetime) -> Turn:
    found = await _own(connection, row, reference, enquiry.c.talk_since.is_not(None))
    if found is None:  # deleted meanwhile, by its term or on request
        free = replace(turn.state, talk="", session=turn.state.parked, parked=None)
        return replace(turn, state=free, replies=(say(talk.gone(), choices=(ASK_TEAM, MENU)),))
    await _wait(connection, found, await add(connection, found.id, "person", text, now), patience, now)
    return turn


async def _wait(connection: AsyncConnection, asked: Any, entry: int, patience: timedelta, now: datetime) -> None:
    """From the first word on that the team has not answered yet."""
    if asked.awaited_since is None:
        await connection.execute(update(enquiry).where(enquiry.c.id == asked.id).values(awaited_since=now))
        await jobs.schedule(connection, OVERDUE, asked.id, now + patience)
        await jobs.schedule(connection, TELL_GROUP, entry, now)


async def _leave(connection: AsyncConnection, row: ChatRow, reference: str, now: datetime) -> None:
    found = await _own(connection, row, reference, enquiry.c.talk_since.is_not(None))
    if found is not None:
        await end_talk(connection, found.id, found.awaited_since is None, now)
        await add(connection, found.id, "event", "left", now)


async def end_talk(connection: AsyncConnection, number: int, settled: bool, now: datetime) -> None:
    """The assistant answers again; an enquiry on which the team has had the last word counts as answered."""
    await jobs.cancel(connection, OVERDUE, number)
    values: dict[str, Any] = {"talk_since": None, "version": enquiry.c.version + 1}
    if settled and await has_answered(connection, number):
        values |= {"status": "answered", "closed_at": now}
    await connection.execute(update(enquiry).where(enquiry.c.id == number).values(values))


async def _join(connection: AsyncConnection, row: ChatRow, turn: Turn, reference: str, now: datetime) -> Turn:
    found = await _own(connection, row, reference)
    if found is None:
        return replace(turn, replies=(say(talk.gone(), choices=(ASK_TEAM, MENU)),))
    await connection.execute(update(enquiry).where(enquiry.c.id == found.id).values(
        talk_since=now, status="open", closed_at=None, version=enquiry.c.version + 1))
    await add(connection, found.id, "event", "joined", now)
    return replace(turn, state=turn.state.with_team(found.reference), replies=(talk.resumed(found.reference),))


async def _own(connection: AsyncConnection, row: ChatRow, reference: str, *more: ColumnElement[bool]) -> Any:
    """The person's own enquiry of that number, asked in this very chat."""
    query = select(enquiry).where(enquiry.c.reference == reference, enquiry.c.person_id == row.person,
                                  enquiry.c.chat_id == row.id, *more)
    return (await connection.execute(query.with_for_update())).first()
