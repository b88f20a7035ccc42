"""Copy links and texts: to the clipboard of the terminal, and to that of the system."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import Final

from newsreader.messages import phrase
from newsreader.text import Clean, clean_line
from newsreader.tui.background import run
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.programs.clipboard import (
    MOST_FOR_PROGRAM,
    MOST_FOR_TERMINAL,
    clipboard_program,
    give_to_program,
    osc52,
)
from newsreader.tui.programs.command import ProgramError

NO_LINK: Final = "This post has no link of its own"


class CopyControl:
    """Copies texts."""

    def __init__(
        self,
        screen: ScreenParts,
        messages: MessageControl,
        command: str,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Make the control.

        Args:
            screen: Writes to the terminal.
            messages: Says what was copied.
            command: What the config names for the system's clipboard; empty: nothing.
            environment: Says what terminal and which display there are.
        """
        self._pane = screen.article
        self._services = screen.services
        self._messages = messages
        self._keymap = screen.keys.keymap
        self._command = command
        self._environment = environment

    def copy_source(self) -> None:
        """Copy the post's own link."""
        article = self._pane.article
        if article is None:
            return
        if article.document.source_link:
            self.copy_link(article.document.source_link)
        else:
            self._messages.say(phrase(NO_LINK))

    def copy_link(self, address: str) -> None:
        """Copy an address."""
        self.copy(address, phrase("Copied {}", clean_line(address)))

    def copy(self, text: str, said: Clean) -> None:
        """Copy a text.

        Args:
            text: What to copy.
            said: What to say if that was done.
        """
        self._services.start(
            partial(self._copy, text, said), group="copy", description="copy a text"
        )

    async def _copy(self, text: str, said: Clean) -> None:
        size = len(text.encode("utf-8", "replace"))
        if size > MOST_FOR_PROGRAM:
            self._messages.report(self._too_long(size, MOST_FOR_PROGRAM))
            return
        try:
            program = await run(partial(clipboard_program, self._command, self._environment))
            if program:
                await run(partial(give_to_program, program, text))
        except ProgramError as error:
            self._messages.report(error.sentence)
            program = ()
        if size <= MOST_FOR_TERMINAL:
            self._services.write_sequence(osc52(text, self._environment))
        elif not program:
            self._messages.report(self._too_long(size, MOST_FOR_TERMINAL))
            return
        self._messages.say(said)

    def _too_long(self, size: int, most: int) -> Clean:
        return phrase(
            "Too long to copy: {:,} bytes, and the clipboard takes {:,}. {} saves the article",
            size,
            most,
            self._keymap.name("article.save"),
        )
