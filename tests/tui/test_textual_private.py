"""Private names of Textual stand in `textual_private` alone: read from the source of the screen."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from newsreader import tui

pytestmark = pytest.mark.long

PACKAGE = Path(tui.__file__).parent
PRIVATE = PACKAGE / "textual_private"
MODULES = {
    ".".join(["newsreader.tui", *path.relative_to(PACKAGE).with_suffix("").parts]): path
    for path in sorted(PACKAGE.rglob("*.py"))
    # The table of widths is rich's own business, and has its one place too.
    if path.name not in {"__init__.py", "ambiguous_width.py"} and path.parent != PRIVATE
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def private_names(base: type) -> frozenset[str]:
    """What Textual calls its own in a class: methods, and attributes that it gives `self`."""
    names: set[str] = set()
    for each in base.__mro__:
        if each.__module__.partition(".")[0] == "textual":
            names |= set(filter(is_private, vars(each)))
            names |= set(re.findall(r"\bself\.(_[a-z]\w*)", inspect.getsource(each)))
    return frozenset(names)


def bases_of(node: ast.ClassDef, tree: ast.Module) -> Iterator[type]:
    """The classes, as far as they are imported, that a class of a module derives from."""
    imported = {
        alias.asname or alias.name: (each.module, alias.name)
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom) and each.module
        for alias in each.names
    }
    for base in node.bases:
        name = base.value if isinstance(base, ast.Subscript) else base
        if isinstance(name, ast.Name) and name.id in imported:
            module, attribute = imported[name.id]
            found = getattr(import_module(module), attribute)
            if isinstance(found, type):
                yield found


def is_own(node: ast.expr) -> bool:
    """Whether an expression is the object whose method this is."""
    match node:
        case ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super")):
            return True
        case _:
            return False


def private_uses(source: str) -> list[str]:
    """Where a module uses what is private to others, each as `line: name`."""
    tree = ast.parse(source)
    found: set[tuple[int, str]] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr="_exit"):
                continue  # Python's own, and documented
            case ast.Attribute(value=ast.Name(id="sys"), attr="_current_frames"):
                continue  # likewise
            case ast.Attribute(attr="_replace" | "_asdict"):
                continue  # of every named tuple, and documented
            case ast.Attribute(value=value, attr=name) if is_private(name) and not is_own(value):
                found.add((node.lineno, name))
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] == "textual":
                names = [*module.split("."), *(alias.name for alias in node.names)]
                found |= {(node.lineno, name) for name in names if is_private(name)}
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(value), *_]
            ):
                if is_private(str(value)):
                    found.add((node.lineno, str(value)))
            case ast.ClassDef():
                taken = {name for base in bases_of(node, tree) for name in private_names(base)}
                for each in ast.walk(node):
                    match each:
                        case ast.Attribute(attr=name) | ast.FunctionDef(name=name) if name in taken:
                            found.add((each.lineno, name))
                        case ast.Name(id=name, ctx=ast.Store()) if name in taken:
                            found.add((each.lineno, name))
    return [f"{line}: {name}" for line, name in sorted(found)]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_uses_no_private_name_of_textual(name: str) -> None:
    assert private_uses(MODULES[name].read_text(encoding="utf-8")) == []


def test_what_is_looked_for_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in PRIVATE.glob("*.py")]
    used = {use.partition(": ")[2] for source in sources for use in private_uses(source)}

    assert used >= {"_scroll_update", "_border_subtitle", "_on_timer_update"}


WIDGET = "from textual.widget import Widget\n"
LIST = "from newsreader.tui.panes.row_list import RowList\n"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("view._scroll_update(size)", ["1: _scroll_update"]),
        ("def f(screen): return screen.app._exception", ["1: _exception"]),
        ("getattr(view, '_compositor')", ["1: _compositor"]),
        ("from textual.keys import _character_to_key", ["1: _character_to_key"]),
        ("from textual._compositor import Compositor", ["1: _compositor"]),
        (f"{WIDGET}class A(Widget):\n  def _draw_rows(self): ...", []),
        (f"{WIDGET}class A(Widget):\n  def _size_updated(self): ...", ["3: _size_updated"]),
        (f"{WIDGET}class A(Widget):\n  def f(self): self._size = 1", ["3: _size"]),
        (f"{WIDGET}class A(Widget):\n  _size = 1", ["3: _size"]),
        (f"{WIDGET}class A(Widget):\n  def f(self): super()._render()", ["3: _render"]),
        (f"{LIST}class A(RowList):\n  def f(self): self._repaint_regions", ["3: _repaint_regions"]),
        (f"{LIST}class A(RowList):\n  def f(self): self._row_count", []),
        ("class A:\n  def f(self): self._size = 1", []),
    ],
)
def test_a_private_name_is_seen(source: str, found: list[str]) -> None:
    assert private_uses(source) == found
