"""What tests share: how Hypothesis looks for examples, and the installed command in a terminal."""

from __future__ import annotations

import gc
import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from newsreader.messages import use_language
from tests.terminal import StartCommand, Terminal

# Tests are never timed. Where CI runs them, the same examples are tried every time; elsewhere, a
# failure prints what brings its example back.
settings.register_profile(
    "newsreader", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
settings.register_profile("quick", settings.get_profile("newsreader"), max_examples=20)
settings.load_profile("newsreader")


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer random examples in the quick subset."""
    if config.getoption("markexpr") == "not long":
        settings.load_profile("quick")


# Compiled once, not by each worker and each command that a test starts: that takes half of their
# time, and an environment that says otherwise (containers do) means what is installed.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the language is where the tests run, they read English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    use_language("en")
    yield
    use_language("en")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what takes a tenth of a second and more by its nature.

    That is whatever starts the installed command, and whatever needs a loop of events: the screen,
    and servers that a feed is fetched from.
    """
    starts = {"start", "spawn"}.intersection(getattr(item, "fixturenames", ()))
    if starts or inspect.iscoroutinefunction(getattr(item, "function", None)):
        item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the tests themselves: 15 % of the processor time of the suite."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core, as tests wait half of their time; one for the quick: those do not."""
    return (1 if config.getoption("markexpr") == "not long" else 2) * (os.cpu_count() or 1)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[StartCommand]:
    """Starts the command in a home folder of its own; what still runs at the end is stopped."""
    running: list[Terminal] = []

    def start_command(*arguments: str, **variables: str) -> Terminal:
        terminal = Terminal(list(arguments), tmp_path, **variables)
        running.append(terminal)
        return terminal

    yield start_command
    for terminal in running:
        terminal.close()
