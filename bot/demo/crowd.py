"""Everybody's questions over eight weeks: drawn by lot from the words in `data/crowd.yaml`, always the same ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from locales import Country, words

from .scene import Scene
from .scripts import script
from .stage import Stage

SPREAD = (3, 4, 5, 5, 6, 7, 8, 9)  # visits in each week, growing
FIRST_ADDRESS = 900001  # shorter than any chat's number at Telegram today
SUBSCRIBERS = 36
NAMES = ("Example Town", "Beispielstadt", "Municipio Ejemplo", "-")


@dataclass(frozen=True)
class Visit:
    """Somebody who writes some lines on one day."""

    days_ago: int
    channel: str
    address: str
    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Guest:
    """Who is drawn: their language with its words, and their country by its code and its name there."""

    language: str
    said: dict[str, Any]
    code: str
    country: str


Talk = Callable[[Random, Guest], Sequence[str]]


def visits() -> Iterator[Visit]:
    """Those who ask and those who subscribe, in no order."""
    lot, crowd = Random(2026), script("crowd")
    days = [7 * (len(SPREAD) - week) - 1 - lot.choice((0, 0, 1, 1, 2, 2, 3, 3, 4, 5))
            for week, many in enumerate(SPREAD) for _visit_of_week in range(many)]
    for number, days_ago in enumerate(days):
        [talk] = lot.choices((_asks, _checks, _wonders), (11, 6, 3))
        yield _drawn(lot, crowd, days_ago, FIRST_ADDRESS + 500 + number, talk)
    for number in range(SUBSCRIBERS):
        yield _drawn(lot, crowd, lot.choice((44, 47, 50, 53)), FIRST_ADDRESS + number, _subscribes)


def _drawn(lot: Random, crowd: dict[str, Any], days_ago: int, address: int, talk: Talk) -> Visit:
    [language] = lot.choices(tuple(crowd), [one["weight"] for one in crowd.values()])
    code = lot.choice(crowd[language]["countries"])
    channel = "telegram" if address % 3 else "web"
    lines = talk(lot, Guest(language, crowd[language], code, words(language).value(Country(code))))
    return Visit(days_ago, channel, str(address), language, tuple(lines))


def _asks(lot: Random, guest: Guest) -> Sequence[str]:
    """One to three questions, some of them rated."""
    asked = lot.sample(guest.said["questions"], lot.randint(1, 3))
    rated = lot.choice(("?[/helped yes", "?[/helped yes", "?[/helped no", ""))
    return [*asked, *([rated] if rated else []), *([f"/status {guest.code}"] if lot.random() < 0.3 else [])]


def _wonders(lot: Random, guest: Guest) -> Sequence[str]:
    """A question that nothing answers; some want to hear later."""
    return [lot.choice(guest.said["unknown"]), *(["?[/later"] if lot.random() < 0.5 else [])]


def _checks(lot: Random, guest: Guest) -> Sequence[str]:
    """The eligibility check; some stop halfway."""
    if guest.language == "de":
        way = ["/check", "[side:german", "[body:municipality", "[abroad:one", guest.country, "[talked_abroad:no"]
    else:
        way = ["/check", "[side:south", guest.country, lot.choice(("[partner:one", "[partner:none")), "?[talked:yes"]
    return way if lot.random() < 0.7 else way[:lot.randint(1, len(way) - 1)]


def _subscribes(lot: Random, guest: Guest) -> Sequence[str]:
    """All announcements, and what concerns the town."""
    side = ["[side:german"] if guest.language == "de" else ["[side:south"]
    return ["/subscribe all", "/interests", *side, guest.country, lot.choice(NAMES)]


def scenes() -> Iterator[Scene]:
    """Each day's visits, all at once."""
    days: dict[int, list[Visit]] = {}
    for visit in visits():
        days.setdefault(visit.days_ago, []).append(visit)
    for days_ago, of_day in days.items():
        yield Scene(days_ago, 8, partial(_come, of_day))


async def _come(visits: Sequence[Visit], stage: Stage) -> None:
    await asyncio.gather(*(stage.person(one.channel, one.address, one.language).plays(*one.lines) for one in visits))
