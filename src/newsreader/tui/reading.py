"""The screen's article: which post is shown, and the way from one to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from textual import on, work

from newsreader.store import PostStore, StoreError
from newsreader.tui.dialogs import ConfirmScreen
from newsreader.tui.keys import Pane
from newsreader.tui.listing import ORDER, list_title
from newsreader.tui.lists import ListScreen, Result
from newsreader.tui.loading import Step, load_article
from newsreader.tui.posts import PostList
from newsreader.tui.reader import ReaderPane
from newsreader.tui.soon import begin, is_soon_done
from newsreader.tui.values import Everything, PostId, PostRow, Query, View


class ReadingScreen(ListScreen):
    """Shows posts for reading and marks them."""

    def __init__(self, store: PostStore, notice: str) -> None:
        super().__init__(store)
        self._notice = notice
        self._version = -1
        self._marking = asyncio.Lock()

    # The article

    @on(PostList.Highlighted)
    def _post_highlighted(self, event: PostList.Highlighted) -> None:
        if event.row.post_id != self._shown:
            self._load(event.row.post_id)

    @on(PostList.Opened)
    def _post_opened(self, event: PostList.Opened) -> None:
        self._open_post(event.post_id)

    def _open_post(self, post_id: PostId) -> None:
        """Show a post for reading: it counts as read now."""
        self.show_pane(Pane.ARTICLE)
        if self.status.message == self._notice:
            self.status.message = ""  # it has been read
        if post_id != self._shown:
            self._load(post_id)
        row = self.posts.selected
        if row is None or row.post_id != post_id or not row.read:
            self._keep(post_id)
            self._mark(lambda: self._store.set_read([post_id], True, undoable=False), lambda _: "")

    def article_entered(self) -> None:
        """Whoever goes to the article reads it."""
        if self._shown is not None:
            self._open_post(self._shown)

    def _load(self, post_id: PostId) -> None:
        """Show a post: at once where that is soon done, else as soon as it is read."""
        at_start = self._shown is None  # the parser is yet to be imported, and the lists wait
        self._shown = post_id
        self.workers.cancel_group(self, "article")
        steps = load_article(self._store, post_id, self.reader.text_width, self.reader.palette)
        first = begin(partial(next, steps, None))
        if at_start or not (is_soon_done(first) and self._show_step(post_id, first)):
            self._load_article(post_id, first, steps)

    def _show_step(self, post_id: PostId, read: Future[Step | None]) -> bool:
        """Show what was read of a post; whether that is all of it."""
        try:
            step = read.result()
        except StoreError as error:
            self.reader.show_note(str(error))
            return True
        if step is None or self._shown != post_id:
            return True
        self.reader.show(step.article, step.layout)
        return step.whole

    @work(group="article", exclusive=True, description="read a post")
    async def _load_article(
        self, post_id: PostId, read: Future[Step | None], steps: Iterator[Step]
    ) -> None:
        """Show the rest of a post, as it is read."""
        while True:
            if not read.done():
                await asyncio.wait([asyncio.wrap_future(read)])
            if self._shown != post_id or self._show_step(post_id, read):
                return
            read = begin(partial(next, steps, None))

    @on(ReaderPane.EndReached)
    def _end_reached(self) -> None:
        self.action_post_next_unread()

    # Marks

    def _keep(self, post_id: PostId) -> None:
        """Let a post stay in the list although it is about to leave the view."""
        if self._query.view is not View.ALL:
            self._query = replace(self._query, kept=self._query.kept | {post_id})

    @work(group="marks", description="change marks")
    async def _mark(self, change: Callable[[], Result], say: Callable[[Result], str]) -> None:
        """Change something in the store off the loop, one after the other, then show it.

        Args:
            change: Changes the store.
            say: Makes what the status line says of the result; empty: nothing.
        """
        async with self._marking:
            try:
                result = await asyncio.to_thread(change)
            except StoreError as error:
                self._say_problem(error)
                return
        self._version = self._guard(self._store.data_version, self._version)
        self._refresh_list()
        self._count_again()
        if said := say(result):
            self._say(said)

    def _current(self) -> PostRow | None:
        """The post that a mark concerns: in the article pane the one shown, else the selected."""
        selected = self.posts.selected
        if self._shown is not None and (selected is None or selected.post_id != self._shown):
            shown = self._shown
            return self._guard(lambda: self._store.row(shown), None)
        return selected

    def action_post_bookmark(self) -> None:
        """Bookmark the post, or remove its bookmark."""
        row = self._current()
        if row is None:
            return
        self._keep(row.post_id)
        said = "Bookmark removed; u brings it back" if row.bookmarked else "★ Bookmarked"
        self._mark(
            lambda: self._store.set_bookmarked(row.post_id, not row.bookmarked), lambda _: said
        )

    def action_post_toggle_read(self) -> None:
        """Mark the post read or unread."""
        row = self._current()
        if row is None:
            return
        self._keep(row.post_id)
        said = "Marked unread" if row.read else "Marked read"
        self._mark(lambda: self._store.set_read([row.post_id], not row.read), lambda _: said)

    def action_list_mark_all_read(self) -> None:
        """Mark all posts of the list read, after asking."""
        query = replace(self._query, kept=frozenset())
        asked = query if query.view is View.BOOKMARKS else replace(query, view=View.UNREAD)
        count = self._guard(lambda: self._store.count(asked), 0)
        if not count:
            self._say("Nothing is unread here")
            return
        what = "1 post" if count == 1 else f"{count:,} posts"
        name = list_title(query, self._overview).removesuffix(ORDER)

        def answered(yes: bool | None) -> None:
            if yes:
                self._mark(
                    lambda: self._store.mark_all_read(query),
                    lambda marked: f"{marked:,} marked read; u undoes",
                )

        self.app.push_screen(
            ConfirmScreen(f"Mark {what} in “{name}” read?", "u takes it back."), answered
        )

    def action_app_undo(self) -> None:
        """Take back the last mark, bookmark or mark-all."""
        self._mark(
            self._store.undo,
            lambda undone: f"Undone: {undone.what}" if undone else "Nothing to undo",
        )

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
            self._say("This is the last post" if by > 0 else "This is the first post")
            return
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
            lambda: self._store.next_unread(start, query=query, backwards=backwards), None
        )
        if found is None:
            others = row is not None and not row.read
            self._say("Nothing else is unread" if others else "Nothing is unread")
            return
        rank = self._guard(lambda: self._store.rank(query, found), None)
        if rank is None:
            view = View.ALL if self._view is View.BOOKMARKS else self._view
            self._view = view
            self.categories.select(Everything(), None)
            self._open_list(Query(Everything(), view), select=found)
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
