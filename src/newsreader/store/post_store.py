"""`PostStore`: all posts of a library, in front of the index and the reading state."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from newsreader.article.place import Place
from newsreader.store import marks
from newsreader.store import post_reader as files
from newsreader.store.db.connect import INDEX, is_damage, legible
from newsreader.store.db.locks import NO_LIMIT, is_scanning, scan_lock
from newsreader.store.db.pool import Connections
from newsreader.store.db.stored_path import from_stored
from newsreader.store.db.transactions import reading, writing
from newsreader.store.errors import StateError, StoreError
from newsreader.store.index.open_index import note_damage, open_index, temporary_index
from newsreader.store.index.post_ids import LAST_ID
from newsreader.store.index.post_names import find_name, name_of
from newsreader.store.index.read_flags import is_behind, is_quick, mirror
from newsreader.store.index.scan_log import last_result, library_key, read_record
from newsreader.store.index.writer import source_ids
from newsreader.store.lists import date_list as lists
from newsreader.store.lists.counts import category_title, labels
from newsreader.store.lists.lists import Listings, versions
from newsreader.store.lists.orders import Listing
from newsreader.store.lists.snapshots import GatheredList, Snapshot
from newsreader.store.scan.scan_process import Indexer
from newsreader.store.state.backups import back_up_daily
from newsreader.store.state.differences import Differences
from newsreader.store.state.file_changes import Edits
from newsreader.store.state.open_state import damaged_state, is_damaged, open_state
from newsreader.store.state.read_marks import save_position
from newsreader.store.state.sessions import load_session, save_session
from newsreader.store.state.undo_log import do_again, take_back
from newsreader.store.values import (
    Bookmark,
    Counts,
    Everything,
    Gathered,
    Overview,
    PostFacts,
    PostId,
    PostRow,
    Query,
    ScanProgress,
    ScanResult,
    Scope,
    Session,
    Sort,
    Source,
    StoredPost,
    Today,
    Undone,
    View,
)

if TYPE_CHECKING:
    from newsreader.posts.model import Post, Site


class PostStore:
    """The posts of some sources, what the reader did with them, and every bookmark there is.

    Any thread may call any method. Lists are read page by page: see `page`.

    Attributes:
        sources: What the posts are read from.
        notices: Sentences about what happened on opening.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        cache_dir: Path,
        data_dir: Path,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Open the databases, new where there are none.

        Args:
            sources: What to show; scanned by `scan` or `start_scan`, not here.
            cache_dir: The folder of `index.db`.
            data_dir: The folder of `state.db`.
            now: The clock that says what is today, in local time.

        Raises:
            StateError: Where the reading state is damaged or of a newer version.
            StoreError: Where one of the databases can be neither opened nor made, and no temporary
                one in its place.
        """
        self.sources: Final = tuple({source.path: source for source in sources}.values())
        self._now = now
        self._lock = threading.Lock()
        self._mirror_lock = threading.Lock()
        self._closing = threading.Event()
        self._follower: threading.Thread | None = None
        self._titles: tuple[int, dict[int, str]] = (-1, {})
        self._differences = Differences()
        self._edits = Edits()
        self._backing_up: threading.Thread | None = None
        self._backup_problem = ""
        self._state = open_state(data_dir)
        try:
            self._index = open_index(cache_dir / INDEX)
            try:
                self._open()
            except StateError:
                raise
            except StoreError as error:
                if self._index.is_temporary:
                    raise
                self._index = temporary_index(self._index.path, str(error))
                self._open()
        except BaseException:
            self._state.close()
            raise
        cache, data = self._index.path.parent, self._state.path.parent
        self._indexer = Indexer(self.sources, cache_dir=cache, data_dir=data)
        said = (self._state.problem, self._state.notice, *self._index.notices)
        self.notices: Final = tuple(notice for notice in said if notice)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the databases; a scan that was started goes on, one that follows ends."""
        self._closing.set()
        self._indexer.stop()
        follower = self._follower
        if follower is not None:
            follower.join()
        self._connections.close()
        self._index.close()
        self._state.close()

    # Reading lists

    def gather(self, query: Query, stop: Callable[[], bool]) -> Iterator[Gathered]:
        """Find the posts of a list that no index holds in order; for a thread of its own.

        Afterwards, and from the first step on, the other methods read what was found, also when
        the posts have changed since, until the list is gathered again. A list that was gathered to
        its end is replaced only when the new one is at its end as well. The last few are
        remembered. Who does not gather first, waits in those methods until all is found.

        Args:
            query: See `Query.is_gathered`.
            stop: Is asked every few hundredths of a second; `True` ends the steps.

        Yields:
            How many were found: first when a page is there, then a few times a second, and in the
            end, unless it was stopped.
        """
        return self._listings.gather(self._reading, query, stop)

    def tally(self, query: Query, stop: Callable[[], bool] = lambda: False) -> int | None:
        """The number of posts that a list would have if it were gathered now; it is not kept.

        Costs as much as `gather`. `None` where it was stopped.
        """
        return self._listings.tally(self._reading, query, stop)

    def count(self, query: Query) -> int:
        """The number of posts in a list; of one that is being gathered, those found so far."""
        with self._listing(query) as (_, posts):
            return posts.count()

    def page(self, query: Query, offset: int, limit: int) -> list[PostRow]:
        """A part of a list, in its order."""
        with self._listing(query) as (db, posts):
            ids = posts.ids(max(0, offset), limit)
            title_of = self._title_of(db)
            rows = lists.rows_of(db, ids, title_of, with_missing=query.is_gathered)
            return self._told(db, rows)

    def rank(self, query: Query, post_id: PostId) -> int | None:
        """The index of a post in a list; `None` where it is not in it."""
        with self._listing(query) as (_, posts):
            return posts.index_of(post_id)

    def locate(self, query: Query, post_id: PostId) -> int:
        """The index of a post in a list, or of the one that stands where it would."""
        with self._listing(query) as (_, posts):
            return max(0, min(posts.index_above(post_id), posts.count() - 1))

    def row(self, post_id: PostId) -> PostRow | None:
        """What a list shows of a post; `None` where the index does not know it."""
        with self._database() as db, reading(db):
            found = lists.rows_of(db, [post_id], self._title_of(db))
            return self._told(db, found)[0] if found else None

    def facts(self, post_ids: Sequence[PostId]) -> dict[PostId, PostFacts]:
        """Where posts lie and what labels they carry, by the index alone; of those it knows."""
        with self._reading() as db:
            return lists.facts_of(db, post_ids)

    def next_unread(
        self, post_id: PostId | None, *, query: Query, backwards: bool = False
    ) -> PostId | None:
        """The next older unread post of the query's scope, then of all, then the newest unread.

        Args:
            post_id: Where to go on from; `None`: from the newest, or the oldest if `backwards`.
            query: Its scope is gone through first.
            backwards: Newer instead of older posts.

        Returns:
            `None` where every post is read.
        """
        if query.is_gathered:
            snapshot = self._gathered(query)
            with self._reading() as db:
                found = GatheredList(db, snapshot).next_unread(post_id, backwards=backwards)
            if found is not None and found != post_id:
                return PostId(found)
            query = Query(sort=query.sort)
        # Down the list is up in time where the oldest come first.
        newer = backwards is not (query.sort is Sort.OLDEST)
        with self._reading() as db:
            here = self._listings.newest_first(db, Query(query.scope, View.UNREAD))
            everywhere = self._listings.newest_first(db, Query(view=View.UNREAD))
            after, before = -1, LAST_ID
            if post_id is not None:
                after, before = (post_id, LAST_ID) if newer else (-1, post_id)
            found = here.first(after=after, before=before, oldest_first=newer)
            if found is None:
                found = everywhere.first(after=after, before=before, oldest_first=newer)
            if found is None:
                found = everywhere.first(oldest_first=newer)
            return PostId(found) if found is not None and found != post_id else None

    def overview(self) -> Overview:
        """The counts of all posts, of today's, and of every category and tag."""
        with self._database() as db, reading(db):
            categories, tags = labels(db, self._ids)
            return Overview(
                title=", ".join(files.source_title(db, source) for source in self.sources),
                everything=self._counts_of(db, Everything()),
                today=self._counts_of(db, Today()),
                categories=categories,
                tags=tags,
            )

    # Posts

    def read(self, post_id: PostId, *, saved: bool = False) -> StoredPost:
        """The bytes of a post: of its file, or of its bookmark where the file is gone.

        Args:
            post_id: Which post.
            saved: Whether the bookmark's bytes are asked for, though there is a file.

        Raises:
            StoreError: Where there is neither, with a sentence that says why.
        """
        with self._database() as db, reading(db):
            return files.read_post(db, post_id, saved=saved)

    def site_for(self, stored: StoredPost) -> Site:
        """The site of a post, as its `_config.yml` is now, or was when it was bookmarked."""
        with self._database() as db:
            return files.site_of(db, stored)

    def parse(self, stored: StoredPost) -> tuple[Post, Site]:
        """What `read` gave, parsed, and its site."""
        from newsreader.posts.parse_post import parse_post  # noqa: PLC0415  (late: no list needs it)

        site = self.site_for(stored)
        return parse_post(stored.raw, stored.site_path, site), site

    def find(self, path: str | Path) -> PostId | None:
        """The post at a path of the file system, or at a path below one of the sources."""
        with self._database() as db, reading(db):
            return files.find_post(db, self.sources, path)

    def data_version(self) -> int:
        """A number that changes whenever this or another process has changed something."""
        self._follow()
        with self._database():
            return self._connections.data_version()

    # Marks

    def set_read(self, post_ids: Iterable[PostId], read: bool, *, undoable: bool = True) -> None:
        """Mark posts read or unread.

        Args:
            post_ids: Which posts.
            read: What to mark them.
            undoable: Whether it is a step that can be taken back. Else they were opened, and what
                their files are now is what was read: see `PostRow.edited`.
        """
        ids = list(post_ids)
        with self._changing() as db:
            if read and not undoable:
                marks.mark_opened(db, ids)
            else:
                marks.set_read(db, marks.chosen(ids), read=read, undoable=undoable)

    def mark_all_read(self, query: Query) -> int:
        """Mark all posts of a list read; how many were not."""
        snapshot = self._gathered(query) if query.is_gathered else None
        with self._changing() as db:
            posts = GatheredList(db, snapshot) if snapshot else self._listings.open(db, query)
            statement = posts.statement()
            if statement is None:
                return 0
            return marks.set_read(db, statement, read=True, undoable=True)

    def set_bookmarked(self, post_id: PostId, bookmarked: bool) -> tuple[str, ...]:
        """Bookmark a post, which keeps a copy of it for good, or remove its bookmark.

        Returns:
            Sentences about images of the post that could not be kept.

        Raises:
            StoreError: Where the post cannot be read, or the state cannot be written.
        """
        with self._keeping() as db:
            if bookmarked:
                return marks.add_bookmark(db, post_id)
            marks.remove_bookmark(db, post_id)
            return ()

    def update_bookmark(self, post_id: PostId) -> bool:
        """Keep a bookmarked post as its file is now; the version before can be had by undoing.

        Returns:
            False where the file is just what is kept.

        Raises:
            StoreError: Where the post cannot be read or is not bookmarked.
        """
        with self._keeping() as db:
            return marks.update_bookmark(db, post_id)

    def set_note(self, post_id: PostId, note: str) -> None:
        """Write a note to a bookmark; an empty one takes it away.

        Raises:
            StoreError: Where the post is not bookmarked, or the state cannot be written.
        """
        with self._keeping() as db:
            marks.set_note(db, post_id, note)

    def note(self, post_id: PostId) -> str:
        """The note of a bookmark; empty where there is none."""
        with self._database() as db, reading(db):
            return marks.note(db, post_id)

    def undo(self) -> Undone | None:
        """Take back what was marked, bookmarked or noted last; `None`: there is nothing."""
        with self._changing() as db:
            with writing(db, "state"):
                step = take_back(db)
            return marks.undone(db, step) if step is not None else None

    def redo(self) -> Undone | None:
        """Do again what was taken back last; `None`: nothing, or something was done since."""
        with self._changing() as db:
            with writing(db, "state"):
                step = do_again(db)
            return marks.undone(db, step) if step is not None else None

    def bookmarks(self) -> list[Bookmark]:
        """All bookmarks, of every source, the newest post first."""
        with self._database() as db, reading(db):
            return marks.bookmarks(db, self._differences)

    def position(self, post_id: PostId) -> Place | None:
        """The place in the text of a post that was saved last; `None` where none was."""
        with self._database() as db:
            return marks.position(db, post_id)

    def save_position(self, post_id: PostId, place: Place) -> None:
        """Remember the place in the text of a post."""
        with self._changing() as db:
            name = name_of(db, post_id)
            if name is not None:
                with writing(db, "state"):
                    save_position(db, name, place)

    def session(self) -> Session | None:
        """Where the person left these sources; `None` where they were never left."""
        with self._database() as db:
            return load_session(db, library_key(self.sources))

    def save_session(self, session: Session) -> None:
        """Remember where the person leaves these sources."""
        with self._changing() as db, writing(db, "state"):
            save_session(db, library_key(self.sources), session)

    def name(self, post_id: PostId) -> tuple[Path, str] | None:
        """Source and path of a post, which name it for good; `None` where it is not known."""
        with self._database() as db:
            name = name_of(db, post_id)
            return (Path(from_stored(name[0])), from_stored(name[1])) if name else None

    def find_name(self, source: Path, path: str) -> PostId | None:
        """The post of a source and a path below it, as `name` gave them."""
        with self._database() as db:
            return find_name(db, str(source), path)

    # Scanning

    def scan(
        self,
        *,
        rebuild: bool = False,
        progress: Callable[[ScanProgress], None] | None = None,
        waiting: Callable[[], None] | None = None,
    ) -> ScanResult:
        """Look for new, changed and removed posts, in this process; waits for other scans.

        Args:
            rebuild: Forget first what the index holds of the sources.
            progress: Is told how far it is, a few times a second.
            waiting: Is told where another process scans first, these posts or others.
        """
        from newsreader.store.scan.scanner import scan_sources  # noqa: PLC0415  (late: no list needs it)

        cache = self._index.path.parent
        if waiting is not None and is_scanning(cache):
            waiting()
        with self._database() as db, scan_lock(cache, seconds=NO_LIMIT):
            return scan_sources(db, self.sources, rebuild=rebuild, report=progress)

    def start_scan(self) -> None:
        """Look for new, changed and removed posts in a process of its own; see `progress`."""
        self._indexer.start(stays=False)
        self.back_up(wait=False)

    def follow(self) -> None:
        """Do what `start_scan` does, and go on indexing what changes until the store is closed.

        It is done by a process of its own, which ends with this one, too. Where another reader
        follows the same sources, it takes over when that one ends.
        """
        self._indexer.start(stays=True)
        self.back_up(wait=False)

    def progress(self) -> ScanProgress:
        """How far the scan of these sources is that this or another process runs, or ran last."""
        asked_at = self._indexer.asked_at()
        scanning = is_scanning(self._index.path.parent)
        with self._database() as db:
            record = read_record(db, self.sources)
        if asked_at is not None and (record is None or record.started < asked_at):
            return ScanProgress(running=True)
        if record is None:
            return ScanProgress()
        return replace(record.progress, running=scanning and not record.ended)

    def last_scan(self) -> ScanResult | None:
        """What the last finished scan of these sources did; `None` before the first."""
        with self._database() as db:
            result = last_result(db, self.sources)
        failed = self._indexer.has_failed()
        more = ["The last scan ended before its time."] if failed else []
        more += [self._backup_problem] if self._backup_problem else []
        if not more:
            return result
        result = result or ScanResult()
        return replace(result, problems=(*result.problems, *more))

    def back_up(self, *, wait: bool = True) -> None:
        """Make today's backup of the reading state, where there is none; never raises.

        Args:
            wait: Whether to return only when it is made; else a thread makes it. Nothing is lost
                where that is stopped: the next one to open the store makes the backup.
        """
        if self._state.problem:
            return
        if wait:
            self._back_up()
        elif self._backing_up is None:
            self._backing_up = threading.Thread(target=self._back_up, name="backup", daemon=True)
            self._backing_up.start()

    # Inner workings

    def _open(self) -> None:
        """Open both databases.

        Raises:
            StoreError: Where they cannot be used.
        """
        try:
            self._connections = Connections(self._index.path, self._state.path)
        except sqlite3.Error as error:
            raise StoreError(f"The index {self._index.path} cannot be used ({error}).") from error
        try:
            with self._database() as db:
                self._ids = tuple(source_ids(db, [str(source.path) for source in self.sources]))
                library = lists.Library(self.sources, self._ids)
                self._listings = Listings(library, self._now)
                quick = is_quick(db)
            if quick:
                self._mirror()
            else:
                self._follow()
        except BaseException:
            self._connections.close()
            raise

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread; errors of SQLite become sentences."""
        try:
            with self._connections.using() as db, legible():
                yield db
        except sqlite3.Error as error:
            if not is_damage(error):
                raise StoreError(f"The index cannot be used ({error}).") from error
            if is_damaged(self._state.path):
                raise damaged_state(self._state.path, error) from error
            note_damage(self._index.path)
            raise StoreError(
                "The index is damaged. It will be made anew when the reader starts again."
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """A connection for changing the state; afterwards the index shows the change."""
        with self._database() as db:
            try:
                yield db
            except sqlite3.OperationalError as error:
                raise StoreError(
                    f"The reading state {self._state.path} cannot be written ({error})."
                ) from error
            self._mirror()

    def _back_up(self) -> None:
        try:
            back_up_daily(self._state.path)
        except StateError as error:
            self._backup_problem = str(error)
        except (OSError, sqlite3.Error) as error:
            self._backup_problem = f"No backup of the reading state could be made ({error})."

    def _told(self, db: sqlite3.Connection, rows: list[PostRow]) -> list[PostRow]:
        """The rows, with what became of the files of bookmarks and of read posts."""
        return self._edits.marked(db, self._differences.marked(db, rows))

    def _keeping(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection for changing bookmarks, which nobody is to believe saved if they are not.

        Raises:
            StateError: Where the state is a temporary one.
        """
        if self._state.problem:
            raise StateError(self._state.problem)
        return self._changing()

    def _mirror(self) -> None:
        with self._mirror_lock, self._database() as db:
            try:
                mirror(db, self._closing)
            except sqlite3.OperationalError as error:
                # What was marked is safe; it shows as soon as the index can be written.
                if is_damage(error):
                    raise

    def _mirror_quietly(self) -> None:
        # What went wrong here is met again, and told, by whoever uses the index next.
        with suppress(StoreError):
            self._mirror()

    def _follow(self) -> None:
        """Show the marks that another process made and did not write to the index itself."""
        with self._database() as db:
            if not is_behind(db):
                return
        with self._lock:
            if self._closing.is_set() or (self._follower and self._follower.is_alive()):
                return
            self._follower = threading.Thread(
                target=self._mirror_quietly, name="marks", daemon=True
            )
            self._follower.start()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The index in one moment."""
        with self._database() as db, reading(db):
            yield db

    @contextmanager
    def _listing(self, query: Query) -> Iterator[tuple[sqlite3.Connection, Listing]]:
        """A list in one moment; gathered to its end first where it has to be and was not yet."""
        snapshot = self._gathered(query) if query.is_gathered else None
        with self._reading() as db:
            yield db, GatheredList(db, snapshot) if snapshot else self._listings.open(db, query)

    def _gathered(self, query: Query) -> Snapshot:
        snapshot = self._listings.gathered(query)
        while snapshot is None:
            for _ in self._listings.gather(self._reading, query, lambda: False):
                pass
            snapshot = self._listings.gathered(query)
        return snapshot

    def _counts_of(self, db: sqlite3.Connection, scope: Scope) -> Counts:
        total, unread, kept = (
            self._listings.newest_first(db, Query(scope, view)).count() for view in View
        )
        return Counts(total, unread, kept)

    def _title_of(self, db: sqlite3.Connection) -> lists.TitleOf:
        """Names of categories by their label, looked up once as long as no post changes."""
        generation, _ = versions(db)
        known_at, titles = self._titles
        if known_at != generation:
            titles = {}
            self._titles = (generation, titles)

        def title_of(label: int) -> str:
            title = titles.get(label)
            if title is None:
                row = db.execute(
                    "SELECT name, source FROM labels WHERE id = ?", (label,)
                ).fetchone()
                name, source = row or ("", 0)
                # A bookmark may come from a source that is not shown now.
                sources = self._ids if source in self._ids else (source,)
                title = category_title(db, sources, name) if row else ""
                titles[label] = title
            return title

        return title_of
