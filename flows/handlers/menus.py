"""Finding one's way: the welcome, the menu, help, and what old buttons lead to."""

from __future__ import annotations

from flows import play, subscriptions
from flows.case.steps import join
from flows.commands import ENTRIES
from flows.conference.steps import conf, pair
from flows.language import change_language
from flows.replies import ASK_TEAM, CHECK, MENU, Choice, Reply, say
from flows.state import State
from flows.turn import Turn
from flows.world import World
from locales import _, shipped

HELLO = _("Hello! I answer questions about Engagement Global's project “Municipal Partnerships for Sustainability” and its "
          "partnership conferences.")


def welcome(state: State, argument: str, world: World) -> Turn:
    """/start, plain or with the payload of a deep link."""
    head, _dash, rest = argument.partition("-")
    if head == "check":
        return play.begin(state, "eligibility", world)
    if head == "lang" and shipped(rest):
        return change_language(state, rest, world)
    if head == "join":
        return join(state, rest, world)
    if head == "news":
        return subscriptions.offer(state, "", world)
    if head == "conf":
        return conf(state, rest, world)
    if head == "pair":
        return pair(state, rest, world)
    return Turn(state, (greeting(world.notices.welcome.get(world.language)),))


def greeting(welcome: str | None = None) -> Reply:
    """What a conversation opens with, by the team's own `welcome` if it has one; a page shows it before there is one."""
    honest = _("I only say what the programme's pages state, with source and date. I am a program; the team answers what I "
               "cannot.")
    return say(welcome or HELLO, honest, _("Just type your question, or choose:"), choices=menu_choices())


def menu_choices() -> tuple[Choice, ...]:
    """The main things one can do here."""
    return (
        CHECK,
        Choice("/checklist", _("What a proposal needs")),
        Choice("/conferences", _("Partnership conferences")),
        ASK_TEAM,
        Choice("/language", _("Language")),
        Choice("/help", _("Help")),
    )


def menu(state: State, argument: str, world: World) -> Turn:
    """/menu."""
    return Turn(state, (say(_("What would you like to do?"), choices=menu_choices()),))


def show_help(state: State, argument: str, world: World) -> Turn:
    """/help: every command with what it does."""
    lines = [_("{command}: {about}", command=f"/{entry.name}", about=entry.about) for entry in ENTRIES if entry.in_menu]
    intro = _("Type a question in your own words at any time, also in the middle of a dialogue. Or use one of these:")
    return Turn(state, (say(intro, *lines, choices=(MENU,)),))
