"""Every use of a private name of Textual, with its reason.

None of these names is promised to stay: the tests of the screen tell when one of them has gone.
"""

from __future__ import annotations

import codecs
import os
import selectors
import sys
import termios
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Final, TextIO, cast

from rich.cells import cell_len
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.css.query import NoMatches
from textual.css.styles import RenderStyles
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import InputEvent, Key
from textual.geometry import Region, Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.worker import WorkerFailed

from newsreader.text import Clean
from newsreader.tui.looks.terminal_background import AnswerReader, answers

_VIRTUAL_SIZE: Reactive[Size] = ScrollView.virtual_size
"""The reactive itself, as the class holds it."""


def set_lines(view: ScrollView, lines: int) -> None:
    """Say how many lines a view has.

    Setting `virtual_size` lays out every widget of the screen again (25 ms), though only the scroll
    bar of this one changes, which always has its place. A view's own resizing does it in this way.
    """
    size = Size(view.scrollable_content_region.width, lines)
    if size != view.virtual_size:
        view.set_reactive(_VIRTUAL_SIZE, size)
        view._scroll_update(size)


def set_subtitle(view: ScrollView, subtitle: Clean) -> None:
    """Write something into the lower border of a view.

    Setting `border_subtitle` draws the whole widget again (ten kilobytes for the terminal, at every
    key); here only its last line is.
    """
    content = Content(subtitle)
    if view._border_subtitle == content:
        return
    view._border_subtitle = content
    offset, outer = view.content_offset, view.outer_size
    view.refresh(Region(-offset.x, outer.height - 1 - offset.y, outer.width, 1))


def write_sequence(app: App[object], sequence: str) -> None:
    """Write a sequence of our own to the terminal, after what is drawn already."""
    if app._driver is not None:
        app._driver.write(sequence)
        app._driver.flush()


def forget_mouse_down(app: App[object]) -> None:
    """Make no click of a button of the mouse that is held: it has taken hold of something."""
    app._mouse_down_widget = None


class OneFrame:
    """A screen that shows in one frame everything that a key changes.

    A widget tells the screen that it has changed when it has nothing else to do, and what a key
    changes is several of them: a list, the article and two scroll bars, each of which would have
    a frame of its own.
    """

    def _on_timer_update(self) -> None:
        assert isinstance(self, Screen)
        for widget in self._compositor.visible_widgets:
            if widget._repaint_regions:
                self._dirty_widgets.add(widget)
        Screen._on_timer_update(self)


class LateComponentStyles(Widget):
    """A widget whose component styles are worked out when the first of them is asked for.

    An article has thirty of them. Worked out three times before the first screen is drawn, they
    would take a tenth of the start, and there is no article yet.
    """

    _has_component_styles = False

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]  # of the class there
        return super()._get_component_classes() if self._has_component_styles else frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Give the styles of component classes, all of which are worked out at the first call."""
        if not self._has_component_styles:
            self._has_component_styles = True
            self.app.stylesheet.apply(self)
        return super().get_component_styles(*names)


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


class ClosesOnce:
    """A dialog that is done with when it is dismissed, whatever else was typed in the same moment.

    What is typed in one burst waits in several queues. Of two Enters the second one would dismiss
    the dialog again, and Textual would take away the screen underneath (`ScreenStackError`), or do
    a second time what was chosen.
    """

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
        self.dismiss(result)  # who is called later has what it returns awaited: a screen cannot

    async def _dispatch_message(self, message: Message) -> None:
        assert isinstance(self, Screen)
        if self._is_dismissed and (isinstance(message, InputEvent) or message.control is not None):
            return  # a key, the mouse, or what a widget made of one
        await Screen._dispatch_message(self, message)


def key_event(key: str) -> Key:
    """Make the event of a key: a character, or Textual's name of one that prints nothing."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, " " if key == "space" else None)


def key_pressed(event: Key) -> str:
    """The key of an event: a character, or Textual's name of one that prints nothing."""
    if event.is_printable and event.character and "+" not in event.key:
        return "space" if event.character == " " else event.character
    if "_" in event.key and "+" not in event.key:
        with suppress(KeyError):  # a character under its name alone, as Textual's Pilot sends it
            named = unicodedata.lookup(event.key.replace("_", " "))
            return named if named.isprintable() else event.key
    return event.key


_BYTES_AT_ONCE: Final = 4096
_POLL_SECONDS: Final = 0.1
"""Seconds until the thread that reads notices that the reader ends, at most."""

