"""What the team sets about itself: how it is reached, its welcome, where its notices stand; each value can be brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aiohttp import web
from sqlalchemy import ColumnElement, select

from bot.store import settings
from bot.store.desk_tables import setting
from bot.store.settings import VERSIONS, Key
from flows.handlers.menus import HELLO
from locales import Text, languages, words

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

NAMES: Mapping[str, Text] = {
    "contact": _("How to reach the team directly"),
    "hours": _("Opening hours"),
    "welcome": _("Welcome"),
    "privacy": _("Address of the privacy notice"),
    "imprint": _("Address of the imprint"),
}
SPOKEN = ("hours", "welcome")  # differ by language
ADDRESSES = ("privacy", "imprint")
LONGEST = {"contact": 500, "hours": 200, "welcome": 500, "privacy": 500, "imprint": 500}
COLUMNS = (
    Column("setting", lambda row: row.name, _("Setting"), setting.c.name),
    Column("language", lambda row: row.language),
    Column("value", lambda row: row.value),
    Column("set_by", lambda row: row.by),
    Column("set_at", lambda row: row.at, _("Set"), setting.c.at),
)


async def shown(visit: Visit) -> web.Response:
    """/desk/settings."""
    async with visit.office.store.read() as connection:
        held = await settings.values(connection)
    return _page(visit, {_field(*key): value for key, value in held.items()})


async def save(visit: Visit) -> web.Response:
    """Sets what has been changed on the form; from then on the assistant says so."""
    wanted = {key: visit.form.get(_field(*key), "") for key in _keys() if _field(*key) in visit.form}
    problem = _flaw(visit, wanted)
    if problem is not None:
        return _page(visit, visit.form, problem)
    return await _change(visit, wanted, "setting-changed")


async def versions(visit: Visit) -> web.Response:
    """/desk/settings/versions: every value that was ever set."""
    filters = (Filter("name", _("Setting"), {"": _("all"), **NAMES}),
               Filter("language", _("Language"), visit.language_options(languages())))
    listing = Listing(visit, "settings/versions", filters, COLUMNS, "-set_at")
    async with visit.office.store.read() as connection:
        held = await settings.values(connection)
        found = await listing.fetch(connection, VERSIONS.where(*_wanted(listing)), setting.c.id)
    return listing.answer("settings_versions.html", found, names=NAMES, held=held)


async def restore(visit: Visit) -> web.Response:
    """Makes an earlier value hold again, as a new version."""
    async with visit.office.store.read() as connection:
        row = (await connection.execute(select(setting).where(setting.c.id == visit.number("number")))).first()
    if row is None or row.name not in NAMES:
        raise web.HTTPNotFound
    return await _change(visit, {(row.name, row.language): row.value}, "setting-restored")


async def _change(visit: Visit, wanted: Mapping[Key, str], action: str) -> web.Response:
    async with visit.office.store.write() as connection:
        before = await settings.change(connection, wanted, visit.member.id, visit.now)
        for key, old in before.items():
            await visit.record(connection, action, "setting", _field(*key), before={"value": old}, after={"value": wanted[key]})
    return visit.back_to("/settings", "set" if before else "set-nothing")


def _page(visit: Visit, form: Mapping[str, str], problem: Text | None = None) -> web.Response:
    shipped = {code: words(code).render(HELLO) for code in languages()}
    return visit.page("settings.html", 200 if problem is None else 422, form=form, problem=problem, names=NAMES, spoken=SPOKEN,
                      addresses=ADDRESSES, languages=languages(), longest=LONGEST, shipped=shipped)


def _keys() -> Iterator[Key]:
    for name in NAMES:
        yield from ((name, code) for code in languages()) if name in SPOKEN else ((name, ""),)


def _field(name: str, language: str) -> str:
    return f"{name}-{language}" if language else name


def _flaw(visit: Visit, wanted: Mapping[Key, str]) -> Text | None:
    for (name, _language), value in wanted.items():
        if len(value) > LONGEST[name]:
            return _("“{name}” is too long: at most {most} characters, please.", name=visit.say(NAMES[name]), most=LONGEST[name])
        if name in ADDRESSES and value and not (value.startswith(("https://", "http://")) and not any(map(str.isspace, value))):
            return _("“{name}” is no web address. It begins with https://", name=visit.say(NAMES[name]))
    return None


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    return [setting.c[name] == chosen for name in ("name", "language") if (chosen := listing.chosen(name))]
