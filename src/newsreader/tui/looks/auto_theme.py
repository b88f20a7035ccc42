"""The theme `auto`, which follows the background of the terminal."""

from __future__ import annotations

from typing import Final

from textual.app import App

from newsreader.tui.looks.themes import theme_for

AUTO: Final = "auto"


class AutoTheme:
    """An app that has one theme of its own, or that of the terminal's background.

    Attributes:
        few_colours: Whether the terminal has only 16 colours, of which nothing is known.
    """

    few_colours = False
    _followed = ""
    _is_dark: bool | None = None

    @property
    def theme_choice(self) -> str:
        """What was chosen: `auto`, or the name of a theme."""
        assert isinstance(self, App)
        return AUTO if self.theme == self._followed else self.theme

    def use_theme(self, choice: str) -> None:
        """Use a theme from now on; `auto` follows the background."""
        app: object = self
        assert isinstance(app, App)
        follows = choice == AUTO
        self._followed = theme_for(self._is_dark, few_colours=self.few_colours) if follows else ""
        app.theme = self._followed or choice

    def note_background(self, is_dark: bool | None) -> None:
        """Note what the background is like, and follow it if nothing else was chosen."""
        self._is_dark = is_dark
        if self.theme_choice == AUTO:
            self.use_theme(AUTO)
