"""Who a browser is: the conversation and its token, in a cookie.

Inside another site, browsers keep cookies or storage apart, or refuse one of the two; so a frame gets its ticket twice, as
a partitioned cookie and as a header for its script to store.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from . import problems

COOKIE, FRAMED_COOKIE = "chat", "chat-framed"
TICKET_HEADER = "Chat-Ticket"
KEPT = 180 * 24 * 3600  # seconds


@dataclass(frozen=True)
class Ticket:
    """A conversation and its token."""

    conversation: str
    token: str

    def __str__(self) -> str:
        return f"{self.conversation}.{self.token}"

    @classmethod
    def of(cls, request: web.Request, *, embedded: bool) -> Ticket | None:
        """The ticket that a request brings."""
        scheme, _space, bearer = request.headers.get("Authorization", "").partition(" ")
        brought = bearer if scheme == "Bearer" else request.cookies.get(FRAMED_COOKIE if embedded else COOKIE, "")
        conversation, _dot, token = brought.partition(".")
        return cls(conversation, token) if conversation and token else None


def give(request: web.Request, response: web.StreamResponse, ticket: Ticket, *, embedded: bool, public_url: str) -> None:
    """Hands a ticket to the browser; scripts can read it only inside a frame."""
    secure = is_secure(request, public_url)
    if not embedded:
        response.set_cookie(COOKIE, str(ticket), max_age=KEPT, path="/", httponly=True, samesite="Lax", secure=secure)
        return
    response.headers[TICKET_HEADER] = str(ticket)
    if secure or request.url.host == "localhost":  # which browsers trust as they trust https
        response.headers.add("Set-Cookie", _framed(str(ticket), KEPT))


def take_back(response: web.StreamResponse, *, embedded: bool) -> None:
    """Lets the browser forget its ticket."""
    if embedded:
        response.headers.add("Set-Cookie", _framed("", 0))
    else:
        response.del_cookie(COOKIE, path="/", httponly=True, samesite="Lax")


def _framed(value: str, seconds: int) -> str:
    """Spelt out, since Python's cookies do not know Partitioned before 3.14."""
    return f"{FRAMED_COOKIE}={value}; Max-Age={seconds}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"


def from_own_page(request: web.Request, public_url: str) -> None:
    """Lets a form through only from this site's own pages.

    Raises Problem (403) for a form on another site.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:  # the browser's own word, whatever a proxy has made of the host
        own = site in ("same-origin", "none")
    else:
        own = origin is None or urlsplit(origin).netloc in {request.host, urlsplit(public_url).netloc} - {""}
    if not own:
        raise problems.foreign()


def is_secure(request: web.Request, public_url: str) -> bool:
    """Whether the browser came over https, be it through a proxy."""
    return (public_url.startswith("https:") or request.secure
            or request.headers.get("X-Forwarded-Proto", "").lower() == "https")
