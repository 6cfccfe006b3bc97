"""The public pages: all conferences, one of them, its QR code, and the calendar; nothing of a draft, nothing of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot import qr
from bot.conferences.documents.entries import Touched, entry, touched
from bot.conferences.reading import conference_named, conferences
from bot.knowledge import LiveKnowledge
from bot.store.conference_tables import conference as table
from bot.store.database import Store
from flows.conference.view import Conference, State
from flows.notices import Links
from flows.sources import source_lines
from flows.world import World
from knowledge.conferences import REGIONS, expectation_sentence, past_sentence
from locales import Country, Listing, Text

from .rendering import HOME, PUBLIC, page, reader

ANNOUNCED = table.c.state != State.DRAFT.value
CALENDAR = {**PUBLIC, "Content-Type": "text/calendar; charset=utf-8"}
NOT_FOUND = "There is no such conference, or it is not announced."


class ConferencePages:
    """/conferences, /conferences/NAME with .svg and .ics, and the feed /conferences.ics."""

    def __init__(self, store: Store, live: LiveKnowledge, now: Callable[[], datetime], base: str,
                 links: Callable[[], Links]) -> None:
        self._store, self._live, self._now, self._base, self._links = store, live, now, base, links

    def setup(self, application: web.Application) -> None:
        """Adds them."""
        name = "/conferences/{slug:[a-z0-9-]{1,40}}"
        application.add_routes([
            web.get("/conferences", self._list), web.get("/conferences.ics", self._feed),
            web.get("/conferences.css", _stylesheet), web.get(name, self._shown),
            web.get(f"{name}.svg", self._picture), web.get(f"{name}.ics", self._calendar)])

    async def _list(self, request: web.Request) -> web.Response:
        now = self._now()
        async with self._store.read() as connection:
            announced = await conferences(connection, ANNOUNCED)
        coming = [one for one in announced if one.state(now) is not State.PAST]
        return page("list.html", reader(request), self._links(), PUBLIC, coming=coming, now=now,
                    over=[one for one in announced if one not in coming and one.stored is not State.CANCELLED],
                    expected=self._expected(coming, now), past=self._past(), source=self._source(now))

    async def _shown(self, request: web.Request) -> web.Response:
        one, last = await self._found(request)
        now, links = self._now(), self._links()
        start = f"conf-{one.slug}"
        return page(
            "conference.html", reader(request), links, PUBLIC, one=one, state=one.state(now),
            registering=one.takes_registrations(now),
            countries=Listing(tuple(map(Country, one.invited))) if one.invited else None,
            web_link=f"/?start={start}", telegram_link=f"https://t.me/{links.bot}?start={start}" if links.bot else "",
            address=f"{self._base}/conferences/{one.slug}", changed=last.changed.date())

    async def _picture(self, request: web.Request) -> web.Response:
        one, _last = await self._found(request)
        picture = qr.svg(f"{self._base}/conferences/{one.slug}")
        return web.Response(body=picture, headers={**PUBLIC, "Content-Type": "image/svg+xml"})

    async def _calendar(self, request: web.Request) -> web.Response:
        from bot.conferences.documents.calendar import single  # with icalendar, dear to import, and needed for calendars alone

        one, last = await self._found(request)
        language = reader(request)
        return web.Response(body=single(entry(one, last, language, self._base), language), headers={
            **CALENDAR, "Content-Disposition": f'attachment; filename="{one.slug}.ics"'})

    async def _feed(self, request: web.Request) -> web.Response:
        from bot.conferences.documents.calendar import feed  # with icalendar, dear to import, and needed for calendars alone

        language = reader(request)
        async with self._store.read() as connection:
            announced, last = await conferences(connection, ANNOUNCED), await touched(connection)
        entries = [entry(one, last[one.id], language, self._base) for one in announced]
        return web.Response(body=feed(entries, language, f"{self._base}/conferences.ics"), headers=CALENDAR)

    async def _found(self, request: web.Request) -> tuple[Conference, Touched]:
        async with self._store.read() as connection:
            one = await conference_named(connection, request.match_info["slug"])
            last = await touched(connection)
        if one is None or one.stored is State.DRAFT:
            raise web.HTTPNotFound(text=NOT_FOUND, headers=PUBLIC)
        return one, last[one.id]

    def _expected(self, coming: list[Conference], now: datetime) -> list[Text]:
        """What the cycle says for the regions that have nothing announced."""
        announced = {one.region for one in coming if one.stored is not State.CANCELLED}
        known = self._live.knowledge.conferences
        return [expectation_sentence(known, region, now.date()) for region in REGIONS if region not in announced]

    def _past(self) -> list[Text]:
        return [past_sentence(self._live.knowledge.conferences, region) for region in REGIONS]

    def _source(self, now: datetime) -> tuple[Text, ...]:
        knowledge = self._live.knowledge
        return source_lines(knowledge.library.articles["conference-africa"], World(now, "en", knowledge))


async def _stylesheet(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(HOME / "static" / "conferences.css", headers={"Cache-Control": "public, max-age=3600"})
