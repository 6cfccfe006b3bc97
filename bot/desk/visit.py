"""One request to the desk: who asks, in which language, and how a page is handed back."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.documents.shelf import Shelf
from bot.inbox.handing import TeamTurns
from bot.knowledge import LiveKnowledge
from bot.privacy.rehearsal import Rehearsal
from bot.store import audit
from bot.store.audit import NOTHING, Facts
from bot.store.database import Store
from bot.store.staff import ROLES, StaffMember
from bot.vitals import Process
from locales import Text, Value, Words

from . import words as desk_words
from .deeds import DEEDS, KINDS
from .live import Watch
from .navigation import navigation
from .notes import NOTES
from .openid import OpenId

STRANGER = StaffMember(0, "", "stranger")
RANKS = (STRANGER.role, *ROLES)


@dataclass(frozen=True)
class Office:
    """What all pages share; `public_url` is empty where the desk is reached only as the browser reaches it.

    `turns` are those in people's conversations that the team begins, `watch` tells open pages what is new.
    """

    store: Store
    now: Callable[[], datetime]
    live: LiveKnowledge
    turns: TeamTurns
    watch: Watch
    public_url: str = ""
    second_above: int = 500  # people; announcements to more need a second member of staff
    rate: float = 30.0  # messages a second that may be sent
    process: Process = field(default_factory=Process)
    openid: OpenId | None = None  # the organisation's own sign-in, where it is set up
    shelf: Shelf | None = None  # of documents
    rehearsal: Rehearsal = field(default_factory=Rehearsal)  # of the next cleaning


@dataclass(frozen=True)
class Visit:
    """A request with the member of staff behind it; `secret` is the cookie's value that its forms are bound to."""

    office: Office
    request: web.Request
    member: StaffMember
    secret: str
    words: Words
    form: Mapping[str, str] = field(default_factory=dict)

    def may(self, role: str) -> bool:
        """Whether the visitor's role reaches as far as `role`."""
        return self.member.role in RANKS and RANKS.index(self.member.role) >= RANKS.index(role)

    @property
    def token(self) -> str:
        """What every form carries, so that no other site can send one."""
        return form_token(self.secret)

    @property
    def now(self) -> datetime:
        return self.office.now()

    @property
    def origin(self) -> str:
        """The address that links to the desk begin with."""
        return self.office.public_url.rstrip("/") or str(self.request.url.origin())

    def number(self, name: str) -> int:
        """A number of the address: of its path, else of its query; 0 where there is none."""
        return number_in(self.request.match_info.get(name) or self.request.query.get(name, "")) or 0

    def query(self, name: str) -> str:
        """A value of the address's query, without blanks around it."""
        return self.request.query.get(name, "").strip()

    async def upload(self, name: str) -> tuple[str, bytes | None]:
        """The name and content of a file that came with the form; empty where none did."""
        given = (await self.request.post()).get(name)
        if not isinstance(given, web.FileField) or not given.filename:
            return "", None
        with given.file as file:
            return PurePath(given.filename.replace("\\", "/")).name[:200], file.read()

    def say(self, text: Text) -> str:
        """A sentence in the visitor's language."""
        return self.words.render(text)

    def language_options(self, codes: Iterable[str]) -> dict[str, str | Text]:
        """Languages to filter by, in the visitor's order of letters, and all of them first."""
        names = {code: desk_words.language_name(code, self.words) for code in codes}
        return {"": desk_words._("all"), **{code: names[code] for code in sorted(names, key=lambda code: names[code].casefold())}}

    def title(self, article: str) -> str:
        """An article's title in the visitor's language; its id if it no longer exists."""
        known = self.office.live.knowledge.library.articles.get(article)
        return article if known is None else self.say(known.title)

    async def record(self, connection: AsyncConnection, action: str, kind: str, which: object, *, before: Facts = NOTHING,
                     after: Facts = NOTHING, by: StaffMember | None = None) -> None:
        """Enters into the audit log what the visitor does, in the transaction that does it."""
        assert action in DEEDS, f"{action} has no words in bot.desk.deeds"
        assert kind in KINDS, f"{kind} has no words in bot.desk.deeds"
        await audit.record(connection, by or self.member, action, (kind, which), self.now, before=before, after=after)

    def page(self, template: str, status: int = 200, **context: object) -> web.Response:
        """A rendered page."""
        return aiohttp_jinja2.render_template(template, self.request, {**self._vocabulary(), **context}, status=status)

    def back_to(self, path: str, note: str = "") -> web.Response:
        """Sends the browser on after a form, to a page that says what has been done."""
        return web.Response(status=303, headers={"Location": f"/desk{path}" + (f"?note={note}" if note else "")})

    def _vocabulary(self) -> dict[str, Any]:
        note = NOTES.get(self.query("note"))
        return {
            "_": lambda msgid, /, **values: self.say(desk_words._(msgid, **_shown(values))),
            "ngettext": lambda one, many, count, /: self.say(desk_words.ngettext(one, many, count)),
            "say": self.say, "title": self.title, "date": lambda moment: desk_words.day(moment.date(), self.words),
            "moment": lambda moment: desk_words.minute(moment, self.words),
            "age": lambda moment: desk_words.age(moment, self.now, self.words),
            "language_name": lambda code: desk_words.language_name(code, self.words),
            "demonstration": self.office.process.demonstration, "openid": self.office.openid is not None,
            "words": self.words, "member": self.member, "may": self.may, "token": self.token, "query": self.query,
            "path": self.request.path, "navigation": navigation(self.may),
            "note": self.say(note) if note and self.request.method == "GET" else "",
        }


def number_in(given: str) -> int | None:
    """The number that a text is; None where it is none, or longer than any of ours."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def form_token(secret: str) -> str:
    """The token of the forms that are bound to a browser's secret."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def _shown(values: Mapping[str, Any]) -> dict[str, Value]:
    return {name: value if isinstance(value, int | Text) else str(value) for name, value in values.items()}
