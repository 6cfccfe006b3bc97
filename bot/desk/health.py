"""Health: channels, queues, faults, version, database, copies."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web
from babel.units import format_unit

from bot.vitals import CHANNELS, Vitals, vitals
from locales import Text

from .kinds import CHORES
from .visit import Visit
from .words import _

COPY_EVERY = timedelta(days=7)
UNSENT_AFTER = timedelta(minutes=5)
MODES = {
    "off": _("not set up"),
    "polling": _("fetches messages itself (polling)"),
    "webhook": _("Telegram delivers messages (webhook)"),
}


async def shown(visit: Visit) -> web.Response:
    """/desk/health."""
    found = await vitals(visit.office.store)
    return visit.page("health.html", found=found, warnings=_warnings(visit, found), process=visit.office.process, modes=MODES,
                      chores=CHORES, channels=CHANNELS, size=_size(found.bytes, visit), bytes=lambda number: _size(number, visit))


def _warnings(visit: Visit, found: Vitals) -> list[Text]:
    """What somebody should see to."""
    warnings = []
    if not found.is_current:
        warnings.append(_("The database is not at this version's migration. Please start the program anew."))
    if found.oldest_unsent is not None and visit.now - found.oldest_unsent > UNSENT_AFTER:
        warnings.append(_("Messages have waited for more than five minutes to be sent."))
    if any(one.stuck for one in found.jobs):
        warnings.append(_("Some work was tried ten times in vain. The faults below may tell why."))
    if found.backed_up is None:
        warnings.append(_("No copy has been made yet. This command makes one: partnership-assistant backup FILE"))
    elif visit.now - found.backed_up.at > COPY_EVERY:
        warnings.append(_("The last copy is more than a week old. This command makes one: partnership-assistant backup FILE"))
    return warnings


def _size(number: int, visit: Visit) -> str:
    return str(format_unit(round(number / 1_000_000, 1), "digital-megabyte", "short", locale=visit.words.locale))
