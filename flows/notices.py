"""What the team has set about itself, in its own words: how it is reached, its welcome, where its notices stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from locales import Text, _


@dataclass(frozen=True)
class Links:
    """Addresses, empty where there is none; `base` is where the web pages are, `bot` the Telegram bot's name."""

    privacy: str = ""
    imprint: str = ""
    base: str = ""
    bot: str = ""


@dataclass(frozen=True)
class Notices:
    """Empty where nothing is set; opening hours and welcome by language."""

    contact: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    welcome: Mapping[str, str] = field(default_factory=dict)
    privacy: str = ""
    imprint: str = ""

    def over(self, links: Links) -> Links:
        """The addresses, with those that the team has set in place of the program's own."""
        return replace(links, privacy=self.privacy or links.privacy, imprint=self.imprint or links.imprint)

    def reaching(self, language: str) -> tuple[Text, ...]:
        """How the team is reached besides by this assistant, and when, as far as it says so."""
        hours = next((self.hours[code] for code in (language, "en", *self.hours) if code in self.hours), "")
        found = [_("You can also reach the team directly: {contact}", contact=self.contact)] if self.contact else []
        return (*found, _("Opening hours: {hours}", hours=hours)) if hours else tuple(found)
