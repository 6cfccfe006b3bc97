"""Coming and going: a one-time link is used by a button, so that no link preview uses it up."""

from __future__ import annotations

from aiohttp import web

from bot.store.staff import close_session, close_sessions, open_session, use_link

from .guard import SESSION, VISIT, set_cookie
from .visit import Visit


async def doorstep(visit: Visit) -> web.Response:
    """The button that uses the link; nothing is used up yet."""
    return visit.page("sign_in.html", code=visit.request.match_info["code"])


async def enter(visit: Visit) -> web.Response:
    """Uses the link and opens a session."""
    async with visit.office.store.write() as connection:
        member = await use_link(connection, visit.request.match_info["code"], visit.now)
        secret = "" if member is None else await open_session(connection, member, visit.now)
        if member is not None:
            await visit.record(connection, "signed-in", "staff", member.id, by=member)
    if not secret:
        return visit.page("sign_in.html", 401, code="", used=True)
    response = visit.back_to("")
    set_cookie(visit, response, SESSION, secret)
    response.del_cookie(VISIT, path="/desk")
    return response


async def goodbye(visit: Visit) -> web.Response:
    """What is left to say to somebody who has signed out."""
    return visit.page("sign_in.html", code="")


async def leave(visit: Visit) -> web.Response:
    """Signs out in this browser."""
    async with visit.office.store.write() as connection:
        await close_session(connection, visit.secret)
        await visit.record(connection, "signed-out", "staff", visit.member.id)
    return _gone(visit, "signed-out")


async def leave_everywhere(visit: Visit) -> web.Response:
    """Signs out in every browser."""
    async with visit.office.store.write() as connection:
        await close_sessions(connection, visit.member)
        await visit.record(connection, "signed-out-everywhere", "staff", visit.member.id)
    return _gone(visit, "signed-out-everywhere")


def _gone(visit: Visit, note: str) -> web.Response:
    response = visit.back_to("/sign-in", note)
    response.del_cookie(SESSION, path="/desk")
    return response
