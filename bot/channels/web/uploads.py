"""A form with a file: read piece by piece, so that a file that is too large is told so and not held in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from flows.files import MOST_BYTES
from flows.turn import Attached
from locales import _

from . import problems
from .problems import Problem

MOST_DRAINED = 8 * MOST_BYTES  # bytes read to their end, so that the browser listens to the answer
MOST_PARTS, MOST_OF_A_FIELD = 10, 20_000
PATIENCE = 300.0  # seconds
REFERENCE = "upload"
BAD_UPLOAD = _("The file could not be read. Please choose it again.")


@dataclass(frozen=True)
class Upload:
    """A file as it came; of one that is too large only the beginning is kept, and its whole `size`."""

    name: str
    content: bytes = field(repr=False)
    size: int

    def attached(self, caption: str) -> Attached:
        """What the assistant is told of it."""
        return Attached("file", REFERENCE, self.name, self.size, caption)


def is_upload(request: web.Request) -> bool:
    """Whether the request says that it brings a file."""
    return request.content_type == "multipart/form-data"


async def upload_of(request: web.Request) -> tuple[Mapping[str, str], Upload | None]:
    """The fields of a form and its file; no file where none was chosen.

    Raises Problem (400, 408, 413).
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(request)
    except TimeoutError as error:
        raise problems.too_slow() from error
    except (ValueError, AssertionError, LookupError, RuntimeError) as error:
        raise problems.not_understood(BAD_UPLOAD) from error


async def _read(request: web.Request) -> tuple[Mapping[str, str], Upload | None]:
    fields: dict[str, str] = {}
    upload: Upload | None = None
    reader = await request.multipart()
    for _number in range(MOST_PARTS):
        part = await reader.next()
        if part is None:
            return fields, upload
        if not isinstance(part, BodyPartReader):
            raise problems.not_understood(BAD_UPLOAD)
        if part.filename is None:
            content, size = await _content(part, MOST_OF_A_FIELD)
            fields[part.name or ""] = content[:size].decode("utf-8", "replace")
        else:
            content, size = await _content(part, MOST_BYTES)
            upload = Upload(part.filename, content, size) if part.filename else upload
    raise problems.not_understood(BAD_UPLOAD)


async def _content(part: BodyPartReader, most: int) -> tuple[bytes, int]:
    """The beginning of a part, one byte longer than allowed at most, and how long it is."""
    kept, size = bytearray(), 0
    while chunk := await part.read_chunk(1 << 16):
        size += len(chunk)
        kept += chunk[:max(0, most + 1 - len(kept))]
        if size > MOST_DRAINED:
            raise _too_much()
    return bytes(kept), size


def _too_much() -> Problem:
    return problems.file_too_large(MOST_BYTES // 1024 // 1024)
