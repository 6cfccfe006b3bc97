"""Coming and going: by a one-time link, used by a button so that no preview uses it up, or by the organisation's own sign-in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import structlog
from aiohttp import web

from bot.store.staff import close_session, close_sessions, open_session, staff_known_as, use_link
from locales import Text

from .guard import SESSION, VISIT, is_secure, set_cookie
from .openid import NoSignIn, OpenId, Secrets
from .visit import Visit
from .words import _

log = structlog.get_logger()
ATTEMPT = "desk_openid"
REFUSALS: Mapping[str, Text] = {
    "used": _("This link has been used or is too old. Please ask for a new one."),
    "unreachable": _("Your organisation's sign-in cannot be reached right now. Please try again later, or use a one-time link."),
    "forged": _("The sign-in could not be confirmed. Please start again from here."),
    "cancelled": _("The sign-in was not finished. Please start again from here."),
    "unverified": _("Your organisation's sign-in did not confirm your e-mail address. Please ask its administrators, or use a "
                    "one-time link."),
    "stranger": _("You are not on the team's list under this account. Please ask an administrator to enter its e-mail address on "
                  "the page “Staff”."),
}


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
        return visit.page("sign_in.html", 401, code="", problem=REFUSALS["used"])
    response = visit.back_to("")
    set_cookie(visit, response, SESSION, secret)
    response.del_cookie(VISIT, path="/desk")
    return response


async def by_organisation(visit: Visit) -> web.Response:
    """Sends the browser to the organisation's own sign-in, with a secret in a cookie that ties its return to it."""
    openid, secret = _openid(visit), secrets.token_urlsafe(32)
    try:
        address = await openid.address(Secrets(secret), _back(visit))
    except NoSignIn as failed:
        return _refused(visit, failed)
    response = web.Response(status=303, headers={"Location": address})
    # Lax, since the browser comes back from another site; it holds nothing but for this one attempt.
    response.set_cookie(ATTEMPT, secret, max_age=600, path="/desk/openid", httponly=True, samesite="Lax", secure=is_secure(visit))
    return response


async def back_from_organisation(visit: Visit) -> web.Response:
    """Opens a session for whom the organisation names, if they are on the team's list."""
    attempt = Secrets(visit.request.cookies.get(ATTEMPT, ""))
    try:
        if not attempt.secret:
            raise NoSignIn("forged", "no cookie")
        identity = await _openid(visit).identity(attempt, visit.query("state"), visit.query("code"), _back(visit), visit.now)
    except NoSignIn as failed:
        return _refused(visit, failed)
    async with visit.office.store.write() as connection:
        member = await staff_known_as(connection, identity.number, identity.name)
        secret = "" if member is None else await open_session(connection, member, visit.now)
        if member is not None:
            await visit.record(connection, "signed-in", "staff", member.id, by=member, after={"by": "OpenID Connect"})
    if not secret:
        log.warning("somebody who is not on the team's list was refused")
        return visit.page("sign_in.html", 403, code="", problem=REFUSALS["stranger"])
    # A page, not a redirect: the session's cookie does not go along while the browser is on its way from another site.
    response = visit.page("arrived.html")
    set_cookie(visit, response, SESSION, secret)
    response.del_cookie(ATTEMPT, path="/desk/openid")
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


def _openid(visit: Visit) -> OpenId:
    if visit.office.openid is None:
        raise web.HTTPNotFound
    return visit.office.openid


def _back(visit: Visit) -> str:
    return f"{visit.origin}/desk/openid/back"


def _refused(visit: Visit, failed: NoSignIn) -> web.Response:
    log.warning("sign-in by the organisation failed", why=str(failed))
    return visit.page("sign_in.html", 502 if failed.why == "unreachable" else 403, code="", problem=REFUSALS[failed.why])


def _gone(visit: Visit, note: str) -> web.Response:
    response = visit.back_to("/sign-in", note)
    response.del_cookie(SESSION, path="/desk")
    return response
