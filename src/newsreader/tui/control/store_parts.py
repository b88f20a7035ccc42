"""Protocols for the parts of the store that controllers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from newsreader.problems import Problem
from newsreader.store import (
    Appearance,
    CollectProgress,
    PostImage,
    ScanProgress,
    ScanResult,
    Session,
    StoredPost,
    StoreError,
    Undone,
)
from newsreader.text import Clean
from newsreader.tui.values import CountedPeriod, FoundTitle, Overview, PostId, PostRow, Query

if TYPE_CHECKING:
    from newsreader.article.reading_place import ReadingPlace
    from newsreader.posts.model import Post, Site


class ListStore(Protocol):
    """Lists of posts."""

    def collect(self, query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        """Find the posts of a list that no index holds in order."""

    def tally(self, query: Query, stop: Callable[[], bool] = ...) -> int | None:
        """Count the posts of such a list."""

    def count(self, query: Query) -> int:
        """Count the posts of a list."""

    def page(self, query: Query, offset: int, limit: int) -> Sequence[PostRow]:
        """Read a part of a list."""

    def rank(self, query: Query, post_id: PostId) -> int | None:
        """Find the index of a post in a list."""

    def locate(self, query: Query, post_id: PostId) -> int:
        """Find that index, or the one that the post would have."""

    def unread_ids(self, query: Query) -> Sequence[int]:
        """Read which posts of a list are unread."""

    def row(self, post_id: PostId) -> PostRow | None:
        """Read the row that a list shows for a post."""

    def timeline(self, query: Query) -> Sequence[CountedPeriod]:
        """Count the posts of a list by days, months or years."""

    def locate_day(self, query: Query, period: CountedPeriod) -> int:
        """Find the row of the first post of a period."""

    def copies(self, post_id: PostId) -> Sequence[PostRow]:
        """Read the rows of the posts that tell what a post tells."""

    def next_unread(
        self, post_id: PostId | None, *, query: Query, backwards: bool = False
    ) -> PostId | None:
        """Find the next unread post."""

    def find_titles(self, typed: str, stop: Callable[[], bool]) -> Iterator[list[FoundTitle]]:
        """Find posts by characters of their titles."""

    def overview(self) -> Overview:
        """Count all posts, today's, and those of every category and tag."""


class PostFiles(Protocol):
    """The posts themselves."""

    def read(self, post_id: PostId, *, saved: bool = False) -> StoredPost:
        """Read the bytes of a post."""

    def parse(self, stored: StoredPost) -> tuple[Post, Site]:
        """Parse them."""

    def images(self, post_id: PostId, *, saved: bool = False) -> Sequence[PostImage]:
        """Read the images that a post shows, as far as its site or its bookmark has them."""

    def name(self, post_id: PostId) -> tuple[Path, str] | None:
        """Give the permanent name of a post: its source and path."""

    def find_name(self, source: Path, path: str) -> PostId | None:
        """Find the post of a source and a path."""


class MarkStore(Protocol):
    """Read marks, and taking changes back."""

    def set_read(self, post_ids: Iterable[PostId], read: bool, *, opened: bool = False) -> None:
        """Mark posts read or unread."""

    def check_writable(self) -> None:
        """Raise an error if no mark can be made now."""

    def mark_all_read(self, post_ids: Sequence[int]) -> int:
        """Mark posts read in one step."""

    def undo(self) -> Undone | None:
        """Undo the last change."""

    def redo(self) -> Undone | None:
        """Redo the last change that was undone."""


class BookmarkStore(Protocol):
    """Bookmarks and their notes."""

    def check_writable(self) -> None:
        """Raise an error if no bookmark and no note can be saved now."""

    def set_bookmarked(self, post_id: PostId, bookmarked: bool) -> Problem | None:
        """Bookmark a post, or remove its bookmark."""

    def update(self, post_id: PostId) -> bool:
        """Replace the copy of a bookmarked post by its file."""

    def note(self, post_id: PostId) -> Clean:
        """Read a note."""

    def set_note(self, post_id: PostId, note: str) -> None:
        """Write a note."""


class PlaceStore(Protocol):
    """The reading places of articles."""

    def load(self, post_id: PostId) -> ReadingPlace | None:
        """Read the place of a post."""

    def save(self, post_id: PostId, place: ReadingPlace) -> None:
        """Remember the place of a post."""


class SessionStore(Protocol):
    """The sessions of the reader."""

    def load(self) -> Session | None:
        """Read the last session."""

    def save(self, session: Session) -> None:
        """Remember a session."""

    def load_appearance(self) -> Appearance:
        """Read what the reader looked like last."""

    def save_appearance(self, appearance: Appearance) -> None:
        """Remember what the reader looks like."""


class ScanStore(Protocol):
    """Looking for new and changed posts."""

    def start(self) -> None:
        """Scan once, in another process."""

    def follow(self) -> None:
        """Scan, and go on indexing what changes."""

    def progress(self) -> ScanProgress:
        """Tell how far a scan is."""

    def last(self) -> ScanResult | None:
        """Tell what the last scan did."""


class StoreParts(Protocol):
    """The store as a whole."""

    @property
    def lists(self) -> ListStore:
        """Lists of posts."""

    @property
    def posts(self) -> PostFiles:
        """The posts themselves."""

    @property
    def marks(self) -> MarkStore:
        """Read marks."""

    @property
    def bookmarks(self) -> BookmarkStore:
        """Bookmarks."""

    @property
    def places(self) -> PlaceStore:
        """The reading places of articles."""

    @property
    def sessions(self) -> SessionStore:
        """The sessions of the reader."""

    @property
    def scans(self) -> ScanStore:
        """Looking for posts."""

    @property
    def unsaved(self) -> StoreError | None:
        """Why nothing that is changed will last; None if everything does."""

    def data_version(self) -> int:
        """Give a number that changes whenever something has changed."""
