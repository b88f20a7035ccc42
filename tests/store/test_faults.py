"""Damaged databases and full disks: a sentence, and nothing else is lost.

`python -m tests.long.faults` is the long form of the first.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.store import StateError
from newsreader.store.state.backups import integrity
from newsreader.store.state.open_state import open_state, state_alone
from newsreader.store.transfer.export_site import read_bookmarks
from tests.long import faults

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with bookmarks, marks and a backup; to be copied."""
    folder = tmp_path_factory.mktemp("faults") / "library"
    faults.make_library(folder)
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


@pytest.fixture(autouse=True)
def kept_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the damaged libraries set is set back."""
    for kind in ("CACHE", "DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", "/nowhere")


def test_damage_at_random_places_is_said_and_costs_nothing_else(made: Path) -> None:
    seed = int.from_bytes(os.urandom(2), "big")
    outcome = faults.run(made, cases=24, seed=seed)
    assert outcome.problems == [], f"seed {seed}"
    assert outcome.said > 3, f"seed {seed}"


def test_a_state_that_is_refused_says_how_to_get_it_back(copied: Path) -> None:
    state = copied / "data" / "state.db"
    faults.spoil(state, faults.Case("state", "cut", 3))
    with pytest.raises(StateError, match="damaged-with-backup state-damaged"):
        faults.open_library(copied)


def newsreader(
    folder: Path, *words: object, limit: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process whose files may grow to `limit` bytes only."""

    def restrain() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    homes = {
        f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CACHE", "CONFIG", "DATA", "STATE")
    }
    return subprocess.run(
        [sys.executable, "-m", "newsreader", *map(str, words)],
        env={**os.environ, **homes, "TMPDIR": str(folder)},
        preexec_fn=restrain,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("limit", [1, 90_000])
def test_a_full_disk_is_said_and_what_was_kept_stays_whole(copied: Path, limit: int) -> None:
    for name in ("CACHE", "DATA"):
        (copied / name).mkdir()
        (copied / name / "newsreader").symlink_to(copied / name.lower())
    state = copied / "data" / "state.db"
    post = copied / "site/_posts/2024-01-02-1.md"
    source = ("--source", copied / "site")
    for words in (
        ("bookmarks", "add", post, *source),
        ("list", "--limit", "2", *source),
        ("bookmarks", "note", post, "long " * 1000, *source),
        ("bookmarks", "export", copied / "out"),
        ("bookmarks", "list", *source),
    ):
        done = newsreader(copied, *words, limit=limit)
        assert done.returncode in {0, 1}, done
        assert done.returncode == 0 or done.stderr, done
        for line in done.stderr.splitlines():
            assert line.startswith("newsreader: "), done.stderr
            assert line.endswith("."), line
            assert "unexpected" not in line
    assert integrity(state) is None
    with closing(open_state(copied / "data")) as opened, state_alone(opened) as db:
        assert len([*read_bookmarks(db)]) in {12, 13}
    done = newsreader(copied, "bookmarks", "add", post, *source)
    assert (done.returncode, done.stderr) == (0, "")
