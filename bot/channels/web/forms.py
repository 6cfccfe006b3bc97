"""What the page's form sends, with and without JavaScript."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import parse_qs
from uuid import uuid4

from aiohttp import web

from flows.turn import Incoming, Pressed, Said
from locales import _, shipped

from . import problems
from .reading import body_of, checked_text

KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,18}")
BAD_FORM = _("The form could not be read. Please reload the page.")


@dataclass(frozen=True)
class Form:
    """A sent form; `after` is the last message that the page shows."""

    text: str
    choice: str
    key: str
    language: str | None
    after: int
    anew: bool

    @property
    def incoming(self) -> Incoming | None:
        """The message; None for an empty form.

        Raises Problem (413) where the text is too long.
        """
        if self.choice:
            return Pressed(self.choice[:200].replace("\0", ""))
        text = checked_text(self.text)
        return Said(text) if text else None

    @property
    def idempotency(self) -> str:
        """The same for the same content of the same form: pressed twice counts once, another text in an old form counts."""
        content = f"{self.choice}\n{self.text}".encode("utf-8", "replace")
        return f"{self.key}.{hashlib.sha256(content).hexdigest()[:16]}"


async def form_of(request: web.Request) -> Form:
    """The form in a request.

    Raises Problem (400, 413).
    """
    try:
        fields = parse_qs((await body_of(request)).decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise problems.not_understood(BAD_FORM) from error
    first = {name: values[0] for name, values in fields.items()}
    key, after = first.get("id", ""), first.get("after", "")
    return Form(first.get("text", ""), first.get("choice", ""), key if KEY.fullmatch(key) else uuid4().hex,
                shipped(first.get("language")), int(after) if NUMBER.fullmatch(after) else 0, "new" in first)
