"""`PostStore`: all posts of a library, in front of the index and the reading state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from newsreader.problems import Problem
from newsreader.store.backups import Backups
from newsreader.store.bookmarks import Bookmarks
from newsreader.store.databases import Databases
from newsreader.store.db.connect import PATIENT, Patience
from newsreader.store.errors import StoreError
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.lists import Lists
from newsreader.store.marks import Marks
from newsreader.store.places import ReadingPlaces
from newsreader.store.post_reader import PostReader, source_title
from newsreader.store.scans import Scans
from newsreader.store.sessions import Sessions
from newsreader.store.state.file_changes import FileChanges
from newsreader.store.values import Source


class PostStore:
    """The posts of some sources, what the reader did with them, and every bookmark there is.

    Any thread may call any method of its parts.

    Attributes:
        sources: What the posts are read from.
        notices: What happened on opening that the user should know.
        unsaved: Why nothing is saved, neither marks nor bookmarks; `None` if everything is.
        databases: The index and the reading state, on which the parts below work.
        lists: The lists of posts, read page by page.
        posts: The posts by their files and names.
        marks: Read marks, undo and redo.
        bookmarks: Copies of posts that are kept for good.
        places: Where reading stopped in each post.
        sessions: Where the person left the reader.
        backups: Backups of the reading state.
        scans: What brings the index up to date with the sources.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        cache_dir: Path,
        data_dir: Path,
        index_problem: Problem | None = None,
        patience: Patience = PATIENT,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Open the databases; those that are missing are made.

        Args:
            sources: What to show; scanned by `scans`, not here.
            cache_dir: The folder of `index.db`.
            data_dir: The folder of `state.db`.
            index_problem: Why that index is not to be used, but a temporary one; `None`: it is.
            patience: How long to wait for the locks of other processes.
            now: The clock that says what is today, in local time.

        Raises:
            StateError: If the reading state is damaged or of a newer version.
            StoreError: If one of the databases can be neither opened nor made, and no temporary
                one in its place.
        """
        self.sources: Final = tuple({source.path: source for source in sources}.values())
        self.databases: Final = Databases(
            self.sources,
            cache_dir=cache_dir,
            data_dir=data_dir,
            index_problem=index_problem,
            patience=patience,
        )
        self.unsaved: Final = self.databases.unsaved
        file_changes = FileChanges()
        source_set = SourceSet(self.sources, self.databases.source_ids, source_title)
        self.lists: Final = Lists(
            source_set, self.databases.reading, now=now, mark=file_changes.marked
        )
        self.posts: Final = PostReader(self.databases, self.sources)
        self.marks: Final = Marks(self.databases)
        self.notices: Final = (*self.databases.notices, *self._adopt())
        self.bookmarks: Final = Bookmarks(self.databases, file_changes)
        self.places: Final = ReadingPlaces(self.databases)
        self.sessions: Final = Sessions(self.databases, self.sources)
        self.backups: Final = Backups(self.databases)
        self.scans: Final = Scans(self.databases, self.sources, self.backups)

    def _adopt(self) -> tuple[Problem, ...]:
        """Let marks follow posts that are named otherwise now; what cannot be written stays."""
        if self.unsaved:
            return ()
        with suppress(StoreError):
            return self.marks.adopt(self.sources)
        return ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def data_version(self) -> int:
        """A number that changes whenever this or another process has changed something."""
        return self.databases.data_version()

    def close(self) -> None:
        """Close the databases; a scan that was started goes on, one that follows ends."""
        self.scans.process.stop()
        self.databases.close()
