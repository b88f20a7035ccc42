"""Who may import whom: the arrows of the design, read from the source.

`cli -> tui -> store, article -> posts -> text`, and what keeps the rooms apart.
"""

from __future__ import annotations

import ast
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import newsreader
import newsreader.store

PACKAGE = Path(newsreader.__file__).parent

ROOMS: dict[str, frozenset[str]] = {
    # What the modules of each room may import of ours, beside their own room.
    "": frozenset(),
    "__main__": frozenset({"cli", "runtime"}),
    "runtime": frozenset(),
    # Makes values, in every room.
    "frozen": frozenset(),
    "patterns": frozenset(),
    # The patterns of texts that are seldom met are compiled when one is.
    "text": frozenset({"suspect_text"}),
    "suspect_text": frozenset(),
    # Apart from `text`, which posts and the store need, because it brings rich.
    "cells": frozenset({"text"}),
    "problems": frozenset({"text"}),
    # The words of problems: only what talks to the user has a language.
    "messages": frozenset({"problems", "text"}),
    "paths": frozenset(),
    # Written by whoever does something.
    "log": frozenset({"text"}),
    # Reads what others write: within the store, and where there is none.
    "files": frozenset(),
    # Starts this program, of which it imports nothing.
    "own_process": frozenset(),
    "config": frozenset({"text", "problems", "files"}),
    "posts": frozenset({"text", "problems"}),
    "article": frozenset({"posts", "text", "suspect_text", "problems"}),
    "search": frozenset({"text", "problems"}),
    # Writes posts, which the store then finds as it finds any.
    "feeds": frozenset({"posts", "config", "text", "problems", "files", "own_process"}),
    "store": frozenset({"search", "article", "posts", "text", "problems", "runtime", "files"}),
    "tui": frozenset(
        {"store", "search", "article", "posts", "text", "config", "problems", "messages"}
        | {"cells", "runtime", "log"}
    ),
    "cli": frozenset(
        {"tui", "store", "search", "article", "posts", "text", "config", "paths", "problems"}
        | {"messages", "cells", "runtime", "files", "feeds", "log", "own_process"}
    ),
}

FOREIGN: dict[str, tuple[str, ...]] = {
    # Where these may be imported.
    "textual": ("newsreader.tui",),
    "rich": ("newsreader.tui", "newsreader.cli", "newsreader.article.render", "newsreader.cells"),
    "sqlite3": ("newsreader.store",),
    "html2text": ("newsreader.article.export",),
    "yaml": ("newsreader.posts", "newsreader.config"),
    "aiohttp": ("newsreader.feeds.download",),
    "feedparser": ("newsreader.feeds.documents.entries",),
    "PIL": ("newsreader.tui.images",),
    "watchfiles": ("newsreader.store.scan.watch",),
}

PURE = tuple(
    f"newsreader.{room}"
    for room in ("posts", "article", "search", "text", "suspect_text", "problems", "messages")
)
# fmt: off
INPUT_AND_OUTPUT = frozenset({
    "asyncio", "fileinput", "ftplib", "glob", "http", "importlib", "io", "linecache", "logging",
    "mmap", "multiprocessing", "os", "pathlib", "pickle", "platform", "random", "secrets", "select",
    "shelve", "shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "threading",
    "time", "urllib.request", "webbrowser",
})
# fmt: on
# What of such a module is pure all the same: paths that touch no file, and the clock of a thread's
# work, by which a lexer that takes too long is given up.
ALLOWED = {
    "pathlib": frozenset({"PurePath", "PurePosixPath", "PureWindowsPath"}),
    "time": frozenset({"thread_time"}),
}
BUILTINS = frozenset({"open", "print", "input", "exec", "eval", "breakpoint", "__import__"})

BASIS = frozenset({"errors", "values", "overview", "query"})

FOR_ALL = frozenset({"frozen", "patterns"})
"""What any module may import."""

