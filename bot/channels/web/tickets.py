"""Who a browser is: the conversation and its token, in a cookie on the page itself, in a header where it is embedded."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from . import problems

COOKIE = "chat"
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
        """The ticket that a request brings; a frame on another site has no cookies to rely on."""
        scheme, _space, bearer = request.headers.get("Authorization", "").partition(" ")
        brought = bearer if scheme == "Bearer" else "" if embedded else request.cookies.get(COOKIE, "")
        conversation, _dot, token = brought.partition(".")
        return cls(conversation, token) if conversation and token else None


def give(response: web.StreamResponse, ticket: Ticket, *, embedded: bool, secure: bool) -> None:
    """Hands a ticket to the browser: scripts can read it only inside a frame, where they have to keep it themselves."""
    if embedded:
        response.headers[TICKET_HEADER] = str(ticket)
    else:
        response.set_cookie(COOKIE, str(ticket), max_age=KEPT, path="/", httponly=True, samesite="Lax", secure=secure)


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
