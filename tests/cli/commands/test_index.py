"""`newsreader index`."""

from __future__ import annotations

import os
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest

from newsreader.cli.commands import index
from newsreader.problems import Problem
from newsreader.store import ScanProgress, ScanResult
from newsreader.store.db.locks import scan_lock
from tests.cli.conftest import Run


def test_index_prints_one_line(run: Run, library: Path, first: Path) -> None:
    new = run("index", "--source", library)
    same = run("index", "--source", library)
    first.unlink()
    less = run("index", "--source", library)
    again = run("index", "--source", library, "--rebuild")

    assert new.out.startswith("3 posts: 3 added, 0 changed, 0 removed, in ")
    assert same.out.startswith("3 posts: 0 added, 0 changed, 0 removed, in ")
    assert less.out.startswith("2 posts: 0 added, 0 changed, 1 removed, in ")
    assert again.out.startswith("2 posts: ")
    for done in (new, same, less, again):
        assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 1)


class Busy:
    """A store that another process fills for a while."""

    def __init__(self, polls: int) -> None:
        self.polls = polls
        self.notices = ()
        self.scans = self
        self.scanned_after = -1

    def progress(self) -> ScanProgress:
        self.polls -= 1
        return ScanProgress(1, 2, running=self.polls >= 0)

    def are_many(self) -> bool:
        return False

    def run(self, **options: object) -> ScanResult:
        self.scanned_after = self.polls
        return ScanResult(found=1, problems=(Problem("folder-unreadable", ("x", "no reason")),))


def test_index_says_that_another_process_is_indexing_and_waits(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Busy(polls=3)
    monkeypatch.setattr(index, "open_store", lambda sources: nullcontext(busy))
    monkeypatch.setattr(index, "_POLL_SECONDS", 0)
    done = run("index", "--source", library)

    assert busy.scanned_after < 0
    assert done.err.splitlines() == [
        "newsreader: Another process is indexing; waiting until it is done.",
        "newsreader: A folder cannot be read (no reason): x.",
    ]
    assert done.out == "1 post: 0 added, 0 changed, 0 removed, in 0.0 s.\n"
    assert done.code == 1


def test_index_says_that_other_posts_are_being_indexed(run: Run, library: Path) -> None:
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "newsreader"
    assert run("index", "--source", library).code == 0
    messages: list[str] = []

    def index_later() -> None:
        messages.append(run("index", "--source", library).err)

    thread = threading.Thread(target=index_later)
    with scan_lock(cache, seconds=0) as held:
        assert held
        thread.start()
        thread.join(0.5)
    thread.join()
    assert messages == ["newsreader: Another process is indexing; waiting until it is done.\n"]
