"""Tables to take away, as CSV or XLSX: what a person typed is never taken for a formula by the program that opens them."""

from __future__ import annotations

import csv
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from .enquiries import enquiries
from .schema import miss

Cell = str | int | datetime | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NOT_XML = {code: None for code in range(32) if code not in (9, 10, 13)}  # characters that a workbook cannot hold


@dataclass(frozen=True)
class Sheet:
    """A table: the names of its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


async def all_enquiries(connection: AsyncConnection) -> Sheet:
    """Every enquiry with what was answered."""
    rows = [(asked.reference, asked.status, asked.opened_at, asked.closed_at, asked.language, asked.channel, asked.contact,
             asked.question, "\n\n".join(answer.text for answer in asked.answers)) for asked in await enquiries(connection)]
    columns = ("reference", "status", "opened_at", "closed_at", "language", "channel", "contact", "question", "answer")
    return Sheet("enquiries", columns, rows)


async def unanswered(connection: AsyncConnection) -> Sheet:
    """What was not understood, answered unsurely or called unhelpful, and is not settled yet."""
    found = await connection.execute(select(miss).where(miss.c.settled_at.is_(None)).order_by(miss.c.id))
    rows = [(row.at, row.language, row.reason, row.text, ", ".join(row.articles)) for row in found]
    return Sheet("unanswered", ("at", "language", "reason", "text", "articles"), rows)


KINDS: Mapping[str, Callable[[AsyncConnection], Awaitable[Sheet]]] = {"enquiries": all_enquiries, "unanswered": unanswered}


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a comma between values; a cell that could be a formula begins with an apostrophe."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.columns)
    writer.writerows([_harmless(_written(cell)) for cell in row] for row in sheet.rows)
    return out.getvalue().encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook with one sheet; every text is a text, moments are UTC."""
    from openpyxl import Workbook  # dear to import, and needed for this alone
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name[:31])
    page.append(list(sheet.columns))
    for row in sheet.rows:
        cells = [WriteOnlyCell(page, value=_clean(cell)) for cell in row]
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        page.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Sheet], bytes]] = {".csv": as_csv, ".xlsx": as_xlsx}


def writer_of(path: Path) -> Callable[[Sheet], bytes] | None:
    """The format that a file's ending asks for, or None."""
    return FORMATS.get(path.suffix.lower())


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _clean(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    return cell.translate(NOT_XML)[:32_767] if isinstance(cell, str) else cell
