"""Inviting, and taking invitations back: the code is shown once and kept only as a hash."""

from __future__ import annotations

from flows.codes import key_of, shown_code
from flows.replies import Choice, Document, Reply, say, strong
from flows.replies import Paragraph as Part
from flows.state import State
from flows.turn import Turn
from flows.world import World
from knowledge.checklist import Side
from locales import _

from .effects import Invite, Revoke
from .overview import back_to
from .view import Case

DAYS = 14  # an invitation holds


def invite(state: State, case: Case, side: Side, world: World) -> Turn:
    """A fresh code for a side; what was given out for that side before no longer holds."""
    code = shown_code(world.code)
    links = [f"https://t.me/{world.links.bot}?start=join-{code}"] if world.links.bot else []
    links += [f"{world.links.base}/?start=join-{code}"] if world.links.base else []
    body = (
        strong(_("Invitation for {municipality}: {code}", municipality=case.municipalities[side].name, code=code)),
        Part(_("It holds for {count} days and for one person. Earlier invitations for this side no longer hold.", count=DAYS)),
        Part(_("The other person opens one of these links, or writes here: /start join-{code}", code=code)),
        *(Part(link) for link in links),
    )
    picture = (Document(_("QR code"), f"{world.links.base}/join/{code}.svg"),) if world.links.base else ()
    revoke = Choice(f"/case {case.id} revoke", _("Take invitations back"))
    return Turn(state, (Reply(body, (revoke, back_to(case)), picture),), (Invite(case.id, side, key_of(code)),))


def revoke(state: State, case: Case, world: World) -> Turn:
    """No code given out so far opens anything any more."""
    text = _("All invitations that were not used yet no longer hold.")
    return Turn(state, (say(text, choices=(back_to(case),)),), (Revoke(case.id),))
