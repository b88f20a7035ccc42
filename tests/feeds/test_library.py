"""The folder of feeds: whole changes, and one process at a time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import threading
from pathlib import Path

import pytest

from newsreader.feeds.entry_table import KnownEntry
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.library import (
    Batch,
    FeedLibrary,
    LibraryBusyError,
    load_states,
    open_feed_library,
)

URL = "https://a.example/feed"
BATCH = Batch(
    "a",
    (("a/_posts/1.html", "one"), ("a/_posts/2.html", "two")),
    (("k", KnownEntry("a/_posts/1.html", "d")),),
    (("https://a.example/1", "a/_posts/1.html"),),
)


class KilledError(Exception):
    """Stands for the end of the process."""


def test_a_batch_is_kept_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    with open_feed_library(tmp_path) as library:
        library.commit(BATCH, URL, FeedState("a", etag="e"))
    with open_feed_library(tmp_path) as again:
        assert again.read_post("a/_posts/2.html") == b"two"
        assert again.known_entries("a") == dict(BATCH.entries)
        assert again.links.find("https://a.example/1") == "a/_posts/1.html"
        assert again.states == load_states(tmp_path) == {URL: FeedState("a", etag="e")}


@pytest.mark.parametrize("writes", range(1, 6))
def test_what_a_killed_process_had_begun_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    write = FeedLibrary.write_bytes
    left = writes

    def write_some(self: FeedLibrary, path: str, content: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KilledError
        write(self, path, content)

    with open_feed_library(tmp_path) as library:
        monkeypatch.setattr(FeedLibrary, "write_bytes", write_some)
        with contextlib.suppress(KilledError):
            library.commit(BATCH, URL, FeedState("a"))
        monkeypatch.undo()
    with open_feed_library(tmp_path) as again:
        assert again.read_post("a/_posts/1.html") == b"one"
        assert again.read_post("a/_posts/2.html") == b"two"
        assert again.known_entries("a") == dict(BATCH.entries)
        assert again.states == {URL: FeedState("a")}
    assert not (tmp_path / ".fetch" / "journal").exists()


def test_two_processes_do_not_fetch_at_once(tmp_path: Path) -> None:
    with open_feed_library(tmp_path), pytest.raises(LibraryBusyError), open_feed_library(tmp_path):
        pass
    with open_feed_library(tmp_path):
        pass


def test_a_lock_that_is_let_go_in_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.feeds.library._LOCK_SECONDS", 60.0)
    with open_feed_library(tmp_path):
        pass
    held = os.open(tmp_path / ".fetch" / "lock", os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    letting_go = threading.Timer(0.05, os.close, (held,))
    letting_go.start()
    with open_feed_library(tmp_path):
        letting_go.join()


def test_a_feed_keeps_its_folder(tmp_path: Path) -> None:
    with open_feed_library(tmp_path) as library:
        folders = [library.folder_for(f"https://{n}.example/", "Same: name") for n in range(2)]
        library.save_states()
    with open_feed_library(tmp_path) as again:
        assert again.folder_for("https://0.example/", "Another name") == folders[0]
    (tmp_path / ".fetch" / "feeds.json").unlink()
    with open_feed_library(tmp_path) as forgetful:
        assert forgetful.folder_for("https://1.example/", "Same: name") == folders[1]

    assert folders == ["same-name", "same-name-2"]
    config = (tmp_path / "same-name" / "_config.yml").read_text("utf-8")
    assert config == 'title: "Same: name"\nfeed: "https://0.example/"\n'


def test_a_folder_of_somebody_else_is_left_alone_and_an_empty_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with open_feed_library(tmp_path) as library:
        folders = [library.folder_for(f"u:{name}", name) for name in ("mine", "empty", "file")]

    assert folders == ["mine-2", "empty", "file-2"]


@pytest.mark.parametrize("text", ["", "[]", '{"u": 1}', '{"u": {"etag": 2}}', "{", "[" * 9999])
def test_damaged_states_are_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / ".fetch").mkdir()
    (tmp_path / ".fetch" / "feeds.json").write_text(text, encoding="utf-8")

    assert load_states(tmp_path) in ({}, {"u": FeedState()})


def test_there_are_no_states_without_a_library(tmp_path: Path) -> None:
    assert load_states(tmp_path / "none") == {}
    assert not (tmp_path / "none").exists()


def test_a_journal_that_is_cut_off_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".fetch").mkdir()
    (tmp_path / ".fetch" / "journal").write_text(json.dumps(["a"])[:-1], encoding="utf-8")
    with open_feed_library(tmp_path) as library:
        assert library.states == {}
    assert not (tmp_path / ".fetch" / "journal").exists()
