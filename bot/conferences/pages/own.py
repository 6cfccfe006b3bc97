"""The page under a confirmation code, with all there is to take along; who holds the code is let in, and no machine is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot import qr
from bot.conferences.documents.entries import entry, touched
from bot.conferences.documents.languages import languages_of
from bot.conferences.handing_in import MOST_BYTES, TOO_LARGE, TOO_LATE, TYPES, files_of, handed_in, keep_file, wanted_files
from bot.conferences.reading import conference_numbered, registration_coded
from bot.store.database import Store
from flows.codes import cleaned
from flows.conference.view import Conference, Registration, State, Status
from flows.notices import Links
from locales import Text, words

from .rendering import PRIVATE, page, reader

FRAME = 10_000  # bytes that a form may have around its file
PAPER = {**PRIVATE, "Content-Type": "application/pdf"}


class OwnPages:
    """/r/CODE, its QR code, its calendar file and its papers."""

    def __init__(self, store: Store, now: Callable[[], datetime], base: str, links: Callable[[], Links]) -> None:
        self._store, self._now, self._base, self._links = store, now, base, links

    def setup(self, application: web.Application) -> None:
        """Adds them."""
        name = "/r/{code:[A-Za-z0-9-]{1,20}}"
        application.add_routes([
            web.get(name, self._shown), web.get(f"{name}.svg", self._picture), web.get(f"{name}/conference.ics", self._calendar),
            web.post(f"{name}/file", self._hand_in), web.get(f"{name}/confirmation.pdf", self._confirmation),
            web.get(name + r"/letter-{guest:\d{1,15}}.pdf", self._letter)])

    async def _shown(self, request: web.Request, problem: Text | None = None) -> web.Response:
        one, mine = await self._found(request)
        async with self._store.read() as connection:
            files = await files_of(connection, mine.id)
        language = reader(request, mine.language)
        papers = [(beside, words(beside).own_name) for beside in ("en", "de") if beside != language]
        letters = [guest for guest in mine.attendees if guest.visa] if mine.status is Status.CONFIRMED else []
        return page("registration.html", language, self._links(), PRIVATE, 200 if problem is None else 422, one=one, mine=mine,
                    papers=papers, letters=letters, wanted=wanted_files(one, mine), handed_in=files, problem=problem,
                    open=self._takes_files(one, mine), endings=",".join(TYPES), most=MOST_BYTES // 1_000_000)

    async def _hand_in(self, request: web.Request) -> web.Response:
        """A file that the conference asks for; an earlier one to the same question is replaced."""
        one, mine = await self._found(request)
        if not self._takes_files(one, mine):
            return await self._shown(request, TOO_LATE)
        if (request.content_length or 0) > MOST_BYTES + FRAME:
            return await self._shown(request, TOO_LARGE)
        try:
            form = await request.clone(client_max_size=MOST_BYTES + FRAME).post()
        except web.HTTPRequestEntityTooLarge:
            return await self._shown(request, TOO_LARGE)
        read = handed_in(form, {question.key for question in wanted_files(one, mine)})
        if isinstance(read, Text):
            return await self._shown(request, read)
        async with self._store.write() as connection:
            await keep_file(connection, mine.id, read, self._now())
        return web.Response(status=303, headers={**PRIVATE, "Location": f"/r/{mine.code}?lang={reader(request, mine.language)}"})

    def _takes_files(self, one: Conference, mine: Registration) -> bool:
        return mine.status.counts and one.stored is not State.CANCELLED and not one.is_over(self._now())

    async def _picture(self, request: web.Request) -> web.Response:
        _one, mine = await self._found(request)
        return web.Response(body=qr.svg(self._address(mine)), headers={**PRIVATE, "Content-Type": "image/svg+xml"})

    async def _calendar(self, request: web.Request) -> web.Response:
        from bot.conferences.documents.calendar import single  # with icalendar, dear to import, and needed for calendars alone

        one, mine = await self._found(request)
        async with self._store.read() as connection:
            last = (await touched(connection))[one.id]
        language = reader(request, mine.language)
        return web.Response(body=single(entry(one, last, language, self._base), language), headers={
            **PRIVATE, "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{one.slug}.ics"'})

    async def _confirmation(self, request: web.Request) -> web.Response:
        one, mine = await self._confirmed(request)
        from bot.conferences.documents.paper import confirmation  # with its fonts, dear to import, and needed for papers alone

        pdf = await asyncio.to_thread(confirmation, one, mine, self._address(mine), one.today(self._now()),
                                      _languages(request, mine))
        return web.Response(body=pdf, headers={**PAPER, "Content-Disposition": 'inline; filename="confirmation.pdf"'})

    async def _letter(self, request: web.Request) -> web.Response:
        one, mine = await self._confirmed(request)
        guest = next((guest for guest in mine.attendees if guest.visa and str(guest.id) == request.match_info["guest"]), None)
        if guest is None:
            raise _nothing()
        from bot.conferences.documents.paper import letter

        pdf = await asyncio.to_thread(letter, one, mine, guest, one.today(self._now()), _languages(request, mine))
        return web.Response(body=pdf, headers={**PAPER, "Content-Disposition": 'inline; filename="invitation.pdf"'})

    async def _confirmed(self, request: web.Request) -> tuple[Conference, Registration]:
        one, mine = await self._found(request)
        if mine.status is not Status.CONFIRMED or one.stored is State.CANCELLED:
            raise _nothing()
        return one, mine

    async def _found(self, request: web.Request) -> tuple[Conference, Registration]:
        async with self._store.read() as connection:
            mine = await registration_coded(connection, cleaned(request.match_info["code"]))
            one = await conference_numbered(connection, mine.conference) if mine else None
        if mine is None or one is None:
            raise _nothing()
        return one, mine

    def _address(self, mine: Registration) -> str:
        return f"{self._base}/r/{mine.code}"


def _languages(request: web.Request, mine: Registration) -> tuple[str, str]:
    return languages_of(reader(request, mine.language), request.query.get("beside", ""))


def _nothing() -> web.HTTPNotFound:
    return web.HTTPNotFound(text="There is nothing under this code, or not any more.", headers=PRIVATE)
