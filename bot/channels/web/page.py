"""The web chat at `/`: one set of templates serves plain forms, the script's fragments and its stream.

A conversation begins with the first message, not with the first look: crawlers leave no rows and readers no cookie.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

import structlog
from aiohttp import web

from bot.messages import Inbound, Message
from bot.render import render
from bot.settings import Settings
from flows.files import MOST_BYTES
from flows.handlers.menus import greeting
from flows.notices import Notices
from flows.turn import Incoming, Pressed, Said
from locales import Text, shipped, words

from . import problems
from .bubbles import bubble, bubbles, spoken_in, takes_files
from .forms import Form, form_of
from .limits import Limits
from .ports import Conversations, Intake
from .problems import Problem
from .reading import preferred
from .rendering import Pages, html, secure_headers
from .streams import Streams
from .tickets import Ticket, from_own_page, give, take_back
from .uploads import is_upload

log = structlog.get_logger()
SHOWN = 200  # messages on the page
START = re.compile(r"[A-Za-z0-9_-]{1,64}")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Visitor:
    """Who looks at the page: `ticket` is checked, `scripted` is the page's own script asking for a fragment."""

    ticket: Ticket | None
    embedded: bool
    scripted: bool


class ChatPage:
    """The page's handlers."""

    def __init__(self, intake: Intake, conversations: Conversations, limits: Limits, streams: Streams, settings: Settings,
                 pages: Pages, notices: Callable[[], Notices]) -> None:
        self._intake, self._conversations = intake, conversations
        self._limits, self._streams, self._settings, self._pages = limits, streams, settings, pages
        self._notices = notices

    def routes(self) -> list[web.RouteDef]:
        """The page and its stream."""
        return [web.get("/", self._guarded(self._show)), web.post("/", self._guarded(self._take)),
                web.get("/stream", self._guarded(self._stream), allow_head=False), web.get("/embed", self._guide)]

    async def _show(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._visitor(request)
        if request.method == "GET" and not visitor.embedded and "prefetch" not in request.headers.get("Sec-Purpose", ""):
            followed = await self._follow(request, visitor)
            if followed is not None:
                return followed
        if visitor.scripted:
            return self._fragment(await self._transcript(_ticket(visitor)))
        return await self._page(request, visitor)

    async def _follow(self, request: web.Request, visitor: Visitor) -> web.Response | None:
        """Deep links and the language menu: what they ask for is said in the conversation, then the page is shown."""
        start, wanted = request.query.get("start", ""), _language_wanted(request)
        if START.fullmatch(start) and not start.startswith("lang-"):
            return await self._said(request, visitor, Said(f"/start {start}"), uuid4().hex, wanted or preferred(request))
        if wanted is None or visitor.ticket is None:
            return None
        if spoken_in(await self._transcript(visitor.ticket)) == wanted:
            return _redirect("/")
        return await self._said(request, visitor, Pressed(f"/language {wanted}"), uuid4().hex, wanted)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        from_own_page(request, self._settings.public_url)
        form = await self._form(request)
        if form.anew:
            response = _redirect(_home(embedded="embed" in request.query))
            take_back(response, embedded="embed" in request.query)
            return response
        visitor = await self._visitor(request)
        try:
            incoming = form.incoming
            if incoming is None:
                return _redirect(_home(embedded=visitor.embedded))
            return await self._said(request, visitor, incoming, form.idempotency, form.language, form.after,
                                    form.file.content if form.file else None)
        except Problem as problem:
            return await self._refused(request, problem, visitor, form)

    async def _form(self, request: web.Request) -> Form:
        if not is_upload(request):
            return await form_of(request)
        async with self._limits.upload(request):
            return await form_of(request)

    async def _said(self, request: web.Request, visitor: Visitor, incoming: Incoming, key: str, language: str | None,
                    after: int = 0, content: bytes | None = None) -> web.Response:
        """Passes a message on, in a new conversation if there is none yet, and shows what comes of it."""
        ticket, opened = visitor.ticket, False
        if ticket is None:
            self._limits.open(request)
            new = await self._conversations.open(language)
            ticket, opened = Ticket(new.conversation, new.token), True
            after = max((message.id for message in new.messages), default=0)
        self._limits.write(request, ticket.conversation)
        inbound = Inbound("web", ticket.conversation, f"{ticket.conversation}:{key}", incoming, hint=language,
                          content=content)
        replies = await self._submitted(inbound)
        if visitor.scripted:
            response = self._fragment(await self._conversations.since(ticket.conversation, after))
        else:
            response = _redirect(_home(embedded=visitor.embedded) + (f"#m{replies[0].id}" if replies else ""))
        if opened or not visitor.embedded:
            give(request, response, ticket, embedded=visitor.embedded, public_url=self._settings.public_url)
        return response

    async def _submitted(self, inbound: Inbound) -> tuple[Message, ...]:
        try:
            return await self._intake.submit(inbound)
        except Exception as error:
            log.exception("message not taken in", channel=inbound.channel)
            raise problems.unavailable() from error

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._visitor(request)
        after = request.query.get("after", "0")

        def shown(message: Message) -> str:
            return self._messages([message])

        return await self._streams.serve(request, _ticket(visitor).conversation, shown,
                                         int(after) if after.isdecimal() and len(after) <= 18 else 0)

    async def _guide(self, request: web.Request) -> web.Response:
        language = _language_wanted(request) or preferred(request) or self._default
        base = self._settings.public_url.rstrip("/") or f"{request.scheme}://{request.host}"
        snippet = f'<script src="{base}/embed.js" data-language="{language}" async></script>'
        return html(self._pages.render("embed.html", language, snippet=snippet))

    async def _visitor(self, request: web.Request) -> Visitor:
        embedded = "embed" in request.query
        ticket = Ticket.of(request, embedded=embedded)
        if ticket is not None and not await self._conversations.authorised(ticket.conversation, ticket.token):
            ticket = None
        return Visitor(ticket, embedded, "Chat-Fragment" in request.headers)

    async def _transcript(self, ticket: Ticket) -> tuple[Message, ...]:
        """The last messages of the conversation."""
        found = part = await self._conversations.since(ticket.conversation, 0)
        while len(part) >= SHOWN:
            part = await self._conversations.since(ticket.conversation, part[-1].id)
            found = (*found, *part)[-SHOWN:]
        return found

    async def _page(self, request: web.Request, visitor: Visitor, *, error: Text | None = None, text: str = "",
                    status: int = 200) -> web.Response:
        messages = await self._transcript(visitor.ticket) if visitor.ticket else ()
        known = spoken_in(messages) or _language_wanted(request) or preferred(request)
        language = known or self._default
        start, notices = request.query.get("start", ""), self._notices()
        welcome = bubble(render(greeting(notices.welcome.get(language)), language))
        shown = bubbles(messages) or [welcome]
        page = self._pages.render(
            "chat.html", language, bubbles=shown, attaching=takes_files(shown), megabytes=MOST_BYTES // 1024 // 1024,
            hint=known or "", key=uuid4().hex, home=_home(embedded=visitor.embedded),
            talking=visitor.ticket is not None, embedded=visitor.embedded,
            text=text, error=words(language).render(error) if error else "",
            start=start if START.fullmatch(start) and not start.startswith("lang-") else "",
            privacy_url=notices.privacy or self._settings.privacy_url, imprint_url=notices.imprint or self._settings.imprint_url)
        return html(page, status, framed=visitor.embedded)

    def _fragment(self, messages: Sequence[Message]) -> web.Response:
        response = html(self._messages(messages))
        response.headers["Content-Language"] = spoken_in(messages) or ""
        return response

    def _messages(self, messages: Sequence[Message]) -> str:
        return self._pages.render("fragment.html", spoken_in(messages) or self._default, bubbles=bubbles(messages))

    async def _refused(self, request: web.Request, problem: Problem, visitor: Visitor,
                       form: Form | None = None) -> web.Response:
        """The page with what is wrong, and with the text that was sent still in the box."""
        if visitor.scripted:
            language = (form.language if form else None) or preferred(request) or self._default
            message = words(language).render(problem.message)
            return web.Response(text=message, status=problem.status, headers=secure_headers(framed=False) | problem.headers)
        text = form.text if form else ""
        response = await self._page(request, visitor, error=problem.message, text=text, status=problem.status)
        response.headers.update(problem.headers)
        return response

    def _guarded(self, handler: Handler) -> Handler:
        """Turns what goes wrong into a page that says so."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            nobody = Visitor(None, "embed" in request.query, "Chat-Fragment" in request.headers)
            try:
                return await handler(request)
            except Problem as problem:
                return await self._refused(request, problem, nobody)
            except web.HTTPException:
                raise
            except Exception:
                log.exception("page failed", method=request.method, path=request.path)
                return await self._refused(request, problems.unavailable(), nobody)

        return guarded

    @property
    def _default(self) -> str:
        return shipped(self._settings.default_language) or "en"


def _ticket(visitor: Visitor) -> Ticket:
    if visitor.ticket is None:
        raise problems.unauthorised()
    return visitor.ticket


def _language_wanted(request: web.Request) -> str | None:
    """The language that the address names."""
    named = request.query.get("start", "").removeprefix("lang-")
    return shipped(request.query.get("lang")) or shipped(named)


def _home(*, embedded: bool) -> str:
    return "/?embed=1" if embedded else "/"


def _redirect(to: str) -> web.Response:
    return web.Response(status=303, headers=secure_headers(framed=False) | {"Location": to})
