"""Private names of Textual by which the terminal is read and written."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from io import TextIOWrapper
from typing import cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from newsreader.tui.looks.terminal_answers import AnswerReader
from newsreader.tui.looks.terminal_background import answers
from newsreader.tui.terminal_input import read_terminal
from newsreader.tui.terminal_output import HANGUP_CODE, RESTORING, TerminalOutput


def write_sequence(app: App[object], sequence: str) -> None:
    """Write a sequence of our own to the terminal, after what is drawn already."""
    if app._driver is not None:
        app._driver.write(sequence)


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
