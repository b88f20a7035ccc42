"""Private names of Textual that concern keys, the mouse, and how dialogs and the app end."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.events import InputEvent, Key
from textual.keys import _character_to_key
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed

from newsreader.tui.styles import LATE_STYLES
from newsreader.tui.textual_private.drawing import DrawsCells


def key_event(key: str) -> Key:
    """Make the event of a key: a character, or Textual's name of one that prints nothing."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, " " if key == "space" else None)


def forget_mouse_down(app: App[object]) -> None:
    """Make no click of a button of the mouse that is held: it has taken hold of something."""
    app._mouse_down_widget = None


class RaisedFailure:
    """An app that leaves what nobody expected to its caller, without Textual's own traceback."""

    @property
    def failure(self) -> Exception | None:
        """What ended the app though nobody expected it; of a worker, what went wrong in it."""
        assert isinstance(self, App)
        error = self._exception
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            return error.error
        return error

    def _handle_exception(self, error: Exception) -> None:
        assert isinstance(self, App)
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self._exit and isinstance(cause, NoMatches):
            return  # a dialog that was being opened when the reader ended: it gets no widgets
        App._handle_exception(self, error)

    def _fatal_error(self) -> None:
        assert isinstance(self, App)
        self.bell()
        self._close_messages_no_wait()


class ClosesOnce(DrawsCells):
    """A dialog that is done with when it is dismissed, whatever else was typed in the same moment.

    What is typed in one burst waits in several queues. Of two Enters the second one would dismiss
    the dialog again, and Textual would take away the screen underneath (`ScreenStackError`), or do
    a second time what was chosen.
    """

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = LATE_STYLES

    _is_dismissed = False

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Close the dialog and give the result, the first time."""
        assert isinstance(self, Screen)
        if self._is_dismissed or not self.is_active:
            return AwaitComplete()
        if not self.is_mounted:  # it would look for its widgets when they are gone again
            self.call_later(self._dismiss_mounted, result)
            return AwaitComplete()
        self._is_dismissed = True
        self.workers.cancel_node(self)
        awaited: AwaitComplete = Screen.dismiss(self, result)
        return awaited

    def on_unmount(self) -> None:
        """Let go of what was drawn.

        Textual remembers the colours of a widget by the widget's cache of drawn lines
        (`lru_cache` on a method), 1024 of them: each help that was opened would take 600 KB.
        """
        StylesCache.get_inner_outer.cache_clear()

    def _dismiss_mounted(self, result: object) -> None:
        self.dismiss(result)  # what it returns would be awaited, which a screen cannot

    async def _dispatch_message(self, message: Message) -> None:
        assert isinstance(self, Screen)
        if self._is_dismissed and (isinstance(message, InputEvent) or message.control is not None):
            return  # a key, the mouse, or what a widget made of one
        await Screen._dispatch_message(self, message)
