"""Plays eight weeks of example conversations and office work into an empty store, each scene on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import chain

from bot.settings import Settings

from . import announcing, cases, conferences, crowd, enquiries, office
from .folder import Folder, demonstration
from .scene import Scene
from .stage import Stage, stage

SUBJECTS = (crowd, enquiries, cases, conferences, office, announcing)


async def seed(real: Settings, folder: Folder) -> None:
    """Makes the demonstration; it stands there only once it is whole."""
    with folder.made() as draft:
        async with stage(demonstration(real, draft)) as open_stage:
            for scene in _in_order():
                await open_stage.moves_to(_moment(scene, open_stage))
                await scene.play(open_stage)
            await open_stage.moves_to(open_stage.opened_at)


def _in_order() -> Iterator[Scene]:
    scenes = chain.from_iterable(subject.scenes() for subject in SUBJECTS)
    return iter(sorted(scenes, key=lambda scene: (-scene.days_ago, scene.hour)))


def _moment(scene: Scene, on: Stage) -> datetime:
    day = on.opened_at.date() - timedelta(days=scene.days_ago)
    return datetime.combine(day, time(scene.hour), UTC)
