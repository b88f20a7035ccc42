"""Completing the command line, as the shells ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import COMMAND, Configure, Run

pytestmark = pytest.mark.long


def complete(line: str, folder: Path) -> list[str]:
    """What argcomplete's lines for bash would offer for a line with the cursor at its end."""
    answer = folder / "answer"
    answer.unlink(missing_ok=True)
    subprocess.run(
        COMMAND,
        env={
            **os.environ,
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_SHELL": "bash",
            "_ARGCOMPLETE_IFS": "\v",
            "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
            "COMP_TYPE": "9",
            "_ARGCOMPLETE_COMP_WORDBREAKS": " \t\n\"'><=;|&(",
        },
        cwd=folder,
        check=False,
        timeout=60,
    )
    return [each.strip() for each in answer.read_text().split("\v") if each.strip()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("newsreader book", ["bookmarks"]),
        ("newsreader bookmarks ex", ["export"]),
        ("newsreader marks im", ["import"]),
        ("newsreader config set the", ["theme"]),
        ("newsreader config set theme gru", ["gruvbox"]),
        ("newsreader show --for", ["--format"]),
        ("newsreader show --format ht", ["html"]),
        ("newsreader list is:u", ["is:unread"]),
        ("newsreader completion z", ["zsh"]),
        ("newsreader help fe", ["feeds", "fetch"]),
        ("newsreader bookmarks list nothing", []),
    ],
)
def test_words_are_completed(home: Path, line: str, offered: list[str]) -> None:
    assert sorted(complete(line, home)) == offered


def test_categories_sources_and_files_are_completed(
    run: Run, home: Path, library: Path, configure: Configure
) -> None:
    configure(f"sources: [{{path: '{library}', name: 财经}}]\n")
    run("list")

    assert complete("newsreader list category:cai", home) == ["category:caijing"]
    assert set(complete("newsreader list tag:", home)) == {"tag:", "tag:财经"}
    assert complete("newsreader sources remove 财", home) == ["财经"]
    assert complete("newsreader update 财", home) == ["财经"]
    (home / "posts.md").touch()
    assert complete("newsreader show po", home) == ["posts.md"]
    assert complete("newsreader show 'po", home) == ["posts.md"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_a_command(home: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    bash = pexpect.spawn(
        "bash", ["--norc", "-i"], env={**os.environ, "PATH": path, "PS1": "> "}, encoding="utf-8"
    )
    bash.sendline('eval "$(newsreader completion bash)"; echo ready')
    bash.expect("ready\r\n")
    bash.send("newsreader bookm\t")
    bash.expect("newsreader bookmarks", timeout=30)
    bash.close(force=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_lines(run: Run, shell: str) -> None:
    done = run("completion", shell)

    assert done.code == 0
    assert "newsreader" in done.out
    program = shutil.which(shell)
    if program is not None:
        subprocess.run([program, "-n"], input=done.out, text=True, check=True, timeout=60)
