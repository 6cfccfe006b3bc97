"""What an announcement says: from its composed source to the message in one person's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.messages import Body, Button, File
from locales import Text, _, pgettext, words

BUTTONS: Mapping[str, Text] = {
    "register": _("Register"),
    "more": _("Tell me more"),
    "not_interested": _("Not for me"),
}
LEAVE = _("Stop these announcements")
NAMELESS = pgettext("stands for the name of a person whose name is not known: 'Dear {name}, ...'", "colleagues")
PLACEHOLDER = re.compile(r"\{(name|conference|dates)\}")


@dataclass(frozen=True)
class Content:
    """The texts by language; `fallback` is the language of the text for those whose own has none.

    `number` is the announcement's, which the buttons carry; `values` fill the placeholders, by language.
    """

    number: int
    topic: str
    texts: Mapping[str, str]
    fallback: str | None = None
    buttons: Sequence[str] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: File | None = None

    def language_for(self, language: str) -> str | None:
        """The language of the text that a reader of `language` gets; None where there is none."""
        return language if language in self.texts else self.fallback

    def body(self, language: str, name: str = "") -> Body | None:
        """The message for a reader, None where they have no text; who gave no name is addressed without."""
        spoken = self.language_for(language)
        if spoken is None:
            return None
        if name and "{name}" in self.texts[spoken]:
            return self._rendered(spoken, name)
        return self._nameless[spoken]

    @cached_property
    def _nameless(self) -> dict[str, Body]:
        return {language: self._rendered(language, words(language).render(NAMELESS)) for language in self.texts}

    def _rendered(self, language: str, name: str) -> Body:
        spoken = words(language)
        text = filled(self.texts[language], {**self.values.get(language, {}), "name": name})
        paragraphs = tuple(("plain", part.strip()) for part in text.split("\n\n") if part.strip())
        labels = [(name, BUTTONS[name]) for name in self.buttons] + [("leave", LEAVE)]
        buttons = tuple(Button(f"/heard {self.number} {name} {self.topic}", spoken.render(label)) for name, label in labels)
        return Body(paragraphs, language, buttons, (self.file,) if self.file else ())


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled, each once: braces in a value stay what they are."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
