"""The article on the screen: which post, how much of it is loaded, and its reading place."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import CancellationToken, WorkCancelledError
from newsreader.messages import phrase
from newsreader.problems import Problem
from newsreader.store import StoreError, name_loss
from newsreader.text import EMPTY, Clean, clean_line
from newsreader.tui.background import (
    MAX_WAIT_SECONDS,
    run,
    submit,
    wait_briefly,
    wait_until_done,
)
from newsreader.tui.control.article_steps import ArticleStep, load_article, reading_place
from newsreader.tui.control.messages import MessageControl, problem_text
from newsreader.tui.control.reading.prepared import NeighbourControl, PreparedArticles
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.state_writer import StateWriter
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.keys import Pane
from newsreader.tui.values import Article, PostId, PostListing

if TYPE_CHECKING:
    from newsreader.article.document import Document


GONE: Final = "its file is gone, and this is how it was"


class ArticleControl:
    """Shows a post: as a preview of the one selected, or for reading.

    What is being read goes on where the user left it, and the place where it is left is remembered.

    Attributes:
        post_id: The post that is shown, or will be as soon as it is loaded.
        shows_copy: Whether the bookmark's copy is shown though there is a file.
    """

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        writer: StateWriter,
    ) -> None:
        self.post_id: PostId | None = None
        self.shows_copy = False
        self._store = store
        self._pane = screen.article
        self._posts = screen.posts
        self._layout = screen.layout
        self._workers = screen.services
        self._keymap = screen.keys.keymap
        self._keys = screen.keys
        self._alerted = EMPTY
        self._messages = messages
        self._writer = writer
        self._token = CancellationToken()
        self._deferred: ArticleStep | None = None
        self._reading: PostId | None = None
        self._pending_place: PostId | None = None
        self._file_state: tuple[PostId | None, bool, bool] = (None, False, False)
        self._prepared = PreparedArticles()
        self._neighbours = NeighbourControl(screen.posts, screen.services, self._steps)

    # Following the list

    def preview(self, post_id: PostId) -> None:
        """Show the selected post; whatever becomes of the list, what is being read stays."""
        if post_id != self.post_id and self._layout.pane is not Pane.ARTICLE:
            self.load(post_id)

    def show_selected(self) -> None:
        """Show the selected post when the user comes back to the list."""
        row = self._posts.selected
        if row is not None and self.post_id is not None and row.post_id != self.post_id:
            self.load(row.post_id)

    def list_shown(self, listing: PostListing) -> None:
        """Show no article beside an empty list, and a new one if its file has changed."""
        if not listing.count and listing.complete:
            self.post_id = None
            self._pane.show_note(EMPTY)
        row = self._posts.selected
        if row is None or row.post_id != self.post_id:
            return
        before, self._file_state = self._file_state, (row.post_id, row.gone, row.changed)
        if before[0] == row.post_id and before != self._file_state:
            self.reload()  # what stands above the text has become wrong

    # Loading

    def read(self, post_id: PostId) -> None:
        """Show a post for reading: it goes on where the user left it."""
        if post_id != self.post_id:
            self.load(post_id)
        if post_id != self._reading:
            self._reading = self._pending_place = post_id
            self._go_to_place()

    def load(self, post_id: PostId) -> None:
        """Show a post: at once if it is loaded in a moment, else as soon as it is."""
        at_start = self.post_id is None  # the parser is yet to be imported, and the lists wait
        self._leave()
        self.post_id = post_id
        self.shows_copy = False
        self.reload(at_once=not at_start)

    def reload(self, *, at_once: bool = True) -> None:
        """Show the post anew: what stands above it has changed, or its text has.

        Args:
            at_once: Whether the loop may wait for it, for a moment.
        """
        post_id = self.post_id
        if post_id is None:
            return
        self.stop()
        self._token = CancellationToken()
        height = self._pane.visible_lines
        steps = self._steps(post_id, self._token, saved=self.shows_copy, height=height)
        first = submit(partial(next, steps, None))
        left = self._show_in_time(post_id, first, steps) if at_once else first
        if left is not None:
            self._workers.start(
                partial(self._show_steps, post_id, left, steps),
                group="article",
                description="read a post",
            )

    def _show_in_time(
        self, post_id: PostId, loaded: Future[ArticleStep | None], steps: Iterator[ArticleStep]
    ) -> Future[ArticleStep | None] | None:
        """Show once what is loaded of a post in a moment; return what is being loaded still."""
        until = monotonic() + MAX_WAIT_SECONDS
        before: Future[ArticleStep | None] | None = None
        while wait_briefly(loaded, until - monotonic()):
            step = None if loaded.exception() else loaded.result()
            if step is None or step.whole:
                if step is None and before is not None:
                    self._show_step(post_id, before)
                self._show_step(post_id, loaded)
                return None
            before, loaded = loaded, submit(partial(next, steps, None))
        if before is not None:
            self._show_step(post_id, before)
        return loaded

    def _steps(
        self,
        post_id: PostId,
        token: CancellationToken,
        *,
        saved: bool = False,
        height: int | None = None,
    ) -> Iterator[ArticleStep]:
        return load_article(
            self._store,
            post_id,
            self._pane.text_width,
            self._pane.palette,
            height=height,
            saved=saved,
            token=token,
            keymap=self._keymap,
            prepared=self._prepared,
        )

    def stop(self) -> None:
        """Stop loading a post: another one is wanted, or none any more."""
        self._neighbours.stop()
        self._token.cancel()
        self._workers.cancel("article")

    def show_other_version(self, post_id: PostId) -> None:
        """Show the bookmark's copy of a post, or its file if the copy is shown now."""
        self.shows_copy = not self.shows_copy
        if self.post_id != post_id:
            self.load(post_id)
        else:
            self.reload()

    # A file that changes while it is read

    def check_file(self) -> None:
        """Look whether the file of the post that is being read is still what is shown."""
        article = self._pane.article
        if article is not None and article.post_id == self.post_id:
            self._workers.start(
                partial(self._check_file, article), group="file", description="look at a file"
            )

    def reload_changed(self) -> None:
        """Show the file as it is now."""
        self.shows_copy = False
        self._alert(EMPTY)
        self.reload()

    async def _check_file(self, article: Article) -> None:
        read = partial(self._store.posts.read, article.post_id, saved=self.shows_copy)
        try:
            is_same = hash((await run(read)).raw) == article.digest
        except StoreError:
            alert = phrase(GONE)
        else:
            key = clean_line(self._keys.keymap.first_of("article.reload"))
            alert = EMPTY if is_same else phrase("its file has changed: {} shows it", key)
        if self._pane.article is not article:
            return
        if alert and alert != phrase(GONE) and self._layout.pane is not Pane.ARTICLE:
            self.reload()  # nobody is reading it
        else:
            self._alert(alert)

    def _alert(self, alert: Clean) -> None:
        if alert != self._alerted:
            self._alerted = alert
            self._pane.show_alert(alert)

    async def _show_steps(
        self,
        post_id: PostId,
        loaded: Future[ArticleStep | None],
        steps: Iterator[ArticleStep],
    ) -> None:
        """Show the rest of a post, as it is loaded."""
        while True:
            if not loaded.done():
                await wait_until_done(loaded)
            if self.post_id != post_id or self._show_step(post_id, loaded):
                return
            loaded = submit(partial(next, steps, None))

    def _show_step(self, post_id: PostId, loaded: Future[ArticleStep | None]) -> bool:
        """Show what was loaded of a post; return whether that is all of it."""
        try:
            step = loaded.result()
        except WorkCancelledError:
            return True
        except StoreError as error:
            self._pane.show_note(problem_text(error))
            return True
        deferred, self._deferred = self._deferred, None
        if self.post_id != post_id:
            return True
        if step is None:
            if deferred is not None:
                self._show(deferred)
            return True
        if not step.whole and self._pane.would_cut(step.article, step.layout):
            self._deferred = step  # it is shown when no more follows: until then nothing moves
            return False
        self._show(step)
        return step.whole

    def _show(self, step: ArticleStep) -> None:
        before = self._pane.article
        self._pane.show(step.article, step.layout)
        is_same = before is not None and before.post_id == step.article.post_id
        if not is_same or (before is not None and before.digest != step.article.digest):
            self._alert(EMPTY)
        self._go_to_place()
        self._neighbours.rest()

    # The place where an article was left

    def place_left(self) -> tuple[Article, int] | None:
        """The article being read, and how many characters stand above the first line on the pane.

        None if nothing is being read, or if it is at the place that is remembered already.
        """
        article = self._pane.article
        if (
            article is None
            or article.post_id != self._reading
            or self._pending_place is not None
            or self.shows_copy
            or article.left_at is None
        ):
            return None
        at = 0 if self._pane.at_end else self._pane.place
        return None if at == article.left_at else (article, at)

    def save_place(self) -> None:
        """Remember in the background how far the article was read, if it is being read."""
        left = self.place_left()
        if left is not None:
            self._workers.start(
                partial(self._write_place, *left),
                group="places",
                description="remember a place",
                exclusive=False,
            )

    def store_place(self, post_id: PostId, document: Document, at: int) -> None:
        """Remember a place; may be called in any thread.

        Raises:
            StoreError: It cannot be written.
        """
        self._store.places.save(post_id, reading_place(document, at))

    async def _write_place(self, article: Article, at: int) -> None:
        write = partial(self.store_place, article.post_id, article.document, at)
        try:
            await self._writer.write(write)
        except StoreError as error:
            self._messages.report_once(name_loss(error, Problem("not-remembered")))

    def _leave(self) -> None:
        self.save_place()
        self._reading = self._pending_place = None

    def _reaches(self, place: int) -> bool:
        """Whether what is laid out holds a place of the article."""
        lines = self._pane.laid_out
        return lines is not None and bool(lines.offsets) and lines.offsets[-1] >= place

    def _go_to_place(self) -> None:
        """Show the place where the post that is being opened was left, as soon as it is there."""
        article = self._pane.article
        if (
            article is None
            or article.post_id != self._pending_place
            or article.left_at is None
            or not self._reaches(article.left_at)
        ):
            return
        self._pending_place = None
        if article.left_at and self._pane.top_line == 0:
            self._pane.go_to_place(article.left_at)
