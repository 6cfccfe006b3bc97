"""Staff compose an announcement in chat: texts by language, a look at it, the same gate as at the desk, and then it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from locales import SOURCE_LANGUAGE, LanguageName, Text, Value, _, listing, ngettext

from .dialogue import Chat, Reading, Unclear, Understood
from .kinds import Line, OneOf, Options
from .language import named_language
from .turn import Announce
from .world import World

NO_TEXT = "-"
MOST_TEXT = 3900  # characters: what one message of Telegram's holds, less what names may add


class TopicOption(Options):
    """What it is about."""

    GENERAL = _("General news")
    CALLS = _("Calls for proposals")
    CONFERENCES = _("Conferences")


class Decision(Options):
    """What becomes of it."""

    SEND = _("Send it")
    DISCARD = _("Throw it away")


@dataclass(frozen=True)
class LanguageKind:
    """One of these languages, by its name in any language."""

    options: tuple[str, ...]
    takes_anything: bool = False

    def load(self, canonical: str) -> str | None:
        return canonical if canonical in self.options else None

    def label(self, canonical: str) -> Value:
        return LanguageName(canonical)

    def read(self, text: str, world: World) -> Reading:
        code = named_language(text, world.language)
        return Understood(code) if code in self.options and code else Unclear(_("Please choose one of these."))


@dataclass(frozen=True)
class Draft:
    """What has been composed; none of it goes out unless it is `decided`."""

    topic: str
    texts: Mapping[str, str] = field(default_factory=dict)
    fallback: str | None = None
    decided: bool = False
    second_above: int = 0

    @property
    def effect(self) -> Announce:
        return Announce(self.topic, tuple(self.texts.items()), self.fallback, self.second_above)


async def announce(chat: Chat) -> Draft:
    """Asks for the topic, a text in each language, what the other languages get, and for the decision."""
    office = chat.world.office
    topic = await chat.ask("topic", _("What is the announcement about?"), OneOf(TopicOption))
    readers = office.readers.get(topic.id, {})
    await chat.say(_readers(readers))
    texts = await _texts(chat, tuple(readers) or (SOURCE_LANGUAGE,))
    missing = [language for language in readers if language not in texts]
    fallback = None
    if missing:
        question = _("Which text do the readers of other languages get: {languages}?",
                     languages=listing([LanguageName(language) for language in missing]))
        fallback = await chat.ask("fallback", question, LanguageKind(tuple(texts)))
    for text in texts.values():
        await chat.say(_("{text}", text=text))
    decision = await chat.ask("decision", _question(sum(readers.values()), office.second_above), OneOf(Decision))
    return Draft(topic.id, texts, fallback, decision is Decision.SEND, office.second_above)


async def _texts(chat: Chat, readers: tuple[str, ...]) -> dict[str, str]:
    """A text in each language that is read, those with the most readers first; any may be left out, but not all."""
    texts: dict[str, str] = {}
    for language in readers:
        must = language == readers[-1] and not texts
        question = (_("Please write the text in {language}.", language=LanguageName(language)) if must
                    else _("Please write the text in {language}, or “-” for none.", language=LanguageName(language)))
        text = await chat.ask(f"text.{language}", question, Line(5 if must else 1, MOST_TEXT))
        if text != NO_TEXT:
            texts[language] = text
    return texts


def _question(count: int, second_above: int) -> Text:
    if count > second_above:
        return _("This is how it looks. Recipients: {count}, so a second person has to approve it. Send it on?",
                 count=count)
    return _("This is how it looks. Recipients: {count}. Send it?", count=count)


def _readers(readers: Mapping[str, int]) -> Text:
    count = sum(readers.values())
    if not readers:
        return _("Nobody has subscribed to this topic yet.")
    spoken = listing([LanguageName(language) for language in readers])
    return ngettext("{count} person has subscribed to it, in these languages: {languages}.",
                    "{count} people have subscribed to it, in these languages: {languages}.", count, languages=spoken)