_RESTORING: Final = (
    "\x18"  # CAN: no more of a sequence that was cut off
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""All that `LinuxDriver.stop_application_mode` writes."""


_ERRORS: Final = "newsreader.screen"


def _replace_cells(error: UnicodeError) -> tuple[str, int]:
    """Replace what the terminal cannot show by as many cells, so that nothing beside it moves."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "?" * cell_len(error.object[error.start : error.end]), error.end


class _TerminalOutput:
    """Writes to a terminal, and nowhere once that is gone.

    Textual's thread that writes ends on an error, and the reader would wait for ever for a place in
    its queue.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._has_ended = False
        self._takes_everything = codecs.lookup(file.encoding).name.startswith("utf")
        codecs.register_error(_ERRORS, _replace_cells)
        os.set_blocking(file.fileno(), True)  # what ran here before may have left it otherwise

    def write(self, text: str) -> None:
        if self._has_ended:
            return
        if not self._takes_everything:
            encoding = self._file.encoding
            text = text.encode(encoding, _ERRORS).decode(encoding)
        try:
            self._file.write(text)
        except OSError:
            self._discard()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._discard()

    def fileno(self) -> int:
        return self._file.fileno()

    def end(self, last: bytes) -> None:
        """Write a last thing, if the terminal takes it, and nothing after it."""
        self._has_ended = True
        with suppress(OSError):
            os.set_blocking(self.fileno(), False)
            os.write(self.fileno(), last)
        os.set_blocking(self.fileno(), True)

    def _discard(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._file.fileno())
        os.close(nowhere)


class BackgroundTold(Message):
    """The terminal has said what its background is like."""

    def __init__(self, is_dark: bool) -> None:
        super().__init__()
        self.is_dark = is_dark


class TerminalDriver(LinuxDriver):
    """Reads the terminal in its own encoding, and leaves out what is no text in it.

    Textual reads UTF-8 and ends at the first byte that is none, with a traceback and exit code 0.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stderr__ is not None
        self._output = _TerminalOutput(sys.__stderr__)
        self._file = cast(TextIOWrapper, self._output)
        self._answers = AnswerReader()

    def start_application_mode(self) -> None:
        """Take the terminal, and ask it for its background: nobody waits for the answer."""
        start: Callable[[], None] = super().start_application_mode
        start()
        if self.input_tty and answers(os.environ.get("TERM", "")):
            self.write(self._answers.ask())
            self.flush()

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events, until the reader ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder(input_encoding())("ignore").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_POLL_SECONDS):
                    try:
                        data = os.read(self.fileno, _BYTES_AT_ONCE)
                    except OSError:
                        data = b""
                    if not data:
                        # The terminal is gone, and SIGHUP was ignored, as `nohup` has it.
                        self._app.call_later(self._app.exit, None, HANGUP_CODE)
                        return
                    text = self._answers.read(decode(data))
                    self._tell_background()
                else:
                    text = self._answers.flush()
                if text:  # to the parser, an empty text is the end
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _tell_background(self) -> None:
        is_dark, self._answers.is_dark = self._answers.is_dark, None
        if is_dark is not None:
            self.process_message(BackgroundTold(is_dark))

    def restore_at_once(self) -> None:
        """Restore the terminal, though the threads of this driver may be stuck."""
        self._output.end(_RESTORING.encode("ascii"))
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)


HANGUP_CODE: Final = 129
"""The exit code if the terminal is gone: what SIGHUP would give."""


def input_encoding() -> str:
    """The encoding of what the terminal sends: that of the locale, if keys can be told in it.

    ASCII is a part of UTF-8, which such terminals send in truth; an encoding in which an escape
    sequence is no such text hides keys.
    """
    encoding = getattr(sys.__stdin__, "encoding", None) or "utf-8"
    key = b"\x1b[A"
    try:
        tells_keys = key.decode(encoding) == key.decode("ascii")
        is_ascii = codecs.lookup(encoding).name == "ascii"
    except (LookupError, UnicodeError):
        return "utf-8"
    return encoding if tells_keys and not is_ascii else "utf-8"


class SafeTerminal:
    """An app on a terminal that may send anything, and be gone at any moment."""

    def get_driver_class(self) -> type[Driver]:
        """Choose what reads and draws on the terminal."""
        assert isinstance(self, App)
        chosen: type[Driver] = App.get_driver_class(self)
        return TerminalDriver if chosen is LinuxDriver else chosen

    def restore_terminal(self) -> None:
        """Restore the terminal in whatever state everything else is."""
        assert isinstance(self, App)
        if isinstance(self._driver, TerminalDriver):
            self._driver.restore_at_once()
