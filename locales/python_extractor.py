"""Reads marked sentences out of Python by its syntax tree, because where a sentence stands tells the translator what it is.

What is said of a button or an option includes its longest length, and the checks read the limit from that very comment.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

Found = tuple[int, str, tuple[str | None, ...], list[str]]
NOTES = {
    ("Choice", 1): "button; at most 40 characters",
    ("Entry", 1): "what a command does, as shown in Telegram's menu; at most 256 characters",
}
TEXTS = {"pgettext": 2, "ngettext": 2}  # how many of the first arguments are texts; one for all others
OPTION = "option of a question, shown on a button; at most 40 characters"


def extract_python(source: IO[bytes], keywords: Collection[str], comment_tags: Collection[str],
                   options: Mapping[str, Any]) -> Iterator[Found]:
    """Babel's extraction interface: line, function, its literal arguments (None for others), comments for translators.

    Raises ValueError where the sentence does not stand in the call itself, since no translation would ever be found.
    """
    text = source.read().decode("utf-8")
    tree = ast.parse(text)
    reader = _Reader(frozenset(keywords), tuple(comment_tags), text.splitlines(), _constants(tree))
    reader.visit(tree)
    yield from reader.found


class _Reader(ast.NodeVisitor):
    def __init__(self, keywords: frozenset[str], tags: tuple[str, ...], lines: list[str], constants: Mapping[str, str]) -> None:
        self.keywords = keywords
        self.tags = tags
        self.lines = lines
        self.constants = constants
        self.note = ""
        self.found: list[Found] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in self.keywords:
            self._record(name, node)
            self._visit_noted("", *node.args, *node.keywords)
            return
        for position, argument in enumerate(node.args):
            self._visit_noted(NOTES.get((name, position), ""), argument)
        self._visit_noted("", node.func, *node.keywords)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        is_options = any(isinstance(base, ast.Name) and base.id == "Options" for base in node.bases)
        self._visit_noted(OPTION if is_options else "", *node.body)

    def _visit_noted(self, note: str, *nodes: ast.AST) -> None:
        outer, self.note = self.note, note
        for node in nodes:
            self.visit(node)
        self.note = outer

    def _record(self, name: str, node: ast.Call) -> None:
        words = tuple(map(self._literal, node.args))
        if not words or None in words[: TEXTS.get(name, 1)]:
            raise ValueError(f"line {node.lineno}: {name}() needs its sentence written out, not computed")
        note = [self.note] if self.note else []
        self.found.append((node.lineno, name, words, [*self._comments(node.lineno), *note]))

    def _comments(self, line: int) -> list[str]:
        """The comment right above, from the line that opens with a tag."""
        above: list[str] = []
        for written in reversed(self.lines[: line - 1]):
            if not written.lstrip().startswith("#"):
                return []
            above.insert(0, written.lstrip().lstrip("#").strip())
            if above[0].startswith(self.tags):
                return [" ".join(above)]
        return []

    def _literal(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Name):
            return self.constants.get(node.id)
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _constants(tree: ast.Module) -> dict[str, str]:
    """Texts that a module gives a name to, as it does with a context that several sentences share."""
    return {target.id: node.value.value for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
            for target in node.targets if isinstance(target, ast.Name)}
