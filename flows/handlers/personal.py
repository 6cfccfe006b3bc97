"""What concerns the person: what is kept, whether an answer helped, hearing later, signing in as staff."""

from __future__ import annotations

from dataclasses import replace

from flows.counting import Count
from flows.replies import ASK_TEAM, MENU, Choice, Paragraph, Reply, say, stale, strong
from flows.state import State
from flows.turn import HearLater, KeepMiss, Rate, SignInStaff, Turn
from flows.world import World
from locales import Text, _

LATER_CONSENT = "hear-later-2026-11"  # name the words of `hear_later` anew whenever they change


def about_privacy(state: State, argument: str, world: World) -> Turn:
    """/privacy: what is kept, why, how long."""
    sentences: list[Text] = [
        _("To talk with you, this chat's address, your language, the open dialogue and the messages of the last 30 days are "
          "kept."),
        _("Questions that were not understood are kept without your name, so that the team can improve the answers."),
        _("An enquiry to the team, with what you and the team write to each other, is kept only with your consent, until 180 "
          "days after it is closed."),
        _("On a partnership's checklist, your name, notes and documents are seen by both municipalities. Deleted with /forget, "
          "they are gone for all; what your municipality has done stays without your name."),
        _("A registration for a conference is kept until 180 days after it; what you need there, such as meals or a passport "
          "name, until 7 days after it."),
        _("No text of yours goes to another company's service, apart from the messenger that you use yourself."),
        _("See everything with /mydata, delete everything with /forget."),
    ]
    more = [_("More: {address}", address=address) for address in (world.links.privacy, world.links.imprint) if address]
    return Turn(state, (say(*sentences, *more, choices=(Choice("/mydata", _("See your data")),
                                                          Choice("/forget", _("Delete your data")), MENU)),))


def my_data(state: State, argument: str, world: World) -> Turn:
    """/mydata: everything held on the person."""
    body: list[Paragraph] = []
    for holding in world.profile.holdings:
        body.append(strong(holding.what))
        body.append(Paragraph(_("Why: {why} Kept: {kept}", why=holding.why, kept=holding.kept)))
        body.extend(Paragraph(value) for value in holding.values)
    if not body:
        body = [Paragraph(_("Nothing is kept about you."))]
    return Turn(state, (Reply(tuple(body), (Choice("/forget", _("Delete your data")), MENU)),))


def helped(state: State, argument: str, world: World) -> Turn:
    """/helped yes|no ARTICLE, the thumbs under an answer."""
    verdict, _space, article = argument.partition(" ")
    if article not in world.knowledge.library.articles:
        return Turn(state, (stale(),))
    if verdict == "yes":
        return Turn(state, (say(_("Thank you, that helps us.")),), (Rate(article, helped=True),))
    asked = state.asked if state.topic is not None and state.topic.article == article else ""
    sorry = say(_("Thank you for saying so. Would you like to ask the team instead?"), choices=(ASK_TEAM, MENU))
    return Turn(state, (sorry,), (Rate(article, helped=False), KeepMiss(asked, (article,), "unhelpful")),
                counts=(Count("unhelpful", article),))


def hear_later(state: State, argument: str, world: World) -> Turn:
    """/later: the person wants to hear when the question that was not understood has an answer."""
    if not state.missed:
        return Turn(state, (stale(),))
    text = _("You will hear here as soon as the team has added an answer. For this, the chat's address is kept with your "
             "question until then.")
    return Turn(replace(state, missed=""), (say(text, choices=(MENU,)),), (HearLater(state.missed, LATER_CONSENT),))


def staff(state: State, argument: str, world: World) -> Turn:
    """/staff CODE links this chat to a member of staff; in a linked chat, /staff by itself brings a link to the desk."""
    return Turn(state, (), (SignInStaff(argument, world.links.base),))
