"""Every use of a private name of Textual, with its reason.

None of these names is promised to stay: the tests of the screen tell when one of them has gone.
"""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from io import TextIOWrapper
from typing import cast

from rich.color import ColorSystem
from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.css.query import NoMatches
from textual.css.styles import RenderStyles
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, InputEvent, Key, Resize, ScreenResume
from textual.geometry import Region, Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.worker import WorkerFailed

from newsreader.text import Clean
from newsreader.tui.looks.terminal_answers import AnswerReader
from newsreader.tui.looks.terminal_background import answers
from newsreader.tui.terminal_cells import TerminalCells
from newsreader.tui.terminal_frames import draw_lines, draw_spans
from newsreader.tui.terminal_input import read_terminal
from newsreader.tui.terminal_output import HANGUP_CODE, RESTORING, TerminalOutput

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


def forget_mouse_down(app: App[object]) -> None:
    """Make no click of a button of the mouse that is held: it has taken hold of something."""
    app._mouse_down_widget = None


class OneFrame:
    """A screen that shows in one frame everything that a key changes, and the start.

    A widget tells the screen that it has changed when it has nothing else to do, and what a key
    changes is several of them, each of which would have a frame of its own. The first frame waits
    until all have dealt with their sizes: Textual draws them before, and then once more.
    """

    _may_draw = False
    _calls_when_drawn: tuple[Callable[[], None], ...] = ()

    def when_drawn(self, call: Callable[[], None]) -> None:
        """Call something once the first frame is on its way to the terminal."""
        if self._may_draw:
            call()
        else:
            self._calls_when_drawn = (*self._calls_when_drawn, call)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Draw the first frame when each widget has come to the end of its queue."""
        assert isinstance(self, Screen)
        if not self._may_draw:
            event.refresh_styles = False  # all have just been mounted, and so styled
            way: Callable[[], object] = self._begin_drawing
            for node in (*self.walk_children(), self):
                way = partial(node.call_later, way)
            self.call_later(way)

    def _begin_drawing(self) -> None:
        assert isinstance(self, Screen)
        self._may_draw = True
        self.refresh()
        self._on_timer_update()
        for call in self._calls_when_drawn:
            self.call_later(call)

    def _compositor_refresh(self) -> None:
        assert isinstance(self, Screen)
        if self._may_draw:
            Screen._compositor_refresh(self)

    def _on_timer_update(self) -> None:
        assert isinstance(self, Screen)
        for widget in self._compositor.visible_widgets:
            if widget._repaint_regions:
                self._dirty_widgets.add(widget)
        Screen._on_timer_update(self)


class LateComponentStyles(Widget):
    """A widget whose component styles (thirty, of an article) are made when one is asked for."""

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
        self.dismiss(result)  # what it returns would be awaited, which a screen cannot

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
        self._output = TerminalOutput(sys.__stderr__)
        self._file = cast(TextIOWrapper, self._output)
        assert isinstance(app, SafeTerminal)
        self._answers = AnswerReader(late_position=app.late_position)
        self._typed = app.typed_before

    def start_application_mode(self) -> None:
        """Take the terminal, and ask it for its background: nobody waits for the answer."""
        start: Callable[[], None] = super().start_application_mode
        start()
        if self.input_tty and answers(os.environ.get("TERM", "")):
            self.write(self._answers.ask())
            self.flush()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has yet to take something that was written."""
        thread = self._writer_thread
        return self._output.is_writing or (thread is not None and not thread._queue.empty())

    def call_when_taken(self, callback: Callable[[], None]) -> bool:
        """Have the loop call something when all is taken; return whether that is yet to be."""
        context = copy_context()

        def call() -> None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(callback, context=context)

        self._output.call_when_taken(call)
        if self.is_behind:  # asked once more, as the thread may have come to its end meanwhile
            return True
        self._output.call_when_taken(None)
        return False

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:  # else the terminal was never left
            super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events, until the reader ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        before, self._typed = self._typed, b""
        try:
            for typed in read_terminal(self.fileno, self.exit_event, before):
                text = self._answers.flush() if typed is None else self._answers.read(typed)
                for told in self._answers.told():
                    self.process_message(told)
                if text:  # to the parser, an empty text is the end
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        except EOFError:  # and SIGHUP was ignored, as `nohup` has it
            self._app.call_later(self._app.exit, None, HANGUP_CODE)

    def restore_at_once(self) -> None:
        """Restore the terminal, though the threads of this driver may be stuck."""
        self._output.end(RESTORING.encode("ascii"))
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)


class _Frame(CompositorUpdate):
    """A frame in place of one of Textual's: the cells that differ from what the terminal shows."""

    def __init__(self, cells: TerminalCells) -> None:
        self._cells = cells

    def render_segments(self, console: Console) -> str:  # noqa: ARG002  (Textual's signature)
        return self._cells.changes()


class CellFrames:
    """An app that sends to the terminal the cells that changed, and never two frames at once.

    While the terminal has not taken a frame, what is drawn meanwhile becomes one frame: else a key
    that is held down on a slow line would go on drawing when it is up again.
    """

    _cells: TerminalCells | None = None

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        assert isinstance(self, App)
        driver = self._driver
        if not isinstance(driver, TerminalDriver):
            App._display(self, screen, renderable)
            return
        system = self.console._color_system or ColorSystem.TRUECOLOR
        cells = self._cells = self._cells or TerminalCells(system)
        if isinstance(renderable, LayoutUpdate):
            draw_lines(cells, renderable.strips, self.size)
        elif isinstance(renderable, ChopsUpdate):
            spans = renderable.spans
            draw_spans(cells, spans, renderable.chops, renderable.chop_ends, self.size)
        elif renderable is not None:
            cells.forget()
            App._display(self, screen, renderable)
            return
        cursor = screen.outer_size.clamp_offset(self.cursor_position)
        if (cells.is_shown and cursor == self._previous_cursor_position) or (
            driver.is_behind and driver.call_when_taken(self._display_rest)
        ):
            self.post_display_hook()
        else:
            App._display(self, screen, cast(RenderableType, _Frame(cells)))

    def _display_rest(self) -> None:
        assert isinstance(self, App)
        if self._screen_stack:
            self._display(self.screen, None)

    def write_over(self, sequence: str) -> bool:
        """Write something over what is drawn, if the terminal has that; return whether it has."""
        driver = self._driver if isinstance(self, App) else None
        if not isinstance(driver, TerminalDriver) or self._cells is None:
            return True
        is_drawn = self._cells.is_shown and not driver.is_behind
        if is_drawn:
            driver.write(sequence)
        return is_drawn

    def draw_all(self) -> None:
        """Send the whole screen, whatever the terminal is taken to show."""
        if self._cells is not None:
            self._cells.forget()
            self._display_rest()

    async def on_event(self, event: Event) -> None:
        """Send the whole screen if a size is reported: also where a stopped reader goes on."""
        assert isinstance(self, App)
        await App.on_event(self, event)
        cells = self._cells
        if isinstance(event, Resize) and cells is not None:
            if event.size == Size(cells.width, cells.height):
                self.draw_all()
            else:
                cells.forget()


class SafeTerminal:
    """An app on a terminal that may send anything, and be gone at any moment."""

    typed_before = b""  # what came before the screen was there
    late_position = False  # whether the terminal may yet say where the cursor is

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
