"""Let the user choose how the program looks, and keep what was chosen."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from newsreader.config.model import DensityName
from newsreader.messages import choose_language, language, phrase, use_language
from newsreader.problems import Problem
from newsreader.text import EMPTY, clean_line, literal
from newsreader.tui import background
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.values import ChoiceEntry


class ChoiceStore(Protocol):
    """Keeps what the user chose for the next start."""

    def keep(self, option: str, value: str) -> Problem | None:
        """Keep the value of an option; return what the user must know of where it is kept."""


LANGUAGES: Final = ("auto", "en", "zh")
"""What the option of the language can be, in the order of the choice."""


class ChoiceControl:
    """Shows what there is to choose from, applies the choice, and keeps it.

    Attributes:
        on_language: Is called when another language is used, to say everything anew.
    """

    def __init__(
        self, store: ChoiceStore | None, screen: ScreenParts, messages: MessageControl
    ) -> None:
        self._store = store
        self._services = screen.services
        self._posts = screen.posts
        self._messages = messages
        self.on_language: Callable[[], None] = lambda: None

    def choose_theme(self) -> None:
        """Let the user choose the colours."""
        names = self._services.themes
        note = phrase("as the terminal's background is")
        entries = [
            ChoiceEntry(clean_line(name), note=note if name == "auto" else EMPTY) for name in names
        ]
        at = names.index(self._services.theme) if self._services.theme in names else 0
        self._services.choose(
            phrase("Theme"), entries, lambda chosen: self._use_theme(names[chosen]), at=at
        )

    def change_density(self) -> None:
        """Give each post of a list two lines instead of one, or one instead of two."""
        density: DensityName = "comfortable" if self._posts.is_compact else "compact"
        self._posts.use_density(density)
        self._keep("density", density)

    def _use_theme(self, name: str) -> None:
        self._services.use_theme(name)
        self._keep("theme", name)

    def choose_language(self) -> None:
        """Let the user choose the language."""
        names = [phrase("As the environment has it"), literal("English"), literal("简体中文")]
        at = LANGUAGES.index(language()) if language() in LANGUAGES else 0
        entries = [ChoiceEntry(name) for name in names]
        self._services.choose(
            phrase("Language"), entries, lambda chosen: self._use_language(LANGUAGES[chosen]), at=at
        )

    def _use_language(self, name: str) -> None:
        use_language(choose_language(name, os.environ))
        self.on_language()
        self._keep("language", name)

    def _keep(self, option: str, value: str) -> None:
        store = self._store
        if store is None:
            return

        async def keep() -> None:
            problem = await background.run(partial(store.keep, option, value))
            if problem is None:
                self._messages.say(
                    phrase("{}: {}, also from now on", clean_line(option), clean_line(value))
                )
            else:
                self._messages.report(problem)

        self._services.start(keep, group="choices", description=f"keep {option}", exclusive=False)
