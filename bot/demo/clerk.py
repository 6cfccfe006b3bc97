"""Somebody of the team in a demonstration, who works with the desk's own pages and forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientSession, FormData

from bot.desk.guard import SESSION
from bot.desk.visit import form_token
from bot.store.database import Store
from bot.store.staff import SESSION_LASTS, StaffMember, open_session

from .player import OffScript


@dataclass
class Clerk:
    """A member of staff at the desk under `address`, signed in anew whenever the session has run out."""

    member: StaffMember
    browser: ClientSession
    address: str
    store: Store
    now: Callable[[], datetime]
    _secret: str = ""
    _until: datetime | None = None

    async def sends(self, path: str, **fields: str) -> str:
        """Sends a form of the desk; returns where it leads.

        Raises OffScript where the desk does not take it.
        """
        await self._comes_in()
        form = FormData({**fields, "token": form_token(self._secret)})
        async with self.browser.post(f"{self.address}/desk{path}", data=form, allow_redirects=False,
                                     headers={"Cookie": f"{SESSION}={self._secret}"}) as answer:
            if answer.status != 303:
                raise OffScript(f"{path} answers {answer.status} to {sorted(fields)}: {(await answer.text())[:2000]}")
            return answer.headers["Location"]

    async def _comes_in(self) -> None:
        if self._until is None or self.now() >= self._until:
            async with self.store.write() as connection:
                self._secret = await open_session(connection, self.member, self.now())
            self._until = self.now() + SESSION_LASTS
