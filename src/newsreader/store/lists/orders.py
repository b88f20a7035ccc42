"""Lists in another order than the newest first, put together from such lists."""

from __future__ import annotations

from typing import Protocol

from newsreader.store.db.connect import Statement
from newsreader.store.lists.date_list import PostList


class Listing(Protocol):
    """A list of posts in one moment, in its own order."""

    def count(self) -> int:
        """The number of posts."""

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` where it is not in the list."""

    def index_above(self, post_id: int) -> int:
        """How many posts of the list stand above a post, which need not be in it."""

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` where there can be none."""


class OldestFirst:
    """A list upside down."""

    def __init__(self, posts: PostList) -> None:
        self._posts = posts

    def count(self) -> int:
        """The number of posts."""
        return self._posts.count()

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""
        end = self.count() - offset
        start = max(0, end - limit)
        return self._posts.ids(start, end - start)[::-1] if end > start else []

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` where it is not in the list."""
        index = self._posts.index_of(post_id)
        return None if index is None else self.count() - 1 - index

    def index_above(self, post_id: int) -> int:
        """How many posts of the list stand above a post, which need not be in it."""
        index = self.index_of(post_id)
        return self.count() - self._posts.index_above(post_id) if index is None else index

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` where there can be none."""
        return self._posts.statement()


class UnreadFirst:
    """A list of unread posts and, below it, one of read posts."""

    def __init__(self, unread: PostList, read: PostList) -> None:
        self._unread = unread
        self._read = read

    def count(self) -> int:
        """The number of posts."""
        return self._unread.count() + self._read.count()

    def ids(self, offset: int, limit: int) -> list[int]:
        """Ids of a part of the list."""
        unread = self._unread.count()
        found = self._unread.ids(offset, limit) if offset < unread else []
        if len(found) < limit:
            found += self._read.ids(max(0, offset - unread), limit - len(found))
        return found

    def index_of(self, post_id: int) -> int | None:
        """The index of a post; `None` where it is not in the list."""
        index = self._unread.index_of(post_id)
        if index is None:
            index = self._read.index_of(post_id)
            return None if index is None else self._unread.count() + index
        return index

    def index_above(self, post_id: int) -> int:
        """How many posts of the list stand above a post, which need not be in it.

        One that is not in it stands where it would if it were unread: it was, most likely, when it
        was last seen in such a list.
        """
        index = self.index_of(post_id)
        return self._unread.index_above(post_id) if index is None else index

    def statement(self) -> Statement | None:
        """A statement for all ids, in no order; `None` where there can be none."""
        parts = [part for part in (self._unread.statement(), self._read.statement()) if part]
        if not parts:
            return None
        sql = " UNION ALL ".join(sql for sql, _ in parts)
        return sql, tuple(value for _, values in parts for value in values)
