"""Writing to everybody who has registered, each in their language, into the chat where they did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import PULLED
from bot.render import render
from bot.store.chats import NewMessage, add_messages
from bot.store.conference_tables import registration
from bot.store.schema import chat
from flows.conference.view import Conference
from flows.conference.words import days, place
from flows.replies import Paragraph, Reply, strong
from locales import Spoken, _, shipped

from .reading import COUNTS

LONGEST = 2000  # characters of the team's own words


async def tell_everybody(connection: AsyncConnection, one: Conference, reply: Reply, now: datetime) -> int:
    """Lays a message into the chat of everybody whose registration counts; returns how many will read it."""
    query = (select(chat.c.id, chat.c.handle, chat.c.language).join(registration, registration.c.chat_id == chat.c.id)
             .where(registration.c.conference_id == one.id, COUNTS, chat.c.blocked_at.is_(None)).order_by(chat.c.id))
    rows = list(await connection.execute(query))
    await add_messages(connection, [
        NewMessage(row.id, "staff", render(reply, shipped(row.language) or "en"), now,
                   sent_at=now if row.handle.partition(":")[0] in PULLED else None) for row in rows])
    return len(rows)


def called_off(one: Conference, words: Spoken) -> Reply:
    """That a conference does not take place, with what the team adds."""
    said = _("The conference “{title}” ({days}) has been cancelled by the team.", title=one.title, days=days(one))
    asked = (Paragraph(_("Questions: {contact}", contact=one.contact)),) if one.contact else ()
    added = (Paragraph(_("{words}", words=words)),) if words else ()
    return Reply((Paragraph(said), *added, *asked))


def from_the_team(one: Conference, words: Spoken) -> Reply:
    """The team's own words to all who come."""
    return Reply((strong(_("From the team, on “{title}”:", title=one.title)), Paragraph(_("{words}", words=words))))


def changed(before: Conference, after: Conference) -> Reply | None:
    """What is different for those who come; None where nothing is."""
    lines = []
    if (before.first, before.last) != (after.first, after.last):
        lines.append(_("New dates: {days}", days=days(after)))
    if (before.city, before.country) != (after.city, after.country):
        lines.append(_("New place: {place}", place=place(after)))
    if before.programme != after.programme and after.programme:
        lines.append(_("The programme has changed: {programme}", programme=after.programme))
    if not lines:
        return None
    head = strong(_("The team has changed “{title}”.", title=after.title))
    return Reply((head, *map(Paragraph, lines)))


def taken_out(one: Conference) -> Reply:
    """That the team has withdrawn a registration."""
    said = _("The team has withdrawn your registration for “{title}”. If that was not meant, please write to the team with "
             "/contact.", title=one.title)
    return Reply((Paragraph(said),))
