"""Who should hear: the description of an audience, and the SQL that finds its chats among those who subscribed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal

from babel import Locale
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.announcement_tables import delivery, listener
from bot.store.case_tables import case_member, municipality, partnership
from bot.store.schema import chat
from bot.store.sql import channel_of
from flows.subscriptions import REGIONAL
from knowledge.conferences import REGIONS
from knowledge.dac import DacList
from knowledge.regions import programme_region
from locales import shipped

from .guests import guests
from .topics import subscribed, subscribed_to


def _several(value: object) -> object:
    """One value alone stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def _country(code: str) -> str:
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        raise ValueError(f"{code!r} is no country code such as KE")
    return code.upper()


def _region(slug: str) -> str:
    if slug not in REGIONS:
        raise ValueError(f"{slug!r} is none of {', '.join(REGIONS)}")
    return slug


def _language(code: str) -> str:
    if shipped(code) != code:
        raise ValueError(f"{code!r} is no language of the assistant")
    return code


Several = BeforeValidator(_several)
Countries = Annotated[tuple[Annotated[str, AfterValidator(_country)], ...], Several]
Regions = Annotated[tuple[Annotated[str, AfterValidator(_region)], ...], Several]
Languages = Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], Several]


class ConferenceGroup(BaseModel):
    """People by what they are to a conference, which is named as in links or by its number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    status: Literal["registered", "waiting", "interested", "attended"]


class Group(BaseModel):
    """People by what is known of them; an empty field leaves everybody in, several values of one are alternatives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Annotated[tuple[Literal["south", "german", "other"], ...], Several] = ()
    countries: Countries = ()
    regions: Regions = ()
    languages: Languages = ()
    channels: Annotated[tuple[Annotated[str, Field(pattern="^[a-z]{1,16}$")], ...], Several] = ()
    case: Literal["open", "help_asked", "none"] | None = None  # the partnership's checklist
    conference: ConferenceGroup | None = None
    seen_within_days: int | None = Field(None, ge=1, le=3650)
    announcement: int | None = Field(None, ge=1)  # those to whom this earlier one was sent

    @property
    def is_empty(self) -> bool:
        return not any(self.model_dump().values())


class Audience(Group):
    """Who should hear, without those who are in `exclude`."""

    exclude: Group | None = None

    def stored(self) -> dict[str, Any]:
        """Plain JSON values; what is empty is left out."""
        return {name: value for name, value in self.model_dump(mode="json", exclude_none=True).items() if value}


def recipients(topic: str, audience: Audience, now: datetime) -> Select[Any]:
    """The chats to write to: of the audience, subscribed to the topic, and not known to have blocked the assistant.

    What concerns a conference reaches its guests without a subscription: they agreed to that when they registered.
    """
    hears = subscribed(topic)
    if topic == "conferences" and audience.conference is not None:
        hears = or_(hears, guests(audience.conference.id, audience.conference.status))
    wanted = [hears, chat.c.blocked_at.is_(None), *_conditions(audience, now)]
    if audience.exclude is not None and not audience.exclude.is_empty:
        wanted.append(not_(func.coalesce(and_(*_conditions(audience.exclude, now)), False)))
    return (select(chat.c.id, chat.c.handle, chat.c.language, listener.c.country)
            .select_from(chat.outerjoin(listener, listener.c.chat_id == chat.c.id)).where(*wanted))


async def sizes(connection: AsyncConnection, topic: str, audience: Audience, now: datetime) -> Sizes:
    """How many people the audience holds, by language, channel and region."""
    found = recipients(topic, audience, now).subquery()
    channel = channel_of(found.c.handle)
    rows = await connection.execute(
        select(found.c.language, channel.label("channel"), found.c.country, func.count().label("people"))
        .group_by(found.c.language, channel, found.c.country))
    return Sizes(tuple((row.language, row.channel, region_of(row.country), row.people) for row in rows))


class Sizes:
    """Counts of people by (language, channel, region); the region is empty where the country is not known."""

    def __init__(self, rows: Sequence[tuple[str, str, str, int]]) -> None:
        self._rows = rows

    @property
    def total(self) -> int:
        return sum(row[3] for row in self._rows)

    @property
    def languages(self) -> Mapping[str, int]:
        return self._by(0)

    @property
    def channels(self) -> Mapping[str, int]:
        return self._by(1)

    @property
    def regions(self) -> Mapping[str, int]:
        return self._by(2)

    def _by(self, column: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self._rows:
            found[str(row[column])] = found.get(str(row[column]), 0) + row[3]
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@lru_cache(maxsize=1)
def countries_by_region() -> Mapping[str, frozenset[str]]:
    """The countries of each conference region, by the DAC List."""
    dac = DacList.load()
    found: dict[str, set[str]] = {region: set() for region in REGIONS}
    for country in map(str, Locale("en").territories):
        region = programme_region(country, dac).region
        if region is not None:
            found[region].add(country)
    return {region: frozenset(countries) for region, countries in found.items()}


def region_of(country: str | None) -> str:
    """The conference region of a country; empty where there is none."""
    return next((region for region, countries in countries_by_region().items() if country in countries), "")


def _in_one_of(countries: Sequence[str]) -> ColumnElement[bool]:
    """The municipality's own country, or its partner's: what concerns one side of a partnership concerns both."""
    return or_(listener.c.country.in_(countries), listener.c.partner.in_(countries),
               _in_case(municipality.c.country.in_(countries)))


def _in_case(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the chat's person works on a case of that kind."""
    return (exists().where(case_member.c.chat_id == chat.c.id, case_member.c.left_at.is_(None),
                           partnership.c.id == case_member.c.partnership_id,
                           municipality.c.partnership_id == partnership.c.id, condition).correlate(chat))


def _conditions(group: Group, now: datetime) -> Iterator[ColumnElement[bool]]:
    if group.side:
        yield or_(listener.c.side.in_(group.side), _in_case(case_member.c.side.in_(group.side)))
    if group.case is not None:
        asked = group.case == "help_asked"
        in_case = _in_case(partnership.c.team_asked_at.is_not(None) if asked else true())
        yield not_(in_case) if group.case == "none" else in_case
    if group.countries:
        yield _in_one_of(group.countries)
    if group.regions:
        inside = frozenset().union(*(countries_by_region()[region] for region in group.regions))
        yield or_(_in_one_of(sorted(inside)), subscribed_to([REGIONAL[region] for region in group.regions]))
    if group.languages:
        yield chat.c.language.in_(group.languages)
    if group.channels:
        yield or_(*(chat.c.handle.startswith(f"{channel}:") for channel in group.channels))
    if group.conference is not None:
        yield guests(group.conference.id, group.conference.status)
    if group.seen_within_days:
        yield chat.c.seen_at >= now - timedelta(days=group.seen_within_days)
    if group.announcement:
        yield exists().where(delivery.c.chat_id == chat.c.id, delivery.c.announcement_id == group.announcement,
                             delivery.c.state == "sent").correlate(chat)
