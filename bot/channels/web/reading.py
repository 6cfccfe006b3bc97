"""What a request says: its body, read no further than allowed, and the languages that its reader understands."""

from __future__ import annotations

from aiohttp import web
from aiohttp.web_exceptions import HTTPRequestEntityTooLarge

from locales import shipped

from . import problems


async def body_of(request: web.Request) -> bytes:
    """The request's body.

    Raises Problem (413) beyond 64 KB.
    """
    if (request.content_length or 0) > problems.MOST_BYTES:
        raise problems.body_too_large()
    try:
        body = await request.read()
    except HTTPRequestEntityTooLarge as error:
        raise problems.body_too_large() from error
    if len(body) > problems.MOST_BYTES:
        raise problems.body_too_large()
    return body


def preferred(request: web.Request) -> str | None:
    """The first shipped language of Accept-Language, best first; None where none is."""
    weighed = [_weighed(part) for part in request.headers.get("Accept-Language", "").split(",")[:50]]
    ranked = sorted((tag for tag in weighed if tag[0] > 0), key=lambda tag: -tag[0])
    return next((language for _weight, tag in ranked if (language := shipped(tag))), None)


def _weighed(part: str) -> tuple[float, str]:
    tag, _semicolon, weight = part.partition(";q=")
    try:
        return float(weight or 1), tag.strip()
    except ValueError:
        return 0.0, ""


def checked_text(text: str) -> str:
    """A text as it may be stored: without the NUL characters that PostgreSQL refuses.

    Raises Problem (413) beyond 4,000 characters.
    """
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(text) > problems.MOST_CHARACTERS:
        raise problems.text_too_long(len(text))
    return text
