"""The terminal interface: the only part of the program that knows Textual."""

from __future__ import annotations

from newsreader.config.model import Config
from newsreader.runtime import allow_collection, set_up_screen
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
    set_up_screen()
    from newsreader.tui.app import NewsreaderApp  # noqa: PLC0415  (import textual when it is needed)

    theme = "" if config.theme == "auto" else config.theme
    app = NewsreaderApp(store, theme=theme, notice=notice, searches=config.searches)
    try:
        app.run()
    finally:
        allow_collection()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
