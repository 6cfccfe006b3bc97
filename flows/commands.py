"""The commands of every channel: a slash and a name, or the words people use for it in their own language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from knowledge.normal import plain
from locales import Text, _, pgettext, words

WORDS = "what people type instead of pressing a button; several ways, separated by commas"


@dataclass(frozen=True)
class Command:
    """A command as it was given: its name and what followed it."""

    name: str
    argument: str = ""


@dataclass(frozen=True)
class Entry:
    """A command as it is offered; `in_menu` puts it into Telegram's menu, in this order."""

    name: str
    about: Text
    spoken: Text | None = None
    in_menu: bool = True


ENTRIES = (
    Entry("check", _("Can we take part? Check it step by step"),
          pgettext(WORDS, "check eligibility, eligibility check, check")),
    Entry("checklist", _("What a proposal needs: your checklist"), pgettext(WORDS, "checklist, proposal checklist")),
    Entry("case", _("All your partnerships' checklists"), pgettext(WORDS, "my cases, my checklists"), in_menu=False),
    Entry("conferences", _("Partnership conferences"), pgettext(WORDS, "conferences, partnership conferences")),
    Entry("register", _("Register for a conference"), pgettext(WORDS, "register, registration")),
    Entry("find", _("Which conference is for me?"), pgettext(WORDS, "which conference is for me, find my conference"),
          in_menu=False),
    Entry("contact", _("Ask the team"), pgettext(WORDS, "contact, ask the team")),
    Entry("talk", _("Talk with a person of the team"), pgettext(WORDS, "talk to a person, talk to a human, speak to somebody")),
    Entry("assistant", _("Back to the assistant"), pgettext(WORDS, "back to the assistant, end the talk"), in_menu=False),
    Entry("subscribe", _("Receive announcements"), pgettext(WORDS, "subscribe")),
    Entry("unsubscribe", _("Stop announcements"), pgettext(WORDS, "unsubscribe")),
    Entry("language", _("Change the language"), pgettext(WORDS, "language, change language, other language")),
    Entry("back", _("One question back"), pgettext(WORDS, "back, go back, previous question, undo")),
    Entry("restart", _("Start over"), pgettext(WORDS, "start over, restart, start again, from the beginning")),
    Entry("stop", _("End this dialogue"), pgettext(WORDS, "stop, cancel, quit, end")),
    Entry("help", _("What you can do here"), pgettext(WORDS, "help, what can i do here")),
    Entry("privacy", _("What is kept about you"), pgettext(WORDS, "privacy, data protection")),
    Entry("mydata", _("See your data"), pgettext(WORDS, "my data, show my data")),
    Entry("forget", _("Delete your data"), pgettext(WORDS, "delete my data, forget me, erase my data")),
    Entry("menu", _("Menu"), pgettext(WORDS, "menu, main menu"), in_menu=False),
    Entry("start", _("Start"), in_menu=False),
)
# Given by buttons, links and staff; nobody has to know them.
SILENT = ("conf", "interest", "ask", "status", "change", "helped", "later", "staff", "interests", "heard", "announce")
NAMES = frozenset(entry.name for entry in ENTRIES) | frozenset(SILENT)


def slash_command(text: str) -> Command | None:
    """"/check", "/language es", and Telegram's "/check@botname"; None for a text that is no command."""
    if not text.startswith("/"):
        return None
    head, _space, argument = text[1:].strip().partition(" ")
    name = head.partition("@")[0].lower()
    return Command(name, argument.strip()) if name in NAMES else None


def spoken_command(text: str, language: str) -> Command | None:
    """The command whose words, in the person's language or in English, are the whole text."""
    name = _spoken(language).get(plain(text))
    return Command(name) if name else None


@lru_cache(maxsize=128)
def _spoken(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in ("en", language):
        for entry in ENTRIES:
            ways = words(code).render(entry.spoken) if entry.spoken else ""
            found |= {plain(way): entry.name for way in ways.replace("،", ",").replace("、", ",").split(",") if plain(way)}
    return found
