"""`python -m locales.extract`: writes the sentences of the code and the knowledge files to locales/*.pot, from a checkout.

Sentences stand in the order of the files they come from, so that a template reads as the dialogues do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from jinja2.ext import babel_extract

from .pofiles import template_path, written
from .python_extractor import extract_python
from .yaml_extractor import extract_yaml

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = {
    "messages": ("flows/**/*.py", "knowledge/**/*.py", "bot/**/*.py", "bot/**/*.html"),
    "knowledge": ("knowledge/articles/*.yaml", "knowledge/sources.yaml", "knowledge/checklist/checklist.yaml"),
    "desk": ("bot/desk/**/*.py", "bot/desk/**/*.html"),
}
EXTRACTORS: dict[str, Callable[..., Any]] = {".py": extract_python, ".html": babel_extract, ".yaml": extract_yaml}
KEYWORDS = {"_": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}
COMMENT_TAGS = ("Translators:",)
ONLY_A_VALUE = re.compile(r"\{\w+\}")  # "{name}" has nothing to translate


def template(domain: str, checkout: Path = CHECKOUT) -> Catalog:
    """All sentences of a domain, with the files they stand in and what translators should know."""
    catalog = Catalog()
    for path in _files(domain, checkout):
        name = path.relative_to(checkout).as_posix()
        try:
            _collect(path, name, catalog)
        except Exception as error:
            error.add_note(f"in {name}")
            raise
    return catalog


def _collect(path: Path, name: str, catalog: Catalog) -> None:
    found = extract_from_file(EXTRACTORS[path.suffix], path, KEYWORDS, COMMENT_TAGS, {"silent": "false"}, True)
    for line, msgid, comments, context in found:
        if not (isinstance(msgid, str) and ONLY_A_VALUE.fullmatch(msgid)):
            catalog.add(msgid, locations=[(name, line)], auto_comments=comments, context=context)


def main() -> None:
    """Writes all templates."""
    for domain in SOURCES:
        template_path(CHECKOUT / "locales", domain).write_text(written(template(domain)), encoding="utf-8")


def _files(domain: str, checkout: Path) -> list[Path]:
    """The files of a domain; the desk's sentences are its own, so the wider patterns leave them out."""
    found = [path for pattern in SOURCES[domain] for path in sorted(checkout.glob(pattern))]
    desk = checkout / "bot" / "desk"
    return [path for path in found if path.is_relative_to(desk) == (domain == "desk")]


if __name__ == "__main__":
    main()
