"""A home folder of its own for every test, and a small library to read."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

from newsreader.cli import main

POSTS = {
    "_posts/2026-03-01-first.md": (
        '---\ntitle: "他说"好"了"\ndate: 2026-03-01 08:30:00 +0800\n'
        "categories: caijing\ntags: 财经\nlink: https://example.org/1\n---\n"
        "> 摘要\n\n<p>甲<b>乙</b></p>\n<h2>小标题</h2>\n<p>丙 <a href='https://example.org/2'>丁</a></p>\n"
    ),
    "_posts/2026-02-01-second.md": "---\ntitle: Second\n---\nPlain *words* here.\n",
    "_posts/third.md": "---\ntitle: Third\n---\nUndated.\n",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
Spawn = Callable[..., subprocess.CompletedProcess[bytes]]
Configure = Callable[[str], Path]
COMMAND = [sys.executable, "-m", "newsreader"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PAGER", "LESS", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in POSTS.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def first(library: Path) -> Path:
    return library / "_posts/2026-03-01-first.md"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process."""

    def call(*arguments: object) -> Done:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return call


@pytest.fixture
def spawn() -> Spawn:
    """Runs the command in a process of its own, with bytes for its streams."""

    def call(
        *arguments: object, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            input=stdin,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
            timeout=60,
        )

    return call


@pytest.fixture
def configure(home: Path) -> Configure:
    """Writes the user's config file."""

    def write(text: str) -> Path:
        file = home / "config" / "newsreader" / "config.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


WITHOUT_BAR = """
import sys
from newsreader.cli import indexing, main
indexing.SECONDS_WITHOUT_BAR = float("inf")
sys.exit(main())
"""


def terminal(*arguments: object, width: int = 80, **environment: str) -> str:
    """What a command writes on a terminal, without the bar of a scan that takes its time."""
    return str(
        pexpect.run(
            shlex.join([sys.executable, "-c", WITHOUT_BAR, *map(str, arguments)]),
            env={**os.environ, **environment},
            encoding="utf-8",
            timeout=30,
            dimensions=(24, width),
        )
    )
