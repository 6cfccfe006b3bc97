"""Which regional partnership conference a country's municipalities belong to, and how sure that is.

The programme's pages name no list of countries; where its pages and the OECD's regions leave a doubt, the
answer says so and the team decides. Never a reason to turn anyone away.
"""

from __future__ import annotations

from dataclasses import dataclass

from .dac import DacList

SLUGS = {
    "Africa": "africa",
    "Asia": "asia",
    "Eastern Europe": "eastern-europe",
    "Latin America": "latin-america",
}
MIDDLE_EAST = frozenset({"IQ", "IR", "JO", "LB", "OM", "PS", "SY", "YE"})
# The 2025 Africa conference was announced for Sub-Saharan Africa only.
NORTH_AFRICA = frozenset({"DZ", "EG", "LY", "MA", "TN"})
# Named on the Eastern Europe page, yet Armenia took part in the Asia conference of 2023.
CAUCASUS = frozenset({"AM", "AZ", "GE"})
DOUBTFUL = MIDDLE_EAST | NORTH_AFRICA | CAUCASUS | {"TR"}


@dataclass(frozen=True)
class ProgrammeRegion:
    """A conference region, None where no conference is known; what is not `certain` the team decides."""

    region: str | None
    certain: bool


def programme_region(country: str, dac: DacList) -> ProgrammeRegion:
    """The conference region of a country (ISO 3166-1 alpha-2) that is or was on the DAC List."""
    slug = SLUGS.get(dac.region(country) or "none")
    return ProgrammeRegion(slug, slug is not None and country not in DOUBTFUL)
