"""Pipes, encodings, terminals and streams that are closed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.cli import main, output
from newsreader.problems import Problem
from tests.cli.conftest import Spawn, terminal

pytestmark = pytest.mark.long


@pytest.mark.parametrize("words", ["list --source", ""])
def test_closed_streams_are_no_error(words: str, library: Path) -> None:
    command = f"{sys.executable} -m newsreader {words} {library} <&- >&- 2>&-"

    assert subprocess.run(command, shell=True, check=False).returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_every_encoding_can_be_written(spawn: Spawn, library: Path, encoding: str) -> None:
    for arguments in (["list", "--source"], ["show"], ["show", "--color", "always"]):
        done = spawn(*arguments, library, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        text = done.stdout.decode(encoding)
        assert ("好" if encoding == "gbk" else "\\u597d") in text


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-16"])
def test_json_is_json_in_every_encoding(spawn: Spawn, tmp_path: Path, encoding: str) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: 好 😀\n---\n\n", encoding="utf-8")
    done = spawn("show", "--format", "json", post, PYTHONIOENCODING=encoding)

    assert json.loads(done.stdout.decode(encoding))["title"] == "好 😀"


def test_a_file_name_that_is_no_text_can_be_opened_from_the_list(
    spawn: Spawn, library: Path
) -> None:
    strange = os.fsencode(library / "_posts") + b"/2026-09-01-\xff\xfe.md"
    Path(os.fsdecode(strange)).write_text("---\ntitle: Strange\n---\n", encoding="utf-8")

    paths = spawn("list", "--source", library, "--format", "paths")
    data = spawn("list", "--source", library, "--format", "json")
    shown = spawn("show", os.fsdecode(strange))

    assert paths.stdout.splitlines()[0] == strange
    assert os.fsencode(json.loads(data.stdout.splitlines()[0])["path"]) == strange
    assert shown.stdout.startswith(b"Strange\n")
    assert (paths.returncode, data.returncode, shown.returncode) == (0, 0, 0)


def test_json_escapes_what_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    path = "a\x9b2J\u202eb\u2028\x7f\udcff中\u3000"
    output.print_json({"path": path})

    line = capsys.readouterr().out
    assert line == '{"path": "a\\u009b2J\\u202eb\\u2028\\u007f\\udcff中\u3000"}\n'
    assert json.loads(line)["path"] == path


def test_a_stream_in_memory_will_do(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)

    assert main(["list", "--source", str(library)]) == 0
    assert "Second" in stream.getvalue()


def test_a_path_cannot_command_a_terminal(library: Path) -> None:
    strange = library / "_posts" / "2026-09-01-a\x1b[2Jb.md"
    strange.write_text("---\ntitle: Strange\n---\n", encoding="utf-8")

    assert "\x1b[2J" not in terminal("list", "--source", library, "--format", "paths")


def test_the_width_of_a_text_is_that_of_the_terminal_but_not_too_wide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert output.terminal_width() == 80
    monkeypatch.setattr(output, "is_terminal", lambda stream: True)
    monkeypatch.setenv("COLUMNS", "200")
    assert output.terminal_width() == 200


def test_of_many_problems_the_first_are_named_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for count, last in (
        (1, "post 0"),
        (20, "post 19"),
        (21, "One more problem."),
        (100_000, "99,980 more"),
    ):
        output.complain_of_all([Problem("post-file-gone", (f"post {n}",)) for n in range(count)])
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == min(count, 21)
        assert last in lines[-1]
