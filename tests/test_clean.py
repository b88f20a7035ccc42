"""Foreign text is cleaned before it is drawn or printed: what the type checker cannot see.

`newsreader.text.Clean` is made by `newsreader.text` alone; for what is drawn and printed the type
checker asks for one. It takes `LiteralString` for `str`, and believes `derive`: these rules do not.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import mypy.api
import pytest

import newsreader

PACKAGE = Path(newsreader.__file__).parent
MAKERS = ("text", "cells")
"""Only these call `Clean`."""
CUTTING = frozenset(
    {"strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "lower", "capitalize", "replace"}
    | {"translate", "expandtabs"}
)
"""Methods of `str` whose result is clean if the text is."""


DOORS: dict[str, tuple[str, frozenset[str]]] = {
    # What prints and draws, the package that uses it, and the modules that may call it.
    "print": ("cli", frozenset({"cli.output"})),
    "Segment": (
        "tui",
        # The last two draw the table of keys, and cut what was drawn.
        frozenset({"tui.styles", "tui.panes.key_bar", "tui.panes.matches"}),
    ),
    "Content": (
        "tui",
        # The last two write a clean subtitle, and the table of keys; the list only joins lines.
        frozenset(
            {"tui.styles", "tui.textual_private.drawing", "tui.dialogs.help", "tui.dialogs.sort"}
        ),
    ),
}


def broken_promises(source: str, module: str = "") -> list[str]:
    """List what makes a `Clean` of what nobody has cleaned."""
    return list(_broken(ast.parse(source), module))


def _broken(tree: ast.Module, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        match node.func.id, node.args:
            case "Clean", _ if module not in MAKERS:
                yield f"line {node.lineno}: `Clean` is called"
            case "cast", [ast.Name("Clean") | ast.Constant("Clean"), *_]:
                yield f"line {node.lineno}: cast to `Clean`"
            case (("literal" | "fill" | "join"), [words, *_]) if not _is_literal(words):
                yield f"line {node.lineno}: `{node.func.id}` of what is not written there"
            case "derive", [origin, changed] if not _is_part(changed, origin):
                yield f"line {node.lineno}: `derive` of more than its origin"
            case door, _ if door in DOORS:
                package, allowed = DOORS[door]
                if module.startswith(f"{package}.") and module not in allowed:
                    yield f"line {node.lineno}: `{door}` is called"
            case _:
                pass


def _is_literal(node: ast.expr) -> bool:
    match node:
        case ast.Constant(str()):
            return True
        case ast.IfExp(_, body, orelse):
            return _is_literal(body) and _is_literal(orelse)
        case _:
            return False


def _is_part(node: ast.expr, origin: ast.expr) -> bool:
    """Whether an expression cuts `origin`, or changes it in a way that keeps it clean."""
    if ast.dump(node) == ast.dump(origin):
        return True
    match node:
        case ast.Subscript(value, _):
            return _is_part(value, origin)
        case ast.Call(ast.Attribute(_, "sub"), [_, text]):
            return _is_part(text, origin)
        case ast.Call(ast.Name("show_spaces"), [text]):
            return _is_part(text, origin)
        case ast.Call(ast.Attribute(text, method)) if method in CUTTING:
            return _is_part(text, origin)
        case _:
            return False


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_nothing_is_called_clean_that_nobody_cleaned(path: Path) -> None:
    module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    assert broken_promises(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    "source",
    [
        "Clean(title)",
        "cast(Clean, title)",
        "cast('Clean', title)",
        "literal(title)",
        "literal(f'{title}')",
        "literal('a' if x else title)",
        "fill(title)",
        "fill(f'{title}: {{}}', x)",
        "join(title, names)",
        "derive(title, other)",
        "derive(title, title + other)",
        "derive(title, html.unescape(title))",
        "derive(title, title.join(names))",
    ],
)
def test_a_broken_promise_is_seen(source: str) -> None:
    assert len(broken_promises(source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("cli.commands.list", "print(title)"),
        ("tui.panes.post_list", "Segment(title)"),
        ("tui.dialogs.note", "Content(title)"),
    ],
)
def test_another_way_out_is_seen(module: str, source: str) -> None:
    assert len(broken_promises(source, module)) == 1


@pytest.mark.long
def test_the_type_checker_finds_foreign_text_that_is_drawn(tmp_path: Path) -> None:
    mistakes = [
        "complain(foreign)",
        "print_row(foreign)",
        "print_line(f'There is no {foreign}.')",
        "CommandError(foreign)",
        "draw(foreign)",
        "content(foreign)",
        "cut(foreign, 8)",
        "fill('{}', foreign)",
        "join(', ', [foreign])",
        "Span(foreign)",
    ]
    imports = [
        "from newsreader.article.document import Span",
        "from newsreader.cells import cut",
        "from newsreader.cli.errors import CommandError",
        "from newsreader.cli.output import complain, print_line, print_row",
        "from newsreader.text import fill, join",
        "from newsreader.tui.styles import content, draw",
    ]
    path = tmp_path / "mistakes.py"
    path.write_text("\n".join([*imports, "foreign = input()", *mistakes]), encoding="utf-8")
    said, _, _ = mypy.api.run(["--strict", str(path)])
    found = [line for line in said.splitlines() if 'expected "Clean' in line]
    assert len(found) == len(mistakes), said


@pytest.mark.parametrize(
    "source",
    [
        "literal('a')",
        "literal('a' if x else 'b')",
        "fill('{}: {}', title, 1)",
        "join(', ', names)",
        "derive(title, title[:3].strip())",
        "derive(span.text, span.text.replace('\\n', ' '))",
        "derive(title, RUN.sub(' ', title))",
    ],
)
def test_a_kept_promise_is_left_in_peace(source: str) -> None:
    assert broken_promises(source) == []
