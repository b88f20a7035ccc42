"""What the screen says: of what has just happened, and of what the store could not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.timer import Timer

from newsreader.store import PostStore, StoreError
from newsreader.tui.pane_screen import PaneScreen

MESSAGE_SECONDS = 5.0
"""How long the line above the panes says what has just happened."""

Result = TypeVar("Result")


class SayingScreen(PaneScreen):
    """The panes with a store, whose problems become messages."""

    def __init__(self, store: PostStore) -> None:
        super().__init__()
        self._store = store
        self._problem = ""
        self._said: set[str] = set()
        self._until: Timer | None = None

    def _guard(self, work: Callable[[], Result], otherwise: Result) -> Result:
        """Do something with the store on the loop; a failure becomes a message."""
        try:
            return work()
        except StoreError as error:
            self._say_problem(error)
            return otherwise

    def _say_problem(self, error: StoreError | str) -> None:
        if str(error) == self._problem:
            self.app.clear_notifications()  # the same again, not one more of them
        self._problem = str(error)
        self.notify(self._problem, severity="error", timeout=10, markup=False)

    def _say(self, message: str) -> None:
        self.status.message = message

        def clear() -> None:
            if self.status.message == message:
                self.status.message = ""

        if self._until is not None:
            self._until.stop()  # the same said again stands as long as it did the first time
        self._until = self.set_timer(MESSAGE_SECONDS, clear)

    def _say_once(self, error: StoreError) -> None:
        """Say a problem of something that nobody asked for, unless it was said already."""
        if str(error) not in self._said:
            self._said.add(str(error))
            self._say_problem(error)
