"""The links of the article: opened in the browser."""

from __future__ import annotations

from functools import partial
from typing import Final

from newsreader.messages import phrase
from newsreader.text import clean_line, safe_link
from newsreader.tui.background import run
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.programs.browser import find_browser, open_in_background
from newsreader.tui.programs.command import ProgramError, failed_with

NO_LINK: Final = "This post has no link of its own"
REFUSED: Final = "This link may not be opened"


class LinkControl:
    """Opens links."""

    def __init__(self, screen: ScreenParts, messages: MessageControl, browser: str) -> None:
        """Make the control.

        Args:
            screen: Shows the article.
            messages: Says what became of a link.
            browser: The command that opens links; empty: what the system has.
        """
        self._pane = screen.article
        self._services = screen.services
        self._messages = messages
        self._browser = browser
        self._keymap = screen.keys.keymap

    def open_source(self) -> None:
        """Open the post's own link."""
        article = self._pane.article
        if article is None:
            return
        if article.document.source_link:
            self.open(article.document.source_link)
        else:
            self._messages.say(phrase(NO_LINK))

    def open(self, address: str) -> None:
        """Open an address in the browser, if it may be opened."""
        target = safe_link(address)
        if not target or target.startswith("#"):
            self._messages.say(phrase(REFUSED))
            return
        self._services.start(
            partial(self._open, target),
            group="browser",
            description="open a link",
            exclusive=False,
        )

    async def _open(self, address: str) -> None:
        try:
            program = await run(partial(find_browser, self._browser, address))
            if program.takes_terminal:
                status = self._services.run_in_terminal(program.arguments)
                if status:
                    self._messages.report(failed_with(program.arguments, status).sentence)
            else:
                self._messages.say(phrase("Opening {}", clean_line(address)))
                await run(partial(open_in_background, program))
        except ProgramError as error:
            key = self._keymap.name("article.copy-link")
            self._messages.report(phrase("{}. {} copies the link", error.sentence, key))
