"""Nothing a person reads stands in the code unmarked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from locales.extract import CHECKOUT

# Which arguments of a call are words for people; None is every one.
READ = {
    "say": None, "strong": (0,), "small": (0,), "Paragraph": (0,), "Choice": (1,), "Document": (0,), "Unclear": (0,),
    "Perhaps": (1,), "ask": (1,), "Entry": (1, 2), "Remark": (0,), "Question": (1,), "Holding": (0, 1, 2),
}
MODULES = sorted(path for folder in ("flows", "knowledge", "bot") for path in (CHECKOUT / folder).rglob("*.py"))
TEMPLATES = sorted((CHECKOUT / "bot").rglob("*.html"))
SILENT = re.compile(r"<!--.*?-->|<(script|style|code)\b.*?</\1>|<[^>]*>|[\w-]+=\"[^\"]*\"", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:aria-label|title|alt|placeholder|content)=["']?([^"'>]*)""")
TECHNICAL = re.compile(r"width=device-width,initial-scale=1|light dark|&\w+;|no-referrer|noindex")


def unmarked(tree: ast.AST) -> Iterator[int]:
    """Lines on which a literal goes to people without being marked for translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            places = READ.get(_name(node.func), ())
            yield from (argument.lineno for place, argument in enumerate(node.args)
                        if (places is None or place in places) and _is_literal(argument))
        elif isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "Options" for base in node.bases):
            yield from (line.lineno for line in node.body if isinstance(line, ast.Assign) and _is_literal(line.value))


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_literal(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr():
            return True
        case ast.Constant(str(text)):
            return bool(text)
    return False


def test_the_search_finds_what_it_is_for() -> None:
    source = 'say("Hello")\nstrong(f"{x}")\nChoice("/menu", _("Menu"))\nChoice("/menu", "Menu")\nclass A(Options):\n    B = "C"\n'
    assert sorted(unmarked(ast.parse(source))) == [1, 2, 4, 6]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_a_module_marks_all_it_says(path: Path) -> None:
    assert list(unmarked(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_a_template_marks_all_it_says(path: Path) -> None:
    tokens = Environment(autoescape=True).lex(path.read_text(encoding="utf-8"))
    data = "".join(value if kind == "data" else "" for _line, kind, value in tokens)
    spoken = [*SILENT.sub(" ", data).split(), *SPOKEN_ATTRIBUTE.findall(data)]
    assert [word for word in spoken if any(map(str.isalpha, TECHNICAL.sub("", word)))] == []
