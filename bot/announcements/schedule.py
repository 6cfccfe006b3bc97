"""When it goes out: now, at a moment, or at a local time of day in every country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from sqlalchemy import ColumnElement, case, literal

from bot.store.announcement_tables import listener
from bot.store.types import Moment

HOME = "Europe/Berlin"  # for people whose country is not known: the team's own clock
# Where a country has several zones: the one in which most of its people live.
MAIN_ZONES: Mapping[str, str] = {
    "AR": "America/Argentina/Buenos_Aires", "BR": "America/Sao_Paulo", "CD": "Africa/Kinshasa", "CL": "America/Santiago",
    "CN": "Asia/Shanghai", "DE": "Europe/Berlin", "EC": "America/Guayaquil", "ES": "Europe/Madrid", "FM": "Pacific/Pohnpei",
    "ID": "Asia/Jakarta", "KI": "Pacific/Tarawa", "KZ": "Asia/Almaty", "MH": "Pacific/Majuro", "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur", "PG": "Pacific/Port_Moresby", "PS": "Asia/Hebron",
    "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent", "XK": "Europe/Belgrade",
}


def moment_in(country: str | None, day: date, at: time) -> datetime:
    """The moment at which the clocks of a country show that time of that day."""
    zone = _zones().get(country or "", HOME)
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def first_moment(day: date, at: time) -> datetime:
    """When the day's time comes in the first country."""
    return min(_moments(day, at))


def not_before(day: date, at: time) -> ColumnElement[datetime]:
    """The sending time of a recipient's row, by the country in their listener row."""
    kind = Moment()
    cases = [(listener.c.country.in_(sorted(countries)), literal(moment, kind))
             for moment, countries in sorted(_moments(day, at).items())]
    return case(*cases, else_=literal(moment_in(None, day, at), kind))


def _moments(day: date, at: time) -> dict[datetime, set[str]]:
    found: dict[datetime, set[str]] = defaultdict(set)
    for country in _zones():
        found[moment_in(country, day, at)].add(country)
    return found


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    zones = {territory: zone for zone, territory in get_global("zone_territories").items() if len(territory) == 2}
    return {**{country: zone for country, zone in zones.items() if country != "ZZ"}, **MAIN_ZONES}
