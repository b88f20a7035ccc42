"""A small library to try the store on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsreader.store import PATIENT, Patience, PostId, PostStore, Query, Source


@dataclass
class Library:
    """A source folder of its own, and stores on it that are closed in the end."""

    folder: Path
    cache: Path
    data: Path
    _stack: ExitStack = field(default_factory=ExitStack)

    def write(
        self,
        name: str,
        *,
        title: str = "",
        date: str = "",
        categories: Sequence[str] = (),
        tags: Sequence[str] = (),
        more: str = "",
        body: str = "Text.",
        folder: Path | None = None,
    ) -> Path:
        """Write a post file; `name` lies below `_posts` unless it has a slash."""
        path = (folder or self.folder) / (name if "/" in name else f"_posts/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ["---", f"title: {title or name}"]
        if date:
            lines.append(f"date: {date}")
        lines += [f"categories: [{', '.join(categories)}]", f"tags: [{', '.join(tags)}]"]
        lines += [more] if more else []
        path.write_text("\n".join([*lines, "---", body, ""]), encoding="utf-8")
        return path

    def open(self, *folders: Path, patience: Patience = PATIENT) -> PostStore:
        """A store on these folders, or on the library's own."""
        sources = [Source(folder) for folder in folders or (self.folder,)]
        store = PostStore(sources, cache_dir=self.cache, data_dir=self.data, patience=patience)
        return self._stack.enter_context(store)

    def scanned(self, *folders: Path) -> PostStore:
        """A store whose index is up to date."""
        store = self.open(*folders)
        store.scans.run()
        return store

    def close(self) -> None:
        """Close all stores."""
        self._stack.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    folder = tmp_path / "site"
    (folder / "_posts").mkdir(parents=True)
    library = Library(folder, tmp_path / "cache", tmp_path / "data")
    yield library
    library.close()


@pytest.fixture
def titles() -> Callable[[PostStore, Query], list[str]]:
    """The titles of a list, newest first."""
    return lambda store, query: [row.title for row in store.lists.page(query, 0, 1000)]


def id_of(store: PostStore, title: str) -> PostId:
    """The id of the post of this title."""
    for row in store.lists.page(Query(), 0, 1000):
        if row.title == title:
            return row.post_id
    raise AssertionError(title)


def marked(library: Library) -> Path:
    """A library with one read and one bookmarked post, closed; its state."""
    library.write("a.md", title="a", date="2020-01-01")
    library.write("b.md", title="b", date="2020-01-02")
    with library.scanned() as store:
        store.marks.set_read([id_of(store, "a")], True)
        store.bookmarks.set_bookmarked(id_of(store, "b"), True)
    return library.data / "state.db"


def flags(store: PostStore) -> dict[str, tuple[bool, bool]]:
    return {row.title: (row.read, row.bookmarked) for row in store.lists.page(Query(), 0, 100)}


MARKED = {"a": (True, False), "b": (False, True)}


def spoil(path: Path, damage: str) -> None:
    size = path.stat().st_size
    match damage:
        case "garbage":
            path.write_bytes(b"no database " * 1000)
        case "short":
            path.write_bytes(b"x")
        case "cut":
            os.truncate(path, size // 2 // 4096 * 4096)
        case _:
            with closing(sqlite3.connect(path)) as db:
                (page,) = db.execute(
                    "SELECT rootpage FROM sqlite_schema WHERE name IN ('posts', 'bookmarks')"
                ).fetchone()
            with path.open("r+b") as file:
                file.seek((page - 1) * 4096)
                file.write(b"\xaa" * 4096)


def with_posts(library: Library, count: int) -> PostStore:
    """A store on so many posts, whose titles are their numbers."""
    for number in range(count):
        library.write(f"{number}.md", title=f"{number}", date="2020-01-01", categories=["x"])
    return library.scanned()
