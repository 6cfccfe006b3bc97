"""`dac CC`: where a country stands on the DAC List, today or on another day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import click

from knowledge.dac import COVERED_FROM, DacStatus

from .failing import Failure
from .knowing import dac_now
from .opening import settings

NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # codes of CLDR that are no country


@click.command("dac")
@click.argument("country", metavar="CC")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day to tell it for; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(country: str, day: datetime | None, as_json: bool) -> None:
    """Tell where a country stands, by its ISO 3166-1 alpha-2 code (XK for Kosovo)."""
    code, on = country.upper(), (day or datetime.now(UTC)).date()
    if not _exists(code):
        raise Failure(f"{country} is no country's code: use ISO 3166-1 alpha-2, such as KE for Kenya.")
    status = dac_now(settings()).status(code, on)
    click.echo(json.dumps(_packed(status), ensure_ascii=False) if as_json else _told(status, on))


def _exists(code: str) -> bool:
    from babel import Locale

    return len(code) == 2 and code in Locale("en").territories and code not in NO_COUNTRIES


def _packed(status: DacStatus) -> dict[str, object]:
    return {
        "country": status.country, "listed": status.listed, "income_group": status.income_group, "since": status.since,
        "until": status.until, "list": status.list_name, "source": f"{status.source}, {status.list_date.isoformat()}",
    }


def _told(status: DacStatus, on: date) -> str:
    from flows.verdict import country_sentences
    from locales import words

    english = words("en")
    lines = [english.render(sentence) for sentence in country_sentences(status)]
    if status.listed and status.since is not None:
        lines.append(f"On the list since {status.since}{' or earlier' if status.since == COVERED_FROM.year else ''}.")
    if not status.covered:
        lines.append(f"The lists are known here from {COVERED_FROM.year} on; what is said of earlier days is not certain.")
    return "\n".join([*lines, f"{status.list_name} of {status.list_date.isoformat()}, told for {on.isoformat()}."])
