"""Where the person left the reader, and going on from there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual import work

from newsreader.store import Session, StoreError
from newsreader.tui.keys import Pane
from newsreader.tui.searches import both
from newsreader.tui.searching import SearchScreen
from newsreader.tui.values import PostId, View

if TYPE_CHECKING:
    from newsreader.search.model import Search

SAVE_SECONDS = 10.0
"""How often it is remembered, while the reader runs, where it would be left."""


class SessionScreen(SearchScreen):
    """Goes on where it was left."""

    _saved_session: Session | None = None
    _saved_at = 0.0

    def _restore(self) -> PostId | None:
        """Take view, order, search and category from the last time; the post that was selected."""
        session = self._guard(self._store.sessions.load, None)
        if session is None:
            return None
        self._saved_session = session
        self._sort = session.sort
        self._restore_search(session)
        self._view = session.chosen or session.view
        own = session.view if session.view is not self._view else None
        self.categories.select(session.scope, own, self._saved_name)
        self._query = self._query_of(session.scope, session.view)
        if session.post is None:
            return None
        name = session.post
        selected = self._guard(lambda: self._store.posts.find_name(*name), None)
        if selected is not None and session.view is not View.ALL:
            self._query = replace(self._query, kept=frozenset({selected}))
        return selected

    def _restore_search(self, session: Session) -> None:
        saved = next((each for each in self._searches if each.query == session.saved), None)
        if saved is not None:
            self._saved = _parse(saved.query)
            self._saved_name = saved.name if self._saved is not None else ""
        if session.search:
            self._typed = _parse(session.search)
            self._typed_text = session.search if self._typed is not None else ""
        self.reader.highlight(both(self._saved, self._typed))

    def _restore_pane(self, post_id: PostId | None) -> None:
        """Go to the pane that had the keys; the article only if its post is still there."""
        session = self._saved_session
        if session is None or session.pane not in {pane.value for pane in Pane}:
            return
        pane = Pane(session.pane)
        if pane is not Pane.ARTICLE:
            self.show_pane(pane)
        elif post_id is not None:
            self._open_post(post_id)
            self.set_class(session.zoom, "-zoom")

    def _session_now(self) -> Session:
        row = self.post_list.selected
        shown = self._shown if self.pane is Pane.ARTICLE else row.post_id if row else None
        saved = next((each.query for each in self._searches if each.name == self._saved_name), "")
        return Session(
            scope=self._query.scope,
            view=self._query.view,
            sort=self._sort,
            search=self._typed_text,
            saved=saved,
            chosen=self._view if self._view is not self._query.view else None,
            post=self._store.posts.name(shown) if shown is not None else None,
            pane=self.pane.value,
            zoom=self.has_class("-zoom"),
        )

    def _save_session_sometimes(self) -> None:
        """Remember off the loop where the person is, where that is another place than before."""
        now = monotonic()
        if now - self._saved_at < SAVE_SECONDS:
            return
        self._saved_at = now
        session = self._guard(self._session_now, None)
        left = self._place_left()
        if left is not None:
            self._save_place(*left)
        if session is not None and session != self._saved_session:
            self._saved_session = session
            self._save_session(session)

    @work(group="session", exclusive=True, description="remember the session")
    async def _save_session(self, session: Session) -> None:
        async with self._marking:
            try:
                await asyncio.to_thread(self._store.sessions.save, session)
            except StoreError as error:
                self._say_once(error)
            self._version = self._guard(self._store.data_version, self._version)

    def on_unmount(self) -> None:
        """The reader ends: remember where."""
        self._stop_gathering()
        try:
            left = self._place_left()
            if left is not None:
                article, at = left
                self._store_place(article.post_id, article.document, at)
            session = self._session_now()
            if session != self._saved_session:
                self._store.sessions.save(session)
        except StoreError:
            return  # there is no screen any more to say it on


def _parse(text: str) -> Search | None:
    """A search as it was written down, maybe by another version or in another config."""
    if not text:
        return None
    from newsreader.search.model import QueryError  # noqa: PLC0415  (when needed)
    from newsreader.search.parse_query import parse_query  # noqa: PLC0415  (when needed)

    try:
        return parse_query(text, datetime.now().astimezone())
    except QueryError:
        return None
