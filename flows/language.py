"""In which language to go on: by command, by tapping, or in words ("auf Deutsch bitte"), at any moment."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from babel import Locale

from knowledge.normal import plain
from locales import LanguageName, _, languages, pgettext, shipped, words

from .replies import Choice, Reply, say
from .state import State
from .turn import Turn
from .world import World

FILLERS = pgettext(
    "words that may stand around the name of a language when somebody asks for it; separated by commas; what is written together "
    "with the name, as prepositions are in Arabic, ends with a hyphen",
    "in, please, speak, write, answer, switch to, continue, language, can we, can you, i want, i prefer",
)
MOST_WORDS = 10  # "je voudrais parler en anglais, s'il vous plaît" has nine


def change_language(state: State, argument: str, world: World) -> Turn:
    """/language: to the one named, else a choice of all; the open question is put again by the caller."""
    wanted = shipped(argument) or named_language(argument, world.language)
    if wanted is None:
        return Turn(state, (language_choice(),))
    text = _("We continue in {language}.", language=LanguageName(wanted))
    return Turn(replace(state, language=wanted, chosen=True), (replace(say(text), language=wanted),))


def language_choice() -> Reply:
    """All shipped languages, each by its own name."""
    choices = tuple(Choice(f"/language {code}", LanguageName(code)) for code in languages())
    return say(_("Which language would you like?"), choices=choices)


def named_language(text: str, language: str) -> str | None:
    """The shipped language that a short text asks for, or None."""
    said = plain(text)
    if not said or len(said.split()) > MOST_WORDS:
        return None
    for name, code in _names(language).items():
        rest = f" {said} ".replace(f" {name} ", " ")
        if rest != f" {said} " and not _without_fillers(rest, (language, code, "en")).strip():
            return code
    return None


def _without_fillers(text: str, codes: tuple[str, ...]) -> str:
    rest = f" {text.strip()} "
    for filler in sorted({filler for code in codes for filler in _fillers(code)}, key=len, reverse=True):
        rest = rest.replace(f" {filler} ", "  ")
    return rest


@lru_cache(maxsize=128)
def _fillers(language: str) -> frozenset[str]:
    return frozenset(plain(filler) for filler in _listed(language) if plain(filler) and not filler.endswith("-"))


def _prefixes(language: str) -> tuple[str, ...]:
    return ("", *(plain(filler) for filler in _listed(language) if plain(filler) and filler.endswith("-")))


def _listed(language: str) -> list[str]:
    listed = words(language).render(FILLERS).replace("،", ",").replace("、", ",")
    return [filler.strip() for filler in listed.split(",")]


@lru_cache(maxsize=128)
def _names(language: str) -> dict[str, str]:
    """Names of the shipped languages in themselves, in English and in `language`, longest first."""
    found: dict[str, str] = {}
    for code in languages():
        for spoken in {code, "en", language}:
            name = Locale.parse(spoken).languages.get(code)
            if name:
                found |= {prefix + plain(name): code for prefix in _prefixes(language)}
        found[plain(words(code).own_name)] = code
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
