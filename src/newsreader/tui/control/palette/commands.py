"""The commands of the palette: all that has a key, lists to go to, orders, themes, posts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from functools import partial
from typing import Final

from newsreader.messages import phrase, phrase_of
from newsreader.text import EMPTY, clean_line, fill
from newsreader.tui import background
from newsreader.tui.control.list_titles import order_name, scope_code
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.navigation import NavigationControl
from newsreader.tui.control.palette.choices import ChoiceControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import ListStore
from newsreader.tui.keys import KEYS, MOVING, Key
from newsreader.tui.values import FoundTitle, PaletteCommand, Sort, View

MOST_POSTS: Final = 30
"""Posts that are offered at most; who wants others types more."""

PAUSE_SECONDS = 0.06
"""Seconds without a key before titles are looked through."""


class PaletteControl:
    """Says what the palette offers."""

    def __init__(
        self,
        store: ListStore,
        screen: ScreenParts,
        *,
        lists: ListControl,
        navigation: NavigationControl,
        choices: ChoiceControl,
    ) -> None:
        self._store = store
        self._categories = screen.categories
        self._keys = screen.keys
        self._lists = lists
        self._navigation = navigation
        self._choices = choices

    def commands(self, run_key: Callable[[Key], None]) -> Iterator[PaletteCommand]:
        """List the commands.

        Args:
            run_key: Does what a key does.
        """
        keymap = self._keys.keymap
        for key in KEYS:
            if key.section == MOVING or key.id == "app.palette":
                continue
            title = phrase_of(key.title or key.help)
            label = clean_line(keymap.label(key))
            yield PaletteCommand(
                title,
                partial(run_key, key),
                label,
                f"{key.title} {key.help} {phrase_of(key.help)} {key.id}",
            )
        for sort in Sort:
            title = phrase("Sort: {}", order_name(sort))
            yield PaletteCommand(title, partial(self._lists.use_sort, sort), common=False)
        yield PaletteCommand(phrase("Theme"), self.choose_theme, also="theme colours")
        yield PaletteCommand(
            phrase("Language"), self._choices.choose_language, also="language 语言 中文 english"
        )
        for entry in self._categories.entries:
            if entry.scope is not None:
                go_to = partial(self._navigation.go_to_entry, entry)
                count = fill("{:,}", entry.counts.of(entry.view or View.ALL))
                code = scope_code(entry.scope)
                yield PaletteCommand(phrase("Go to {}", entry.title), go_to, count, code)

    def choose_theme(self) -> None:
        """Let the user choose the colours."""
        self._choices.choose_theme()

    async def posts(self, typed: str) -> AsyncGenerator[list[PaletteCommand], None]:
        """Find posts by their titles, newest first; closing the iterator ends the search."""
        if not typed.strip() or (len(typed.strip()) < 2 and typed.isascii()):
            return  # a single letter is in nearly every title
        await asyncio.sleep(PAUSE_SECONDS)
        ended = threading.Event()
        try:
            async for found in background.iterate(
                partial(self._store.find_titles, typed, ended.is_set)
            ):
                yield [self._open(each) for each in found]
        finally:
            ended.set()

    def _open(self, found: FoundTitle) -> PaletteCommand:
        run = partial(self._navigation.go_to_post, found.post_id)
        return PaletteCommand(found.title, run, EMPTY)
