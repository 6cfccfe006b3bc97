"""What was found, in the shape of the command `ask --batch`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge.articles import Library
from knowledge.finding import STATUS, Finding, Hit


def answers(findings: Iterable[Finding], library: Library) -> list[dict[str, Any]]:
    """The answers of one message, best first: none where nothing is known, several where it is not certain."""
    return [row for finding in findings for row in _rows(finding, library)]


def _rows(finding: Finding, library: Library) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for hit in finding.hits:
        row = {"article": hit.article, "facts": _facts(hit, library), "score": round(hit.score, 3)}
        countries = finding.countries if hit.article == STATUS else ()
        rows.extend({**row, "country": country} for country in countries) if countries else rows.append(row)
    return rows


def _facts(hit: Hit, library: Library) -> list[str]:
    return list(library.articles[hit.article].facts) if hit.article in library.articles else []
