"""What goes wrong with calls of the Bot API, and how Telegram says so."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from .bot_html import Refusal
from .bot_world import JSON


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a call: an error (`status`), or a lost connection, `late` after it was carried out."""

    status: int | None = None
    retry_after: int | None = None
    description: str = "Internal Server Error"
    late: bool = False


BROKEN, LOST, ANSWER_LOST = Fault(500), Fault(), Fault(late=True)
GONE_BAD = Fault(400, description="Bad Request: can't parse entities: Unsupported start tag")


def too_many(seconds: int) -> Fault:
    """429, with so many seconds to wait."""
    return Fault(429, seconds, f"Too Many Requests: retry after {seconds}")


def refused(refusal: Refusal) -> web.Response:
    """Telegram's answer to what it does not do."""
    body: JSON = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    headers = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
        headers = {"Retry-After": str(refusal.parameters.get("retry_after", ""))}
    return web.json_response(body, status=refusal.code, headers=headers)


def failed(fault: Fault, request: web.Request) -> web.Response:
    """What a caller sees of a fault."""
    if fault.status is None:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    more = {"retry_after": fault.retry_after} if fault.retry_after is not None else {}
    return refused(Refusal(fault.status, fault.description, **more))
