"""Posts that tell the same story: shown once for all, and gone to one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from newsreader.messages import phrase
from newsreader.posts.format_date import format_date
from newsreader.text import Clean, fill, join, literal
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.navigation import NavigationControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.values import ChoiceEntry, PostRow

NO_COPIES: Final = "No other post tells this"


class StoryControl:
    """Folds lists, and shows what a folded row stands for."""

    def __init__(
        self,
        store: ListStore,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        lists: ListControl,
        navigation: NavigationControl,
    ) -> None:
        self._store = store
        self._posts = screen.posts
        self._dialogs = screen.services
        self._keymap = screen.keys.keymap
        self._messages = messages
        self._lists = lists
        self._navigation = navigation

    def toggle_fold(self) -> None:
        """Show each story once, or every post that tells it."""
        fold = self._lists.fold = not self._lists.fold
        self._lists.open(replace(self._lists.query, fold=fold))
        self._messages.say(
            phrase(
                "Each story is shown once; {} shows the posts that tell it",
                self._keymap.name("post.copies"),
            )
            if fold
            else phrase("Every post is shown")
        )

    def show_copies(self) -> None:
        """Let the user go to one of the posts that tell what the selected one tells."""
        row = self._posts.selected
        if row is None:
            return
        none: Sequence[PostRow] = ()
        copies = self._messages.guard(lambda: self._store.copies(row.post_id), none)
        if len(copies) < 2:
            self._messages.say(phrase(NO_COPIES))
            return
        ids = [copy.post_id for copy in copies]
        self._dialogs.choose(
            phrase("{} posts tell this", len(copies)),
            [ChoiceEntry(_name(copy)) for copy in copies],
            lambda at: self._navigation.go_to(ids[at]),
            at=ids.index(row.post_id) if row.post_id in ids else 0,
        )


def _name(row: PostRow) -> Clean:
    mark = literal("★" if row.bookmarked else " " if row.read else "●")
    date = format_date(row.date, has_time=row.has_time)
    return fill("{} {}", mark, join(" · ", (date, row.category, row.title)))
