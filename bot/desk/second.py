"""Four eyes: what an editor has written is published by somebody else; an administrator may publish their own."""

from __future__ import annotations

from .visit import Visit


def second_person_missing(visit: Visit, author: int | None) -> bool:
    """Whether the visitor would publish what they wrote themselves."""
    return author == visit.member.id and not visit.may("admin")
