"""A scene: what happens on one day of a demonstration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .stage import Stage


@dataclass(frozen=True)
class Scene:
    """Played so many days before the demonstration is opened, at an hour of that day in UTC."""

    days_ago: int
    hour: int
    play: Callable[[Stage], Awaitable[None]]
