"""`python -m locales.update [LANG …]`: brings catalogues up to the templates, from a checkout; a new language gets new ones.

New sentences come in empty. A changed one keeps its old words, marked fuzzy, with the English they were said for; people
read English until somebody has looked at it. What is no longer said goes. The desk is kept up where a language has it.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.catalog import Message

from .catalogue import DOMAINS, SOURCE_LANGUAGE, home, languages
from .pofiles import catalogue_path, english, entries, forms, read, template_path, written

ALIKE = 0.6  # SequenceMatcher ratio from which a new sentence counts as a rewording of a vanished one
PREVIOUSLY = "previously: "


def update(language: str, domain: str, folder: Path) -> None:
    """Writes one catalogue anew under `folder`, which holds the template as well."""
    path = catalogue_path(folder, language, domain)
    catalog = updated(read(path, language), read(template_path(folder, domain)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(catalog, language), encoding="utf-8")


def updated(catalog: Catalog, template: Catalog) -> Catalog:
    """The catalogue with exactly the template's sentences."""
    catalog.obsolete.clear()
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    vanished = [message for message in catalog.obsolete.values() if any(forms(message))]
    for message in entries(catalog):
        if not message.fuzzy:
            message.user_comments = [comment for comment in message.user_comments if not comment.startswith(PREVIOUSLY)]
        if not any(forms(message)):
            _take_over(message, vanished)
    catalog.obsolete.clear()
    return catalog


def _take_over(message: Message, vanished: list[Message]) -> None:
    """Gives a new sentence the words of the vanished one that is most like it, if any is."""
    same_kind = [old for old in vanished if old.context == message.context and old.pluralizable == message.pluralizable]
    old = max(same_kind, key=lambda candidate: _likeness(candidate, message), default=None)
    if old is None or _likeness(old, message) < ALIKE:
        return
    vanished.remove(old)
    message.string = old.string
    message.flags.add("fuzzy")
    message.user_comments = [PREVIOUSLY + english(old)[0]]


def _likeness(one: Message, other: Message) -> float:
    return SequenceMatcher(None, english(one)[0], english(other)[0], autojunk=False).ratio()


@click.command()
@click.option("--desk", is_flag=True, help="Also open a catalogue for the staff desk where there is none.")
@click.argument("chosen", nargs=-1, metavar="[LANG]...")
def main(desk: bool, chosen: tuple[str, ...]) -> None:
    """Updates the catalogues of the languages named, else of all there are."""
    folder = home()
    for language in chosen or languages():
        for domain in DOMAINS:
            wanted = domain != "desk" or desk or catalogue_path(folder, language, domain).exists()
            if wanted and language != SOURCE_LANGUAGE:
                update(language, domain, folder)


if __name__ == "__main__":
    main()
