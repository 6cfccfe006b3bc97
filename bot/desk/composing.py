"""An announcement's form: what was filled in, as a composed announcement, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.announcements.compose import Composed, Flawed
from flows.conference.view import Conference
from flows.subscriptions import MAIN
from knowledge.conferences import REGIONS
from locales import LanguageName, Text, languages

from .words import _

SIDES: Mapping[str, Text] = {
    "south": _("Municipalities in the Global South"),
    "german": _("German municipalities"),
    "other": _("Associations and others"),
}
CASES: Mapping[str, Text] = {
    "open": _("work on a checklist"),
    "help_asked": _("work on a checklist and have asked the team for help"),
    "none": _("work on no checklist"),
}
BUTTONS: Mapping[str, Text] = {
    "register": _("Register"),
    "more": _("Tell me more"),
    "not_interested": _("Not for me"),
}
FIELDS: Mapping[str, Text] = {
    "audience.countries": _("Countries"), "audience.exclude.countries": _("But not in these countries"),
    "audience.seen_within_days": _("Have written within so many days"),
    "audience.exclude.announcement": _("And not those who got the announcement of this number"),
    "conference.first": _("First day"), "conference.last": _("Last day"), "topic": _("Topic"),
    "start": _("At a moment (UTC); empty is at once"), "local_start": _("Or at this time of day in every country"),
}
CHANNELS = ("telegram", "web")
MOST_FILE = 10_000_000  # bytes that Telegram takes for a picture


def composed(form: Mapping[str, str], file: str = "") -> Composed | Text:
    """The announcement that a form describes, or what is wrong with it."""
    try:
        return Composed.model_validate(_given(form, file))
    except ValidationError as error:
        return _wrong(form, error.errors()[0])


def _wrong(form: Mapping[str, str], error: ErrorDetails) -> Text:
    """What is wrong, in the form's own words."""
    place, flaw = ".".join(str(part) for part in error["loc"] if isinstance(part, str)), error.get("ctx", {}).get("error")
    if place == "texts":
        return _("Please write the text in at least one language.")
    if place:
        field, given = FIELDS.get(place, place), str(error["input"])[:60]
        return _("Please check “{field}”: “{given}” does not fit.", field=field, given=given)
    if isinstance(flaw, Flawed) and flaw.unknown:
        return _("The text under “{language}”: {placeholder} is not known here. Please put it right or take it out.",
                 language=LanguageName(flaw.language), placeholder=f"{{{flaw.unknown}}}")
    if isinstance(flaw, Flawed):
        return _("The text under “{language}” is too long: it has {length} characters, and at most {most} fit.",
                 language=LanguageName(flaw.language), length=flaw.length, most=flaw.most)
    if form.get("start") and form.get("local_start"):
        return _("Please give only one of the two times.")
    return _("The language for those without their own text has no text itself. Please write it or choose another one.")


def filled_in(announcement: Composed) -> dict[str, str]:
    """The form's fields for an announcement, or for an audience by itself."""
    audience = announcement.audience
    form = {f"text.{language}": text for language, text in announcement.texts.items()}
    for name, chosen in (("side", audience.side), ("region", audience.regions), ("language", audience.languages),
                         ("channel", audience.channels), ("button", announcement.buttons)):
        form |= {f"{name}.{value}": "on" for value in chosen}
    form |= {"topic": announcement.topic, "fallback": announcement.fallback or "", "countries": ", ".join(audience.countries),
             "case": audience.case or "", "seen_within_days": str(audience.seen_within_days or "")}
    if audience.exclude:
        form |= {"exclude_countries": ", ".join(audience.exclude.countries),
                 "exclude_announcement": str(audience.exclude.announcement or "")}
    return form


def about(one: Conference, language: str) -> dict[str, str]:
    """The form's fields for news of a conference: to whom it may concern, and with a button to register."""
    return {"topic": "conferences", "conference": one.title.spoken_in(language, "en"), "first": one.first.isoformat(),
            "last": one.last.isoformat(), f"region.{one.region}": "on", "button.register": "on", "button.more": "on"}


def _given(form: Mapping[str, str], file: str) -> dict[str, Any]:
    texts = {code: form[f"text.{code}"] for code in languages() if form.get(f"text.{code}", "").strip()}
    occasion = {"name": form.get("conference", ""), "first": form.get("first") or None, "last": form.get("last") or None}
    exclude = {"countries": _listed(form, "exclude_countries"), "announcement": form.get("exclude_announcement") or None}
    return {
        "texts": texts, "topic": form.get("topic", ""), "fallback": form.get("fallback") or None,
        "buttons": _ticked(form, "button", BUTTONS), "start": form.get("start") or None,
        "local_start": form.get("local_start") or None, "conference": occasion if occasion["name"] else None,
        "file": file or None, "audience": {
            "side": _ticked(form, "side", SIDES), "countries": _listed(form, "countries"),
            "regions": _ticked(form, "region", REGIONS), "languages": _ticked(form, "language", languages()),
            "channels": _ticked(form, "channel", CHANNELS), "case": form.get("case") or None,
            "seen_within_days": form.get("seen_within_days") or None, "exclude": exclude if any(exclude.values()) else None,
        }}


def _ticked(form: Mapping[str, str], name: str, values: Any) -> list[str]:
    return [value for value in values if form.get(f"{name}.{value}")]


def _listed(form: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in form.get(name, "").replace(";", ",").split(",") if part.strip()]


TOPIC_NAMES: Mapping[str, Text] = dict(zip(MAIN, (_("General news"), _("Calls for proposals"), _("Conferences")), strict=True))
