"""What is held on a person for announcements, in words for them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import delivery, listener
from flows.known import Holding
from locales import _

KEPT_LISTENER = _("until you leave all announcements, or delete it.")
KEPT_DELIVERIES = _("until you delete it, or 180 days after the announcement.")


async def held_for_announcements(connection: AsyncConnection, chat: int, topics: Collection[str]) -> list[Holding]:
    """The topics, what the person has said of themselves, and which announcements went to them."""
    found = []
    if topics:
        found.append(Holding(_("Announcements"), _("To write to you about these topics."), KEPT_LISTENER, tuple(sorted(topics))))
    said = (await connection.execute(select(listener).where(listener.c.chat_id == chat))).first()
    if said is not None:
        values = tuple(value for value in (said.side, said.country, said.partner, said.name) if value)
        found.append(Holding(_("What announcements are chosen by"), _("To send you only what concerns you."), KEPT_LISTENER,
                             values))
    rows = await connection.execute(select(delivery).where(delivery.c.chat_id == chat).order_by(delivery.c.announcement_id))
    received = tuple(" ".join(filter(None, (f"{row.announcement_id}:", row.state, f"{row.at or row.not_before:%Y-%m-%d}",
                                            row.clicked))) for row in rows)
    if received:
        found.append(Holding(_("Announcements to you"), _("To send each of them once, and to see whether it helped."),
                             KEPT_DELIVERIES, received))
    return found
