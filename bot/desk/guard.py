"""The door: nothing behind it is shown or done before the session, the role and the form's token have been checked."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.store.phrases import knowledge_revision
from bot.store.staff import SESSION_LASTS, session_member

from .visit import STRANGER, Office, Visit
from .words import _, spoken

SESSION = "desk_session"
Role = Literal["stranger", "viewer", "editor", "admin"]
VISIT = "desk_visit"  # a stranger's secret, so that the sign-in form too is bound to the browser that it was shown in
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
                               "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class Page:
    """A page or an action: where it is, the least role it takes, and what it does."""

    method: Literal["GET", "POST"]
    path: str
    role: Role
    answer: Callable[[Visit], Awaitable[web.StreamResponse]]
    most: int | None = None  # bytes of a form that brings a file

    def guarded(self, office: Office) -> Handler:
        """The handler, behind the door."""
        async def receive(request: web.Request) -> web.StreamResponse:
            visit = await _visit(office, request.clone(client_max_size=self.most) if self.most else request)
            response = await self._answer(visit)
            if visit.member is STRANGER and VISIT not in request.cookies:
                set_cookie(visit, response, VISIT, visit.secret)
            return response
        return receive

    async def _answer(self, visit: Visit) -> web.StreamResponse:
        if not visit.may(self.role):
            return turned_away(visit)
        if self.method == "POST":
            visit = replace(visit, form=await _form(visit.request))
            if not hmac.compare_digest(visit.form.get("token", "").encode(), visit.token.encode()):
                return visit.page("error.html", 403, headline=_("This form is out of date"),
                                  advice=_("Please open the page again and send the form once more."))
        try:
            return await self.answer(visit)
        except web.HTTPNotFound:
            return visit.page("error.html", 404, headline=_("There is no such page"),
                              advice=_("What stood here may have been settled or deleted."))


def turned_away(visit: Visit) -> web.Response:
    """The sign-in page for strangers; for staff, that their role does not reach."""
    if visit.member is STRANGER:
        return visit.page("sign_in.html", 401, code="")
    return visit.page("error.html", 403, headline=_("Your role does not allow this"),
                      advice=_("Please ask an administrator to do it or to change your role."))


def set_cookie(visit: Visit, response: web.StreamResponse, name: str, value: str) -> None:
    """A cookie that no script reads and no other site's request carries; on https it never leaves in the clear."""
    response.set_cookie(name, value, max_age=int(SESSION_LASTS.total_seconds()), path="/desk", httponly=True,
                        samesite="Strict", secure=is_secure(visit))


def is_secure(visit: Visit) -> bool:
    """Whether the browser reaches the desk by https."""
    return visit.origin.startswith("https://") or visit.request.secure


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The headers of every answer under /desk, also where there is no page."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = web.Response(status=error.status, text=error.reason)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _visit(office: Office, request: web.Request) -> Visit:
    words = spoken(request.headers.get("Accept-Language", ""))
    secret = request.cookies.get(SESSION, "")
    if secret:
        async with office.store.read() as connection:
            member = await session_member(connection, secret, office.now())
            if member is not None:
                await office.live.refresh(connection, await knowledge_revision(connection))
        if member is not None:
            return Visit(office, request, member, secret, words)
    return Visit(office, request, STRANGER, request.cookies.get(VISIT) or secrets.token_urlsafe(24), words)


async def _form(request: web.Request) -> dict[str, str]:
    fields = await request.post()
    return {name: value.replace("\r\n", "\n").strip() for name, value in fields.items() if isinstance(value, str)}
