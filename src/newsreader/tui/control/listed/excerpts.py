"""Show where a search found the posts whose titles do not say so."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from newsreader.store import StoreError
from newsreader.tui.background import run
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import PostFiles
from newsreader.tui.values import PostId, PostRow

if TYPE_CHECKING:
    from newsreader.search.excerpts import Excerpt
    from newsreader.search.model import Search

CALM_SECONDS = 0.08
"""Seconds after a row was drawn before its text is read: the first page of a search comes first."""

MOST_WANTED = 80
"""Rows that are waited for at most: those drawn last are those on the screen."""

MOST_KEPT = 500
"""Excerpts in memory at most."""

_AT_ONCE = 4


class ExcerptControl:
    """Reads the texts of the rows that are drawn in a thread, and has the rows drawn again."""

    def __init__(self, files: PostFiles, screen: ScreenParts) -> None:
        self._files = files
        self._posts = screen.posts
        self._workers = screen.services
        self._search: Search | None = None
        self._kept: OrderedDict[PostId, Excerpt | None] = OrderedDict()
        self._wanted: OrderedDict[PostId, PostRow] = OrderedDict()
        self._is_reading = False

    def of(self, search: Search, row: PostRow) -> Excerpt | None:
        """Give the excerpt of a row; `None` if it has none, or none yet.

        Args:
            search: What the list was searched for.
            row: A row that is being drawn.
        """
        if search is not self._search:
            self.forget()
            self._search = search
        if row.post_id in self._kept:
            self._kept.move_to_end(row.post_id)
            return self._kept[row.post_id]
        self._wanted[row.post_id] = row
        self._wanted.move_to_end(row.post_id)
        if len(self._wanted) > MOST_WANTED:
            self._wanted.popitem(last=False)
        if not self._is_reading:
            self._is_reading = True
            self._workers.start(self._read_wanted, group="excerpts", description="read excerpts")
        return None

    def forget(self) -> None:
        """Forget all excerpts: files have changed, or something else is searched for."""
        self._kept.clear()
        self._wanted.clear()

    async def _read_wanted(self) -> None:
        try:
            await asyncio.sleep(CALM_SECONDS)
            while self._wanted and self._search is not None:
                search, size = self._search, min(_AT_ONCE, len(self._wanted))
                rows = [self._wanted.popitem()[1] for _ in range(size)]
                found = await run(partial(self._read, search, rows))
                if search is self._search:
                    self._keep(rows, found)
        finally:
            self._is_reading = False

    def _keep(self, rows: Sequence[PostRow], found: Sequence[Excerpt | None]) -> None:
        for row, excerpt in zip(rows, found, strict=True):
            self._kept[row.post_id] = excerpt
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        if any(found):
            self._posts.draw_again()

    def _read(self, search: Search, rows: Sequence[PostRow]) -> list[Excerpt | None]:
        return [self._excerpt(search, row) for row in rows]

    def _excerpt(self, search: Search, row: PostRow) -> Excerpt | None:
        from newsreader.article.search_text.search_text import search_text  # noqa: PLC0415  (when
        from newsreader.search.excerpts import find_excerpt, is_found_in  # noqa: PLC0415  # needed)

        if is_found_in(search, row.title):
            return None  # the file need not be read
        try:
            post, site = self._files.parse(self._files.read(row.post_id))
        except StoreError:
            return None  # opening the post says why
        labels = " · ".join((*post.categories, *post.tags))
        return find_excerpt(search, row.title, (search_text(post, site), labels))
