"""Who works here: for administrators only."""

from __future__ import annotations

from aiohttp import web

from bot.store.staff import ROLES, StaffMember, add_staff, members, new_link
from locales import Text

from .visit import Visit
from .words import _

LONGEST = 100  # characters of a name
ROLE_NAMES = {"viewer": _("reads"), "editor": _("reads, answers, teaches"), "admin": _("everything, and adds staff")}


async def listed(visit: Visit) -> web.Response:
    """/desk/staff."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """A new member, with a sign-in link that is shown once."""
    name = visit.form.get("name", "")
    role = next((role for role in ROLES if role == visit.form.get("role")), None)
    problem = _problem(name, await _team(visit))
    if role is None or problem is not None:
        return await _page(visit, problem=problem or _("Please choose a role."))
    async with visit.office.store.write() as connection:
        member = await add_staff(connection, name, role, visit.now)
        code = await new_link(connection, member, visit.now)
        await visit.record(connection, "staff-added", "staff", member.id, after={"name": name, "role": role})
    return await _page(visit, member, code)


async def link(visit: Visit) -> web.Response:
    """One more sign-in link for somebody who is known."""
    member = next((one for one in await _team(visit) if one.id == visit.number("number")), None)
    if member is None:
        raise web.HTTPNotFound
    async with visit.office.store.write() as connection:
        code = await new_link(connection, member, visit.now)
        await visit.record(connection, "staff-linked", "staff", member.id, after={"name": member.name})
    return await _page(visit, member, code)


def _problem(name: str, team: list[StaffMember]) -> Text | None:
    if not name or len(name) > LONGEST or "\n" in name:
        return _("Please write a name of at most {most} characters.", most=LONGEST)
    if any(member.name.casefold() == name.casefold() for member in team):
        return _("There is already somebody of that name. Make a new sign-in link in the list instead.")
    return None


async def _team(visit: Visit) -> list[StaffMember]:
    async with visit.office.store.read() as connection:
        return await members(connection)


async def _page(visit: Visit, member: StaffMember | None = None, code: str = "", problem: Text | None = None) -> web.Response:
    return visit.page("staff.html", 200 if problem is None else 422, team=await _team(visit), newcomer=member, problem=problem,
                      link=f"{visit.origin}/desk/sign-in/{code}" if code else "", roles=ROLE_NAMES, form=visit.form,
                      longest=LONGEST)
