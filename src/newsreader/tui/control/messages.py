"""Tell the user what has just happened, and what the store could not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from newsreader.log import write_log
from newsreader.messages import describe, phrase
from newsreader.problems import Problem
from newsreader.store import StoreError
from newsreader.text import EMPTY, Clean
from newsreader.tui.control.screen_parts import ScreenParts, Stoppable

MESSAGE_SECONDS = 5.0
"""Seconds that a message stays in the line above the panes."""

_SLOW_SECONDS = 0.2
"""Seconds that something takes before it is said that it goes on: marks take a hundredth of it."""

MOST_MESSAGES: Final = 100
"""Messages that are kept: a scan names 20 problems at most."""

Result = TypeVar("Result")


def problem_text(error: StoreError | Problem | Clean) -> Clean:
    """The words of a problem: every one that the screen shows gets its words here."""
    if isinstance(error, StoreError):
        return describe(error.problem)
    return describe(error) if isinstance(error, Problem) else error


class MessageControl:
    """Says things in the line above the panes, and problems in front of them.

    Attributes:
        notice: The message from the start until a post is opened.
    """

    def __init__(self, screen: ScreenParts, notices: Sequence[Clean] = ()) -> None:
        """Begin with what is said at the start, of which the line above the panes has the first."""
        self._keymap = screen.keys.keymap
        self.notice = self._with_number(*notices) if notices else EMPTY
        self._said = list(reversed(notices))
        self._status = screen.status
        self._services = screen.services
        self._last_problem = ""
        self._reported: set[str] = set()
        self._clearing: Stoppable | None = None

    def say(self, message: Clean) -> None:
        """Say something for `MESSAGE_SECONDS`."""
        self._note(message)
        self._status.message = message
        if self._clearing is not None:
            self._clearing.stop()  # the same said again stands as long as it did the first time
        self._clearing = self._services.after(MESSAGE_SECONDS, lambda: self.clear(message))

    def say_if_slow(self, message: Clean) -> Callable[[], None]:
        """Say something that goes on, if it does not end before anybody begins to wait.

        Returns:
            What is called at its end, and takes the message away. A timer that has run out may
            still speak after it was stopped: then it says nothing.
        """
        has_ended = False

        def say() -> None:
            if not has_ended:
                if self._clearing is not None:
                    self._clearing.stop()
                self._status.message = message

        timer = self._services.after(_SLOW_SECONDS, say)

        def end() -> None:
            nonlocal has_ended
            has_ended = True
            timer.stop()
            self.clear(message)

        return end

    def show_notice(self) -> None:
        """Show the notice."""
        self._status.message = self.notice

    def clear(self, *messages: Clean) -> None:
        """Clear the message if it is one of these; without arguments, any message."""
        if not messages or self._status.message in messages:
            self._status.message = EMPTY

    def report(self, problem: StoreError | Problem | Clean, *more: Problem) -> None:
        """Show a problem, and how many more there are of its kind."""
        self._note(*map(problem_text, reversed((problem, *more))))
        text = self._with_number(*map(problem_text, (problem, *more)))
        if text == self._last_problem:
            self._services.clear_notifications()  # the same again, not one more of them
        self._last_problem = text
        self._reported.add(text)
        self._services.notify(text)
        write_log("info", text)

    def report_once(self, problem: StoreError | Problem | Clean) -> None:
        """Show a problem of something that nobody asked for, unless it was shown before."""
        if problem_text(problem) not in self._reported:
            self.report(problem)

    def list_all(self) -> None:
        """List what was said, the last first."""
        if self._said:
            self._services.list_messages(list(reversed(self._said)))
        else:
            self.say(phrase("Nothing has been said yet"))

    def _note(self, *messages: Clean) -> None:
        """Keep messages for the list, each once."""
        self._said = [each for each in self._said if each not in messages] + list(messages)
        del self._said[:-MOST_MESSAGES]

    def _with_number(self, first: Clean, *more: Clean) -> Clean:
        """Say the first of some messages, and which key lists all of them."""
        if not more:
            return first
        key = self._keymap.name("app.messages")
        return phrase("{} ({:,} more: {} lists them)", first, len(more), key)

    def guard(self, work: Callable[[], Result], otherwise: Result) -> Result:
        """Call the store on the event loop, and report its failure."""
        try:
            return work()
        except StoreError as error:
            self.report(error)
            return otherwise
