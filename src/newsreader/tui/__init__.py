"""The terminal interface: the only part of the program that knows Textual."""

from __future__ import annotations

import gc
import os

from newsreader.config.model import Config
from newsreader.store import PostStore

__all__ = ["run"]


def run(store: PostStore, config: Config, notice: str = "") -> int:
    """Show the posts of a store until the user quits.

    Args:
        store: Open; it stays open.
        config: Its theme is used where Textual knows it; its searches stand beside the categories.
        notice: A line for the status bar.

    Returns:
        The exit code of the program.

    Raises:
        Exception: Whatever went wrong in a way that nobody expected; the screen is given back.
    """
    # What is drawn waits for the next of so many moments in a second; Textual's own 60 would make a
    # preview, which is the second thing drawn for a key, wait twice as long.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    # A full collection of all the objects that importing makes takes 30 ms, and frees nothing.
    # Later ones come seldom: while a large table is laid out they would hold up the screen.
    gc.set_threshold(10_000, 50, 1_000)
    from newsreader.tui.app import NewsreaderApp  # noqa: PLC0415  (import textual when it is needed)

    theme = "" if config.theme == "auto" else config.theme
    app = NewsreaderApp(store, theme=theme, notice=notice, searches=config.searches)
    try:
        app.run()
    finally:
        gc.enable()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
