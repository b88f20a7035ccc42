"""The folder that feeds are kept in: a site for each feed, and what is remembered of them.

    <feed>/_config.yml
    <feed>/_posts/2022-02-25-title.html
    <feed>/images/2022-02-25-title/1.png
    .fetch/feeds.json      what is known of each feed (`fetch_state`)
    .fetch/entries/<feed>  which entry became which post
    .fetch/links/NN        which address belongs to which post
    .fetch/journal         the changes that are being made

All changes of one feed are one `Batch`. It is written to the journal as a whole before the first of
its files is, and made again from there if its process is killed in between: so a feed's document is
kept with all of its entries or not at all, and making it twice changes nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias, cast

from newsreader.feeds.entry_table import KnownEntry, LineTable, LinkTable
from newsreader.feeds.fetch_state import FeedState, states_from_json, states_to_json
from newsreader.feeds.file_names import folder_name
from newsreader.feeds.post_text import quote_yaml
from newsreader.files import LARGEST_POST, read_regular
from newsreader.posts.site_files import CONFIG, POSTS

_OWN: Final = ".fetch"
_LARGEST_STATE: Final = 64 << 20

_LOCK_SECONDS: Final = 1.0
"""How long the lock of a library is waited for."""
_LOCK_PAUSE: Final = 0.02

# A batch as it stands in the journal, and the state of its feed.
_Record: TypeAlias = tuple[str, list[list[str]], list[list[str]], list[list[str]], str]


class LibraryBusyError(Exception):
    """Another process is fetching."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The changes of one feed.

    Attributes:
        folder: The feed's folder.
        files: Path below the library and text, in the order in which they are written.
        entries: Key digest and what the entry became.
        links: Addresses and the posts that they belong to.
    """

    folder: str
    files: tuple[tuple[str, str], ...] = ()
    entries: tuple[tuple[str, KnownEntry], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


class FeedLibrary:
    """The folder, open for changes by this process alone."""

    def __init__(self, root: Path) -> None:
        """Take over the folder; what a killed process had begun is finished.

        Use `open_feed_library`, which keeps others out.
        """
        self.root = root
        self._own = root / _OWN
        self.states = load_states(root)
        self.links = LinkTable(self._own / "links")
        self._tables: dict[str, LineTable] = {}
        self._finish()

    def known_entries(self, folder: str) -> dict[str, KnownEntry]:
        """What the entries of a feed became, by the digests of their keys."""
        rows = self._table(folder).values
        return {key: KnownEntry(*row) for key, row in rows.items() if len(row) == 2}

    def folder_for(self, url: str, name: str) -> str:
        """The folder of a feed: the one that it has, else a new one with a site's config."""
        state = self.states.get(url, FeedState())
        if not state.folder:
            used = {each.folder for each in self.states.values()}
            folder = folder_name(name, lambda each: each in used or self._is_of_another(each, url))
            state = replace(state, folder=folder)
            self.states[url] = state
        config = self.root / state.folder / CONFIG
        if not config.exists():
            self._write(
                f"{state.folder}/{CONFIG}", f"title: {quote_yaml(name)}\nfeed: {quote_yaml(url)}\n"
            )
        return state.folder

    def _is_of_another(self, folder: str, url: str) -> bool:
        """Whether there is such a folder that this feed did not make before it was forgotten."""
        config = self.root / folder / CONFIG
        try:
            return f"feed: {quote_yaml(url)}\n" not in config.read_text(encoding="utf-8")
        except FileNotFoundError:
            # A killed process can leave an empty folder.
            return bool(self.names_in(folder)) or (self.root / folder).is_file()
        except (OSError, UnicodeDecodeError):
            return True

    def has_post(self, path: str) -> bool:
        """Whether there is a file at a path below the library."""
        return (self.root / path).exists()

    def read_post(self, path: str) -> bytes | None:
        """The bytes of a post; `None` if it cannot be read."""
        try:
            return read_regular(self.root / path, LARGEST_POST).raw
        except OSError:
            return None

    def remove(self, path: str) -> None:
        """Remove a file below the library, if it is there.

        Raises:
            OSError: It cannot be removed.
        """
        (self.root / path).unlink(missing_ok=True)

    def names_in(self, folder: str) -> frozenset[str]:
        """The names of what is in a folder below the library; none if there is no such folder."""
        try:
            return frozenset(each.name for each in (self.root / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return frozenset()

    def commit(self, batch: Batch, url: str, state: FeedState) -> None:
        """Make the changes of a feed, as a whole.

        Raises:
            OSError: They cannot be written; the next fetch tries again.
        """
        if batch.files or batch.entries or batch.links:
            record = [
                batch.folder,
                batch.files,
                [(key, known.path, known.digest) for key, known in batch.entries],
                batch.links,
                states_to_json({url: state}),
            ]
            self._write(f"{_OWN}/journal", json.dumps(record))
            self._apply(batch)
            self.set_state(url, state)
            (self._own / "journal").unlink()
        else:
            self.set_state(url, state)

    def set_state(self, url: str, state: FeedState) -> None:
        """Remember something of a feed.

        Raises:
            OSError: It cannot be written.
        """
        self.states[url] = state
        self.save_states()

    def move_state(self, old: str, new: str) -> None:
        """Remember under a new address what was remembered under an old one.

        Raises:
            OSError: It cannot be written.
        """
        state = self.states.pop(old, None)
        if state is not None:
            self.states[new] = replace(state, moved_to="")
        self.save_states()

    def save_states(self) -> None:
        """Write what is remembered of all feeds.

        Raises:
            OSError: It cannot be written.
        """
        self._write(f"{_OWN}/feeds.json", states_to_json(self.states))

    def write_bytes(self, path: str, content: bytes) -> None:
        """Write a file below the library, whole or not at all.

        Raises:
            OSError: It cannot be written.
        """
        # Strings, because a fetch writes ten thousand files and `Path` takes half of the time.
        target, part = f"{self.root}/{path}", f"{self.root}/{_OWN}/part"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - a descriptor
            file.write(content)
        try:
            os.replace(part, target)  # noqa: PTH105 - see above
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            os.replace(part, target)  # noqa: PTH105

    def _write(self, path: str, text: str) -> None:
        self.write_bytes(path, text.encode())

    def _apply(self, batch: Batch) -> None:
        for path, text in batch.files:
            self._write(path, text)
        self.links.add(batch.links)
        self._table(batch.folder).add(
            (key, known.path, known.digest) for key, known in batch.entries
        )

    def _table(self, folder: str) -> LineTable:
        if folder not in self._tables:
            self._tables[folder] = LineTable(self._own / "entries" / folder)
        return self._tables[folder]

    def _finish(self) -> None:
        """Make the changes that a killed process had begun."""
        journal = self._own / "journal"
        try:
            text = journal.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        try:
            record = cast("_Record", json.loads(text))
        except ValueError:  # only a file system that lost power cuts it off
            journal.unlink()
            return
        folder, files, entries, links, states = record
        self._apply(
            Batch(
                folder,
                tuple((path, body) for path, body in files),
                tuple((key, KnownEntry(path, digest)) for key, path, digest in entries),
                tuple((link, path) for link, path in links),
            )
        )
        self.states |= states_from_json(states)
        self.save_states()
        journal.unlink()


@contextlib.contextmanager
def open_feed_library(root: Path) -> Iterator[FeedLibrary]:
    """Open the library for changes, made if it is not there.

    Raises:
        LibraryBusyError: Another process has it open.
        OSError: It cannot be written.
    """
    root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    (root / _OWN).mkdir(parents=True, exist_ok=True)
    # The system takes the lock back from whoever dies.
    descriptor = os.open(root / _OWN / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        yield FeedLibrary(root)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Take the lock of a library; `LibraryBusyError` if another process keeps it for a second.

    A process that a killed fetch was just about to start has it for a moment longer.
    """
    end = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise LibraryBusyError from None
            time.sleep(_LOCK_PAUSE)
        else:
            return


def load_states(root: Path) -> dict[str, FeedState]:
    """What is remembered of each feed, by its address; nothing if there is no library."""
    try:
        raw = read_regular(root / _OWN / "feeds.json", _LARGEST_STATE).raw
    except OSError:
        return {}
    return states_from_json(raw.decode("utf-8", "replace"))


def posts_folder(folder: str) -> str:
    """The folder of a feed's posts, below the library."""
    return f"{folder}/{POSTS}"
