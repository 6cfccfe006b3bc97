"""Between rows and the picture that turns and pages see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.conference.view import Attendee, Conference, Partner, Question, Quotas, Registration, State, Status, Visa
from locales import Spoken


def conference_of(row: Any, questions: Sequence[Any], taken: int, waiting: int) -> Conference:
    """A conference from its row and those of its questions."""
    return Conference(
        row.slug, row.region, row.host_city, row.first_day, row.last_day, row.timezone, spoken(row.title), row.places,
        row.deadline, row.host_country, spoken(row.text), spoken(row.programme), tuple(row.invited), row.admission,
        row.invitation_only, _quotas(row.quotas), row.hold_hours, row.contact, State(row.state),
        tuple(map(_question, questions)), row.id, taken, waiting)


def values_of(conference: Conference) -> dict[str, Any]:
    """The columns that staff fill."""
    limits = conference.quotas
    quotas = {"german": limits.german, "south": limits.south, "countries": dict(limits.countries)}
    return {
        "slug": conference.slug, "region": conference.region, "host_city": conference.city, "host_country": conference.country,
        "first_day": conference.first, "last_day": conference.last, "timezone": conference.zone, "title": told(conference.title),
        "text": told(conference.text), "programme": told(conference.programme), "invited": list(conference.invited),
        "places": conference.places, "deadline": conference.deadline, "admission": conference.admission,
        "invitation_only": conference.invitation_only, "quotas": quotas, "hold_hours": conference.hold_hours,
        "contact": conference.contact, "state": conference.stored.value,
    }


def question_values(question: Question) -> dict[str, Any]:
    """The columns of a question, but for the conference and the position."""
    depends = dict(zip(("key", "option"), question.depends_on, strict=True)) if question.depends_on else {}
    return {
        "key": question.key, "kind": question.kind, "words": told(question.words), "why": told(question.why),
        "options": [{"id": id, "words": told(words)} for id, words in question.options], "required": question.required,
        "side": question.side, "shared": question.shared, "depends_on": depends,
    }


def registration_of(row: Any, attendees: Sequence[Any], place: int = 0, partner: Partner | None = None) -> Registration:
    """A registration from its row, which carries `held_until` of its pair, and those of its people."""
    return Registration(
        row.id, row.conference_id, row.code, row.side, row.municipality, row.country, Status(row.status), row.people,
        row.language, row.answers, tuple(map(_attendee, attendees)), row.chat_id, row.created_at, place, row.offered_until,
        row.pair_id is not None, row.held_until, partner, row.feedback_at is not None)


def attendee_values(one: Attendee) -> dict[str, Any]:
    """The columns of a person, but for the registration and the position."""
    visa = one.visa or Visa("")
    return {
        "names": one.names, "role": one.role, "email": one.email, "phone": one.phone, "languages": " ".join(one.languages),
        "interpretation": one.interpretation, "diet": one.diet, "accessibility": one.accessibility, "travel": one.travel,
        "visa_name": visa.name, "visa_from": visa.arrives, "visa_until": visa.leaves,
    }


def spoken(kept: Mapping[str, str]) -> Spoken:
    """Words by language, as they are kept."""
    return Spoken(tuple(kept.items()))


def told(words: Spoken) -> dict[str, str]:
    """Words by language, to be kept."""
    return dict(words.ways)


def _attendee(row: Any) -> Attendee:
    visa = Visa(row.visa_name, row.visa_from, row.visa_until) if row.visa_name else None
    return Attendee(row.names, row.role, row.email, row.phone, tuple(row.languages.split()), row.interpretation, row.diet,
                    row.accessibility, row.travel, visa, row.id, row.checked_in_at)


def _question(row: Any) -> Question:
    depends = (row.depends_on["key"], row.depends_on["option"]) if row.depends_on else None
    options = tuple((option["id"], spoken(option["words"])) for option in row.options)
    return Question(row.key, row.kind, spoken(row.words), spoken(row.why), options, row.required, row.side, row.shared, depends)


def _quotas(kept: Mapping[str, Any]) -> Quotas:
    return Quotas(kept.get("german"), kept.get("south"), dict(kept.get("countries", {})))
