"""A question's form: what was filled in, as a question, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

from bot.desk.words import _
from flows.conference.view import BOTH, GERMAN, SOUTH, Conference, Question
from locales import Spoken, Words, languages

from .form import LONGEST, Wrong, spoken

KINDS = {
    "text": _("a text"), "choice": _("one of several options"), "several": _("any of several options"), "number": _("a number"),
    "date": _("a day"), "country": _("a country"), "file": _("a file"),
}
SIDES = {BOTH: _("both sides"), SOUTH: _("the South"), GERMAN: _("the German side")}
WITH_OPTIONS = ("choice", "several")
LONGEST_ID, LONGEST_OPTION, MOST_OPTIONS = 24, 60, 20
OPTION = re.compile(r"(?:(?P<id>[a-z0-9_-]{1,24}):\s*)?(?P<label>.+)")
Options = tuple[tuple[str, Spoken], ...]


def asked(form: Mapping[str, str], conference: Conference, old: Question | None) -> Question:
    """The question that a form describes; an old one keeps its key, since answers are kept under it.

    Raises Wrong.
    """
    if any(len(text) > LONGEST for text in form.values()):
        raise Wrong(_("A text is too long: at most {most} characters, please.", most=LONGEST))
    words, kind = spoken(form, "words"), form.get("kind", "")
    if not words:
        raise Wrong(_("Please write the question in at least one language."))
    if kind not in KINDS or form.get("side", "") not in SIDES:
        raise Wrong(_("Please choose what kind of answer it takes, and who is asked."))
    options = _options(form) if kind in WITH_OPTIONS else ()
    if kind in WITH_OPTIONS and len(options) < 2:
        raise Wrong(_("Please write at least two options, one in each line."))
    taken = {question.key for question in conference.questions}
    key = old.key if old else _key(words.spoken_in("en"), taken)
    return Question(key, kind, words, spoken(form, "why"), options, "required" in form, form["side"], "shared" in form,
                    _depends(form.get("depends", ""), conference, key))


def filled_in(question: Question) -> dict[str, str]:
    """The form's fields for a question."""
    form = {f"words-{code}": text for code, text in question.words.ways}
    form |= {f"why-{code}": text for code, text in question.why.ways}
    form |= {f"options-{code}": "\n".join(f"{id}: {dict(label.ways)[code]}" for id, label in question.options
                                          if code in dict(label.ways)) for code in languages()}
    form |= {"key": question.key, "kind": question.kind, "side": question.side}
    form |= {"depends": "=".join(question.depends_on)} if question.depends_on else {}
    return form | ({"required": "yes"} if question.required else {}) | ({"shared": "yes"} if question.shared else {})


def dependencies(words: Words, conference: Conference, question: Question | None) -> list[tuple[str, str]]:
    """What a question can depend on: each option of the questions before it, as the form names it, and in words."""
    found = []
    for other in conference.questions:
        if question is not None and other.key == question.key:
            break
        found += [(f"{other.key}={id}", f"{words.value(other.words)}: {words.value(label)}") for id, label in other.options]
    return found


def _options(form: Mapping[str, str]) -> Options:
    """The options of all languages; a line is "id: label", and a line without an id takes that of its place in the first."""
    codes = sorted(languages(), key=lambda code: (code != "en", code))  # ids are English where English is there
    lines = {code: _lines(form[f"options-{code}"]) for code in codes if form.get(f"options-{code}")}
    ids: list[str] = []
    labels: dict[str, dict[str, str]] = {}
    for code, options in lines.items():
        for place, (id, label) in enumerate(options):
            found = id or (ids[place] if place < len(ids) else _key(label, set(ids)))
            if found not in ids:
                ids.append(found)
            labels.setdefault(found, {})[code] = label
    if len(ids) > MOST_OPTIONS:
        raise Wrong(_("At most {most} options, please.", most=MOST_OPTIONS))
    return tuple((id, Spoken(tuple(labels[id].items()))) for id in ids)


def _lines(text: str) -> list[tuple[str, str]]:
    found = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        option = OPTION.fullmatch(line)
        if option is None or len(option["label"]) > LONGEST_OPTION:
            raise Wrong(_("An option has at most {most} characters: it stands on a button.", most=LONGEST_OPTION))
        found.append((option["id"] or "", option["label"].strip()))
    return found


def _key(text: str, taken: set[str]) -> str:
    """A short name from a text, none that is taken: "By bus or train" gives "by-bus-or-train"."""
    letters = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_ID - 4].strip("-") or "x"
    return next(key for key in (name, *(f"{name}-{number}" for number in range(2, 99))) if key not in taken)


def _depends(given: str, conference: Conference, key: str) -> tuple[str, str] | None:
    if not given:
        return None
    other, _equals, option = given.partition("=")
    for question in conference.questions:
        if question.key == key:
            break
        if question.key == other and option in dict(question.options):
            return other, option
    raise Wrong(_("A question can depend on an option of a question before it."))
