"""Restore and save the session: where the user left the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic

from newsreader.config.model import SavedSearch
from newsreader.problems import Problem
from newsreader.store import Session, StoreError, name_loss
from newsreader.text import EMPTY, clean_line
from newsreader.tui.control.active_search import ActiveSearch, parse_stored_search
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.navigation import NavigationControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.state_writer import StateWriter
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId, View

LAST_WRITE_SECONDS = 0.5
"""How long the end waits for what is still to be written: the process is to end within a second."""

SAVE_SECONDS = 10.0
"""Seconds between saves of the session while the reader runs."""


class SessionControl:
    """Restores the last session at the start, and remembers this one.

    Most of a session is what other controllers hold, so it is read from them when it is saved.
    """

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        writer: StateWriter,
        *,
        searches: Sequence[SavedSearch],
        lists: ListControl,
        article: ArticleControl,
        navigation: NavigationControl,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._posts = screen.posts
        self._categories = screen.categories
        self._layout = screen.layout
        self._workers = screen.services
        self._messages = messages
        self._writer = writer
        self._searches = searches
        self._lists = lists
        self._article = article
        self._navigation = navigation
        self._clock = clock
        self._saved: Session | None = None
        self._next_at = 0.0

    # Restoring

    def restore_list(self) -> PostId | None:
        """Take view, order, search and category from the last session.

        Returns:
            The post that was selected.
        """
        session = self._messages.guard(self._store.sessions.load, None)
        if session is None:
            return None
        self._saved = session
        self._categories.collapse(session.collapsed)
        lists = self._lists
        lists.sort = session.sort
        search = self._search_of(session)
        lists.use_search(search)
        lists.view = session.chosen or session.view
        own_view = session.view if session.view is not lists.view else None
        self._categories.select(session.scope, own_view, search.saved_name)
        lists.query = lists.query_of(session.scope, session.view)
        if session.post is None:
            return None
        name = session.post
        selected = self._messages.guard(lambda: self._store.posts.find_name(*name), None)
        if selected is not None and session.view is not View.ALL:
            lists.query = replace(lists.query, pinned=frozenset({selected}))
        return selected

    def restore_pane(self, post_id: PostId | None) -> None:
        """Go to the pane that had the keys; the article only if its post is still there."""
        session = self._saved
        if session is None or session.pane not in {pane.value for pane in Pane}:
            return
        pane = Pane(session.pane)
        if pane is not Pane.ARTICLE:
            self._layout.show_pane(pane)
        elif post_id is not None:
            self._navigation.open_post(post_id)
            self._layout.zoom(session.zoom)

    def _search_of(self, session: Session) -> ActiveSearch:
        saved = next((each for each in self._searches if each.query == session.saved), None)
        search = parse_stored_search(saved.query) if saved is not None else None
        name = clean_line(saved.name) if saved is not None and search is not None else EMPTY
        found = ActiveSearch(saved=search, saved_name=name)
        return found.with_typed(parse_stored_search(session.search), session.search)

    # Remembering

    def save(self, *, at_once: bool = False) -> None:
        """Remember in the background where the user is, if that is another place than before.

        Args:
            at_once: Whether to do it although `SAVE_SECONDS` are not over.
        """
        now = self._clock()
        if now < self._next_at and not at_once:
            return
        self._next_at = now + SAVE_SECONDS
        session = self._messages.guard(self._session_now, None)
        self._article.save_place()
        if session is not None and session != self._saved:
            self._saved = session
            work = partial(self._write, session)
            self._workers.start(work, group="session", description="remember the session")

    def end(self) -> Problem | None:
        """Remember where the reader ends, after all else that is still to be written.

        Returns:
            What is lost; `None` if nothing is. Nobody wants to wait after `q` for another process
            that uses the state.
        """
        last: list[Future[None]] = []
        left = self._article.place_left()
        if left is not None:
            article, at = left
            place = partial(self._article.store_place, article.post_id, article.document, at)
            last.append(self._writer.submit(place))
        with suppress(StoreError):
            session = self._session_now()
            if session != self._saved:
                save = partial(self._store.sessions.save, session)
                last.append(self._writer.submit(save))
        if not self._writer.finish(LAST_WRITE_SECONDS):
            return Problem("lost", (Problem("last-not-saved"), Problem("database-busy")))
        errors = [error for each in last if isinstance(error := each.exception(), StoreError)]
        return name_loss(errors[0], Problem("not-remembered")) if errors else None

    async def _write(self, session: Session) -> None:
        try:
            await self._writer.write(partial(self._store.sessions.save, session))
        except StoreError as error:
            self._saved = None  # the next time it is tried again
            self._messages.report_once(name_loss(error, Problem("not-remembered")))

    def _session_now(self) -> Session:
        lists, row = self._lists, self._posts.selected
        in_article = self._layout.pane is Pane.ARTICLE
        post_id = self._article.post_id if in_article else row.post_id if row else None
        name = lists.search.saved_name
        return Session(
            scope=lists.query.scope,
            view=lists.query.view,
            sort=lists.sort,
            search=lists.search.text,
            saved=next((each.query for each in self._searches if each.name == name), ""),
            chosen=lists.view if lists.view is not lists.query.view else None,
            post=self._store.posts.name(post_id) if post_id is not None else None,
            pane=self._layout.pane.value,
            zoom=self._layout.is_zoomed,
            collapsed=tuple(sorted(self._categories.collapsed)),
        )
