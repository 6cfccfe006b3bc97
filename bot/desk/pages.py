"""The desk's map: every page and action with the least role it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.documents.shelf import Shelf
from bot.knowledge import LiveKnowledge
from bot.store.database import Store
from bot.vitals import Process

from . import (
    announcements,
    answers,
    audit,
    calls,
    cases,
    enquiries,
    health,
    misses,
    office,
    overview,
    people,
    phrases,
    sign_in,
    team,
    terms,
    trial,
)
from .composing import MOST_FILE
from .guard import Page, Role, headers
from .openid import OpenId
from .visit import Office, Visit

HOME = Path(__file__).parent
ENQUIRY, NUMBER = "{reference:[A-Za-z0-9-]{1,16}}", r"{number:\d{1,15}}"
PAPER = r"{paper:\d{1,15}}"


def listed(path: str, answer: Callable[[Visit], Awaitable[web.Response]], role: Role = "viewer") -> tuple[Page, Page, Page]:
    """A list and its two files."""
    return Page("GET", path, role, answer), Page("GET", f"{path}.csv", role, answer), Page("GET", f"{path}.xlsx", role, answer)


PAGES = (
    Page("GET", "/sign-in", "stranger", sign_in.goodbye),
    Page("GET", "/openid", "stranger", sign_in.by_organisation),
    Page("GET", "/openid/back", "stranger", sign_in.back_from_organisation),
    Page("GET", "/sign-in/{code}", "stranger", sign_in.doorstep),
    Page("POST", "/sign-in/{code}", "stranger", sign_in.enter),
    Page("POST", "/sign-out", "viewer", sign_in.leave),
    Page("POST", "/sign-out-everywhere", "viewer", sign_in.leave_everywhere),
    Page("GET", "", "viewer", overview.overview),
    Page("GET", "/", "viewer", overview.overview),
    *listed("/enquiries", enquiries.listed),
    Page("GET", f"/enquiries/{ENQUIRY}", "viewer", enquiries.shown),
    Page("POST", f"/enquiries/{ENQUIRY}/reply", "editor", enquiries.reply),
    Page("POST", f"/enquiries/{ENQUIRY}/close", "editor", enquiries.close),
    Page("POST", f"/enquiries/{ENQUIRY}/reopen", "editor", enquiries.reopen),
    *listed("/misses", misses.listed),
    Page("GET", f"/misses/{NUMBER}", "viewer", misses.shown),
    Page("POST", f"/misses/{NUMBER}/attach", "editor", misses.attach),
    Page("GET", f"/misses/{NUMBER}/answer", "editor", misses.write),
    Page("POST", f"/misses/{NUMBER}/answer", "editor", misses.answer),
    Page("POST", f"/misses/{NUMBER}/settle", "editor", misses.set_aside),
    *listed("/cases", cases.listed),
    Page("GET", f"/cases/{NUMBER}", "viewer", cases.shown),
    Page("POST", f"/cases/{NUMBER}/note", "editor", cases.note),
    Page("GET", f"/cases/{NUMBER}/documents/{PAPER}", "viewer", cases.document),
    Page("GET", "/calls", "viewer", calls.listed),
    Page("POST", "/calls", "editor", calls.add),
    *listed("/phrases", phrases.listed),
    Page("POST", "/phrases", "editor", phrases.add),
    Page("POST", f"/phrases/{NUMBER}/remove", "editor", phrases.remove),
    *listed("/announcements", announcements.listed),
    Page("GET", "/announcements/new", "editor", announcements.compose),
    Page("POST", "/announcements/new", "editor", announcements.keep, most=MOST_FILE),
    Page("GET", f"/announcements/{NUMBER}", "viewer", announcements.shown),
    Page("GET", f"/announcements/{NUMBER}/rows.csv", "viewer", announcements.exported),
    Page("GET", f"/announcements/{NUMBER}/rows.xlsx", "viewer", announcements.exported),
    Page("POST", f"/announcements/{NUMBER}/submit", "editor", announcements.submit),
    Page("POST", f"/announcements/{NUMBER}/approve", "editor", announcements.approve),
    Page("POST", f"/announcements/{NUMBER}/test", "editor", announcements.test),
    Page("POST", f"/announcements/{NUMBER}/pause", "editor", announcements.pause),
    Page("POST", f"/announcements/{NUMBER}/resume", "editor", announcements.resume),
    Page("POST", f"/announcements/{NUMBER}/cancel", "editor", announcements.cancel),
    *listed("/answers", answers.listed),
    Page("POST", "/answers", "editor", answers.add),
    Page("GET", f"/answers/{NUMBER}", "viewer", answers.shown),
    Page("POST", f"/answers/{NUMBER}", "editor", answers.edit),
    Page("POST", f"/answers/{NUMBER}/remove", "editor", answers.remove),
    Page("POST", f"/answers/{NUMBER}/undo", "editor", answers.undo),
    Page("GET", "/try", "viewer", trial.tried),
    *listed("/staff", team.listed, "admin"),
    Page("POST", "/staff", "admin", team.add),
    Page("GET", f"/staff/{NUMBER}", "admin", team.shown),
    Page("POST", f"/staff/{NUMBER}", "admin", team.change),
    Page("POST", f"/staff/{NUMBER}/link", "admin", team.link),
    Page("POST", f"/staff/{NUMBER}/sign-out", "admin", team.end_sessions),
    Page("POST", f"/staff/{NUMBER}/unlink", "admin", team.unlink),
    Page("POST", f"/staff/{NUMBER}/remove", "admin", team.remove),
    Page("GET", "/people", "editor", people.searched),
    Page("GET", f"/people/{NUMBER}", "editor", people.shown),
    Page("POST", f"/people/{NUMBER}/correct", "editor", people.correct),
    Page("POST", f"/people/{NUMBER}/export", "admin", people.exported),
    Page("POST", f"/people/{NUMBER}/erase", "admin", people.erase),
    Page("GET", "/terms", "viewer", terms.shown),
    Page("GET", "/health", "viewer", health.shown),
    Page("GET", "/settings", "viewer", office.shown),
    Page("POST", "/settings", "admin", office.save),
    *listed("/settings/versions", office.versions),
    Page("POST", f"/settings/versions/{NUMBER}/restore", "admin", office.restore),
    *listed("/audit", audit.listed, "admin"),
)


class Desk:
    """The staff desk under /desk."""

    def __init__(self, store: Store, now: Callable[[], datetime], live: LiveKnowledge, public_url: str = "",
                 second_above: int = 500, rate: float = 30.0, openid: OpenId | None = None,
                 process: Process | None = None, shelf: Shelf | None = None) -> None:
        self._office = Office(store, now, live, public_url, second_above, rate, process or Process(), openid, shelf)

    def setup(self, application: web.Application) -> None:
        """Adds the pages, as an application of their own with their own templates."""
        desk = web.Application(middlewares=[headers])
        desk[aiohttp_jinja2.APP_KEY] = _templates()
        desk.router.add_get("/desk.css", _stylesheet)
        for page in PAGES:
            desk.router.add_route(page.method, page.path, page.guarded(self._office))
        application.add_subapp("/desk", desk)


@cache
def _templates() -> jinja2.Environment:
    """All desks of a process share them, each compiled once."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(HOME / "templates"), undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, autoescape=True)


async def _stylesheet(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(HOME / "static" / "desk.css", headers={"Cache-Control": "public, max-age=3600"})
