"""Pipes, encodings, signals and errors: nothing of them reaches the user as a traceback."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.cli import entry, main, output
from newsreader.cli.commands import list as listing
from newsreader.config.model import Config
from tests.cli.conftest import Run

Spawn = Callable[..., subprocess.CompletedProcess[bytes]]
COMMAND = [sys.executable, "-m", "newsreader"]


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


@pytest.mark.parametrize("words", ["list --source", ""])
def test_closed_streams_are_no_error(words: str, library: Path) -> None:
    command = f"{sys.executable} -m newsreader {words} {library} <&- >&- 2>&-"

    assert subprocess.run(command, shell=True, check=False).returncode == 0


def test_closed_standard_input_is_told() -> None:
    command = f"{sys.executable} -m newsreader show - <&-"
    done = subprocess.run(command, shell=True, check=False, capture_output=True)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"newsreader: Standard input is closed.\n"


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


def test_without_a_terminal_the_reader_prints_the_list(spawn: Spawn, library: Path) -> None:
    reader = spawn(library)
    listed = spawn("list", "--source", library)

    assert (reader.returncode, reader.stderr) == (0, b"")
    assert reader.stdout == listed.stdout
    assert b"\x1b" not in reader.stdout


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [*COMMAND, "show", str(fifo)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with fifo.open("wb"):  # waits until the command reads from it
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_post_may_come_through_a_pipe_of_the_shell(tmp_path: Path, first: Path) -> None:
    fifo = tmp_path / "fifo.md"
    os.mkfifo(fifo)
    process = subprocess.Popen([*COMMAND, "show", str(fifo)], stdout=subprocess.PIPE)
    fifo.write_bytes(first.read_bytes())
    out, _ = process.communicate(timeout=30)

    assert out.decode().startswith('他说"好"了\n')


def test_a_surprise_is_one_sentence_and_its_details_are_in_the_log(
    run: Run, library: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("a\nsurprise \x1b[2J")

    monkeypatch.setattr(listing, "open_store", fail)
    done = run("list", "--source", library)

    log = next(home.rglob("newsreader.log"))
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "newsreader: Something unexpected happened: ZeroDivisionError: a surprise [2J. "
        f"The details are in {log}.\n"
    )
    assert "Traceback (most recent call last)" in log.read_text(encoding="utf-8")


def test_the_log_grows_by_what_happens_and_not_for_ever(
    run: Run, library: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(listing, "open_store", fail)
    run("list", "--source", library)
    log = next(home.rglob("newsreader.log"))
    once = log.stat().st_size
    run("list", "--source", library)
    twice = log.stat().st_size
    log.write_bytes(b"x" * 2_000_000)
    run("list", "--source", library)

    assert twice > once * 1.5
    assert log.stat().st_size < twice


def test_a_log_that_cannot_be_written_is_told(
    run: Run, library: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    (home / "state").write_text("a file where the folder would be", encoding="utf-8")
    monkeypatch.setattr(listing, "open_store", fail)
    done = run("list", "--source", library)

    assert done.code == 1
    assert "The details could not be written to " in done.err
    assert len(done.err.splitlines()) == 1


def test_an_error_of_the_system_names_the_file(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> Config:
        raise PermissionError(13, "Permission denied", "/a/b")

    monkeypatch.setattr(listing, "open_library", fail)

    assert run("list", "--source", library).err == "newsreader: /a/b: Permission denied.\n"


def test_a_damaged_reading_state_stops_with_a_sentence_and_is_left_alone(
    run: Run, library: Path, home: Path
) -> None:
    state = home / "data/newsreader/state.db"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"no database at all" * 1000)
    before = state.read_bytes()

    for arguments in (["list", "--source", library], ["index", "--source", library]):
        done = run(*arguments)
        assert (done.code, done.out) == (1, "")
        assert len(done.err.splitlines()) == 1
        assert str(state) in done.err
    assert state.read_bytes() == before


def test_a_data_folder_that_cannot_be_made_is_told(
    run: Run, library: Path, home: Path, first: Path
) -> None:
    data = home / "data"
    data.write_text("a file where the folder would be", encoding="utf-8")
    said = (
        f"newsreader: The reading state {data / 'newsreader/state.db'} cannot be used (not a"
        " directory): reading goes on, but nothing is saved."
    )
    listed = run("list", "--source", library)
    kept = run("bookmarks", "add", first, "--source", library)

    assert (listed.code, listed.err.splitlines()) == (0, [said])
    assert "Third" in listed.out
    assert (kept.code, kept.out, kept.err.splitlines()) == (1, "", [said, said])


def test_a_stream_in_memory_will_do(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)

    assert main(["list", "--source", str(library)]) == 0
    assert "Second" in stream.getvalue()


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


def test_without_a_home_folder_reading_goes_on_and_none_is_made(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # As for a user without one.
    monkeypatch.chdir(tmp_path)
    done = run("list", "--source", library)

    assert done.code == 0
    assert "Third" in done.out
    lines = done.err.splitlines()
    assert len(lines) == 2
    assert "(there is no home folder): reading goes on, but nothing is saved." in lines[0]
    told = run("doctor")
    assert told.code == 1
    assert "there is no home folder: nothing is saved" in told.out
    assert not (tmp_path / "~").exists()
