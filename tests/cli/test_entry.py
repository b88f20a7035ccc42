"""Exit codes, broken pipes, full disks and interrupts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsreader.cli import entry
from tests.cli.conftest import COMMAND, Run

pytestmark = pytest.mark.long


def many_posts(folder: Path) -> Path:
    """A library whose list is larger than a pipe holds."""
    posts = folder / "many" / "_posts"
    posts.mkdir(parents=True)
    for number in range(700):
        name = f"2026-01-01-{number:04}.md"
        (posts / name).write_text(f"---\ntitle: {'长' * 60}\n---\n", encoding="utf-8")
    return folder / "many"


@pytest.mark.parametrize("arguments", [["list", "--source"], ["show", "--format", "json"], []])
def test_a_closed_pipe_ends_quietly(arguments: list[str], tmp_path: Path) -> None:
    folder = many_posts(tmp_path)
    process = subprocess.Popen(
        [*COMMAND, *arguments, str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()

    assert process.wait(30) == 0
    assert errors == b""


def test_a_pipe_closed_before_the_first_line_ends_quietly(library: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "list", "--source", str(library)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_does_not_wait_for_a_reader(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "list", "--source", str(many_posts(tmp_path))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()  # The rest fills the pipe, and nobody reads it.
    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 130
    assert process.stderr.read() == b""
    process.stdout.close()
    process.stderr.close()


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [*COMMAND, "show", str(fifo)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with fifo.open("wb"):  # waits until the command reads from it
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["list", "--source"], ["show", "--format", "json"]])
def test_a_full_disk_is_told_in_a_sentence(arguments: list[str], library: Path) -> None:
    many = [str(library)] * (1 if "list" in arguments else 20)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments, *many], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert done.stderr == b"newsreader: No space left on device.\n"


def test_the_exit_code_of_help_is_0(run: Run) -> None:
    assert run("--help").code == 0
    assert run("--version").out.startswith("newsreader ")
    assert run("show", "-h").code == 0
    assert run("show").code == 2


def test_arguments_come_from_the_process_where_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["newsreader", "--version"])

    assert entry.main() == 0
    assert capsys.readouterr().out.startswith("newsreader ")


def test_windows_is_refused_with_the_way_that_there_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.cli.entry.os", SimpleNamespace(name="nt", environ={}))
    done = run("list")

    assert (done.code, done.out) == (1, "")
    assert "WSL" in done.err


AS_ON_WINDOWS = """
import argparse, os, pathlib, shutil, signal, subprocess, sys
for name in "curses fcntl grp posix pty pwd readline resource syslog termios tty".split():
    sys.modules[name] = None  # importing it fails
for name in dir(os):
    if name.startswith(("get", "set", "sched_", "fork", "kill", "posix_", "O_NO", "O_CLOEXEC")):
        if name not in ("get_terminal_size", "getcwd", "getenv", "getpid"):
            delattr(os, name)
for name in ("fchmod", "mkfifo", "nice", "statvfs", "sync", "uname", "wait"):
    delattr(os, name)
for name in dir(signal):
    if name.startswith("SIG") and name not in ("SIGINT", "SIGTERM", "SIG_DFL", "SIG_IGN"):
        delattr(signal, name)
os.name = "nt"
from newsreader.__main__ import main
for words in "--version,--help,help feeds,list --no-such,,list x,doctor,fetch".split(","):
    sys.argv = ["newsreader", *words.split()]
    print(">", words, main())
"""


@pytest.mark.long
def test_where_nothing_of_posix_is_there_one_sentence_says_so(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if "Windows" in line]

    assert [line for line in done.stdout.splitlines() if line.startswith(">")] == [
        *("> --version 0", "> --help 0", "> help feeds 0", "> list --no-such 2"),
        *(f"> {words} 1" for words in ("", "list x", "doctor", "fetch")),
    ], done.stderr
    assert len(said) == 4
    assert all("WSL" in line for line in said)
    assert done.stderr.count("\n") == 4 + 3, "beside the lines about wrong usage nothing is said"
    assert list(home.iterdir()) == []
