"""Versions of the DAC List: uploading one, seeing what it would change, publishing it, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.store import dac_versions
from bot.store.dac_versions import Upload, Version
from knowledge.dac import DacList
from locales import Text

from .dac_file import MOST_BYTES, MOST_FLAWS, read
from .second import second_person_missing
from .visit import Visit
from .words import _

LONGEST_SOURCE = 200
GROUPS = {"LDC": _("least developed"), "other low-income": _("other low income"), "lower-middle": _("lower middle income"),
          "upper-middle": _("upper middle income")}
STATES = {"draft": _("draft"), "published": _("published"), "withdrawn": _("withdrawn")}


@dataclass(frozen=True)
class Changes:
    """What a list changes against the one before: who comes, who goes, who moves from which income group to which."""

    coming: tuple[tuple[str, str], ...]
    leaving: tuple[tuple[str, str], ...]
    moving: tuple[tuple[str, str, str], ...]
    same: int


def changes(upload: Upload, before: DacList) -> Changes:
    """An uploaded list against the one that would hold on its first day without it."""
    now, then = upload.listed, before.listed(upload.valid_from)
    coming = tuple((country, now[country].income_group) for country in sorted(now.keys() - then.keys()))
    leaving = tuple((country, then[country].income_group) for country in sorted(then.keys() - now.keys()))
    both = sorted(now.keys() & then.keys())
    moving = tuple((country, then[country].income_group, now[country].income_group) for country in both
                   if then[country].income_group != now[country].income_group)
    return Changes(coming, leaving, moving, len(both) - len(moving))


async def listed(visit: Visit) -> web.Response:
    """/desk/dac."""
    return await _page(visit)


async def upload(visit: Visit) -> web.Response:
    """Keeps an uploaded list as a draft and shows what it would change."""
    problem = _flaw(visit)
    name, content = await visit.upload("file")
    content = content or visit.form.get("lines", "").encode()
    if problem is None and not content:
        problem = _("Please choose a file, or paste its lines.")
    if problem is None and len(content) > MOST_BYTES:
        problem = _("The file is too large: at most {most} kB, please.", most=MOST_BYTES // 1000)
    if problem is not None:
        return await _page(visit, [problem])
    shipped = visit.office.live.base.dac
    reading = read(content, {country: region for country in shipped.known if (region := shipped.region(country))})
    if reading.flaws:
        return await _page(visit, reading.flaws)
    first = _day(visit.form, "valid_from") or visit.now.date()
    new = Upload(reading.listed, first, _day(visit.form, "list_date") or first, visit.form.get("source", ""))
    async with visit.office.store.write() as connection:
        number = await dac_versions.keep_draft(connection, new, visit.member.id, visit.now)
        await visit.record(connection, "dac-uploaded", "dac", number, after={
            "valid_from": first.isoformat(), "countries": len(new.listed), "source": new.source, "file": name})
    return visit.back_to(f"/dac/{number}", "dac-uploaded")


async def shown(visit: Visit) -> web.Response:
    """/desk/dac/NUMBER: one version and what it changes."""
    version, before = await _version(visit)
    return visit.page("dac_version.html", version=version, changes=changes(version.upload, before), groups=GROUPS, states=STATES,
                      country=visit.words.country, day=visit.words.value, before=before.on(version.upload.valid_from),
                      needs_second=second_person_missing(visit, version.staff_id))


async def publish(visit: Visit) -> web.Response:
    """The assistant answers by this list from the next message on, for days from its first."""
    version, before = await _version(visit)
    if second_person_missing(visit, version.staff_id):
        return visit.back_to(f"/dac/{version.id}", "second-person")
    found = changes(version.upload, before)
    async with visit.office.store.write() as connection:
        done = await dac_versions.publish(connection, version.id, visit.member.id, visit.now)
        if done:
            await visit.record(connection, "dac-published", "dac", version.id, after={
                "valid_from": version.upload.valid_from.isoformat(), "in": [country for country, _group in found.coming],
                "out": [country for country, _group in found.leaving], "moved": [list(row) for row in found.moving]})
    return visit.back_to(f"/dac/{version.id}", "dac-published" if done else "dac-already")


async def withdraw(visit: Visit) -> web.Response:
    """The list before holds again."""
    number = visit.number("number")
    async with visit.office.store.write() as connection:
        done = await dac_versions.withdraw(connection, number)
        if done:
            await visit.record(connection, "dac-withdrawn", "dac", number, before={"state": "published"},
                               after={"state": "withdrawn"})
    return visit.back_to(f"/dac/{number}", "dac-withdrawn" if done else "dac-already")


async def _version(visit: Visit) -> tuple[Version, DacList]:
    """A version, and the list as it would be without it."""
    async with visit.office.store.read() as connection:
        found = await dac_versions.versions(connection)
    version = next((one for one in found if one.id == visit.number("number")), None)
    if version is None:
        raise web.HTTPNotFound
    others = [one.upload for one in reversed(found) if one.state == "published" and one.id != version.id]
    return version, dac_versions.followed(visit.office.live.base.dac, others)


async def _page(visit: Visit, problems: Sequence[Text] = ()) -> web.Response:
    async with visit.office.store.read() as connection:
        rows = await dac_versions.versions(connection)
    shipped, today = visit.office.live.base.dac, visit.now.date()
    now = visit.office.live.knowledge.dac.on(today)
    return visit.page("dac.html", 422 if problems else 200, rows=rows, shipped=shipped, now=now, count=len(now.countries(today)),
                      problems=problems[:MOST_FLAWS], more=max(0, len(problems) - MOST_FLAWS), form=visit.form, states=STATES,
                      day=visit.words.value, longest=LONGEST_SOURCE, shipped_count=len(shipped.countries(shipped.list_date)))


def _flaw(visit: Visit) -> Text | None:
    form = visit.form
    if _day(form, "valid_from") is None or (form.get("list_date") and _day(form, "list_date") is None):
        return _("Please give the first day on which the list holds; days are written as 2027-03-15.")
    if not form.get("source") or len(form["source"]) > LONGEST_SOURCE:
        return _("Please say where the list is from, in at most {most} characters.", most=LONGEST_SOURCE)
    return None


def _day(form: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(form.get(name, ""))
    except ValueError:
        return None
