"""Who works on a case: opening one, joining by an invitation, inviting others, leaving and handing over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import schema
from bot.store.case_tables import case_event, case_member, case_part, invitation, municipality, partnership
from bot.store.chats import ChatRow
from flows.case import ending
from flows.case import sharing as words
from flows.case.effects import Invite, JoinCase, Leave, OpenCase, Revoke
from flows.case.view import Municipality
from flows.replies import Reply
from knowledge.checklist import Side

from .calls import call_for
from .events import hold, record
from .reading import invitation_behind
from .reminders import plan

PURPOSE = "partnership"


async def open_case(connection: AsyncConnection, row: ChatRow, wanted: OpenCase, language: str, now: datetime) -> Reply:
    """Opens a case with its first member, under the call that holds today."""
    call = await call_for(connection, wanted.south.country, now.date())
    number = await connection.scalar(insert(partnership).values(
        call_id=call.id if call else None, opened_at=now).returning(partnership.c.id))
    case = int(number or 0)
    pair = [{"partnership_id": case, "side": one.side.value, "name": one.name, "country": one.country, "land": one.land}
            for one in (wanted.south, wanted.german)]
    await connection.execute(insert(municipality), pair)
    await _add_member(connection, row, case, wanted.side, wanted.name, wanted.consent, language, now)
    return ending.opened(case, wanted.side.other.value)


async def join_case(connection: AsyncConnection, row: ChatRow, wanted: JoinCase, language: str, now: datetime) -> Reply:
    """Uses an invitation up, once; who is a member already leaves it to somebody else."""
    case = await connection.scalar(select(invitation.c.partnership_id).where(invitation.c.code_hash == wanted.key))
    if case is None or not await hold(connection, case):
        return ending.no_invitation()
    found = await invitation_behind(connection, wanted.key, now)
    if found is None:
        return ending.no_invitation()
    member = await connection.scalar(select(case_member.c.id).where(
        case_member.c.partnership_id == case, case_member.c.person_id == row.person, case_member.c.left_at.is_(None)))
    if member is not None:
        return ending.already(case)
    await connection.execute(update(invitation).where(invitation.c.code_hash == wanted.key).values(used_at=now))
    if wanted.municipality is not None and not found.joined:
        await _correct(connection, case, wanted.municipality)
    await _add_member(connection, row, case, found.side, wanted.name, wanted.consent, language, now)
    return ending.joined(case, found.title)


async def change(connection: AsyncConnection, me: int, case: int, side: str, effect: Invite | Revoke | Leave,
                 now: datetime) -> None:
    """Inviting, taking invitations back, leaving; the membership is checked already."""
    match effect:
        case Invite(_, wanted, key):
            await _revoke(connection, case, now, wanted)
            await connection.execute(insert(invitation).values(
                partnership_id=case, side=wanted.value, code_hash=key, member_id=me, expires_at=now + timedelta(days=words.DAYS)))
        case Revoke():
            await _revoke(connection, case, now)
        case Leave(_, to):
            await _leave(connection, me, case, side, to, now)


async def _add_member(connection: AsyncConnection, row: ChatRow, case: int, side: Side, name: str, consent: str, language: str,
                      now: datetime) -> None:
    await connection.execute(insert(schema.consent).values(
        person_id=row.person, purpose=PURPOSE, version=consent, language=language, given_at=now))
    values = {"chat_id": row.id, "side": side.value, "name": name, "joined_at": now, "left_at": None, "paused": False}
    back = await connection.scalar(update(case_member).where(
        case_member.c.partnership_id == case, case_member.c.person_id == row.person).values(values).returning(case_member.c.id))
    number = back or await connection.scalar(insert(case_member).values(
        partnership_id=case, person_id=row.person, seen_event=0, **values).returning(case_member.c.id))
    await record(connection, case, "joined", "", (int(number or 0), side.value), now)
    newest = select(case_event.c.id).where(case_event.c.partnership_id == case).order_by(case_event.c.id.desc()).limit(1)
    await connection.execute(update(case_member).where(case_member.c.id == number).values(seen_event=newest.scalar_subquery()))
    await plan(connection, int(number or 0), now)


async def _correct(connection: AsyncConnection, case: int, entry: Municipality) -> None:
    """A side's own entry; its country stays, since the DAC List was looked up for it."""
    await connection.execute(update(municipality).where(
        municipality.c.partnership_id == case, municipality.c.side == entry.side.value).values(name=entry.name, land=entry.land))


async def _revoke(connection: AsyncConnection, case: int, now: datetime, side: Side | None = None) -> None:
    still = [invitation.c.partnership_id == case, invitation.c.used_at.is_(None), invitation.c.revoked_at.is_(None)]
    if side is not None:
        still.append(invitation.c.side == side.value)
    await connection.execute(update(invitation).where(*still).values(revoked_at=now))


async def _leave(connection: AsyncConnection, me: int, case: int, side: str, to: int | None, now: datetime) -> None:
    ours = case_member.c.partnership_id == case, case_member.c.side == side, case_member.c.left_at.is_(None)
    heir = None if to is None else await connection.scalar(select(case_member.c.id).where(case_member.c.id == to, *ours))
    await connection.execute(
        update(case_part).where(case_part.c.partnership_id == case, case_part.c.responsible == me)
        .values(responsible=heir, revision=case_part.c.revision + 1))
    await connection.execute(
        update(invitation).where(invitation.c.member_id == me, invitation.c.used_at.is_(None)).values(revoked_at=now))
    await connection.execute(update(case_member).where(case_member.c.id == me).values(left_at=now))
    await record(connection, case, "left", "", (me, side), now)
