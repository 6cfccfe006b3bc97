"""The desk's map: every page and action with the least role it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from . import (
    announcements,
    answers,
    audit,
    calls,
    canned,
    cases,
    dac,
    editing,
    enquiries,
    health,
    inbox,
    misses,
    office,
    overview,
    people,
    phrases,
    sign_in,
    sources,
    team,
    terms,
    trial,
)
from .composing import MOST_FILE
from .conferences.routes import CONFERENCES
from .dac_file import MOST_BYTES
from .guard import Page, Role, headers
from .visit import Office, Visit

HOME = Path(__file__).parent
STATIC = ("desk.css", "conferences.css", "inbox.js", "check_in.js")
ENQUIRY, NUMBER = "{reference:[A-Za-z0-9-]{1,16}}", r"{number:\d{1,15}}"
PAPER = r"{paper:\d{1,15}}"
ARTICLE, LANGUAGE = "{article:[a-z0-9-]{1,64}}", "{language:[a-zA-Z-]{2,16}}"


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
    *listed("/enquiries", inbox.listed),
    Page("GET", "/live", "viewer", inbox.live),
    Page("GET", f"/enquiries/{ENQUIRY}", "viewer", enquiries.shown),
    Page("POST", f"/enquiries/{ENQUIRY}/reply", "editor", enquiries.reply),
    Page("POST", f"/enquiries/{ENQUIRY}/take", "editor", enquiries.take),
    Page("POST", f"/enquiries/{ENQUIRY}/assign", "editor", enquiries.assign),
    Page("POST", f"/enquiries/{ENQUIRY}/talk", "editor", enquiries.talk),
    Page("POST", f"/enquiries/{ENQUIRY}/back", "editor", enquiries.hand_back),
    Page("POST", f"/enquiries/{ENQUIRY}/note", "editor", enquiries.note),
    Page("POST", f"/enquiries/{ENQUIRY}/tags", "editor", enquiries.tag),
    Page("POST", f"/enquiries/{ENQUIRY}/close", "editor", enquiries.close),
    Page("POST", f"/enquiries/{ENQUIRY}/reopen", "editor", enquiries.reopen),
    *listed("/canned", canned.listed),
    Page("POST", "/canned", "editor", canned.add),
    Page("GET", f"/canned/{NUMBER}", "editor", canned.shown),
    Page("POST", f"/canned/{NUMBER}", "editor", canned.change),
    Page("POST", f"/canned/{NUMBER}/remove", "editor", canned.remove),
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
    *listed("/articles", editing.listed),
    Page("GET", f"/articles/{ARTICLE}", "viewer", editing.shown),
    Page("GET", f"/articles/{ARTICLE}/{LANGUAGE}", "viewer", editing.edit),
    Page("POST", f"/articles/{ARTICLE}/{LANGUAGE}", "editor", editing.save),
    Page("GET", "/answers/new", "editor", answers.compose),
    Page("POST", "/answers/new", "editor", answers.compose),
    Page("GET", f"/answers/{NUMBER}", "viewer", answers.shown),
    Page("POST", f"/answers/{NUMBER}/publish", "editor", answers.publish),
    Page("POST", f"/answers/{NUMBER}/submit", "editor", answers.submit),
    Page("POST", f"/answers/{NUMBER}/return", "editor", answers.give_back),
    Page("POST", f"/answers/{NUMBER}/remove", "editor", answers.remove),
    Page("POST", f"/answers/{NUMBER}/undo", "editor", answers.undo),
    Page("GET", "/try", "viewer", trial.tried),
    Page("GET", "/dac", "viewer", dac.listed),
    Page("POST", "/dac", "editor", dac.upload, most=MOST_BYTES + 50_000),
    Page("GET", f"/dac/{NUMBER}", "viewer", dac.shown),
    Page("POST", f"/dac/{NUMBER}/publish", "editor", dac.publish),
    Page("POST", f"/dac/{NUMBER}/withdraw", "editor", dac.withdraw),
    *listed("/sources", sources.listed),
    Page("POST", "/sources", "editor", sources.check),
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
    *CONFERENCES,
)


class Desk:
    """The staff desk under /desk."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def setup(self, application: web.Application) -> None:
        """Adds the pages, as an application of their own with their own templates."""
        desk = web.Application(middlewares=[headers])
        desk[aiohttp_jinja2.APP_KEY] = _templates()
        for name in STATIC:
            desk.router.add_get(f"/{name}", _static(name))
        desk.on_shutdown.append(self._office.watch.close)
        for page in PAGES:
            desk.router.add_route(page.method, page.path, page.guarded(self._office))
        application.add_subapp("/desk", desk)


@cache
def _templates() -> jinja2.Environment:
    """All desks of a process share them, each compiled once."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(HOME / "templates"), undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, autoescape=True)


def _static(name: str) -> Handler:
    async def send(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(HOME / "static" / name, headers={"Cache-Control": "public, max-age=3600"})
    return send
