"""When people may be written to without being asked: by day, where they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global

MORNING, EVENING = 8, 19  # hours of the clock on the wall
MORE_ZONES = {"XK": "Europe/Belgrade"}


def waking(country: str, moment: datetime) -> datetime:
    """The first moment from then on at which it is day everywhere in the country, or as nearly so as its width allows."""
    moments = (moment if step == 0 else _full_hour(moment, step) for step in range(48))
    return max(moments, key=lambda one: _awake(country, one))  # the first of the best


def _awake(country: str, moment: datetime) -> int:
    """In how many of the country's zones it is day."""
    return sum(MORNING <= moment.astimezone(zone).hour < EVENING for zone in zones(country))


def _full_hour(moment: datetime, step: int) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=step)


@lru_cache(maxsize=256)
def zones(country: str) -> tuple[ZoneInfo, ...]:
    """The time zones of a country (ISO 3166-1 alpha-2), one for each of its clocks; UTC where none is known."""
    named = get_global("territory_zones").get(country) or [MORE_ZONES.get(country, "UTC")]
    clocks: dict[tuple[object, object], ZoneInfo] = {}
    for name in sorted(named):
        zone = ZoneInfo(name)
        winter, summer = datetime(2026, 1, 1, tzinfo=zone), datetime(2026, 7, 1, tzinfo=zone)
        clocks.setdefault((winter.utcoffset(), summer.utcoffset()), zone)
    return tuple(clocks.values())


def local_day(country: str, moment: datetime) -> date:
    """Which day it is in a country."""
    return moment.astimezone(zones(country)[0]).date()


def morning(country: str, day: date) -> datetime:
    """When on a day people there may first be written to."""
    return waking(country, datetime.combine(day, time(MORNING), zones(country)[0]))
