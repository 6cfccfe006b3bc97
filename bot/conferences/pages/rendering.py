"""Templates in, pages out, in the reader's language: chosen on the page, else the browser's, else that of the registration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.codes import shown_code
from flows.conference.view import Conference
from flows.conference.words import STATES, STATUSES, days, moment, place
from flows.notices import Links
from locales import SOURCE_LANGUAGE, Text, Value, languages, shipped, words

HOME = Path(__file__).parent
SECURE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
                               "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language",
}
PUBLIC = {**SECURE, "Cache-Control": "public, max-age=60"}
PRIVATE = {**SECURE, "Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
_templates = Environment(loader=FileSystemLoader(HOME / "templates"), autoescape=True, undefined=StrictUndefined,
                         trim_blocks=True, lstrip_blocks=True)


def page(template: str, language: str, links: Links, headers: Mapping[str, str], status: int = 200,
         **values: Any) -> web.Response:
    """An HTML answer, compressed where the browser takes it."""
    spoken = words(language)

    def said(msgid: str, /, **given: Value) -> str:
        return spoken.render(Text(msgid, tuple(given.items())))

    menu = [(code, words(code).own_name) for code in languages()]
    text = _templates.get_template(template).render(
        _=said, shown=spoken.value, language=language, direction=spoken.direction, own_name=spoken.own_name, languages=menu,
        days=days, place=place, states=STATES, statuses=STATUSES, links=links, contact=_contact, code=shown_code,
        moment=moment, **values)
    response = web.Response(text=text, status=status, content_type="text/html", headers={**headers, "Content-Language": language})
    response.enable_compression()
    return response


def reader(request: web.Request, otherwise: str = SOURCE_LANGUAGE) -> str:
    """The language to answer in."""
    return shipped(request.query.get("lang")) or _accepted(request) or otherwise


def _accepted(request: web.Request) -> str | None:
    """The first shipped language that the browser names; browsers name the preferred one first."""
    named = (part.partition(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")[:20])
    return next((language for tag in named if (language := shipped(tag))), None)


def _contact(conference: Conference) -> str:
    """A link for an e-mail address, else nothing."""
    return f"mailto:{conference.contact}" if "@" in conference.contact and " " not in conference.contact else ""
