"""What the team does with an enquiry: each action in one transaction, and none twice.

Whoever acts says which version of the enquiry they have seen; where somebody else has acted meanwhile, nothing is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import jobs
from bot.store.enquiries import Delivery, Enquiry, enquiry_named
from bot.store.inbox_tables import enquiry_assignee, enquiry_tag
from bot.store.schema import chat, enquiry
from bot.store.staff import StaffMember
from flows import handover, talk
from flows.replies import Choice, Paragraph, Reply, strong
from locales import _

from .entries import add, has_answered
from .handing import Act, TeamTurns, lay
from .talking import OVERDUE, end_talk

MOST_TAGS, LONGEST_TAG = 10, 40


class Overtaken(Exception):
    """Somebody else of the team has acted on the enquiry since it was looked at; nothing has been done."""


class StillTalking(Exception):
    """The person is in the middle of a talk, which only the desk can end."""


@dataclass(frozen=True)
class Actor:
    """Who acts (None at the terminal), when, and on which version of the enquiry; without one, on whichever there is."""

    member: StaffMember | None
    now: datetime
    version: int | None = None

    @property
    def id(self) -> int | None:
        return self.member.id if self.member else None

    @property
    def name(self) -> str:
        return self.member.name if self.member else ""


async def reply(connection: AsyncConnection, reference: str, text: str, by: Actor, key: str | None = None) -> Delivery | None:
    """Keeps the team's words and lays them into the person's chat; None where there is no such enquiry.

    Raises Overtaken.
    """
    asked = await _held(connection, reference, by)
    if asked is None:
        return None
    await add(connection, asked.id, "staff", text, by.now, staff_id=by.id, key=key)
    settled = {} if asked.talks else {"status": "answered", "closed_at": by.now}
    await _change(connection, asked, **settled)
    await jobs.cancel(connection, OVERDUE, asked.id)
    if by.member is not None and asked.assignee is None:
        await _assign(connection, asked, by.member.id)
    if asked.chat is not None:
        await lay(connection, asked.chat, asked.handle, "staff", (answer(asked, text, by.name),), asked.language, by.now)
    return Delivery(asked, asked.can_be_reached, asked.contact)


def answer(asked: Enquiry, text: str, name: str) -> Reply:
    """The team's words as the person reads them: a frame in their language around what was written, and how to write back."""
    parts = [Paragraph(part.strip()) for part in text.split("\n\n") if part.strip()]
    if asked.talks:
        frame = _("{name} of the team:", name=name) if name else _("The team:")
        return Reply((strong(frame), *parts), (talk.END,))
    frame = _("Answer from the team to your question {reference}:", reference=asked.reference)
    return Reply((strong(frame), *parts), (Choice(f"/talk {asked.reference}", _("Write back to the team")),))


async def assign(connection: AsyncConnection, reference: str, to: int | None, by: Actor) -> Enquiry | None:
    """Who of the team sees to it from now on, or nobody.

    Raises Overtaken.
    """
    asked = await _held(connection, reference, by)
    if asked is not None and asked.assignee != to:
        await _assign(connection, asked, to)
        done = "unassigned" if to is None else "taken" if to == by.id else f"assigned:{to}"
        await add(connection, asked.id, "event", done, by.now, staff_id=by.id)
        await _change(connection, asked)
    return asked


async def take_over(connection: AsyncConnection, reference: str, by: Actor, turns: TeamTurns) -> Enquiry | None:
    """Begins to talk with the person, or joins who has asked for it; they see by whom. A talk about another enquiry ends.

    Raises Overtaken.
    """
    asked = await _held(connection, reference, by)
    if asked is None or not asked.can_be_reached or by.member is None:
        return asked
    await _end_others(connection, asked, by)
    await _assign(connection, asked, by.member.id)
    await _change(connection, asked, talk_since=by.now, status="open", closed_at=None)
    await add(connection, asked.id, "event", "talk", by.now, staff_id=by.id)
    await _turn(connection, asked, "staff", lambda state, _world: handover.taken_over(state, asked.reference, by.name), by, turns)
    return asked


async def hand_back(connection: AsyncConnection, reference: str, by: Actor, turns: TeamTurns) -> Enquiry | None:
    """Ends the talk: the assistant takes up where it was, and the person sees it.

    Raises Overtaken.
    """
    asked = await _held(connection, reference, by)
    if asked is not None and asked.talks:
        await _hand_back(connection, asked, by, turns)
    return asked


