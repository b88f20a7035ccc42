"""The one screen: it alone knows the panes and the store, and carries values between them."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from textual import on, work

from newsreader.store import PostStore, StoreError
from newsreader.tui.categories import CategoryPane, Entry
from newsreader.tui.dialogs import ConfirmScreen
from newsreader.tui.keys import KEYS, MOVING, Pane
from newsreader.tui.listing import ORDER, list_title, why_empty
from newsreader.tui.loading import load_article
from newsreader.tui.palette import Command
from newsreader.tui.panes import PaneScreen
from newsreader.tui.posts import PostList
from newsreader.tui.reader import ReaderPane
from newsreader.tui.values import (
    Everything,
    Listing,
    Overview,
    PostId,
    PostRow,
    Query,
    View,
)

POLL_SECONDS = 0.5
"""How often the store is asked whether anything has changed: one cheap question."""

CALM_SECONDS = 0.3
"""How long after the start a scan begins where there is something to show already."""

MESSAGE_SECONDS = 5.0
"""How long the line above the panes says what has just happened."""

Result = TypeVar("Result")


class MainScreen(PaneScreen):
    """Lists, the article, marks: what the panes show, from the store."""

    def __init__(self, store: PostStore, *, notice: str = "", scan: bool = True) -> None:
        super().__init__()
        self._store = store
        self._notice = notice
        self._scan = scan
        self._query = Query()
        self._view = View.ALL
        self._overview = Overview()
        self._version = -1
        self._marking = asyncio.Lock()
        self._shown: PostId | None = None
        self._filling = False
        self._asked = False
        self._poll_problem = ""

    def on_mount(self) -> None:
        """Show what the index holds and look for what is new."""
        self.status.message = self._notice
        self._version = self._store.data_version()
        self.show_pane(Pane.POSTS)
        self._filling = self._scan and not self._guard(lambda: self._store.count(self._query), 0)
        self._open_list(self._query)
        self._count_again()
        if self._filling:
            self.call_after_refresh(self._on_shown)
        else:
            self.set_timer(CALM_SECONDS, self._on_shown)

    def _on_shown(self) -> None:
        """The first screen is drawn: do what nobody should have to wait for."""
        gc.enable()
        if self._scan:
            self._start_scan()
        self.set_interval(POLL_SECONDS, self._poll)

    # Lists

    def _guard(self, work: Callable[[], Result], otherwise: Result) -> Result:
        """Do something with the store on the loop; a failure becomes a message."""
        try:
            return work()
        except StoreError as error:
            self._say_problem(error)
            return otherwise

    def _say_problem(self, error: StoreError | str) -> None:
        self.notify(str(error), severity="error", timeout=10, markup=False)

    def _say(self, message: str) -> None:
        self.status.message = message

        def clear() -> None:
            if self.status.message == message:
                self.status.message = ""

        self.set_timer(MESSAGE_SECONDS, clear)

    def _listing(self, query: Query, count: int) -> Listing:
        def fetch(offset: int, limit: int) -> Sequence[PostRow]:
            return self._guard(lambda: self._store.page(query, offset, limit), [])

        looking = self._filling or self.status.progress is not None
        title, empty = list_title(query, self._overview), why_empty(query, looking=looking)
        return Listing(title, count, fetch, empty)

    def _open_list(self, query: Query, select: PostId | None = None) -> None:
        """Show another list; the selected post stays selected where the list has it."""
        if select is None:
            row = self.posts.selected
            select = row.post_id if row else None
        self._query = query
        count = self._guard(lambda: self._store.count(query), 0)
        at = 0
        if select is not None and count:
            wanted = select
            at = self._guard(lambda: self._store.rank(query, wanted), None) or 0
        self.posts.show(self._listing(query, count), at=at)
        if not count:
            self._shown = None
            self.reader.show_note("")

    def _refresh_list(self) -> None:
        """Bring the list up to date without moving what the user is looking at."""
        query, row = self._query, self.posts.selected
        count = self._guard(lambda: self._store.count(query), self.posts.listing.count)
        at = 0
        if row is not None and count:
            at = self._guard(lambda: self._store.locate(query, row.post_id), 0)
        if self._filling and not self.posts.touched and self.pane is Pane.POSTS:
            at = 0  # the list is being made and nobody has chosen anything: the newest is on top
        self.posts.show(self._listing(query, count), at=at, keep_place=row is not None)
        if not count:
            self._shown = None
            self.reader.show_note("")

    @on(CategoryPane.Selected)
    def _category_selected(self, event: CategoryPane.Selected) -> None:
        entry = event.entry
        if entry.scope is not None:
            self._open_list(Query(entry.scope, entry.view or self._view))

    @on(CategoryPane.Chosen)
    def _category_chosen(self) -> None:
        self.show_pane(Pane.POSTS)

    # Counts and changes

    @work(group="overview", exclusive=True, description="count posts")
    async def _count_again(self) -> None:
        try:
            overview = await asyncio.to_thread(self._store.overview)
        except StoreError as error:
            self._say_problem(error)
            return
        self._overview = overview
        self.categories.show(overview, self._view)
        self.status.library = overview.title
        self.status.counts = overview.everything
        self.posts.show_title(list_title(self._query, self._overview))

    def _poll(self) -> None:
        """Look whether the index or the marks have changed, here or in another process."""
        try:
            progress, version = self._store.progress(), self._store.data_version()
        except StoreError as error:
            if str(error) != self._poll_problem:  # once, not twice a second
                self._poll_problem = str(error)
                self._say_problem(error)
            return
        self._poll_problem = ""
        ended = not progress.running and self.status.progress is not None
        if progress.running:
            self.status.progress = progress.done / progress.total if progress.total else -1.0
        elif ended:
            self.status.progress = None
        if ended or version != self._version:
            self._version = version
            self._refresh_list()
            self._count_again()
        if ended:
            self._scan_ended()

    def _start_scan(self) -> None:
        self._guard(self._store.start_scan, None)
        self.status.progress = -1.0

    def _scan_ended(self) -> None:
        """Say what a scan could not read and, if it was asked for, what it found."""
        filled, self._filling = self._filling, False
        asked, self._asked = self._asked, False
        result = self._guard(self._store.last_scan, None)
        if result is None:
            return
        if result.problems:
            first, *more = result.problems
            self._say_problem(f"{first} ({len(more):,} more problems.)" if more else first)
        if result.changed and self._shown is not None:
            self._load_article(self._shown)  # its file may be one of those
        if asked or (result.added and not filled and not self.status.message):
            found = {"new": result.added, "changed": result.changed, "removed": result.removed}
            said = ", ".join(f"{number:,} {what}" for what, number in found.items() if number)
            self._say(said or "Nothing new")

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
        self._shown = post_id
        self._load_article(post_id)

    @work(group="article", exclusive=True, description="read a post")
    async def _load_article(self, post_id: PostId) -> None:
        reader = self.reader
        steps = load_article(self._store, post_id, reader.text_width, reader.palette)
        try:
            while (step := await asyncio.to_thread(next, steps, None)) is not None:
                if self._shown != post_id:
                    return
                reader.show(*step)
        except StoreError as error:
            if self._shown == post_id:
                reader.show_note(str(error))

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

    # Views and panes

    def _show_view(self, view: View) -> None:
        self._view = view
        entry = self.categories.selected
        scope = entry.scope if entry is not None and entry.scope is not None else Everything()
        if entry is not None and entry.view is not None:
            self.categories.select(scope, None)
        self.categories.show(self._overview, view)
        self._open_list(Query(scope, view))
        if self.pane is Pane.ARTICLE:
            self.show_pane(Pane.POSTS)

    def action_view_all(self) -> None:
        """Show all posts."""
        self._show_view(View.ALL)

    def action_view_unread(self) -> None:
        """Show unread posts only."""
        self._show_view(View.UNREAD)

    def action_view_bookmarks(self) -> None:
        """Show bookmarks only."""
        self._show_view(View.BOOKMARKS)

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

    def action_app_refresh(self) -> None:
        """Look for new and changed posts."""
        self._asked = True
        self._start_scan()

    def commands(self) -> Iterator[Command]:
        """What the command palette offers."""
        for key in KEYS:
            if key.section == MOVING or key.id == "app.palette":
                continue
            title = key.help[0].upper() + key.help[1:]
            yield Command(title, f"key {key.shown}", partial(self._run_key, key.action))
        yield Command("Choose a theme", "colours of the screen", self.app.action_change_theme)
        for entry in self.categories.entries:
            if entry.scope is not None:
                help_line = f"{entry.counts.of(entry.view or View.ALL):,} posts"
                yield Command(f"Go to {entry.title}", help_line, partial(self._go_to, entry))

    def _go_to(self, entry: Entry) -> None:
        if entry.scope is not None:
            self.categories.select(entry.scope, entry.view)
            self._open_list(Query(entry.scope, entry.view or self._view))
            self.show_pane(Pane.POSTS)
