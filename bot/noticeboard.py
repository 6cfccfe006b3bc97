"""The team's notices as they stand now, read anew whenever staff have changed them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.settings import Key, values
from flows.notices import Notices


class Noticeboard:
    """Hands out immutable notices, new ones after each change."""

    def __init__(self) -> None:
        self.notices = Notices()
        self._revision = 0

    async def refresh(self, connection: AsyncConnection, number: int) -> None:
        """Takes in what has been set since the revision last seen."""
        if number != self._revision:
            self.notices = noted(await values(connection))
            self._revision = number


def noted(found: dict[Key, str]) -> Notices:
    """The notices that values make."""
    def by_language(name: str) -> dict[str, str]:
        return {language: value for (known, language), value in found.items() if known == name}

    return Notices(found.get(("contact", ""), ""), by_language("hours"), by_language("welcome"), found.get(("privacy", ""), ""),
                   found.get(("imprint", ""), ""))
