"""Who can take part, by the programme's own conditions: pure rules over a DAC List and a day.

The conditions are the facts `partnership-composition`, `dac-required`, `german-partner-required` and
`german-side-submits` of the project page; a DAC status holds for the day it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from .dac import DacList, DacStatus


class Side(Enum):
    """Whom the programme speaks to."""

    SOUTH = "south"
    GERMAN = "german"
    OTHER = "other"


class Ground(Enum):
    """What decides a case."""

    CONDITIONS_MET = "conditions_met"
    NO_GERMAN_PARTNER = "no_german_partner"
    NO_SOUTHERN_PARTNER = "no_southern_partner"
    COUNTRY_LEFT = "country_left"
    COUNTRY_NOT_LISTED = "country_not_listed"
    COUNTRY_IS_GERMANY = "country_is_germany"
    NOT_A_MUNICIPALITY = "not_a_municipality"


@dataclass(frozen=True)
class Assessment:
    """The ground, the countries' standing on the list, and the facts it rests on."""

    ground: Ground
    statuses: tuple[DacStatus, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[DacStatus, ...]:
        return tuple(status for status in self.statuses if status.listed)


def countries_ground(countries: tuple[str, ...], dac: DacList, on: date) -> Assessment:
    """Whether at least one of the Southern municipalities' countries is on the list that day."""
    statuses = tuple(dac.status(country, on) for country in countries)
    facts = ("dac-required", "dac-status-of-country")
    if any(status.listed for status in statuses):
        return Assessment(Ground.CONDITIONS_MET, statuses, facts)
    if countries == ("DE",):
        return Assessment(Ground.COUNTRY_IS_GERMANY, statuses, facts)
    left = any(status.until is not None for status in statuses)
    return Assessment(Ground.COUNTRY_LEFT if left else Ground.COUNTRY_NOT_LISTED, statuses, facts)


def conditions_met(assessment: Assessment) -> Assessment:
    """All conditions hold; who submits and whom to talk to follows."""
    facts = ("partnership-composition", *assessment.facts, "german-side-submits", "talk-to-partner-first", "mps-objective")
    return Assessment(Ground.CONDITIONS_MET, assessment.statuses, facts)


def no_german_partner(assessment: Assessment) -> Assessment:
    """The country is listed, yet there is no German partner municipality."""
    facts = ("german-partner-required", "general-advice-welcome", *assessment.facts)
    return Assessment(Ground.NO_GERMAN_PARTNER, assessment.statuses, facts)


NO_SOUTHERN_PARTNER = Assessment(
    Ground.NO_SOUTHERN_PARTNER,
    facts=("partnership-composition", "earlier-call-without-partner", "general-advice-welcome"),
)
NOT_A_MUNICIPALITY = Assessment(
    Ground.NOT_A_MUNICIPALITY,
    facts=("who-can-take-part", "german-side-submits", "expect-stakeholders", "general-advice-welcome"),
)
