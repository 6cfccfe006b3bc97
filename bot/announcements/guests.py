"""People by what they are to a conference: registered, waiting, interested in its region, or seen there."""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, cast, exists, or_, select

from bot.store.conference_tables import attendee, conference, conference_interest, registration
from bot.store.schema import chat

REGISTERED = ("pending", "offered", "confirmed")


def guests(id: str, status: str) -> ColumnElement[bool]:
    """Whether the chat of the row is such a guest's; the conference by its name in links or its number."""
    this = or_(conference.c.slug == id, cast(conference.c.id, String) == id)
    if status == "interested":
        regions = select(conference.c.region).where(this)
        return exists().where(conference_interest.c.chat_id == chat.c.id,
                              conference_interest.c.region.in_(regions)).correlate(chat)
    here = (registration.c.chat_id == chat.c.id, registration.c.conference_id == conference.c.id, this)
    if status == "attended":
        return exists().where(*here, attendee.c.registration_id == registration.c.id,
                              attendee.c.checked_in_at.is_not(None)).correlate(chat)
    wanted = ("waiting",) if status == "waiting" else REGISTERED
    return exists().where(*here, registration.c.status.in_(wanted)).correlate(chat)
