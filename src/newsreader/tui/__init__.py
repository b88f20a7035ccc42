"""The terminal interface: the only part of the program that knows Textual."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from newsreader.config.model import Config
from newsreader.runtime import allow_collection, set_up_screen
from newsreader.store import PostStore
from newsreader.text import Clean
from newsreader.tui.trace import traced

if TYPE_CHECKING:
    from pathlib import Path

    from newsreader.tui.control.feeds import FeedSource
    from newsreader.tui.control.palette.choices import ChoiceStore
    from newsreader.tui.control.updates import UpdateSource

__all__ = ["run"]

WIDTH_SECONDS: Final = 0.1
"""Seconds for the answer beside those in which the screen is imported."""


class WidthSource(Protocol):
    """A question to the terminal how many cells a character of ambiguous width takes.

    Attributes:
        typed: What was typed meanwhile.
    """

    typed: bytes

    @property
    def is_asked(self) -> bool:
        """Whether the answer is still to come."""

    def finish(self, seconds: float) -> int | None:
        """Wait for the answer, so many seconds at most."""


def run(
    store: PostStore,
    config: Config,
    notices: Sequence[Clean] = (),
    *,
    feeds: FeedSource | None = None,
    choices: ChoiceStore | None = None,
    updates: UpdateSource | None = None,
    welcome: bool = False,
    trace: Path | None = None,
    width: WidthSource | None = None,
) -> int:
    """Show the posts of a store until the user quits.

    Args:
        store: Open; it stays open.
        config: What the user has set.
        notices: Messages for the start, the most important first.
        feeds: What fetches the feeds of the config; `None`: there are none.
        choices: Keeps what the user chooses in the reader; `None`: it holds until the end.
        updates: What runs the update commands of sources; `None`: there are none.
        welcome: Whether to explain the reader, if these posts were never opened before.
        trace: Where to write what holds the screen up; `None`: nowhere.
        width: Has asked how wide characters of ambiguous width are; `None`: nobody has.

    Returns:
        The exit code of the program: 0, or 128 and the number of the signal that ended it.

    Raises:
        OSError: The file of the trace cannot be written.
        Exception: Whatever went wrong in a way that nobody expected; the screen is given back.
    """
    set_up_screen()
    # Textual is imported when it is needed.
    from newsreader.tui.app import NewsreaderApp  # noqa: PLC0415
    from newsreader.tui.looks.terminal_colours import (  # noqa: PLC0415
        has_256_colours,
        has_few_colours,
    )
    from newsreader.tui.signals import handle_signals  # noqa: PLC0415

    asked = width is not None and width.is_asked
    cells = width.finish(WIDTH_SECONDS) if width is not None else None
    if cells is not None and config.ambiguous_width == "auto":
        config = replace(config, ambiguous_width="wide" if cells > 1 else "narrow")
    encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    app = NewsreaderApp(
        store,
        config=config,
        notices=notices,
        feeds=feeds,
        choices=choices,
        updates=updates,
        welcome=welcome,
        few_colours=has_few_colours(os.environ),
        has_256_colours=has_256_colours(os.environ),
        encoding=encoding,
    )
    app.typed_before = width.typed if width is not None else b""
    app.late_position = asked and cells is None
    try:
        with traced(trace), handle_signals(app.end, app.restore_terminal):
            app.run()
    finally:
        allow_collection()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
