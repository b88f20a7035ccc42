"""Going from post to post, in the list and across lists."""

from __future__ import annotations

from typing import Final

from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.counts import CountControl
from newsreader.tui.control.list_titles import scope_code
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.reading.opened_posts import OpenedPosts
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.keys import Pane
from newsreader.tui.values import (
    CategoryEntry,
    ChoiceEntry,
    Everything,
    Labelled,
    PostId,
    Sort,
    View,
)

FIRST_POST: Final = "This is the first post"
LAST_POST: Final = "This is the last post"


class NavigationControl:
    """Selects and opens other posts."""

    def __init__(
        self,
        store: ListStore,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        lists: ListControl,
        counts: CountControl,
        article: ArticleControl,
        opened: OpenedPosts,
    ) -> None:
        self._store = store
        self._categories = screen.categories
        self._posts = screen.posts
        self._layout = screen.layout
        self._dialogs = screen.services
        self._messages = messages
        self._lists = lists
        self._counts = counts
        self._article = article
        self._opened = opened

    def open_post(self, post_id: PostId) -> None:
        """Show a post for reading: it may count as read now."""
        self._layout.show_pane(Pane.ARTICLE)
        self._messages.clear(self._messages.notice)  # it has been read
        self._article.read(post_id)
        self._opened.note(post_id)

    def go_to(self, post_id: PostId) -> None:
        """Open a post: that of its row if the list has it."""
        rank = self._lists.rank(post_id)
        if rank is not None:
            self._posts.move_to(rank)
        self.open_post(post_id)

    def open_selected(self) -> None:
        """Open the selected post, if it is not open already."""
        row = self._posts.selected
        if self._layout.pane is not Pane.ARTICLE and row is not None:
            self.open_post(row.post_id)

    def read_shown(self) -> None:
        """Open the post that is shown: the user has gone to the article with the mouse."""
        if self._article.post_id is not None:
            self.open_post(self._article.post_id)

    def step(self, by: int) -> None:
        """Go down the list, or up; in the article, the post is opened."""
        row = self._row_to_step_from(by) + by
        if not 0 <= row < self._posts.row_count:
            self._messages.say(phrase(LAST_POST) if by > 0 else phrase(FIRST_POST))
            return
        self._messages.clear(phrase(LAST_POST), phrase(FIRST_POST))
        self._posts.move_to(row, step=by)
        selected = self._posts.selected
        if selected is not None and self._layout.pane is Pane.ARTICLE:
            self.open_post(selected.post_id)

    def _row_to_step_from(self, by: int) -> int:
        """The row that steps are counted from.

        That of the cursor, unless what is read has gone from the list: then another post has taken
        its place, to which a step down leads, and none is skipped.
        """
        reading, selected = self._article.post_id, self._posts.selected
        is_reading = self._layout.pane is Pane.ARTICLE and reading is not None
        if not is_reading or reading is None or selected is None or selected.post_id == reading:
            return self._posts.cursor
        rank = self._lists.rank(reading)
        if rank is not None:
            return rank
        query = self._lists.query
        at = self._messages.guard(lambda: self._store.locate(query, reading), self._posts.cursor)
        if at == self._posts.row_count - 1 and self._was_last(reading, at):
            at += 1
        return at - 1 if by > 0 else at

    def _was_last(self, post_id: PostId, last: int) -> bool:
        """Whether a post that has gone stood below the last row: ids are in the order of time."""
        rows = self._posts.listing.fetch(last, 1)
        sort = self._lists.query.sort
        if not rows or sort not in {Sort.NEWEST, Sort.OLDEST}:
            return False
        return rows[0].post_id > post_id if sort is Sort.NEWEST else rows[0].post_id < post_id

    def go_to_unread(self, *, backwards: bool = False) -> None:
        """Go to the next unread post of this list, or else of all."""
        row = self._posts.selected
        start, query = row.post_id if row else None, self._lists.query
        found = self._messages.guard(
            lambda: self._store.next_unread(start, query=query, backwards=backwards), None
        )
        if found is None:
            is_only_one = row is not None and not row.read
            self._messages.say(
                phrase("Nothing else is unread" if is_only_one else "Nothing is unread")
            )
            return
        rank = self._lists.rank(found)
        if rank is None:
            self._lists.open_all(select=found)
            self._counts.update()
        else:
            self._posts.move_to(rank, step=-1 if backwards else 1)
        if self._layout.pane is Pane.ARTICLE:
            self.open_post(found)
        elif self._layout.pane is Pane.CATEGORIES:
            self._layout.show_pane(Pane.POSTS)

    def go_to_post(self, post_id: PostId) -> None:
        """Open a post, in the list that is shown if that has it, else in that of all posts."""
        rank = self._lists.rank(post_id)
        if rank is None:
            self._lists.open_all(select=post_id, view=View.ALL)
            self._counts.update()
        else:
            self._posts.move_to(rank)
        self.open_post(post_id)

    def jump(self) -> None:
        """Let the user type where to go: a category, a tag or a saved search, by name or code."""
        entries = [each for each in self._categories.entries if each.scope is not None]
        query, name = self._lists.query, self._lists.search.saved_name
        here = (
            at
            for at, each in enumerate(entries)
            if each.scope == query.scope
            and (each.view or self._lists.view) is query.view
            and (each.title if each.is_search else EMPTY) == name
        )
        self._dialogs.choose(
            phrase("Go to"),
            [ChoiceEntry(each.title, note=_code(each)) for each in entries],
            lambda at: self.go_to_entry(entries[at]),
            at=next(here, 0),
        )

    def go_to_entry(self, entry: CategoryEntry) -> None:
        """Go to the posts of a category or of a saved search."""
        name = entry.title if entry.is_search else ""
        self._categories.select(entry.scope or Everything(), entry.view, name)
        self._lists.open_entry(entry)
        self._layout.show_pane(Pane.POSTS)

    def toggle_zoom(self) -> None:
        """Show the article alone, or all panes again."""
        if self._layout.is_zoomed:
            self._layout.zoom(False)
            return
        self.open_selected()
        if self._layout.pane is Pane.ARTICLE:
            self._layout.zoom(True)


def _code(entry: CategoryEntry) -> Clean:
    """What an entry is called elsewhere, if it is shown as something else; or that it is a tag."""
    code = scope_code(entry.scope)
    if code != entry.title:
        return code
    is_tag = isinstance(entry.scope, Labelled) and entry.scope.kind == "tag"
    return phrase("tag") if is_tag else EMPTY