STORE_ROOMS: dict[str, frozenset[str]] = {
    # What the modules of each room of the store may import of the store, beside their own room.
    "db": frozenset({"errors"}),
    "index": BASIS | {"db"},
    "state": BASIS | {"db"},
    "scan": BASIS | {"db", "index", "state"},
    "lists": BASIS | {"db", "index"},
    "transfer": BASIS | {"db", "state"},
    # The mirror of state.db: the one module of the index that knows of it.
    "index.read_flags": BASIS | {"db", "state"},
}

BENEATH_STORE: dict[str, frozenset[str]] = {
    # What those rooms may import of ours outside the store that may not import all the store may.
    # What its errors carry; and the reader of files that others write, which `cli` and `config`
    # need below no door of the store.
    "db": frozenset({"problems", "files"}),
    "lists": frozenset({"search", "problems", "files", "text"}),
    "transfer": frozenset({"posts", "article", "text", "problems", "files"}),
}

WRITING = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP)\b")

# Each fills a pane of the screen; what they show comes down to them as values.
PANES = frozenset({"categories", "post_list", "article"})
SCREEN_MODULES = tuple(
    f"newsreader.tui.{name}"
    for name in ("app", "dialogs", "main_screen", "panes", "services", "styles", "textual_private")
)


@dataclass(frozen=True, slots=True)
class Import:
    """One module that a line imports, with the names it takes from there."""

    module: str
    line: int
    names: tuple[str, ...] = ()


