"""Change read marks, bookmarks and notes as the user asks, and undo that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from newsreader.messages import describe, phrase
from newsreader.problems import Problem, join_problems
from newsreader.store import StoreError, name_loss
from newsreader.text import EMPTY, Clean
from newsreader.tui.background import run
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.counts import CountControl
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.state_writer import StateWriter
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.values import PostId, PostRow, View

Result = TypeVar("Result")

_SAVING: Final = "Saving …"


class MarkControl:
    """Changes the marks of posts."""

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        writer: StateWriter,
        *,
        lists: ListControl,
        counts: CountControl,
        article: ArticleControl,
    ) -> None:
        self._store = store
        self._posts = screen.posts
        self._dialogs = self._workers = screen.services
        self._messages = messages
        self._writer = writer
        self._lists = lists
        self._counts = counts
        self._article = article
        self._is_unsaved = bool(store.unsaved)
        self._keymap = screen.keys.keymap
        self._was_warned = not store.unsaved
        self._drafts: dict[PostId, str] = {}

    @property
    def _until(self) -> Clean:
        """That nothing is saved, to stand behind what was done; empty if all is."""
        return phrase(" until you quit") if self._is_unsaved else EMPTY

    @property
    def _undo(self) -> Clean:
        """The key that takes back what was done."""
        return self._keymap.name("app.undo")

    # Read marks

    def mark_opened(self, post_id: PostId) -> None:
        """Mark a post read that was opened, if it is not or if its file has changed since."""
        row = self._posts.selected
        was_read = row is not None and row.post_id == post_id and row.read
        if not was_read or (row is not None and row.edited):
            self._lists.pin(post_id, read=was_read)
            self._change(
                lambda: self._store.marks.set_read(self._told(post_id), True, opened=True),
                lambda _: self._warn_once(),
                lost=Problem("not-remembered"),
                asked=False,
            )

    def _told(self, post_id: PostId) -> list[PostId]:
        """A post, and in a folded list those that it stands for: they have been read with it."""
        if not self._lists.query.fold:
            return [post_id]
        return [row.post_id for row in self._store.lists.copies(post_id)] or [post_id]

    def _warn_once(self) -> Clean:
        """Warn, at the first post that is opened, if no mark lasts; empty later."""
        if self._was_warned:
            return EMPTY
        self._was_warned = True
        return phrase("Marked read{}: nothing is saved", self._until)

    def toggle_read(self) -> None:
        """Mark the post read or unread."""
        row = self._current()
        if row is None:
            return
        self._lists.pin(row.post_id, read=row.read)
        message = phrase("Marked unread{}" if row.read else "Marked read{}", self._until)
        self._change(
            lambda: self._store.marks.set_read([row.post_id], not row.read),
            lambda _: message,
            lost=Problem("not-marked"),
        )

    def mark_all_read(self) -> None:
        """Mark all posts of the list read, after asking."""
        if self._lists.search.problem:
            self._messages.say(phrase("There is no list to mark"))
            return
        self._workers.start(
            self._ask_to_mark_all, group="mark all", description="ask whether to mark all"
        )

    async def _ask_to_mark_all(self) -> None:
        query = self._lists.query.without_pins
        unread = query if query.view is View.BOOKMARKS else replace(query, view=View.UNREAD)
        try:
            # Those that come while the question stands are no part of the answer.
            ids = await run(partial(self._store.lists.unread_ids, unread))
            if ids:
                await run(self._store.marks.check_writable)
        except StoreError as error:
            self._messages.report(name_loss(error, Problem("not-marked")))
            return
        if not ids:
            self._messages.say(phrase("Nothing is unread here"))
            return
        count = len(ids)
        what = phrase("{:,} post" if count == 1 else "{:,} posts", count)
        self._dialogs.confirm(
            phrase("Mark {} in “{}” read?", what, self._lists.name),
            phrase("It lasts until you quit; {} takes it back.", self._undo)
            if self._is_unsaved
            else phrase("{} takes it back.", self._undo),
            lambda: self._change(
                lambda: self._store.marks.mark_all_read(ids),
                lambda marked: phrase(
                    "{:,} marked read{}; {} undoes", marked, self._until, self._undo
                ),
                lost=Problem("not-marked"),
                meanwhile=phrase("Marking {} read …", what),
            ),
        )

    # Bookmarks

    def toggle_bookmark(self) -> None:
        """Bookmark the post, or remove its bookmark."""
        row = self._current()
        if row is None:
            return
        self._lists.pin(row.post_id, read=row.read)

        def message(left_out: Problem | None) -> Clean:
            if row.bookmarked:
                return phrase("Bookmark removed; {} brings it back", self._undo)
            return phrase("★ Bookmarked {}" if left_out else "★ Bookmarked", describe(left_out))

        self._change(
            lambda: self._store.bookmarks.set_bookmarked(row.post_id, not row.bookmarked),
            message,
            lost=Problem("bookmark-not-removed") if row.bookmarked else Problem("not-bookmarked"),
            changes_article=row.changed or row.gone or row.bookmarked,
        )

    def update_bookmark(self) -> None:
        """Replace the copy of a bookmarked post by its file as it is now."""
        row = self._current()
        if row is None:
            return
        if not row.bookmarked:
            self._messages.say(phrase("This post is not bookmarked"))
        elif row.gone:
            self._messages.say(phrase("Its file is gone; the bookmark is all there is"))
        else:
            self._change(
                lambda: self._store.bookmarks.update(row.post_id),
                lambda is_new: (
                    phrase("Bookmark updated; {} brings the old version back", self._undo)
                    if is_new
                    else phrase("The bookmark is as the file is")
                ),
                lost=Problem("bookmark-not-updated"),
                changes_article=True,
            )

    def write_note(self) -> None:
        """Let the user write a note to the post; it is bookmarked with it."""
        row = self._current()
        if row is None:
            return
        work = partial(self._ask_for_note, row)
        self._workers.start(work, group="note", description="write a note")

    async def _ask_for_note(self, row: PostRow) -> None:
        before = ""
        try:
            await run(self._store.bookmarks.check_writable)  # else it would be typed in vain
            if row.bookmarked:
                before = await run(partial(self._store.bookmarks.note, row.post_id))
        except StoreError as error:
            self._messages.report(name_loss(error, Problem("note-not-written")))
            return
        note = self._drafts.pop(row.post_id, before)
        self._dialogs.write_note(row.title, note, partial(self._note_written, row, before))

    def _note_written(self, row: PostRow, before: str, note: str) -> None:
        if note == before:
            return

        def write() -> None:
            if not row.bookmarked:
                self._store.bookmarks.set_bookmarked(row.post_id, True)
            self._store.bookmarks.set_note(row.post_id, note)

        def save_draft() -> Problem:
            self._drafts[row.post_id] = note
            return Problem("draft-kept")

        self._lists.pin(row.post_id, read=row.read)
        message = (
            phrase("Note saved") if note else phrase("Note removed; {} brings it back", self._undo)
        )
        if not row.bookmarked:
            message = phrase("★ Bookmarked, with a note")
        self._change(
            write,
            lambda _: message,
            lost=Problem("note-not-saved"),
            on_failure=save_draft,
            changes_article=True,
        )

    def show_other_version(self) -> None:
        """Show the version that is not shown now, of a bookmark whose file has changed."""
        row = self._current()
        if row is None or not row.bookmarked or not (row.changed or self._article.shows_copy):
            self._messages.say(phrase("There is only one version of this post"))
            return
        self._article.show_other_version(row.post_id)
        is_copy = self._article.shows_copy
        self._messages.say(
            phrase("The version you bookmarked" if is_copy else "The file as it is now")
        )

    # Taking back

    def undo(self) -> None:
        """Undo the last mark, bookmark or mark-all."""
        self._change(
            self._store.marks.undo,
            lambda undone: (
                phrase(
                    "Undone{} ({} redoes): {}",
                    self._until,
                    self._keymap.name("app.redo"),
                    describe(undone.what),
                )
                if undone
                else phrase("Nothing to undo")
            ),
            lost=Problem("not-undone"),
            meanwhile=phrase("Undoing …"),
            changes_article=True,
        )

    def redo(self) -> None:
        """Redo what was undone last."""
        self._change(
            self._store.marks.redo,
            lambda done: (
                phrase("Done again{}: {}", self._until, describe(done.what))
                if done
                else phrase("Nothing to do again")
            ),
            lost=Problem("not-done-again"),
            meanwhile=phrase("Doing it again …"),
            changes_article=True,
        )

    # Inner workings

    def _current(self) -> PostRow | None:
        """The post that a mark concerns: the one in the article pane, else the selected one."""
        row, post_id = self._posts.selected, self._article.post_id
        if post_id is not None and (row is None or row.post_id != post_id):
            return self._messages.guard(lambda: self._store.lists.row(post_id), None)
        return row

    def _change(
        self,
        change: Callable[[], Result],
        message: Callable[[Result], Clean],
        *,
        lost: Problem,
        on_failure: Callable[[], Problem | None] = lambda: None,
        asked: bool = True,
        changes_article: bool = False,
        meanwhile: Clean = EMPTY,
    ) -> None:
        """Change something in the store in the background, then show it.

        Args:
            change: Changes the store.
            message: Makes the message about the result; empty: none.
            lost: The message, before the reason, if it cannot be saved.
            on_failure: Called if it fails; gives the message to add to that.
            asked: Whether the user asked for it: else a failure is reported only once.
            changes_article: Whether the article is shown in another way then.
            meanwhile: The message while it takes longer than a moment; empty: that it
                is being saved.
        """

        async def write() -> None:
            end = self._messages.say_if_slow(meanwhile or phrase(_SAVING)) if asked else None
            try:
                result = await self._writer.write(change)
            except StoreError as error:
                self._messages.clear()  # the message about the change before is outdated
                report = self._messages.report if asked else self._messages.report_once
                report(join_problems(name_loss(error, lost), on_failure()) or error)
                return
            finally:
                if end is not None:
                    end()
            self._lists.refresh()
            self._counts.update()
            if changes_article:
                self._article.reload()
            if text := message(result):
                self._messages.say(text)

        self._workers.start(write, group="marks", description="change marks", exclusive=False)
