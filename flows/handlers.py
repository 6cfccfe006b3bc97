"""What each command does. Menus, lists and open questions are ordinary handlers beside the flows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from knowledge.articles import Article
from knowledge.conferences import REGIONS
from knowledge.finding import Finding, Hit, Topic
from locales import Text, _, shipped

from . import play, subscriptions
from .answers import STATUS, answer, article_turn, region_sentences
from .commands import ENTRIES, Command
from .conclusions import ended
from .language import change_language
from .replies import ASK_TEAM, CHECK, MENU, Choice, Paragraph, Reply, say, small, strong
from .sources import source_line
from .state import State
from .turn import KeepMiss, Rate, SignInStaff, Turn
from .world import World

Handler = Callable[[State, str, World], Turn]


def welcome(state: State, argument: str, world: World) -> Turn:
    """/start, plain or with the payload of a deep link."""
    head, _dash, rest = argument.partition("-")
    if head == "check":
        return play.begin(state, "eligibility", world)
    if head == "lang" and shipped(rest):
        return change_language(state, rest, world)
    if head == "news":
        return subscriptions.offer(state, "", world)
    if head == "conf":
        return conferences(state, "", world)
    hello = _("Hello! I answer questions about Engagement Global's project “Municipal Partnerships for Sustainability” and its "
              "partnership conferences.")
    honest = _("I only say what the programme's pages state, with source and date. I am a program; the team answers what I "
               "cannot.")
    return Turn(state, (say(hello, honest, _("Just type your question, or choose:"), choices=menu_choices()),))


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
    lines = [_("/{command}: {about}", command=entry.name, about=entry.about) for entry in ENTRIES if entry.in_menu]
    intro = _("Type a question in your own words at any time, also in the middle of a dialogue. Or use one of these:")
    return Turn(state, (say(intro, *lines, choices=(MENU,)),))


def check(state: State, argument: str, world: World) -> Turn:
    """/check."""
    return play.begin(state, "eligibility", world)


def contact(state: State, argument: str, world: World) -> Turn:
    """/contact; a question that was just not understood is passed on as it was asked."""
    known = {"question": state.missed} if len(state.missed) >= 5 else {}
    return play.begin(state, "enquiry", world, known)


def checklist(state: State, argument: str, world: World) -> Turn:
    """/checklist: what the pages expect, from the articles, with the side that submits."""
    library = world.knowledge.library
    shown: tuple[Article, ...] = tuple(library.articles[id] for id in ("who-can-take-part", "expectations-overview", "how-to-apply"))
    body = [part for article in shown for part in (strong(article.title), *map(Paragraph, article.answer))]
    body.append(small(source_line(shown[1], world)))
    choices = (CHECK, Choice("/ask proposal-form", library.articles["proposal-form"].title), ASK_TEAM, MENU)
    return Turn(state, (Reply(tuple(body), choices),))


def conferences(state: State, argument: str, world: World) -> Turn:
    """/conferences: past ones by region, and what is expected; nothing that is not announced."""
    article = world.knowledge.library.articles["conferences-what"]
    regions = (argument,) if argument in REGIONS else tuple(REGIONS)
    body = [Paragraph(article.answer[0])] if argument not in REGIONS else []
    body += [Paragraph(sentence) for region in regions for sentence in region_sentences(region, world)]
    body.append(small(source_line(world.knowledge.library.articles["conference-africa"], world)))
    choices = (Choice("/ask conferences-for-whom", world.knowledge.library.articles["conferences-for-whom"].title),
               Choice("/subscribe conferences", _("Tell me about new conferences")), MENU)
    return Turn(replace(state, topic=Topic("next-conference", None, argument or None)), (Reply(tuple(body), choices),))


def register(state: State, argument: str, world: World) -> Turn:
    """/register: no conference is announced, which is said; announcements are offered."""
    turn = article_turn(state, "conference-registration", world)
    offer = Choice("/subscribe conferences", _("Tell me about new conferences"))
    return replace(turn, replies=tuple(reply.offering(offer) for reply in turn.replies))


def stop(state: State, argument: str, world: World) -> Turn:
    """/stop ends the dialogue; said again, it offers to end announcements too."""
    after = replace(state, session=None, done=None, missed="", stopped=True)
    if state.session is not None:
        return Turn(after, (say(ended(), choices=(MENU,)),))
    if state.stopped and world.profile.topics:
        offer = Choice("/unsubscribe", _("Stop announcements"))
        return Turn(after, (say(_("Would you like to receive no more announcements either?"), choices=(offer, MENU)),))
    return Turn(after, (say(_("No dialogue is open. You can write again at any time."), choices=(MENU,)),))


def back(state: State, argument: str, world: World) -> Turn:
    """/back."""
    turn = play.step_back(state, world)
    if turn is not None:
        return turn
    return Turn(state, (say(_("There is no earlier question to go back to.")),))


def restart(state: State, argument: str, world: World) -> Turn:
    """/restart: the open flow from its first question, else the welcome."""
    session = state.session or state.done
    if session is None:
        return welcome(state, "", world)
    return play.begin(replace(state, done=None), session.flow, world)


def change(state: State, argument: str, world: World) -> Turn:
    """/change KEY: asks one answer again and keeps the others."""
    turn = play.change(state, argument, world)
    if turn is not None:
        return turn
    if state.session is not None:
        doubt = replace(state, session=state.session.without(argument))
        return play.proceed(doubt, world)
    return Turn(state, (stale(),))


def stale() -> Reply:
    """What an old button says that leads nowhere any more."""
    return say(_("That button belongs to an earlier dialogue."), choices=(CHECK, MENU))


def show_article(state: State, argument: str, world: World) -> Turn:
    """/ask ARTICLE, given by buttons."""
    return article_turn(state, argument, world)


def status(state: State, argument: str, world: World) -> Turn:
    """/status CC, given by buttons: a country's standing on the DAC List."""
    finding = Finding("", (Hit(STATUS, 1.0),), certain=True, countries=(argument.upper()[:2],))
    return answer(state, (finding,), world)