def imports(tree: ast.Module, module: str, *, is_package: bool) -> Iterator[Import]:
    """Yields every import, those in functions and of type checkers as well."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (Import(alias.name, node.lineno) for alias in node.names)
            case ast.ImportFrom():
                base = node.module or ""
                if node.level:
                    parts = module.split(".")
                    up = node.level - is_package
                    base = ".".join([*parts[: len(parts) - up], *filter(None, [base])])
                names = tuple(alias.name for alias in node.names)
                yield Import(base, node.lineno, names)
                # `from newsreader import store` imports newsreader.store.
                yield from (
                    Import(f"{base}.{name}", node.lineno)
                    for name in names
                    if base in {"newsreader", "newsreader.tui"}
                )
            case ast.Call(
                func=ast.Name(id="__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield Import(name, node.lineno)


def is_within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def broken_rules(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """The rules that a module breaks, each as `line: what`."""
    tree = ast.parse(source)
    found = list(imports(tree, module, is_package=is_package))
    return [
        *_arrows(found, module),
        *_foreign(found, module),
        *_purity(tree, found, module),
        *_panes(found, module),
        *_controllers(found, module),
        *_screens(tree, module),
        *_store_rooms(found, module),
        *_switches(tree, found, module),
        *_store_door(found, module),
        *_writes(tree, module),
    ]


def _arrows(found: list[Import], module: str) -> Iterator[str]:
    room = room_of(module)
    for each in found:
        if not is_within(each.module, "newsreader"):
            continue
        target = room_of(each.module)
        # `from newsreader import __version__`
        if target in {"", *FOR_ALL, room} or target not in ROOMS:
            continue
        if target not in ROOMS[room]:
            yield f"{each.line}: {room} imports {target}"


def _store_rooms(found: list[Import], module: str) -> Iterator[str]:
    """The arrows inside the store: `scan -> index, state -> db`."""
    if not is_within(module, "newsreader.store"):
        return
    own = module.removeprefix("newsreader.store").lstrip(".")
    room = own.split(".")[0]
    allowed = STORE_ROOMS.get(own, STORE_ROOMS.get(room))
    beneath = BENEATH_STORE.get(room, ROOMS["store"])
    if allowed is None:
        return
    for each in found:
        if is_within(each.module, "newsreader.store"):
            for target in each.module.split(".")[2:3] or each.names:
                if target not in {room, *allowed}:
                    yield f"{each.line}: store.{room} imports store.{target}"
        elif is_within(each.module, "newsreader") and room_of(each.module) not in {
            *FOR_ALL,
            *beneath,
        }:
            yield f"{each.line}: store.{room} imports {each.module}"


def _foreign(found: list[Import], module: str) -> Iterator[str]:
    for each in found:
        top = each.module.split(".")[0]
        if top in FOREIGN and not is_within(module, *FOREIGN[top]):
            yield f"{each.line}: {top} is imported"
        if is_within(module, "newsreader.article") and not is_within(
            module, "newsreader.article.render"
        ):
            # It would bring rich with it.
            taken = [each.module, *(f"{each.module}.{name}" for name in each.names)]
            if any(is_within(name, "newsreader.article.render") for name in taken):
                yield f"{each.line}: article.render is imported"


def _purity(tree: ast.Module, found: list[Import], module: str) -> Iterator[str]:
    if not is_within(module, *PURE):
        return
    for each in found:
        if each.names and ALLOWED.get(each.module, frozenset()).issuperset(each.names):
            continue
        if is_within(each.module, *INPUT_AND_OUTPUT):
            yield f"{each.line}: {each.module} does input and output"
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in BUILTINS:
                yield f"{node.lineno}: {name}() does input and output"


def _panes(found: list[Import], module: str) -> Iterator[str]:
    if not is_within(module, "newsreader.tui.panes"):
        return
    own = module.rpartition(".")[2]
    others = [f"newsreader.tui.panes.{other}" for other in PANES - {own}] if own in PANES else []
    for each in found:
        taken = [each.module, *(f"{each.module}.{name}" for name in each.names)]
        if any(is_within(name, *others) for name in taken):
            yield f"{each.line}: a pane imports another one"
        if is_within(each.module, "newsreader.store"):
            yield f"{each.line}: a pane imports the store"
        if any(is_within(name, "newsreader.tui.control") for name in taken):
            yield f"{each.line}: a pane imports a controller"


def _controllers(found: list[Import], module: str) -> Iterator[str]:
    """A controller knows panes, dialogs and the screen by Protocol, and nothing of Textual."""
    if not is_within(module, "newsreader.tui.control"):
        return
    for each in found:
        taken = [each.module, *(f"{each.module}.{name}" for name in each.names)]
        if any(is_within(name, *SCREEN_MODULES) for name in taken):
            yield f"{each.line}: a controller imports a part of the screen"
        if is_within(each.module, "textual"):
            yield f"{each.line}: a controller imports textual"


def _screens(tree: ast.Module, module: str) -> Iterator[str]:
    """One class derives from `Screen`; dialogs derive from `ModalScreen`, and none from another."""
    names: dict[str, str] = {}  # what modules and classes are called here, and where they are from
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names |= {each.asname: each.name for each in node.names if each.asname}
            case ast.ImportFrom(module=str(origin)):
                names |= {each.asname or each.name: f"{origin}.{each.name}" for each in node.names}
            case ast.Assign(targets=[ast.Name(id=name)]):
                names[name] = _full_name(node.value, names)
            case ast.ClassDef():
                for base in (_full_name(each, names) for each in node.bases):
                    is_main = (module, node.name) == ("newsreader.tui.main_screen", "MainScreen")
                    if base == "textual.screen.Screen" and not is_main:
                        yield f"{node.lineno}: {node.name} derives from Screen"
                    if base == "textual.screen.ModalScreen":
                        names[node.name] = f"{node.name}, a Screen"
                        if not is_within(module, "newsreader.tui.dialogs"):
                            yield f"{node.lineno}: {node.name} derives from ModalScreen"
                    elif base.endswith("Screen") and not is_within(base, "textual"):
                        yield f"{node.lineno}: {node.name} derives from a screen of ours"


def _full_name(node: ast.expr, names: dict[str, str]) -> str:
    match node:
        case ast.Name(id=name):
            return names.get(name, name)
        case ast.Attribute(value=value, attr=name):
            return f"{_full_name(value, names)}.{name}"
        case ast.Subscript(value=value):  # `Screen[None]`
            return _full_name(value, names)
        case _:
            return ""


def _switches(tree: ast.Module, found: list[Import], module: str) -> Iterator[str]:
    """What changes the whole process stands in `newsreader.runtime` alone."""
    if module == "newsreader.runtime":
        return
    for each in found:
        if each.module == "gc" or (each.module == "os" and "nice" in each.names):
            yield f"{each.line}: {each.module} switches something of the process"
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr="nice"):
                yield f"{node.lineno}: os.nice switches something of the process"
            case ast.Constant(value="TEXTUAL_FPS"):
                yield f"{node.lineno}: TEXTUAL_FPS switches something of the process"


def _writes(tree: ast.Module, module: str) -> Iterator[str]:
    """Lists are read from databases that others write."""
    if not is_within(module, "newsreader.store.lists"):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if WRITING.search(text):
                yield f"{node.lineno}: a list writes"


def _store_door(found: list[Import], module: str) -> Iterator[str]:
    """Nobody outside knows a room of the store: all that is for others is in `newsreader.store`."""
    if is_within(module, "newsreader.store"):
        return
    for each in found:
        taken = {each.module, *(f"{each.module}.{name}" for name in each.names)}
        if any(is_within(name, *STORE_MODULES) for name in taken):
            yield f"{each.line}: a room of the store is imported"


MODULES = {
    ".".join(["newsreader", *path.relative_to(PACKAGE).with_suffix("").parts]): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "sample_posts" not in path.parts
}


STORE_MODULES = {
    name.removesuffix(".__init__") for name in MODULES if name.startswith("newsreader.store.")
} - {"newsreader.store"}


@pytest.mark.long
def test_a_module_imports_only_what_lies_below_it() -> None:
    broken = {
        name: broken_rules(
            path.read_text(encoding="utf-8"),
            name.removesuffix(".__init__"),
            is_package=name.endswith(".__init__"),
        )
        for name, path in MODULES.items()
    }

    assert {name: rules for name, rules in broken.items() if rules} == {}


def test_no_module_has_more_than_400_lines() -> None:
    lines = {name: path.read_text("utf-8").count("\n") for name, path in MODULES.items()}

    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_no_package_has_more_than_20_modules() -> None:
    modules = Counter(name.rpartition(".")[0] for name in MODULES)

    assert {name: count for name, count in modules.items() if count > 20} == {}


def test_every_room_has_its_rules() -> None:
    assert {room_of(name.removesuffix(".__init__")) for name in MODULES} <= ROOMS.keys()


def test_the_panes_and_the_parts_of_the_screen_are_there() -> None:
    names = {name.removesuffix(".__init__") for name in MODULES}

    assert {f"newsreader.tui.panes.{pane}" for pane in PANES} <= names
    assert set(SCREEN_MODULES) <= names


SCREEN = "from textual.screen import Screen\n"
MODAL = "from textual.screen import ModalScreen\n"
MAIN = "from newsreader.tui.main_screen import MainScreen\n"

BREAKING = [
    ("newsreader.text", "from newsreader.posts import Post", "1: text imports posts"),
    ("newsreader.posts.a", "import newsreader.article", "1: posts imports article"),
    ("newsreader.posts.a", "from newsreader.store import Source", "1: posts imports store"),
    ("newsreader.article.a", "from ..store.model import Source", "1: article imports store"),
    ("newsreader.search.a", "import newsreader.store", "1: search imports store"),
    ("newsreader.search.a", "import sqlite3", "1: sqlite3 is imported"),
    ("newsreader.search.a", "import pathlib", "1: pathlib does input and output"),
    ("newsreader.store.a", "from newsreader import tui", "1: store imports tui"),
    ("newsreader.store.a", "from newsreader import paths", "1: store imports paths"),
    ("newsreader.tui.a", "def f():\n    import newsreader.cli", "2: tui imports cli"),
    ("newsreader.config", "from newsreader.paths import data_dir", "1: config imports paths"),
    ("newsreader.store.a", "from newsreader.messages import describe", "1: store imports messages"),
    ("newsreader.article.a", "from newsreader import messages", "1: article imports messages"),
    ("newsreader.messages.a", "from newsreader.posts.model import A", "1: messages imports posts"),
    ("newsreader.posts.a", "from newsreader import cells", "1: posts imports cells"),
    ("newsreader.problems", "import newsreader.posts", "1: problems imports posts"),
    ("newsreader.messages.a", "import os", "1: os does input and output"),
    ("newsreader.feeds.a", "from newsreader.store import PostStore", "1: feeds imports store"),
    ("newsreader.store.a", "import newsreader.feeds.library", "1: store imports feeds"),
    ("newsreader.feeds.fetch", "import aiohttp", "1: aiohttp is imported"),
    ("newsreader.cli.a", "import feedparser", "1: feedparser is imported"),
    ("newsreader.cli.a", "import gc", "1: gc switches"),
    ("newsreader.tui.a", "from gc import freeze", "1: gc switches"),
    ("newsreader.store.a", "import os\nos.nice(5)", "2: os.nice switches"),
    ("newsreader.store.a", "from os import nice", "1: os switches"),
    ("newsreader.tui.a", "import os\nos.environ['TEXTUAL_FPS'] = '60'", "2: TEXTUAL_FPS switches"),
    ("newsreader.posts.a", "import newsreader.runtime", "1: posts imports runtime"),
    ("newsreader.cli.a", "from textual.app import App", "1: textual is imported"),
    ("newsreader.cli.a", "__import__('textual')", "1: textual is imported"),
    ("newsreader.cli.a", "importlib.import_module('textual')", "1: textual is imported"),
    ("newsreader.store.a", "import rich.text", "1: rich is imported"),
    ("newsreader.cli.a", "from newsreader.store.values import PostRow", "1: a room of the store"),
    ("newsreader.cli.a", "import newsreader.store.db.connect", "1: a room of the store"),
    ("newsreader.tui.a", "from newsreader.store import health", "1: a room of the store"),
    ("newsreader.tui.a", "from ..store.lists import lists", "1: a room of the store"),
    ("newsreader.store.lists.a", "from newsreader.store.scan import a", "1: store.lists imports"),
    ("newsreader.store.lists.a", "import newsreader.store.state.a", "1: store.lists imports"),
    ("newsreader.store.lists.a", "db.execute('DELETE FROM posts')", "1: a list writes"),
    ("newsreader.store.lists.a", "f'UPDATE {table} SET read = 1'", "1: a list writes"),
    ("newsreader.store.lists.a", "from ..post_store import PostStore", "1: store.lists imports"),
    (
        "newsreader.store.lists.a",
        "from newsreader.posts.model import Post",
        "1: store.lists imports",
    ),
    ("newsreader.store.transfer.a", "import newsreader.store.index.a", "1: store.transfer imports"),
    ("newsreader.store.transfer.a", "from ..lists import lists", "1: store.transfer imports"),
    ("newsreader.store.transfer.a", "from ..scan import find_files", "1: store.transfer imports"),
    ("newsreader.article.a", "import rich", "1: rich is imported"),
    ("newsreader.article.a", "from .render import layout", "1: article.render is imported"),
    ("newsreader.article.a", "from newsreader.article import render", "1: article.render is"),
    ("newsreader.tui.main_screen", "import sqlite3", "1: sqlite3 is imported"),
    ("newsreader.cli.a", "if TYPE_CHECKING:\n    import sqlite3", "2: sqlite3 is imported"),
    ("newsreader.article.a", "import html2text", "1: html2text is imported"),
    ("newsreader.store.a", "import yaml", "1: yaml is imported"),
    ("newsreader.posts.a", "import os.path", "1: os.path does input and output"),
    ("newsreader.posts.a", "from pathlib import Path", "1: pathlib does input and output"),
    ("newsreader.posts.a", "import urllib.request", "1: urllib.request does input"),
    ("newsreader.text", "open('a')", "1: open() does input and output"),
    (
        "newsreader.tui.panes.post_list",
        "import newsreader.tui.panes.article",
        "1: a pane imports a",
    ),
    ("newsreader.store.db.a", "import newsreader.store.values", "1: store.db imports store.values"),
    ("newsreader.store.db.a", "from newsreader.store import index", "1: store.db imports store.i"),
    ("newsreader.store.db.a", "from ..state import schema", "1: store.db imports store.state"),
    ("newsreader.store.db.a", "import newsreader.text", "1: store.db imports newsreader.text"),
    (
        "newsreader.store.index.a",
        "from newsreader.store.state.schema import A",
        "1: store.index im",
    ),
    ("newsreader.store.index.a", "from newsreader.store.scan import a", "1: store.index imports"),
    ("newsreader.store.index.read_flags", "import newsreader.store.scan", "1: store.index imports"),
    ("newsreader.store.state.a", "import newsreader.store.index.writer", "1: store.state imports"),
    ("newsreader.store.state.a", "from ..lists.sql import Arm", "1: store.state imports store.li"),
    ("newsreader.store.state.a", "from .. import post_store", "1: store.state imports store.post"),
    ("newsreader.store.scan.a", "from newsreader.store.lists import a", "1: store.scan imports"),
    ("newsreader.store.scan.a", "import newsreader.store.transfer.images", "1: store.scan imports"),
    ("newsreader.store.scan.a", "from newsreader.store import PostStore", "1: store.scan imports"),
    ("newsreader.tui.panes.post_list", "from .article import A", "1: a pane imports another"),
    ("newsreader.tui.panes.post_list", "from . import article", "1: a pane imports another"),
    ("newsreader.tui.panes.article", "from newsreader.store import PostStore", "1: a pane imports"),
    ("newsreader.tui.panes.rows", "from newsreader.store import PostRow", "1: a pane imports the"),
    ("newsreader.tui.panes.rows", "from newsreader.tui.control import lists", "1: a pane imports"),
    (
        "newsreader.tui.panes.rows",
        "from ..control.lists import A",
        "1: a pane imports a controller",
    ),
    ("newsreader.tui.control.a", "from newsreader.tui.panes import article", "1: a controller"),
    ("newsreader.tui.control.a", "import newsreader.tui.dialogs.help", "1: a controller imports a"),
    ("newsreader.tui.control.a", "from ..panes.article import A", "1: a controller imports a part"),
    ("newsreader.tui.control.a", "from newsreader.tui.main_screen import A", "1: a controller"),
    ("newsreader.tui.control.a", "from textual.timer import Timer", "1: a controller imports tex"),
    ("newsreader.tui.a", f"{SCREEN}class Other(Screen[None]): ...", "2: Other derives from Screen"),
    ("newsreader.tui.a", f"{SCREEN}class MainScreen(Screen): ...", "2: MainScreen derives from"),
    ("newsreader.tui.a", f"{SCREEN}Base = Screen\nclass A(Base): ...", "3: A derives from Screen"),
    ("newsreader.tui.a", "import textual.screen\nclass A(textual.screen.Screen): ...", "2: A der"),
    ("newsreader.tui.a", "import textual.screen as t\nclass A(t.Screen): ...", "2: A derives from"),
    (
        "newsreader.tui.a",
        f"{MODAL}class A(ModalScreen[None]): ...",
        "2: A derives from ModalScreen",
    ),
    ("newsreader.tui.a", f"{MAIN}class A(MainScreen): ...", "2: A derives from a screen of ours"),
    ("newsreader.tui.dialogs.a", f"{MAIN}class A(Plain, MainScreen): ...", "2: A derives from a s"),
    (
        "newsreader.tui.dialogs.a",
        f"{MODAL}class A(ModalScreen[None]): ...\nclass B(A): ...",
        "3: B derives from a screen of ours",
    ),
]


@pytest.mark.parametrize(("module", "source", "rule"), BREAKING)
def test_a_broken_rule_is_seen(module: str, source: str, rule: str) -> None:
    found = broken_rules(source, module)

    assert len(found) == 1
    assert found[0].startswith(rule)


KEEPING = [
    ("newsreader.cli.a", "import rich, newsreader.tui, newsreader.paths"),
    ("newsreader.cli.a", "from newsreader import __version__, config"),
    ("newsreader.posts.a", "import yaml\nfrom pathlib import PurePosixPath"),
    ("newsreader.posts.a", "from urllib.parse import urlsplit\nfrom .model import Post"),
    ("newsreader.article.export", "import html2text"),
    ("newsreader.article.render.a", "import rich.style\nfrom . import layout"),
    ("newsreader.store.a", "import sqlite3, os, subprocess"),
    ("newsreader.store.db.a", "import sqlite3\nfrom newsreader.store.errors import StoreError"),
    ("newsreader.store.db.a", "from newsreader.problems import Problem"),
    ("newsreader.store.db.a", "from . import files\nfrom newsreader.store import errors"),
    ("newsreader.store.index.read_flags", "from newsreader.store.state.bookmarks import A"),
    ("newsreader.store.state.a", "from newsreader.store.db.lru import A\nimport newsreader.text"),
    ("newsreader.store.scan.a", "from ..index import writer\nimport newsreader.posts.model"),
    ("newsreader.store.post_store", "import newsreader.store.scan, newsreader.store.lists"),
    ("newsreader.cli.a", "from newsreader.store import PostStore, check_index"),
    ("newsreader.store.lists.a", "db.execute(f'SELECT id FROM {table}')"),
    ("newsreader.store.lists.a", "from ..index import a\nimport newsreader.search.tokens"),
    ("newsreader.store.transfer.a", "from newsreader.article.export.html import to_html"),
    ("newsreader.tui.panes.article", "from newsreader.tui.values import PostRow\nimport textual"),
    ("newsreader.tui.main_screen", "from newsreader.tui.panes import article, categories"),
    ("newsreader.tui.main_screen", f"{SCREEN}class MainScreen(OneFrame, Screen[None]): ..."),
    ("newsreader.tui.dialogs.a", f"{MODAL}class HelpScreen(ModalScreen[None]): ..."),
    ("newsreader.tui.control.a", "from newsreader.tui import keys\nimport newsreader.store"),
]


@pytest.mark.parametrize(("module", "source"), KEEPING)
def test_a_kept_rule_is_left_in_peace(module: str, source: str) -> None:
    assert broken_rules(source, module) == []


def test_the_store_gives_no_connection_away() -> None:
    given = [getattr(newsreader.store, name) for name in newsreader.store.__all__]

    assert sqlite3.Connection not in given


SAMPLE = "---\ntitle: A\n---\nb\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (None, ("textual", "rich", "yaml", "sqlite3")),
        (
            ["--version"],
            ("textual", "rich", "yaml", "sqlite3", "json", "argparse", "dataclasses", "shutil"),
        ),
        (["list", "--source", "FOLDER"], ("textual",)),
        (["show", "FOLDER"], ("textual",)),
        (["show", "--format", "json", "FOLDER"], ("textual",)),
        (["index", "--source", "FOLDER"], ("textual",)),
        (["bookmarks", "list"], ("textual",)),
        (["bookmarks", "export", "NEW"], ("textual",)),
        (["doctor"], ("textual",)),
    ],
    ids=str,
)
def test_a_command_does_not_pay_for_the_screen(
    arguments: list[str] | None, unwanted: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "_posts"
    folder.mkdir()
    (folder / "2026-01-01-a.md").write_text(SAMPLE, encoding="utf-8")
    places = {"FOLDER": str(tmp_path), "NEW": str(tmp_path / "new")}
    words = [places.get(word, word) for word in arguments or []]
    program = "import sys, newsreader.cli\n"
    if arguments is not None:
        program += f"assert newsreader.cli.main({words!r}) == 0\n"
    program += f"print(*({set(unwanted)!r} & set(sys.modules)), file=sys.stderr)\n"
    kinds = ("CONFIG", "CACHE", "DATA", "STATE")
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in kinds}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PATH": "", **homes},
        capture_output=True,
        check=False,
    )

    assert done.stderr.decode().splitlines()[-1:] == [""]
    assert done.returncode == 0


# What takes long to import and no list on the screen needs.
LATE = (
    "aiohttp",
    "feedparser",
    "hashlib",
    "html2text",
    "markdown_it",
    "rich.progress",
    "selectolax",
    "yaml",
    "PIL",
    "newsreader.article.document",
    "newsreader.article.export",
    "newsreader.article.parse.parse_article",
    "newsreader.article.facts",
    "newsreader.article.render.layout",
    "newsreader.article.render.placed",
    "newsreader.cli.commands.index",
    "newsreader.cli.commands.list",
    "newsreader.config.options",
    "newsreader.config.read_config",
    "newsreader.feeds",
    "newsreader.messages.chinese",
    "newsreader.messages.english",
    "newsreader.posts.dates",
    "newsreader.posts.parse_post",
    "newsreader.search.tokens",
    "newsreader.search.variant_table",
    "newsreader.store.scan.scanner",
    "newsreader.tui.control.reading.copying",
    "newsreader.tui.control.reading.exports",
    "newsreader.tui.control.reading.hints",
    "newsreader.tui.control.reading.links",
    "newsreader.tui.control.reading.sections",
    "newsreader.tui.control.reading.selecting",
    "newsreader.tui.dialogs.choice",
    "newsreader.tui.dialogs.confirm",
    "newsreader.tui.dialogs.help",
    "newsreader.tui.dialogs.images",
    "newsreader.tui.dialogs.messages",
    "newsreader.tui.dialogs.line",
    "newsreader.tui.dialogs.note",
    "newsreader.tui.dialogs.palette",
    "newsreader.tui.looks.ambiguous_width",
    "newsreader.tui.looks.glyphs",
    "newsreader.tui.dialogs.sort",
    "newsreader.tui.dialogs.welcome",
    "newsreader.tui.images",
    "newsreader.tui.programs",
)

FIRST_SCREEN = """
import sys
import newsreader.cli.commands.read, newsreader.tui.app
from newsreader.cli.arguments import parse_arguments
from newsreader.cli.library import open_library, open_store
from newsreader.store import Query

