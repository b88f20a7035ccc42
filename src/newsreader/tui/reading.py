"""The screen's article: which post is shown, at which place, and the way to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from newsreader.config.model import SavedSearch
from newsreader.store import PostStore, StoreError
from newsreader.tui.control.background import begin, is_soon_done, until_done
from newsreader.tui.control.load_article import Step, load_article, reading_place
from newsreader.tui.keys import Pane
from newsreader.tui.marking import MarkScreen
from newsreader.tui.panes.article import ReaderPane
from newsreader.tui.panes.post_list import PostList
from newsreader.tui.values import Article, Everything, Listing, PostId, View

if TYPE_CHECKING:
    from newsreader.article.document import Document

FIRST_POST, LAST_POST = "This is the first post", "This is the last post"


class ReadingScreen(MarkScreen):
    """Shows posts for reading."""

    def __init__(self, store: PostStore, notice: str, searches: Sequence[SavedSearch] = ()) -> None:
        super().__init__(store)
        self._notice = notice
        self._searches = tuple(searches)
        self._as_saved = False
        self._held: Step | None = None
        self._reading: PostId | None = None
        self._to_place: PostId | None = None
        self._fate: tuple[PostId | None, bool, bool] = (None, False, False)

    # The article

    @on(PostList.Highlighted)
    def _post_highlighted(self, event: PostList.Highlighted) -> None:
        # Whatever becomes of the list, what is being read stays.
        if event.row.post_id != self._shown and self.pane is not Pane.ARTICLE:
            self._load(event.row.post_id)

    def _list_shown(self, listing: Listing) -> None:
        super()._list_shown(listing)
        row = self.posts.selected
        if row is None or row.post_id != self._shown:
            return
        fate, self._fate = self._fate, (row.post_id, row.gone, row.changed)
        if fate[0] == row.post_id and fate != self._fate:
            self._load_again(row.post_id)  # what stands above the text has become wrong

    def list_entered(self) -> None:
        """Whoever comes back to the list sees the post that is selected there."""
        row = self.posts.selected
        if row is not None and self._shown is not None and row.post_id != self._shown:
            self._load(row.post_id)

    @on(PostList.Opened)
    def _post_opened(self, event: PostList.Opened) -> None:
        self._open_post(event.post_id)

    def _open_post(self, post_id: PostId) -> None:
        """Show a post for reading: it counts as read now, and goes on where it was left."""
        self.show_pane(Pane.ARTICLE)
        if self.status.message == self._notice:
            self.status.message = ""  # it has been read
        if post_id != self._shown:
            self._load(post_id)
        if post_id != self._reading:
            self._reading = self._to_place = post_id
            self._go_to_place()
        row = self.posts.selected
        if row is None or row.post_id != post_id or not row.read or row.edited:
            self._keep(post_id)
            self._mark(
                lambda: self._store.marks.set_read([post_id], True, undoable=False),
                lambda _: "",
                asked=False,
            )

    def article_entered(self) -> None:
        """Whoever goes to the article reads it."""
        if self._shown is not None:
            self._open_post(self._shown)

    def _load(self, post_id: PostId) -> None:
        """Show a post: at once where that is soon done, else as soon as it is read."""
        at_start = self._shown is None  # the parser is yet to be imported, and the lists wait
        self._leave_article()
        self._shown = post_id
        self._as_saved = False
        self._load_again(post_id, at_once=not at_start)

    def _load_again(self, post_id: PostId, *, at_once: bool = True) -> None:
        self.workers.cancel_group(self, "article")
        reader = self.reader
        steps = load_article(
            self._store, post_id, reader.text_width, reader.palette, saved=self._as_saved
        )
        first = begin(partial(next, steps, None))
        if not (at_once and is_soon_done(first) and self._show_step(post_id, first)):
            self._load_article(post_id, first, steps)

    def _show_step(self, post_id: PostId, read: Future[Step | None]) -> bool:
        """Show what was read of a post; whether that is all of it."""
        try:
            step = read.result()
        except StoreError as error:
            self.reader.show_note(str(error))
            return True
        held, self._held = self._held, None
        if self._shown != post_id:
            return True
        if step is None:
            if held is not None:
                self._show_article(held)
            return True
        if not step.whole and self.reader.would_cut(step.article, step.layout):
            self._held = step  # it is shown when no more follows: until then nothing moves
            return False
        self._show_article(step)
        return step.whole

    def _show_article(self, step: Step) -> None:
        self.reader.show(step.article, step.layout)
        self._go_to_place()

    @work(group="article", exclusive=True, description="read a post")
    async def _load_article(
        self, post_id: PostId, read: Future[Step | None], steps: Iterator[Step]
    ) -> None:
        """Show the rest of a post, as it is read."""
        while True:
            if not read.done():
                await until_done(read)
            if self._shown != post_id or self._show_step(post_id, read):
                return
            read = begin(partial(next, steps, None))

    @on(ReaderPane.EndReached)
    def _end_reached(self) -> None:
        self._go_unread(backwards=False)

    def action_post_other_version(self) -> None:
        """Of a bookmark whose file has changed, the version that is not shown now."""
        row = self._current()
        if row is None or not row.bookmarked or not (row.changed or self._as_saved):
            self._say("There is only one version of this post")
            return
        self._as_saved = not self._as_saved
        if self._shown != row.post_id:
            self._load(row.post_id)
        else:
            self._load_again(row.post_id)
        self._say("The version you bookmarked" if self._as_saved else "The file as it is now")

    # The place where an article was left

    def _go_to_place(self) -> None:
        """Show the place where the post that is being opened was left, as soon as it is there."""
        article = self.reader.article
        if (
            article is None
            or article.post_id != self._to_place
            or article.left_at is None
            or not self.reader.reaches(article.left_at)
        ):
            return
        self._to_place = None
        if article.left_at and self.reader.scroll_offset.y == 0:
            self.reader.go_to_place(article.left_at)

    def _leave_article(self) -> None:
        """Remember how far the article was read, if it was being read."""
        left = self._place_left()
        self._reading = self._to_place = None
        if left is not None:
            self._save_place(*left)

    def _place_left(self) -> tuple[Article, int] | None:
        """What is being read, and how many characters stand above the first line shown."""
        article = self.reader_pane.article
        if (
            article is None
            or article.post_id != self._reading
            or self._to_place is not None
            or self._as_saved
            or article.left_at is None
        ):
            return None
        at = 0 if self.reader_pane.at_end else self.reader_pane.place
        return None if at == article.left_at else (article, at)

    @work(group="places", description="remember a place")
    async def _save_place(self, article: Article, at: int) -> None:
        async with self._marking:
            try:
                await asyncio.to_thread(self._store_place, article.post_id, article.document, at)
            except StoreError as error:
                self._say_once(error)
            self._version = self._guard(self._store.data_version, self._version)

    def _store_place(self, post_id: PostId, document: Document, at: int) -> None:
        self._store.places.save(post_id, reading_place(document, at))

    # Going from post to post

    def action_post_next(self) -> None:
        """The next post of the list."""
        self._step(1)

    def action_post_previous(self) -> None:
        """The previous post of the list."""
        self._step(-1)

    def _step(self, by: int) -> None:
        row = self.posts.cursor + by
        if not 0 <= row < self.posts.row_count:
            self._say(LAST_POST if by > 0 else FIRST_POST)
            return
        if self.status.message in {LAST_POST, FIRST_POST}:
            self.status.message = ""
        self.posts.move_to(row, step=by)
        selected = self.posts.selected
        if selected is not None and self.pane is Pane.ARTICLE:
            self._open_post(selected.post_id)

    def action_post_next_unread(self) -> None:
        """The next unread post, of this list or else of all."""
        self._go_unread(backwards=False)

    def action_post_previous_unread(self) -> None:
        """The previous unread post, of this list or else of all."""
        self._go_unread(backwards=True)

    def _go_unread(self, *, backwards: bool) -> None:
        row = self.posts.selected
        start = row.post_id if row else None
        query = self._query
        found = self._guard(
            lambda: self._store.lists.next_unread(start, query=query, backwards=backwards), None
        )
        if found is None:
            others = row is not None and not row.read
            self._say("Nothing else is unread" if others else "Nothing is unread")
            return
        rank = (
            None
            if self._broken
            else self._guard(lambda: self._store.lists.rank(query, found), None)
        )
        if rank is None:
            view = View.ALL if self._view is View.BOOKMARKS else self._view
            self._view = view
            self.categories.select(Everything(), None)
            self._typed = self._saved = None
            self._typed_text = self._saved_name = self._broken = ""
            self.reader.highlight(None)
            self._open_list(self._query_of(Everything(), view), select=found)
            self._count_again()
        else:
            self.posts.move_to(rank, step=-1 if backwards else 1)
        if self.pane is Pane.ARTICLE:
            self._open_post(found)
        elif self.pane is Pane.CATEGORIES:
            self.show_pane(Pane.POSTS)

    def action_view_zoom(self) -> None:
        """The article alone, or all panes again."""
        if self.has_class("-zoom"):
            self.remove_class("-zoom")
            return
        row = self.posts.selected
        if self.pane is not Pane.ARTICLE and row is not None:
            self._open_post(row.post_id)
        if self.pane is Pane.ARTICLE:
            self.add_class("-zoom")
