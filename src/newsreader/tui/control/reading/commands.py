"""The commands that concern the article that is shown, by the ids of their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.navigation import NavigationControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.keys import Pane

if TYPE_CHECKING:
    from newsreader.tui.control.reading.sections import SectionControl

WITHIN = ("article.next-heading", "article.previous-heading", "article.outline")
"""The commands that move in the article: from a list, the selected post is opened first."""


class ReadingCommands:
    """Makes each controller when the first of its keys is pressed: no list needs them."""

    def __init__(
        self, screen: ScreenParts, messages: MessageControl, navigation: NavigationControl
    ) -> None:
        self._screen = screen
        self._messages = messages
        self._navigation = navigation

    def by_id(self) -> Mapping[str, Callable[[], None]]:
        """The command of each key."""
        return {key_id: partial(self._run_within, key_id) for key_id in WITHIN}

    def _run_within(self, key_id: str) -> None:
        if self._screen.layout.pane is not Pane.ARTICLE:
            self._navigation.open_selected()
        if self._screen.layout.pane is Pane.ARTICLE:
            self._run(key_id)

    def _run(self, key_id: str) -> None:
        match key_id:
            case "article.next-heading":
                self._sections.step(1)
            case "article.previous-heading":
                self._sections.step(-1)
            case "article.outline":
                self._sections.show_outline()

    @cached_property
    def _sections(self) -> SectionControl:
        from newsreader.tui.control.reading.sections import SectionControl  # noqa: PLC0415  (late)

        return SectionControl(self._screen, self._messages)
