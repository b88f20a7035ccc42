"""Every phrase that the program says, found in its source and in its tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import newsreader
from newsreader.tui.control.reading.hints import COPYING
from newsreader.tui.control.reading.hints import KEYS as HINT_KEYS
from newsreader.tui.date_words import WEEKDAYS
from newsreader.tui.dialogs.help import PANE_TITLES
from newsreader.tui.keys import KEYS

PACKAGE = Path(newsreader.__file__).parent


def phrases_in(source: str) -> Iterator[tuple[int, str | None]]:
    """Yield the words of each `phrase(...)` with its line; None if they do not stand there."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value.value
        for node in tree.body
        for target in _targets(node)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="phrase"), args=[words, *_]):
                for each in _choices(words):
                    yield node.lineno, _value(each, constants)


def _targets(node: ast.stmt) -> list[ast.Name]:
    match node:
        case ast.Assign(targets=targets):
            return [each for each in targets if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name() as target):
            return [target]
        case _:
            return []


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    else:
        yield node


def _value(node: ast.expr, constants: dict[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str(words)):
            return words
        case ast.Name(id=name):
            return constants.get(name)
        case _:
            return None


MODULES = {
    str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.parent.name != "messages" or path.name != "__init__.py"
}


def said() -> set[str]:
    """All phrases, those of tables included."""
    found = {words for text in MODULES.values() for _, words in phrases_in(text) if words}
    for key in KEYS:
        found |= {key.help, key.hint, key.title, key.section}
    found |= {hint for _, hint in (*HINT_KEYS, *COPYING)}
    found |= {"next match", *PANE_TITLES.values(), *WEEKDAYS}
    return found - {""}
