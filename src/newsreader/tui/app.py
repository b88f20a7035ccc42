"""The Textual app: the theme, the palette, and the one screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import App
from textual.command import Provider
from textual.screen import Screen

from newsreader.config.model import SavedSearch
from newsreader.store import PostStore
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.textual_private import RaisedFailure


def _commands() -> type[Provider]:
    from newsreader.tui.dialogs.palette import CommandProvider  # noqa: PLC0415  (not at the start)

    return CommandProvider


class NewsreaderApp(RaisedFailure, App[None]):
    """Three panes over a store of posts."""

    TITLE = "newsreader"
    CSS_PATH = "newsreader.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        store: PostStore,
        *,
        theme: str = "",
        notice: str = "",
        scan: bool = True,
        searches: Sequence[SavedSearch] = (),
    ) -> None:
        """Make the app.

        Args:
            store: Open; it stays open when the app ends.
            theme: A theme that Textual knows; one that it does not know is reported in the status
                line; empty: Textual's own choice.
            notice: A line for the status bar.
            scan: Whether to look for new and changed posts at the start.
            searches: Those that stand in the category pane.
        """
        super().__init__()
        self._store = store
        self.notice = notice
        self._scan = scan
        self._searches = searches
        if theme in self.available_themes:
            self.theme = theme
        elif theme:
            known = ", ".join(sorted(self.available_themes))
            self.notice = f"There is no theme “{theme}”; there are {known}."

    def get_default_screen(self) -> Screen[None]:
        """The one screen."""
        return MainScreen(self._store, notice=self.notice, scan=self._scan, searches=self._searches)
