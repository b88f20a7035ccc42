"""The lists of posts: read page by page, in every order, with their counts."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from newsreader.store.index.post_ids import LAST_ID
from newsreader.store.lists.counts import labels
from newsreader.store.lists.date_list import SourceSet
from newsreader.store.lists.orders import IndexedLists, OrderedList
from newsreader.store.lists.rows import Mark, Rows, read_facts
from newsreader.store.lists.snapshots import SnapshotList, Snapshots
from newsreader.store.lists.stories import copies_of
from newsreader.store.lists.timeline import count_by_period, midnight_id
from newsreader.store.lists.titles import find_titles
from newsreader.store.lists.windows import ReadTransaction
from newsreader.store.overview import CountedSource, Counts, Overview
from newsreader.store.query import Everything, OneSource, PostId, Query, Scope, Sort, Today, View
from newsreader.store.values import CollectProgress, CountedPeriod, FoundTitle, PostFacts, PostRow
from newsreader.text import Clean, clean_line, fill, join

_PART: Final = 10_000


class Lists:
    """The lists of the posts of some sources. Any thread may call any method.

    Attributes:
        indexed: Those that an index holds in order.
        snapshots: Those that are collected.
    """

    def __init__(
        self,
        sources: SourceSet,
        reading: ReadTransaction,
        *,
        now: Callable[[], datetime],
        mark: Mark,
    ) -> None:
        """Read nothing yet.

        Args:
            sources: The sources whose posts the lists hold.
            reading: Lends a connection inside a transaction.
            now: The clock that says what is today, in local time.
            mark: Marks rows with what became of the files of bookmarks and of read posts.
        """
        self._sources = sources
        self._reading = reading
        self.indexed = IndexedLists(sources, now)
        self.snapshots = Snapshots(sources, self.indexed, reading)
        self._rows = Rows(sources.ids, mark, sources.labels)

    def collect(self, query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        """Find the posts of a list that no index holds in order; for a thread of its own.

        Afterwards, and from the first step on, the other methods read what was found, also if the
        posts have changed since, until the list is collected again. A list that was collected to
        its end is replaced only when the new one is at its end as well. The last few are
        remembered. Callers who do not collect first wait in those methods until all is found.

        Args:
            query: See `Query.needs_snapshot`.
            stop: Is asked every few hundredths of a second; `True` ends the steps.

        Yields:
            How many were found: first when a page is there, then a few times per second, and in the
            end, unless it was stopped.
        """
        return self.snapshots.collect(query, stop)

    def tally(self, query: Query, stop: Callable[[], bool] = lambda: False) -> int | None:
        """The number of posts that a list would have if it were collected now; `None` if stopped.

        Costs as much as `collect`, and nothing is remembered.
        """
        return self.snapshots.tally(query, stop)

    def count(self, query: Query) -> int:
        """The number of posts in a list; of one that is being collected, those found so far."""
        with self._open(query) as (_, posts):
            return posts.count()

    def page(self, query: Query, offset: int, limit: int) -> list[PostRow]:
        """A part of a list, in its order."""
        with self._open(query) as (db, posts):
            ids = posts.ids(max(0, offset), limit)
            return self._rows.read(db, ids, with_missing=query.needs_snapshot)

    def rank(self, query: Query, post_id: PostId) -> int | None:
        """The index of a post in a list; `None` if it is not in it."""
        with self._open(query) as (_, posts):
            return posts.index_of(post_id)

    def locate(self, query: Query, post_id: PostId) -> int:
        """Find the index of a post in a list, or the index that it would have."""
        with self._open(query) as (_, posts):
            return max(0, min(posts.index_above(post_id), posts.count() - 1))

    def unread_ids(self, query: Query) -> array[int]:
        """The unread posts of a list in one moment, in no order: 8 bytes each."""
        with self._open(query) as (db, posts):
            statement = posts.statement()
            ids = array("q")
            if statement is None:
                return ids
            sql, values = statement
            if query.view is not View.UNREAD or query.needs_snapshot or query.pinned:
                sql = (
                    f"SELECT posts.id FROM ({sql}) AS listed"
                    " JOIN posts ON posts.id = listed.id WHERE posts.read = 0"
                )
            cursor = db.execute(sql, values)  # of unread posts, an index alone has the ids
            while part := cursor.fetchmany(_PART):
                ids.extend(post_id for (post_id,) in part)
            return ids

    def row(self, post_id: PostId) -> PostRow | None:
        """Read the row that a list shows for a post; `None` if the index does not know it."""
        with self._reading() as db:
            found = self._rows.read(db, [post_id])
            return found[0] if found else None

    def timeline(self, query: Query) -> list[CountedPeriod]:
        """Count the posts of a list by days, months or years of the local calendar.

        Takes as long as counting the list: for a thread of its own.

        Returns:
            One period after the other, the oldest first; none if no post has a date.
        """
        with self._open(query) as (_, posts):
            return count_by_period(posts)

    def locate_day(self, query: Query, period: CountedPeriod) -> int:
        """Find the index of the first post of a period in the order of a list by date."""
        start, end = midnight_id(period.start), midnight_id(period.end) - 1
        with self._open(query) as (_, posts):
            edge = start if query.sort is Sort.OLDEST else end
            return max(0, min(posts.index_above(edge), posts.count() - 1))

    def copies(self, post_id: PostId) -> list[PostRow]:
        """Read the rows of the posts that tell what a post tells, itself included, newest first.

        Returns:
            None if the post has no copy.
        """
        with self._reading() as db:
            return self._rows.read(db, copies_of(db, post_id, self._sources.ids))

    def facts(self, post_ids: Sequence[PostId]) -> dict[PostId, PostFacts]:
        """Read paths and labels of posts from the index alone; of those it knows."""
        with self._reading() as db:
            return read_facts(db, post_ids)

    def next_unread(
        self, post_id: PostId | None, *, query: Query, backwards: bool = False
    ) -> PostId | None:
        """The next older unread post of the query's scope, then of all, then the newest unread.

        Args:
            post_id: Where to go on from; `None`: from the newest, or the oldest if `backwards`.
            query: Its scope is gone through first.
            backwards: Newer instead of older posts.

        Returns:
            `None` if every post is read.
        """
        if query.needs_snapshot:
            snapshot = self.snapshots.get(query)
            with self._reading() as db:
                found = SnapshotList(db, snapshot).next_unread(post_id, backwards=backwards)
            if found is not None and found != post_id:
                return PostId(found)
            query = Query(sort=query.sort)
        # Down the list is up in time if the oldest come first.
        newer = backwards is not (query.sort is Sort.OLDEST)
        after, before = -1, LAST_ID
        if post_id is not None:
            after, before = (post_id, LAST_ID) if newer else (-1, post_id)
        with self._reading() as db:
            here = self.indexed.newest_first(db, Query(query.scope, View.UNREAD))
            everywhere = self.indexed.newest_first(db, Query(view=View.UNREAD))
            found = here.first(after=after, before=before, oldest_first=newer)
            if found is None:
                found = everywhere.first(after=after, before=before, oldest_first=newer)
            if found is None:
                found = everywhere.first(oldest_first=newer)
        return PostId(found) if found is not None and found != post_id else None

    def find_titles(self, typed: str, stop: Callable[[], bool]) -> Iterator[list[FoundTitle]]:
        """Find posts by characters of their titles, in steps; for a thread of its own.

        Args:
            typed: Characters that the titles have in this order, with others between them.
            stop: Is asked every few hundredths of a second; `True` ends the steps.

        Yields:
            The newest first; what no step found is an empty list.
        """
        return find_titles(self._reading, self._sources.ids, typed, stop)

    def overview(self) -> Overview:
        """The counts of all posts, of today's, and of every category and tag."""
        with self._reading() as db:
            categories, tags = labels(db, self._sources.ids, self._sources.labels)
            hidden = self._sources.hidden
            sources = self._sources.sources
            titles = [clean_line(self._sources.title_of(db, source)) for source in sources]
            return Overview(
                title=join(", ", titles),
                everything=self._counts(db, Everything()),
                today=self._counts(db, Today()),
                categories=tuple(each for each in categories if each.scope.name not in hidden),
                tags=tags,
                sources=tuple(self._counted(db, titles)) if len(sources) > 1 else (),
            )

    def _counted(self, db: sqlite3.Connection, titles: Sequence[Clean]) -> Iterator[CountedSource]:
        """Count the posts of each source; of those of one title, its path is added."""
        for source, title in zip(self._sources.sources, titles, strict=True):
            scope, path = OneSource(source.path), clean_line(str(source.path))
            name = fill("{} ({})", title, path) if titles.count(title) > 1 else title
            yield CountedSource(scope, name, self._counts(db, scope))

    @contextmanager
    def _open(self, query: Query) -> Iterator[tuple[sqlite3.Connection, OrderedList]]:
        """A list in one moment; collected to its end first if it has to be and was not yet."""
        snapshot = self.snapshots.get(query) if query.needs_snapshot else None
        with self._reading() as db:
            yield db, SnapshotList(db, snapshot) if snapshot else self.indexed.open(db, query)

    def _counts(self, db: sqlite3.Connection, scope: Scope) -> Counts:
        total, unread, bookmarks = (
            self.indexed.newest_first(db, Query(scope, view)).count() for view in View
        )
        return Counts(total, unread, bookmarks)