request = parse_arguments(sys.argv[1:2])
with open_store(open_library(request.common, request.paths).sources) as store:
    assert store.lists.page(Query(), 0, 10)[0].title == "A"
    assert store.lists.overview().everything.total == 1
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""


@pytest.mark.long
def test_the_first_screen_does_not_wait_for_what_it_does_not_show(tmp_path: Path) -> None:
    (tmp_path / "2026-01-01-a.md").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("title: Site\n", encoding="utf-8")
    kinds = ("CONFIG", "CACHE", "DATA", "STATE")
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in kinds}
    package = str(PACKAGE.parent)  # of these sources, whatever is installed
    environment = {"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": package, **homes}
    index = [sys.executable, "-m", "newsreader", "index", "--source", str(tmp_path)]
    subprocess.run(index, env=environment, capture_output=True, check=True)
    done = subprocess.run(
        [sys.executable, "-c", FIRST_SCREEN, str(tmp_path), *LATE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.split() == []


# What no list needs of posts that have not changed since they were indexed.
UNCHANGED = (
    "markdown_it",
    "selectolax",
    "subprocess",
    "textual",
    "yaml",
    "newsreader.article.search_text",
    "newsreader.messages.english",
    "newsreader.posts.parse_post",
    "newsreader.search.tokens",
    "newsreader.store.scan.index_entry",
)


@pytest.mark.long
def test_a_list_of_posts_that_have_not_changed_imports_no_parser(tmp_path: Path) -> None:
    folder = tmp_path / "_posts"
    folder.mkdir()
    (tmp_path / "_config.yml").write_text("title: Site\n", encoding="utf-8")
    (folder / "2026-01-01-a.md").write_text(SAMPLE, encoding="utf-8")
    kinds = ("CONFIG", "CACHE", "DATA", "STATE")
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in kinds}
    words = ["list", "--source", str(tmp_path)]
    program = f"import sys, newsreader.cli\nassert newsreader.cli.main({words!r}) == 0\n"
    program += f"print(*sorted({set(UNCHANGED)!r} & set(sys.modules)))\n"
    first, again = (
        subprocess.run(
            [sys.executable, "-c", program],
            env={"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(PACKAGE.parent), **homes},
            capture_output=True,
            text=True,
            check=False,
        )
        for _ in range(2)
    )

    assert "newsreader.store.scan.index_entry" in first.stdout
    assert again.stderr == ""
    assert again.stdout.splitlines()[-1] == ""


@pytest.mark.long
def test_a_post_that_is_printed_as_plain_text_imports_no_console(tmp_path: Path) -> None:
    post = tmp_path / "2026-01-01-a.md"
    post.write_text(SAMPLE, encoding="utf-8")
    program = (
        f"import sys, newsreader.cli\nassert newsreader.cli.main(['show', {str(post)!r}]) == 0\n"
    )
    program += "print(*sorted({'rich.console', 'rich.text', 'textual'} & set(sys.modules)))\n"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == ""
