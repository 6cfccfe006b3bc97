"""The desk's pages under their headings, as far as a role reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from locales import Text

from .words import _


@dataclass(frozen=True)
class Link:
    """A page in the navigation and the least role that sees it."""

    address: str
    label: Text
    role: str = "viewer"

    def holds(self, path: str) -> bool:
        """Whether a page is this one or lies under it."""
        return path == self.address or (self.address != "/desk" and path.startswith(self.address + "/"))


@dataclass(frozen=True)
class Group:
    """Pages under one heading."""

    label: Text
    links: tuple[Link, ...]

    def holds(self, path: str) -> bool:
        """Whether a page belongs here."""
        return any(link.holds(path) for link in self.links)


GROUPS = (
    Group(_("Inbox"), (
        Link("/desk", _("Overview")),
        Link("/desk/enquiries", _("Enquiries")),
        Link("/desk/canned", _("Replies kept ready")),
    )),
    Group(_("Knowledge"), (
        Link("/desk/misses", _("Open questions")),
        Link("/desk/phrases", _("Added phrases")),
        Link("/desk/articles", _("Articles")),
        Link("/desk/answers", _("Written answers")),
        Link("/desk/try", _("Try a question")),
        Link("/desk/sources", _("Sources")),
        Link("/desk/dac", _("DAC List")),
    )),
    Group(_("Partnerships"), (
        Link("/desk/cases", _("Checklists")),
        Link("/desk/calls", _("Calls")),
    )),
    Group(_("Conferences"), (
        Link("/desk/conferences", _("Conferences")),
    )),
    Group(_("News"), (
        Link("/desk/announcements", _("Announcements")),
    )),
    Group(_("Office"), (
        Link("/desk/people", _("A person's data"), "editor"),
        Link("/desk/terms", _("Terms of storage")),
        Link("/desk/settings", _("Settings")),
        Link("/desk/staff", _("Staff"), "admin"),
        Link("/desk/health", _("Health")),
        Link("/desk/audit", _("Audit log"), "admin"),
    )),
)


def navigation(may: Any) -> Sequence[Group]:
    """What a visitor is shown; `may` tells whether their role reaches as far as another."""
    found = (Group(group.label, tuple(link for link in group.links if may(link.role))) for group in GROUPS)
    return [group for group in found if group.links]
