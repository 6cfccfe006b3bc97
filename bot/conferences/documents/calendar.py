"""Conferences as iCalendar (RFC 5545): whole days, which no time zone can shift, and the deadline in the host's time zone.

An event keeps its UID for ever; its SEQUENCE grows with each change, so that a calendar that has it takes the change over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from locales import Words, _, words

from .entries import Entry

PRODUCT = "-//Partnership assistant//Conferences//EN"
REFRESH = timedelta(hours=6)
DAY = timedelta(days=1)
YEAR = timedelta(days=366)  # of a time zone's past and future around what is in the calendar


def feed(entries: Sequence[Entry], language: str, source: str) -> bytes:
    """All of them as one calendar that programs subscribe to; `source` is its own address."""
    spoken = words(language)
    name = spoken.render(_("Partnership conferences"))
    calendar = Calendar.new(prodid=PRODUCT, uid=uuid5(NAMESPACE_URL, source), name=name, language=language, method="PUBLISH",
                            refresh_interval=REFRESH, source=source)
    return _written(calendar, entries, spoken)


def single(entry: Entry, language: str) -> bytes:
    """One of them as a file to open."""
    calendar = Calendar.new(prodid=PRODUCT, uid=uuid5(NAMESPACE_URL, entry.uid), language=language, method="PUBLISH")
    return _written(calendar, (entry,), words(language))


def _written(calendar: Calendar, entries: Sequence[Entry], spoken: Words) -> bytes:
    for entry in entries:
        calendar.add_component(_days(entry))
        if entry.deadline and not entry.cancelled:
            calendar.add_component(_deadline(entry, entry.deadline, spoken))
    if entries:
        days = [day for entry in entries for day in (entry.first, entry.deadline or entry.first)]
        calendar.add_missing_timezones(min(days) - YEAR, max(days) + YEAR)
    file: bytes = calendar.to_ical()
    return file


def _days(entry: Entry) -> Event:
    return _event(entry, entry.uid, entry.title, entry.first, entry.last + DAY)


def _deadline(entry: Entry, deadline: date, spoken: Words) -> Event:
    """The last day to register, from midnight to midnight where the conference is."""
    zone = ZoneInfo(entry.zone)
    start, end = (datetime.combine(day, time(), zone) for day in (deadline, deadline + DAY))
    title = spoken.render(_("Last day to register: {title}", title=entry.title))
    return _event(entry, f"deadline-{entry.uid}", title, start, end)


def _event(entry: Entry, uid: str, title: str, start: date, end: date) -> Event:
    event = Event.new(
        uid=uid, summary=title, start=start, end=end, location=entry.place or None, description=entry.text or None,
        url=entry.url or None, stamp=entry.changed, last_modified=entry.changed, sequence=entry.revision)
    event.add("status", vText("CANCELLED" if entry.cancelled else "CONFIRMED"))
    event.add("transp", vText("TRANSPARENT"))
    return event


