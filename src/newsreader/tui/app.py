"""The Textual app: the theme, the palette, and the one screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.command import Provider
from textual.events import Event, Paste
from textual.screen import Screen
from textual.theme import ThemeProvider

from newsreader.config.model import DEFAULTS, Config
from newsreader.store import PostStore
from newsreader.text import EMPTY, Clean, clean_line, clean_text
from newsreader.tui.control.feeds import FeedSource
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.textual_private import RaisedFailure, SafeTerminal
from newsreader.tui.themes import INKWELL, OWN_THEMES, mend_variables


def _commands() -> type[Provider]:
    from newsreader.tui.dialogs.palette import CommandProvider  # noqa: PLC0415  (not at the start)

    return CommandProvider


class NewsreaderApp(SafeTerminal, RaisedFailure, App[None]):
    """Three panes over a store of posts."""

    TITLE = "newsreader"
    CSS_PATH = "newsreader.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        store: PostStore,
        *,
        config: Config = DEFAULTS,
        notice: Clean = EMPTY,
        feeds: FeedSource | None = None,
        scan: bool = True,
    ) -> None:
        """Make the app.

        Args:
            store: Open; it stays open when the app ends.
            config: What the user has set. A theme that Textual does not know is reported in the
                status line; `auto` is Textual's own choice.
            notice: A line for the status bar.
            feeds: What fetches the feeds of the config; `None`: there are none.
            scan: Whether to look for new and changed posts at the start.
        """
        self._has_theme = False
        super().__init__()
        for own in OWN_THEMES:
            self.register_theme(own)
        self._store = store
        self.notice = notice
        self._feeds = feeds
        self._scan = scan
        self._config = config
        self._has_theme = True
        theme = config.theme
        self.theme = theme if theme in self.available_themes else INKWELL.name
        if theme not in {self.theme, DEFAULTS.theme}:
            known = ", ".join(sorted(self.available_themes))
            self.notice = clean_line(f"There is no theme “{theme}”; there are {known}.")

    def get_css_variables(self) -> dict[str, str]:
        """Give the colours of the theme, legible on all backgrounds."""
        if not self._has_theme:
            return {}  # Textual asks for those of its own theme before ours can be chosen
        self.theme_variables = mend_variables(self.current_theme, super().get_css_variables())
        return self.theme_variables

    def get_default_screen(self) -> Screen[None]:
        """The one screen."""
        return MainScreen(
            self._store,
            config=self._config,
            notice=self.notice,
            feeds=self._feeds,
            scan=self._scan,
        )

    async def on_event(self, event: Event) -> None:
        """Clean what is pasted, before any input draws it: it may come from a post's web page."""
        if isinstance(event, Paste):
            event.text = clean_text(event.text)
        await super().on_event(event)

    def action_command_palette(self) -> None:
        """Show the commands."""
        from newsreader.tui.dialogs.palette import CommandDialog  # noqa: PLC0415  (not at the start)

        if not isinstance(self.screen, CommandDialog):
            self.push_screen(CommandDialog())

    def search_themes(self) -> None:
        """Show the themes, of which one can be chosen."""
        from newsreader.tui.dialogs.palette import CommandDialog  # noqa: PLC0415  (not at the start)

        self.push_screen(CommandDialog(providers=[ThemeProvider], placeholder="Search for themes…"))

    def end(self, return_code: int) -> None:
        """End, in the main thread but at any moment: a signal has come.

        Args:
            return_code: The exit code of the program.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # it has not begun, or is done
            raise SystemExit(return_code) from None
        loop.call_soon_threadsafe(self.exit, None, return_code)
