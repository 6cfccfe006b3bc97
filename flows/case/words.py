"""The words that all of a case's messages share: statuses, the German Länder, what has changed."""

from __future__ import annotations

from datetime import date

from flows.kinds import Options
from knowledge.checklist import Side, Status
from locales import Country, Text, _, pgettext

from .view import Case, Event, Municipality

STATUS = "status of a point on the checklist"
STATUSES = {
    Status.OPEN: pgettext(STATUS, "open"),
    Status.IN_PROGRESS: pgettext(STATUS, "in progress"),
    Status.DONE: pgettext(STATUS, "done"),
    Status.NEEDS_HELP: pgettext(STATUS, "needs help"),
}
MARKS = {Status.OPEN: "○", Status.IN_PROGRESS: "◐", Status.DONE: "✓", Status.NEEDS_HELP: "!"}


class Land(Options):
    """The German Länder, by the second half of their ISO 3166-2 code."""

    BW = _("Baden-Württemberg")
    BY = _("Bavaria")
    BE = _("Berlin")
    BB = _("Brandenburg")
    HB = _("Bremen")
    HH = _("Hamburg")
    HE = _("Hesse")
    MV = _("Mecklenburg-Western Pomerania")
    NI = _("Lower Saxony")
    NW = _("North Rhine-Westphalia")
    RP = _("Rhineland-Palatinate")
    SL = _("Saarland")
    SN = _("Saxony")
    ST = _("Saxony-Anhalt")
    SH = _("Schleswig-Holstein")
    TH = _("Thuringia")


def whereabouts(municipality: Municipality) -> Text:
    """"Corinto, Nicaragua" or "Köln, North Rhine-Westphalia, Germany"."""
    land = next((land for land in Land if land.id == municipality.land), None)
    country = Country(municipality.country)
    if land is None:
        return _("{name}, {country}", name=municipality.name, country=country)
    return _("{name}, {land}, {country}", name=municipality.name, land=land.label, country=country)


def side_name(case: Case, side: Side) -> str:
    """A side by the name of its municipality."""
    return case.municipalities[side].name


def event_sentence(case: Case, event: Event) -> Text | None:
    """What has happened, in one sentence; None for what nobody needs to be told."""
    item = case.checklist.item(event.item)
    member = case.member(event.member)
    who = _author(case, event, member.name if member else "")
    point = item.title if item else event.item
    match event.kind:
        case "status":
            return _("{who}: “{point}” is now: {status}.", who=who, point=point, status=STATUSES[Status(event.value)])
        case "due" if event.value:
            return _("{who}: “{point}” is due on {date}.", who=who, point=point, date=date.fromisoformat(event.value))
        case "due":
            return _("{who}: “{point}” has no due date any more.", who=who, point=point)
        case "responsible":
            person = case.member(int(event.value)) if event.value else None
            if person is None:
                return _("{who}: nobody in particular sees to “{point}”.", who=who, point=point)
            return _("{who}: {person} sees to “{point}”.", who=who, person=person.name, point=point)
        case "document":
            paper = case.paper(event.value)
            if paper is None:
                return _("{who}: a new document at “{point}”.", who=who, point=point)
            return _("{who}: a new document at “{point}”: {name}.", who=who, point=point, name=paper.name)
        case "removed":
            return _("{who}: a document at “{point}” is removed.", who=who, point=point)
        case "note":
            return _("{who}: a new note on “{point}”.", who=who, point=point)
        case _:
            return _about_people(event, who)


def _about_people(event: Event, who: Text) -> Text | None:
    match event.kind:
        case "joined":
            return _("{who} works on the checklist now.", who=who)
        case "left":
            return _("{who} no longer works on the checklist.", who=who)
        case "team":
            return _("{who}: the team may now read along and help.", who=who)
        case _:
            return None


def _author(case: Case, event: Event, name: str) -> Text:
    if event.side is None:
        return _("The team of the programme")
    municipality = side_name(case, event.side)
    return _("{name} ({municipality})", name=name, municipality=municipality) if name else _("{name}", name=municipality)