def helped(state: State, argument: str, world: World) -> Turn:
    """/helped yes|no ARTICLE, the thumbs under an answer."""
    verdict, _space, article = argument.partition(" ")
    if article not in world.knowledge.library.articles:
        return Turn(state, (stale(),))
    if verdict == "yes":
        return Turn(state, (say(_("Thank you, that helps us.")),), (Rate(article, helped=True),))
    sorry = say(_("Thank you for saying so. Would you like to ask the team instead?"), choices=(ASK_TEAM, MENU))
    return Turn(state, (sorry,), (Rate(article, helped=False), KeepMiss("", (article,), "unhelpful")))


def about_privacy(state: State, argument: str, world: World) -> Turn:
    """/privacy: what is kept, why, how long."""
    sentences: list[Text] = [
        _("To talk with you, this chat's address, your language, the open dialogue and the messages of the last 30 days are kept."),
        _("Questions that were not understood are kept without your name, so that the team can improve the answers."),
        _("An enquiry to the team is kept only with your consent, until 180 days after it is closed."),
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


def forget(state: State, argument: str, world: World) -> Turn:
    """/forget, after one question."""
    return play.begin(state, "forget", world)


def staff(state: State, argument: str, world: World) -> Turn:
    """/staff CODE links this chat to a member of staff."""
    if not argument:
        return Turn(state, (say(_("Please send /staff with the code from your sign-in page.")),))
    return Turn(state, (), (SignInStaff(argument),))


HANDLERS: Mapping[str, Handler] = {
    "start": welcome, "menu": menu, "help": show_help, "check": check, "checklist": checklist, "conferences": conferences,
    "register": register, "contact": contact, "subscribe": subscriptions.offer, "unsubscribe": subscriptions.leave,
    "language": change_language, "back": back, "restart": restart, "stop": stop, "change": change, "ask": show_article,
    "status": status, "helped": helped, "privacy": about_privacy, "mydata": my_data, "forget": forget, "staff": staff,
}


def carry_out(command: Command, state: State, world: World) -> Turn:
    """The turn of a command."""
    return HANDLERS[command.name](state, command.argument, world)


