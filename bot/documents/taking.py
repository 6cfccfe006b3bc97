"""Taking a file in: had from its channel, looked into, put on the shelf; only then the turn that keeps it is run."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog

from bot.messages import Fetcher, Inbound, Sender, Unreachable
from flows.files import MOST_BYTES, Examined, Unfit
from flows.known import FileWanted

from .kinds import Unusable, kind_of
from .names import clean, fits, with_ending
from .shelf import Shelf

log = structlog.get_logger()


@dataclass(frozen=True)
class Taking:
    """What takes files in, onto a shelf."""

    shelf: Shelf

    async def take(self, inbound: Inbound, wanted: FileWanted, sender: Sender | None) -> Examined | Unfit:
        """What has become of a file; never raises, since the person is to hear of it."""
        name = clean(wanted.name)
        try:
            content = await _content(inbound, wanted.reference, sender)
            return await asyncio.to_thread(self._put, name, content)
        except Unreachable as error:
            log.warning("file not had from its channel", channel=inbound.channel, error=str(error))
        except Exception:
            log.exception("file not taken in", channel=inbound.channel)
        return Unfit("unreachable", name)

    def _put(self, name: str, content: bytes) -> Examined | Unfit:
        found = examined(name, content)
        if isinstance(found, Unfit):
            return found
        return Examined(self.shelf.put(content), found.name, found.kind, found.size)


def examined(name: str, content: bytes) -> Examined | Unfit:
    """What a file is by its content; without a key, since it is not kept yet."""
    if len(content) > MOST_BYTES:
        return Unfit("too_big", name)
    try:
        kind = kind_of(content)
    except Unusable as unusable:
        return Unfit(unusable.flaw, name)
    if not fits(name, kind):
        return Unfit("mismatch", name, kind)
    return Examined("", with_ending(name, kind), kind, len(content))


async def _content(inbound: Inbound, reference: str, sender: Sender | None) -> bytes:
    if inbound.content is not None:
        return inbound.content
    if not isinstance(sender, Fetcher):
        raise Unreachable("this channel hands no files over")
    return await sender.fetch(reference, MOST_BYTES)
