"""What the user does to posts: read marks, bookmarks and their notes, and taking that back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from textual import work

from newsreader.store import PostStore, StoreError
from newsreader.tui.control.list_titles import list_name
from newsreader.tui.lists import ListScreen
from newsreader.tui.saying import Result
from newsreader.tui.values import PostId, PostRow, View


class MarkScreen(ListScreen):
    """Changes the marks of posts, off the loop and one after the other."""

    def __init__(self, store: PostStore) -> None:
        super().__init__(store)
        self._version = -1
        self._marking = asyncio.Lock()

    def _keep(self, post_id: PostId) -> None:
        """Let a post stay in the list although it is about to leave the view."""
        if self._query.is_gathered:
            self._kept |= {post_id}  # the list stays as it is until it is gathered again
        elif self._query.view is not View.ALL:
            self._query = replace(self._query, kept=self._query.kept | {post_id})

    @work(group="marks", description="change marks")
    async def _mark(
        self,
        change: Callable[[], Result],
        say: Callable[[Result], str],
        *,
        asked: bool = True,
        shows: bool = False,
    ) -> None:
        """Change something in the store, then show it.

        Args:
            change: Changes the store.
            say: Makes what the status line says of the result; empty: nothing.
            asked: Whether the user asked for it: else a failure is said only once.
            shows: Whether the article is shown in another way then.
        """
        async with self._marking:
            try:
                result = await asyncio.to_thread(change)
            except StoreError as error:
                self.status.message = ""  # what it says of the mark before is no longer the last
                if asked:
                    self._said.add(str(error))
                    self._say_problem(error)
                else:
                    self._say_once(error)
                return
        self._version = self._guard(self._store.data_version, self._version)
        self._refresh_list()
        self._count_again()
        if shows and self._shown is not None:
            self._load_again(self._shown)
        if said := say(result):
            self._say(said)

    def _load_again(self, post_id: PostId) -> None:
        """Show the article anew: what stands above it has changed, or its text has."""

    def _current(self) -> PostRow | None:
        """The post that a mark concerns: in the article pane the one shown, else the selected."""
        selected = self.posts.selected
        if self._shown is not None and (selected is None or selected.post_id != self._shown):
            shown = self._shown
            return self._guard(lambda: self._store.lists.row(shown), None)
        return selected

    # Read marks

    def action_post_toggle_read(self) -> None:
        """Mark the post read or unread."""
        row = self._current()
        if row is None:
            return
        self._keep(row.post_id)
        said = "Marked unread" if row.read else "Marked read"
        self._mark(lambda: self._store.marks.set_read([row.post_id], not row.read), lambda _: said)

    @work(group="mark all", exclusive=True, description="ask whether to mark all")
    async def action_list_mark_all_read(self) -> None:
        """Mark all posts of the list read, after asking."""
        if self._broken:
            self._say("There is no list to mark")
            return
        query = replace(self._query, kept=frozenset())
        asked = query if query.view is View.BOOKMARKS else replace(query, view=View.UNREAD)
        try:
            count = await asyncio.to_thread(self._store.lists.count, asked)
        except StoreError as error:
            self._say_problem(error)
            return
        if not count:
            self._say("Nothing is unread here")
            return
        what = "1 post" if count == 1 else f"{count:,} posts"
        name = list_name(query, self._overview, self._searched)

        def answered(yes: bool | None) -> None:
            if yes:
                self._mark(
                    lambda: self._store.marks.mark_all_read(query),
                    lambda marked: f"{marked:,} marked read; u undoes",
                )

        from newsreader.tui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  (late: the first screen has none)

        self.app.push_screen(
            ConfirmScreen(f"Mark {what} in “{name}” read?", "u takes it back."), answered
        )

    # Bookmarks

    def action_post_bookmark(self) -> None:
        """Bookmark the post, or remove its bookmark."""
        row = self._current()
        if row is None:
            return
        self._keep(row.post_id)

        def said(problems: tuple[str, ...]) -> str:
            if row.bookmarked:
                return "Bookmark removed; u brings it back"
            return " ".join(["★ Bookmarked", *problems[:1]]) if problems else "★ Bookmarked"

        self._mark(
            lambda: self._store.bookmarks.set_bookmarked(row.post_id, not row.bookmarked),
            said,
            shows=row.changed or row.gone or row.bookmarked,
        )

    @work(group="note", exclusive=True, description="write a note")
    async def action_post_note(self) -> None:
        """Write a note to the post; it is bookmarked with it."""
        from newsreader.tui.dialogs.note import NoteScreen  # noqa: PLC0415  (few write notes)

        row = self._current()
        if row is None:
            return
        post_id, had = row.post_id, ""
        if row.bookmarked:
            try:
                had = await asyncio.to_thread(self._store.bookmarks.note, post_id)
            except StoreError as error:
                self._say_problem(error)
                return

        def write(note: str) -> None:
            if not row.bookmarked:
                self._store.bookmarks.set_bookmarked(post_id, True)
            self._store.bookmarks.set_note(post_id, note)

        def written(note: str | None) -> None:
            if note is None or note == had:
                return
            self._keep(post_id)
            said = "Note removed; u brings it back" if not note else "Note saved"
            if not row.bookmarked:
                said = "★ Bookmarked, with a note"
            self._mark(lambda: write(note), lambda _: said, shows=True)

        self.app.push_screen(NoteScreen(row.title, had), written)

    def action_post_update_bookmark(self) -> None:
        """Keep a bookmarked post as its file is now."""
        row = self._current()
        if row is None:
            return
        if not row.bookmarked:
            self._say("This post is not bookmarked")
        elif row.gone:
            self._say("Its file is gone; the bookmark is all there is")
        else:
            self._mark(
                lambda: self._store.bookmarks.update(row.post_id),
                lambda new: (
                    "Bookmark updated; u brings the old version back"
                    if new
                    else "The bookmark is as the file is"
                ),
                shows=True,
            )

    # Taking back

    def action_app_undo(self) -> None:
        """Take back the last mark, bookmark or mark-all."""
        self._mark(
            self._store.marks.undo,
            lambda undone: f"Undone (^r redoes): {undone.what}" if undone else "Nothing to undo",
            shows=True,
        )

    def action_app_redo(self) -> None:
        """Do again what was taken back last."""
        self._mark(
            self._store.marks.redo,
            lambda done: f"Done again: {done.what}" if done else "Nothing to do again",
            shows=True,
        )
