"""One name, one meaning; no class that does everything; no room too deep: read from the source."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping

import pytest

from tests.test_imports import MODULES, imports

MOST_METHODS = 25
MOST_LEVELS = 9

# Functions that mean the same wherever they stand: what a command does, and where a process begins.
ENTRANCES = frozenset({"main", "run"})

TREES = {
    name.removesuffix(".__init__"): ast.parse(path.read_text(encoding="utf-8"))
    for name, path in MODULES.items()
}
PACKAGES = {name.removesuffix(".__init__") for name in MODULES if name.endswith(".__init__")}


def definitions(tree: ast.Module) -> Iterator[str]:
    """The public classes, functions and type aliases of a module."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.AnnAssign(
                target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias"), value=ast.expr()
            ):
                yield name


def shared_names(trees: Mapping[str, ast.Module]) -> dict[str, list[str]]:
    """The names that several modules define, with those modules."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for module, tree in trees.items():
        for name in definitions(tree):
            if not name.startswith("_") and name not in ENTRANCES:
                homes[name].append(module)
    return {name: modules for name, modules in homes.items() if len(modules) > 1}


def large_classes(trees: Mapping[str, ast.Module]) -> dict[str, int]:
    """The classes with more public methods than anybody keeps in mind."""
    methods = Counter(
        f"{module}.{node.name}"
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        and not each.name.startswith("_")
    )
    return {name: count for name, count in methods.items() if count > MOST_METHODS}


def levels(trees: Mapping[str, ast.Module], start: str) -> dict[str, int]:
    """How many imports lie between a module and each that it needs, by the shortest way."""
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        module = waiting.popleft()
        for each in imports(trees[module], module, is_package=module in PACKAGES):
            for target in (each.module, *(f"{each.module}.{name}" for name in each.names)):
                if target in trees and target not in found:
                    found[target] = found[module] + 1
                    waiting.append(target)
    return found


def test_no_two_modules_define_the_same_name() -> None:
    assert shared_names(TREES) == {}


def test_no_class_has_more_than_25_public_methods() -> None:
    assert large_classes(TREES) == {}


def test_no_module_is_more_than_nine_imports_from_the_command_line() -> None:
    distances = levels(TREES, "newsreader.cli.entry")

    assert {name: far for name, far in distances.items() if far > MOST_LEVELS} == {}
    assert len(distances) > len(TREES) * 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("class A: ...", "class A: ..."),
        ("def a(): ...", "def a(): ..."),
        ("A: TypeAlias = int", "class A: ..."),
    ],
)
def test_a_shared_name_is_seen(one: str, other: str) -> None:
    trees = {"a": ast.parse(one), "b": ast.parse(other)}

    assert list(shared_names(trees).values()) == [["a", "b"]]


@pytest.mark.parametrize("source", ["def main(): ...", "class _A: ...", "def _a(): ...", "A = 1"])
def test_names_that_may_be_shared_are_left_in_peace(source: str) -> None:
    assert shared_names({"a": ast.parse(source), "b": ast.parse(source)}) == {}


def test_a_large_class_is_seen() -> None:
    methods = "".join(f"    def m{number}(self): ...\n" for number in range(MOST_METHODS + 1))

    assert large_classes({"a": ast.parse(f"class A:\n{methods}")}) == {"a.A": MOST_METHODS + 1}


def test_the_shortest_way_to_a_module_counts() -> None:
    sources = {"newsreader.a": "import newsreader.b", "newsreader.b": "import newsreader.c"}
    trees = {name: ast.parse(text) for name, text in {**sources, "newsreader.c": ""}.items()}

    assert levels(trees, "newsreader.a")["newsreader.c"] == 2
