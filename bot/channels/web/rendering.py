"""Templates in, HTML out, in the reader's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from locales import Text, Value, languages, words

SECURE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers would not say where a form comes from
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "Vary": "Cookie, Accept-Language, Accept-Encoding",
}
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
          "form-action 'self'; base-uri 'none'; frame-ancestors ")


def secure_headers(*, framed: bool) -> dict[str, str]:
    """The headers of a page; only the one made for it can be shown in a frame."""
    if framed:
        return SECURE | {"Content-Security-Policy": POLICY + "*"}
    return SECURE | {"Content-Security-Policy": POLICY + "'none'", "X-Frame-Options": "DENY"}


class Pages:
    """The page's templates."""

    def __init__(self, css: str, js: str, *, demonstration: bool = False) -> None:
        folder = Path(__file__).parent / "templates"
        self._templates = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined,
                                      trim_blocks=True, lstrip_blocks=True)
        self._templates.globals.update(css=css, js=js, demonstration=demonstration)

    def render(self, template: str, language: str, **values: Any) -> str:
        """The template in a language."""
        spoken = words(language)

        def translated(sentence: str, **values: Value) -> str:
            return spoken.render(Text(sentence, tuple(values.items())))

        menu = [(code, words(code).own_name) for code in languages()]
        return self._templates.get_template(template).render(
            _=translated, language=language, direction=spoken.direction, own_name=spoken.own_name, languages=menu, **values)


def html(text: str, status: int = 200, *, framed: bool = False) -> web.Response:
    """An HTML answer, compressed where the browser takes it."""
    response = web.Response(text=text, status=status, content_type="text/html", headers=secure_headers(framed=framed))
    response.enable_compression()
    return response
