"""Carries out what a turn asks of a case: under a lock on the case, under the rights of the person's own membership.

Edits meet field by field, so two people at one item lose nothing: both changes are in the history, and who came second
over an older picture is told so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.case_tables import case_enquiry, case_event, case_member, case_note, case_part, partnership
from bot.store.chats import ChatRow
from flows.case import effects as asked
from flows.case.effects import CaseEffect
from flows.case.ending import quicker
from flows.case.overview import BEGIN
from flows.case.words import STATUSES
from flows.conversation import offered
from flows.replies import Paragraph, Reply, say
from flows.turn import Turn
from knowledge.checklist import Status
from locales import _

from . import documents, membership
from .events import hold, record
from .granting import grant
from .reminders import plan, plan_all


@dataclass(frozen=True)
class Mine:
    """The membership under which somebody acts."""

    id: int
    case: int
    side: str

    @property
    def author(self) -> tuple[int, str]:
        return self.id, self.side


async def apply_case_effect(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: CaseEffect, now: datetime) -> Turn:
    """Carries one effect out; returns the turn with what there is to say about how it went."""
    match effect:
        case asked.OpenCase():
            return answered(turn, await membership.open_case(connection, row, effect, turn.state.language, now))
        case asked.JoinCase():
            return answered(turn, await membership.join_case(connection, row, effect, turn.state.language, now))
        case asked.KeepFile():
            await documents.keep(connection, row, effect, now)
            return turn
        case asked.DropFiles():
            await documents.drop(connection, row, now)
            return turn
        case _:
            return await _as_member(connection, row, turn, effect, now)


async def _as_member(connection: AsyncConnection, row: ChatRow, turn: Turn, effect: Any, now: datetime) -> Turn:
    mine = await _membership(connection, row.person, effect.case) if await hold(connection, effect.case) else None
    if mine is None:
        return answered(replace(turn, replies=()), say(_("You do not work on that checklist."), choices=BEGIN))
    match effect:
        case asked.SetStatus():
            return await _set_status(connection, mine, turn, effect, now)
        case asked.SetDue() | asked.SetResponsible() | asked.AddNote():
            await _edit(connection, mine, effect, now)
        case asked.AttachFiles():
            refused = await documents.attach(connection, row.person, mine.author, effect, now)
            return turn if refused is None else answered(replace(turn, replies=()), refused)
        case asked.RemovePaper():
            await documents.remove(connection, mine.author, effect, now)
        case asked.Invite() | asked.Revoke() | asked.Leave():
            await membership.change(connection, mine.id, mine.case, mine.side, effect, now)
        case _:
            await _of_ones_own(connection, mine, effect, now)
    return turn


async def _edit(connection: AsyncConnection, mine: Mine, effect: asked.SetDue | asked.SetResponsible | asked.AddNote,
                now: datetime) -> None:
    match effect:
        case asked.SetDue(_, item, due):
            await _change(connection, mine, item, "due", {"due": due}, due.isoformat() if due else "", now)
            await plan_all(connection, mine.case, now)
        case asked.SetResponsible(_, item, member):
            await _change(connection, mine, item, "responsible", {"responsible": member}, str(member or ""), now)
            await plan_all(connection, mine.case, now)
        case asked.AddNote(_, item, text):
            await connection.execute(insert(case_note).values(
                partnership_id=mine.case, item=item, member_id=mine.id, text=text, at=now))
            await record(connection, mine.case, "note", item, mine.author, now)


async def _of_ones_own(connection: AsyncConnection, mine: Mine, effect: Any, now: datetime) -> None:
    """What concerns the member's own view, and whom they let in."""
    myself = update(case_member).where(case_member.c.id == mine.id)
    match effect:
        case asked.Seen(_, event):
            await connection.execute(myself.where(case_member.c.seen_event < event).values(seen_event=event))
        case asked.Pause(_, paused):
            await connection.execute(myself.values(paused=paused))
            await plan(connection, mine.id, now)
        case asked.AskTeamIn():
            await connection.execute(update(partnership).where(partnership.c.id == mine.case).values(team_asked_at=now))
            await record(connection, mine.case, "team", "", mine.author, now)
        case asked.GrantPaper():
            await documents.lend(connection, mine.id, effect, now)
        case asked.GrantSummary(_, languages, key):
            await grant(connection, mine.case, mine.id, key, languages, now)
        case _:
            raise TypeError(f"nothing is done for {type(effect).__name__}")


async def _membership(connection: AsyncConnection, person: int, case: int) -> Mine | None:
    row = (await connection.execute(select(case_member.c.id, case_member.c.side).where(
        case_member.c.person_id == person, case_member.c.partnership_id == case, case_member.c.left_at.is_(None)))).first()
    return Mine(row.id, case, row.side) if row else None


async def _set_status(connection: AsyncConnection, mine: Mine, turn: Turn, effect: asked.SetStatus, now: datetime) -> Turn:
    met = await _meanwhile(connection, mine, effect)
    await _change(connection, mine, effect.item, "status", {"status": effect.status.value}, effect.status.value, now)
    if met is None:
        return turn
    status = Status(met.value)
    if status is effect.status:
        return turn
    who = met.name or _("somebody else")
    return _preceded(turn, quicker(who, STATUSES[status]))


async def _meanwhile(connection: AsyncConnection, mine: Mine, effect: asked.SetStatus) -> Any:
    """Somebody else's last change of the same status since the revision that was on the screen."""
    query = (select(case_event.c.value, case_member.c.name).outerjoin(case_member, case_member.c.id == case_event.c.member_id)
             .where(case_event.c.partnership_id == mine.case, case_event.c.item == effect.item, case_event.c.side == mine.side,
                    case_event.c.kind == "status", case_event.c.revision > effect.seen,
                    case_event.c.member_id.is_distinct_from(mine.id))
             .order_by(case_event.c.id.desc()).limit(1))
    return (await connection.execute(query)).first()


async def _change(connection: AsyncConnection, mine: Mine, item: str, kind: str, values: dict[str, Any], shown: str,
                  now: datetime) -> None:
    """Changes one field of one's own part and leaves its others as they are."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    untouched = {"status": Status.OPEN.value, "due": None, "responsible": None}
    fresh = dialect.insert(case_part).values(
        partnership_id=mine.case, item=item, side=mine.side, revision=1, **(untouched | values))
    keys = ["partnership_id", "item", "side"]
    revision = await connection.scalar(fresh.on_conflict_do_update(
        index_elements=keys, set_={**values, "revision": case_part.c.revision + 1}).returning(case_part.c.revision))
    await record(connection, mine.case, kind, item, mine.author, now, value=shown, revision=int(revision or 0))


async def attach_enquiry(connection: AsyncConnection, number: int, case: int, item: str) -> None:
    """Attaches a case to an enquiry that was opened from it, so that the team sees what it is about."""
    if await hold(connection, case):
        await connection.execute(insert(case_enquiry).values(enquiry_id=number, partnership_id=case, item=item))


def answered(turn: Turn, reply: Reply) -> Turn:
    """The turn with a further reply, whose buttons can be typed as well."""
    whole = replace(turn, replies=(*turn.replies, reply))
    return replace(whole, state=replace(whole.state, offered=offered(whole)))


def _preceded(turn: Turn, word: Paragraph) -> Turn:
    first, *others = turn.replies
    return replace(turn, replies=(replace(first, paragraphs=(word, *first.paragraphs)), *others))
