"""`locales`: how much of the dialogues, answers, phrases and the desk each language has."""

from __future__ import annotations

import click

from locales.coverage import Coverage, Share, coverage

COLUMNS = ("dialogues", "answers", "phrases", "desk")


@click.command("locales")
def command() -> None:
    """Show how much each language covers; stale ones were translated from an older sentence."""
    click.echo("language" + "".join(f"{column:>22}" for column in COLUMNS))
    for row in coverage():
        click.echo(f"{row.language:<8}" + "".join(f"{_told(share):>22}" for share in _shares(row)))


def _shares(row: Coverage) -> tuple[Share, ...]:
    return row.dialogues, row.answers, row.phrases, row.desk


def _told(share: Share) -> str:
    percent = 100 * share.done // share.total if share.total else 100
    stale = f", {share.stale} stale" if share.stale else ""
    return f"{share.done}/{share.total} {percent} %{stale}"
