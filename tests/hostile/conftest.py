"""A library that attacks, and the command run in this process, on a terminal or a pipe."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsreader.cli import indexing, main
from tests.hostile.make_hostile import make_export, make_posts


class _Output(io.TextIOWrapper):
    """A stream that is a terminal, or none."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    @property
    def written(self) -> bytes:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Hostile:
    """The folders, and what they hold."""

    top: Path
    posts: int
    bookmarks: int

    @property
    def source(self) -> Path:
        return self.top / "posts"

    @property
    def export(self) -> Path:
        return self.top / "export"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: bytes
    err: bytes


def run(*arguments: object, on_terminal: bool = True) -> Done:
    """Run the command in this process, without the bar of a scan that takes its time."""
    out, err = _Output(is_terminal=on_terminal), _Output(is_terminal=on_terminal)
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "SECONDS_WITHOUT_BAR", float("inf"))
        code = main([str(argument) for argument in arguments])
    return Done(code, out.written, err.written)


def use_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Have this process find its files below a folder."""
    home.mkdir(exist_ok=True)
    patch.setenv("HOME", str(home))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    patch.setenv("TERM", "xterm-256color")
    patch.setenv("PAGER", "")  # it would have the terminal of whoever runs the tests
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        patch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The folders that attack; nobody changes them."""
    top = tmp_path_factory.mktemp("hostile")
    return Hostile(top, make_posts(top / "posts"), make_export(top / "export"))


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Every seventh post and every fifth bookmark; nobody changes them."""
    top = tmp_path_factory.mktemp("few")
    return Hostile(top, make_posts(top / "posts", 7), make_export(top / "export", 5))


@pytest.fixture(scope="module")
def home(hostile: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder with the posts indexed, every third bookmarked, and the export imported."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        use_home(folder, patch)
        assert run("bookmarks", "import", hostile.export).out.startswith(
            f"{hostile.bookmarks} bookmarks imported".encode()
        )
        yield folder