async def close(connection: AsyncConnection, reference: str, by: Actor, turns: TeamTurns | None = None) -> Enquiry | None:
    """Closes an enquiry, with or without an answer; a talk ends with it.

    Raises Overtaken, and StillTalking where there is a talk and nobody to take the person's turn (`turns`).
    """
    asked = await _held(connection, reference, by)
    if asked is not None:
        if asked.talks:
            if turns is None:
                raise StillTalking
            await _hand_back(connection, asked, by, turns)
        await jobs.cancel(connection, OVERDUE, asked.id)
        await _change(connection, asked, status="closed", closed_at=by.now, awaited_since=None)
        await add(connection, asked.id, "event", "closed", by.now, staff_id=by.id)
    return asked


async def reopen(connection: AsyncConnection, reference: str, by: Actor) -> Enquiry | None:
    """Opens an enquiry again.

    Raises Overtaken.
    """
    asked = await _held(connection, reference, by)
    if asked is not None:
        await _change(connection, asked, status="open", closed_at=None)
        await add(connection, asked.id, "event", "reopened", by.now, staff_id=by.id)
    return asked


async def note(connection: AsyncConnection, asked: Enquiry, text: str, by: Actor) -> None:
    """Keeps a note that only the team sees."""
    await add(connection, asked.id, "note", text, by.now, staff_id=by.id)


async def tag(connection: AsyncConnection, asked: Enquiry, tags: tuple[str, ...]) -> None:
    """Gives an enquiry these tags and no others."""
    await connection.execute(delete(enquiry_tag).where(enquiry_tag.c.enquiry_id == asked.id))
    if tags:
        await connection.execute(insert(enquiry_tag), [{"enquiry_id": asked.id, "tag": one} for one in tags])


def tags_in(typed: str) -> tuple[str, ...]:
    """The tags of a line with commas, each once, shortened to what fits."""
    found = dict.fromkeys(" ".join(part.split()).lower()[:LONGEST_TAG].strip() for part in typed.split(","))
    return tuple(one for one in found if one)[:MOST_TAGS]


async def tags_of(connection: AsyncConnection, number: int) -> tuple[str, ...]:
    """An enquiry's tags, in their order."""
    query = select(enquiry_tag.c.tag).where(enquiry_tag.c.enquiry_id == number).order_by(enquiry_tag.c.tag)
    return tuple(await connection.scalars(query))


async def _hand_back(connection: AsyncConnection, asked: Enquiry, by: Actor, turns: TeamTurns) -> None:
    settled = await has_answered(connection, asked.id)
    await end_talk(connection, asked.id, settled, by.now)
    await add(connection, asked.id, "event", "back", by.now, staff_id=by.id)
    await _turn(connection, asked, "assistant", lambda state, world: handover.handed_back(state, world, by.name), by, turns)


async def _end_others(connection: AsyncConnection, asked: Enquiry, by: Actor) -> None:
    """A chat is in one talk at a time: what the person writes goes to the enquiry that was taken over last."""
    others = select(enquiry.c.id).where(
        enquiry.c.chat_id == asked.chat, enquiry.c.id != asked.id, enquiry.c.talk_since.is_not(None))
    for other in list(await connection.scalars(others)):
        await end_talk(connection, other, await has_answered(connection, other), by.now)
        await add(connection, other, "event", "back", by.now, staff_id=by.id)


async def _turn(connection: AsyncConnection, asked: Enquiry, author: str, act: Act, by: Actor, turns: TeamTurns) -> None:
    """What the person reads of it stands in the transcript as well."""
    if asked.chat is not None:
        for words in await turns.take(connection, asked.chat, author, act, by.now):
            await add(connection, asked.id, "assistant", words, by.now)


async def _assign(connection: AsyncConnection, asked: Enquiry, to: int | None) -> None:
    await connection.execute(delete(enquiry_assignee).where(enquiry_assignee.c.enquiry_id == asked.id))
    if to is not None:
        await connection.execute(insert(enquiry_assignee).values(enquiry_id=asked.id, staff_id=to))


async def _held(connection: AsyncConnection, reference: str, by: Actor) -> Enquiry | None:
    """The enquiry as it stands, locked together with its chat: first the chat, as everywhere else."""
    asked = await enquiry_named(connection, reference)
    if asked is None:
        return None
    if asked.chat is not None:
        await connection.execute(select(chat.c.id).where(chat.c.id == asked.chat).with_for_update())
    await connection.execute(select(enquiry.c.id).where(enquiry.c.id == asked.id).with_for_update())
    asked = await enquiry_named(connection, reference)
    if asked is not None and by.version is not None and asked.version != by.version:
        raise Overtaken
    return asked


async def _change(connection: AsyncConnection, asked: Enquiry, **values: Any) -> None:
    await connection.execute(update(enquiry).where(enquiry.c.id == asked.id).values(version=enquiry.c.version + 1, **values))
