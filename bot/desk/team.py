"""Who works here: added, given links and roles, taken out again. For administrators only."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import ColumnElement, or_
from sqlalchemy.exc import IntegrityError

from bot.store.schema import staff
from bot.store.staff import ROLES, StaffMember, add_staff, members, new_link
from bot.store.team import MEMBERS, Details, LastAdmin, change_member, details, end_access, remove_member, unlink_chat
from flows.contacts import is_email
from locales import Text

from .listing import Column, Filter, Listing
from .visit import Visit
from .words import _

LONGEST = 100  # characters of a name
ROLE_NAMES = {"viewer": _("reads"), "editor": _("reads, answers, teaches"), "admin": _("everything, and adds staff")}
LAST_ADMIN = _("Nobody else is an administrator. Please make somebody else one first.")
COLUMNS = (
    Column("name", lambda row: row.name, _("Name"), staff.c.name),
    Column("role", lambda row: row.role, _("Role"), staff.c.role),
    Column("email", lambda row: row.email or ""),
    Column("chat", lambda row: (row.handle or "").partition(":")[0], _("Linked chat")),
    Column("since", lambda row: row.created_at, _("Since"), staff.c.created_at),
)


async def listed(visit: Visit) -> web.Response:
    """/desk/staff."""
    return await _page(visit)


async def add(visit: Visit) -> web.Response:
    """A new member, with a sign-in link that is shown once."""
    name = visit.form.get("name", "")
    role = next((role for role in ROLES if role == visit.form.get("role")), None)
    async with visit.office.store.read() as connection:
        problem = _problem(name, await members(connection))
    if role is None or problem is not None:
        return await _page(visit, problem=problem or _("Please choose a role."))
    async with visit.office.store.write() as connection:
        member = await add_staff(connection, name, role, visit.now)
        code = await new_link(connection, member, visit.now)
        await visit.record(connection, "staff-added", "staff", member.id, after={"name": name, "role": role})
    return await _page(visit, member, code)


async def link(visit: Visit) -> web.Response:
    """One more sign-in link for somebody who is known."""
    member = await _member(visit)
    async with visit.office.store.write() as connection:
        code = await new_link(connection, member, visit.now)
        await visit.record(connection, "staff-linked", "staff", member.id, after={"name": member.name})
    return await _page(visit, member, code)


async def shown(visit: Visit) -> web.Response:
    """/desk/staff/NUMBER."""
    return await _one(visit, await _member(visit))


async def change(visit: Visit) -> web.Response:
    """Another role, or the address by which the organisation's own sign-in knows the member; their sessions end."""
    member, email = await _member(visit), visit.form.get("email", "").lower()
    wanted = Details(visit.form.get("role", ""), email or None)
    if wanted.role not in ROLES:
        return await _one(visit, member, _("Please choose a role."))
    if email and not is_email(email):
        return await _one(visit, member, _("That is not a complete e-mail address. It looks like this: name@example.org"))
    try:
        async with visit.office.store.write() as connection:
            old = await details(connection, member.id) or wanted
            await change_member(connection, member.id, wanted)
            await visit.record(connection, "staff-changed", "staff", member.id, before=old.told(), after=wanted.told())
    except LastAdmin:
        return await _one(visit, member, LAST_ADMIN)
    except IntegrityError:
        return await _one(visit, member, _("Somebody else of the team has that e-mail address."))
    return visit.back_to(f"/staff/{member.id}", "staff-changed")


async def end_sessions(visit: Visit) -> web.Response:
    """Signs a member out everywhere, and voids links that were not used."""
    member = await _member(visit)
    async with visit.office.store.write() as connection:
        await end_access(connection, member.id)
        await visit.record(connection, "staff-signed-out", "staff", member.id, after={"name": member.name})
    return visit.back_to(f"/staff/{member.id}", "staff-signed-out")


async def unlink(visit: Visit) -> web.Response:
    """The member's chat is an ordinary one again."""
    member = await _member(visit)
    async with visit.office.store.write() as connection:
        await unlink_chat(connection, member.id)
        await visit.record(connection, "staff-unlinked", "staff", member.id, after={"name": member.name})
    return visit.back_to(f"/staff/{member.id}", "staff-unlinked")


async def remove(visit: Visit) -> web.Response:
    """Takes a member out of the team, once their name is typed to confirm it."""
    member = await _member(visit)
    if visit.form.get("confirm", "").casefold() != member.name.casefold():
        return await _one(visit, member, _("Nobody is removed. Please type the name, {name}, to confirm it.", name=member.name))
    try:
        async with visit.office.store.write() as connection:
            await remove_member(connection, member.id)
            still = None if member.id == visit.member.id else visit.member
            await visit.record(connection, "staff-removed", "staff", member.id, by=still or StaffMember(0, member.name, ""),
                               before={"name": member.name, "role": member.role})
    except LastAdmin:
        return await _one(visit, member, LAST_ADMIN)
    return visit.back_to("/staff", "staff-removed")


def _problem(name: str, team: list[StaffMember]) -> Text | None:
    if not name or len(name) > LONGEST or "\n" in name:
        return _("Please write a name of at most {most} characters.", most=LONGEST)
    if any(member.name.casefold() == name.casefold() for member in team):
        return _("There is already somebody of that name. Make a new sign-in link in the list instead.")
    return None


async def _member(visit: Visit) -> StaffMember:
    async with visit.office.store.read() as connection:
        found = next((one for one in await members(connection) if one.id == visit.number("number")), None)
    if found is None:
        raise web.HTTPNotFound
    return found


async def _one(visit: Visit, member: StaffMember, problem: Text | None = None) -> web.Response:
    async with visit.office.store.read() as connection:
        row = (await connection.execute(MEMBERS.where(staff.c.id == member.id))).one()
    return visit.page("staff_member.html", 200 if problem is None else 422, one=row, problem=problem, roles=ROLE_NAMES,
                      form=visit.form)


async def _page(visit: Visit, member: StaffMember | None = None, code: str = "", problem: Text | None = None) -> web.Response:
    filters = Filter("role", _("Role"), {"": _("all"), **{role: role for role in ROLES}}), Filter("text", _("Name or e-mail"))
    listing = Listing(visit, "staff", filters, COLUMNS, "name")
    async with visit.office.store.read() as connection:
        found = await listing.fetch(connection, MEMBERS.where(*_wanted(listing)), staff.c.id)
    return listing.answer("staff.html", found, problem, newcomer=member, roles=ROLE_NAMES, form=visit.form, longest=LONGEST,
                          code=code, link=f"{visit.origin}/desk/sign-in/{code}" if code else "")


def _wanted(listing: Listing) -> list[ColumnElement[bool]]:
    role, text = listing.chosen("role"), listing.chosen("text")
    wanted = [or_(*(column.icontains(text, autoescape=True) for column in (staff.c.name, staff.c.email)))] if text else []
    return [*wanted, staff.c.role == role] if role else wanted
