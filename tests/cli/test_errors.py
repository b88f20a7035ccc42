"""Nothing that goes wrong reaches the user as a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader import paths
from newsreader.cli.commands import doctor
from newsreader.cli.commands import list as list_command
from newsreader.config.model import Config
from newsreader.log import close_log
from newsreader.text import clean_text
from tests.cli.conftest import Run

ESCAPES = "\x1b]0;title\x07\x9b2J\x7f\u202e\u3164\U000e0041"


def test_a_surprise_is_two_lines_and_its_details_are_in_the_log_and_in_a_report(
    run: Run, library: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("a\nsurprise \x1b[2J")

    monkeypatch.setattr(list_command, "open_store", fail)
    done = run("list", "--source", library)

    log = next(home.rglob("newsreader.log"))
    assert (done.code, done.out) == (1, "")
    (report,) = log.parent.glob("crash-*.txt")
    assert done.err == (
        "newsreader: Something unexpected happened: ZeroDivisionError: a surprise [2J. "
        f"The details are in {log}.\n"
        f"newsreader: A report of it, without any text of posts, is in {report}.\n"
    )
    assert "Traceback (most recent call last)" in log.read_text(encoding="utf-8")


def test_the_log_grows_by_what_happens_and_not_for_ever(
    run: Run, library: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(list_command, "open_store", fail)
    run("list", "--source", library)
    log = next(home.rglob("newsreader.log"))
    once = log.stat().st_size
    run("list", "--source", library)
    twice = log.stat().st_size
    close_log()  # since 3.13 one that is open does not look how large it has become
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
    monkeypatch.setattr(list_command, "open_store", fail)
    done = run("list", "--source", library)

    assert done.code == 1
    assert "The details could not be written to " in done.err
    assert len(done.err.splitlines()) == 1


def test_an_error_of_the_system_names_the_file(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> Config:
        raise PermissionError(13, "Permission denied", "/a/b")

    monkeypatch.setattr(list_command, "open_library", fail)

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
    said = f"newsreader: Nothing is saved: not a directory ({data / 'newsreader/state.db'})."
    listed = run("list", "--source", library)
    kept = run("bookmarks", "add", first, "--source", library)

    assert (listed.code, listed.err.splitlines()) == (0, [said])
    assert "Third" in listed.out
    assert (kept.code, kept.out, kept.err.splitlines()) == (
        1,
        "",
        [said, "newsreader: Not bookmarked: not a directory."],
    )


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
    assert "Nothing is saved: there is no home folder (" in lines[0]
    told = run("doctor")
    assert told.code == 1
    assert "there is no home folder: nothing is saved" in told.out
    assert not (tmp_path / "~").exists()


def test_what_cannot_be_saved_is_named_before_the_reason(
    run: Run, library: Path, home: Path, first: Path
) -> None:
    run("bookmarks", "add", first, "--source", library)
    run("bookmarks", "export", home / "out")
    (state,) = home.rglob("state.db")
    for beside in state.parent.glob("state.db*"):
        beside.unlink()
    state.mkdir()
    done = run("bookmarks", "import", home / "out")

    assert (done.code, done.out) == (1, "")
    assert done.err == "newsreader: Nothing was imported: is a directory.\n"


def test_neither_an_error_of_usage_nor_the_log_holds_what_a_terminal_obeys(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("show", "x", "--width", ESCAPES), ("--config", ESCAPES), ("bookmarks", ESCAPES)):
        done = run(*words)
        assert done.code == 2
        assert clean_text(done.err) == done.err

    def fail(_: object) -> int:
        raise ValueError(ESCAPES)

    monkeypatch.setattr(doctor, "run", fail)
    run("doctor")
    log = paths.log_file().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert clean_text(log) == log
