"""`newsreader doctor`."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def used(run: Run, library: Path, first: Path, home: Path) -> Path:
    """A reading state with a bookmark and a backup."""
    assert run("--source", library, "bookmarks", "add", first).code == 0
    return home / "data" / "newsreader" / "state.db"


def test_all_is_well_on_a_new_machine(run: Run, home: Path) -> None:
    done = run("doctor")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("All is well.\n")
    for part in ("newsreader 0.", "SQLite 3", "textual 8", "There is none yet"):
        assert part in done.out
    assert not (home / "data").exists()


def test_it_tells_what_is_in_the_databases(run: Run, used: Path) -> None:
    done = run("doctor")
    assert done.code == 0
    assert f"reading state: {used}: whole, version 2" in done.out
    assert "bookmarks: 1, posts marked read: 0, steps to undo: 1" in done.out
    assert "posts: 3, sources: 1" in done.out
    assert "state-20" in done.out


@pytest.mark.parametrize("which", ["data/newsreader/state.db", "cache/newsreader/index.db"])
@pytest.mark.parametrize("damage", [b"", b"\xaa"])
def test_a_damaged_database_is_told(
    run: Run, used: Path, home: Path, which: str, damage: bytes
) -> None:
    path = home / which
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2] + damage * (len(raw) // 2))
    before = path.read_bytes()
    done = run("doctor")
    assert done.code == 1
    assert f"{path}: it is damaged (" in done.out
    assert "Something is wrong" in done.out
    assert "Traceback" not in done.out + done.err
    assert path.read_bytes() == before
    assert used.exists()


def test_a_backup_is_restored(run: Run, used: Path, first: Path) -> None:
    used.write_bytes(b"no database" * 1000)
    broken = run("bookmarks", "list")
    assert (broken.code, broken.out) == (1, "")
    assert "`newsreader doctor --restore` puts it in its place" in broken.err
    done = run("doctor", "--restore")
    assert (done.code, done.err) == (0, "")
    assert "The reading state that was there is" in done.out
    assert str(first) in run("bookmarks", "list").out
    assert run("doctor").code == 0


def test_a_named_backup_is_restored_and_a_wrong_one_not(run: Run, used: Path, first: Path) -> None:
    (backup,) = (used.parent / "backups").iterdir()
    run("bookmarks", "remove", first)
    assert run("doctor", "--restore", backup).code == 0
    assert str(first) in run("bookmarks", "list").out
    wrong = run("doctor", "--restore", first)
    assert (wrong.code, wrong.out) == (1, "")
    assert "The backup cannot be restored" in wrong.err


def test_without_a_backup_there_is_nothing_to_restore(run: Run, home: Path) -> None:
    done = run("doctor", "--restore")
    assert (done.code, done.out) == (1, "")
    assert "There is no backup of" in done.err
    assert not (home / "data").exists()


def test_what_others_can_read_is_told(run: Run, used: Path) -> None:
    used.parent.chmod(0o755)
    used.chmod(0o644)
    done = run("doctor")
    assert done.code == 1
    assert f"`chmod go= {used}` makes it yours alone" in done.out


def test_a_broken_config_and_a_missing_source_are_told(
    run: Run, home: Path, tmp_path: Path
) -> None:
    file = home / "config" / "newsreader" / "config.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(f"sources: [{tmp_path / 'nowhere'}]\nthem: dark\n")
    done = run("doctor")
    assert done.code == 1
    assert f"{tmp_path / 'nowhere'} is not there" in done.out
    assert "them" in done.out


def test_a_folder_that_is_a_file_is_told(run: Run, home: Path) -> None:
    (home / "data").mkdir()
    (home / "data/newsreader").write_text("")
    done = run("doctor")
    assert done.code == 1
    assert "is a file, where a folder is needed" in done.out


@pytest.mark.long
@pytest.mark.parametrize(
    ("columns", "said", "code"),
    [
        ((9, 3), "two cells wide, as they should be", 0),
        ((7, 3), "takes 6 cells and should take 8", 1),
        ((9, 5), "by itself", 0),
    ],
)
def test_the_terminal_is_asked_how_wide_its_characters_are(
    columns: tuple[int, int], said: str, code: int
) -> None:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "newsreader", "doctor"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    )
    os.close(slave)
    output = bytearray()

    def answer() -> None:
        answered = 0
        while select.select([master], [], [], 30)[0]:
            try:
                output.extend(os.read(master, 4096))
            except OSError:  # The other end is closed.
                return
            if output.count(b"\x1b[6n") > answered:
                os.write(master, f"\x1b[1;{columns[answered]}R".encode())
                answered += 1

    thread = threading.Thread(target=answer)
    thread.start()
    assert process.wait(30) == code
    thread.join(30)
    os.close(master)
    assert said in output.decode()
