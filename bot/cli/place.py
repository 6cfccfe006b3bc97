"""`place --batch`: which countries typed names of countries and cities may mean."""

from __future__ import annotations

import json

import click

from knowledge.places import Gazetteer

from .lines import records


@click.command("place")
@click.option("--batch", is_flag=True, required=True, help='Read JSONL {"id","lang","text"} on stdin.')
def command(batch: bool) -> None:
    """Write JSONL {"id","matches"} for each line of stdin: several are ambiguous, none is unknown."""
    gazetteer = Gazetteer.load()
    for record in records():
        matches = [{"country": place.country, "kind": place.kind, "name": place.name, "score": round(place.score, 3)}
                   for place in gazetteer.find(record.text, record.lang or "en")]
        click.echo(json.dumps({"id": record.id, "matches": matches}, ensure_ascii=False))
