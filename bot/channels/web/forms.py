"""What the page's form sends, with and without JavaScript."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs
from uuid import uuid4

from aiohttp import web

from flows.turn import Incoming, Pressed, Said
from locales import _, shipped

from . import problems
from .reading import body_of, checked_text
from .uploads import Upload, is_upload, upload_of

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
    file: Upload | None = None

    @property
    def incoming(self) -> Incoming | None:
        """The message; None for an empty form.

        Raises Problem (413) where the text is too long.
        """
        if self.choice:
            return Pressed(self.choice[:200].replace("\0", ""))
        text = checked_text(self.text)
        if self.file is not None:
            return self.file.attached(text)
        return Said(text) if text else None

    @property
    def idempotency(self) -> str:
        """The same for the same content of the same form: pressed twice counts once, another text in an old form counts."""
        content = f"{self.choice}\n{self.text}".encode("utf-8", "replace") + (self.file.content if self.file else b"")
        return f"{self.key}.{hashlib.sha256(content).hexdigest()[:16]}"


async def form_of(request: web.Request) -> Form:
    """The form in a request.

    Raises Problem (400, 408, 413).
    """
    if is_upload(request):
        fields, file = await upload_of(request)
        return _form(fields, file)
    try:
        typed = parse_qs((await body_of(request)).decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise problems.not_understood(BAD_FORM) from error
    return _form({name: values[0] for name, values in typed.items()}, None)


def _form(fields: Mapping[str, str], file: Upload | None) -> Form:
    key, after = fields.get("id", ""), fields.get("after", "")
    return Form(fields.get("text", ""), fields.get("choice", ""), key if KEY.fullmatch(key) else uuid4().hex,
                shipped(fields.get("language")), int(after) if NUMBER.fullmatch(after) else 0, "new" in fields, file)
