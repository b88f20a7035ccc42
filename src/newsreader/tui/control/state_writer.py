"""Write changes of the reading state in a thread, one after the other, for all controllers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import TypeVar

from newsreader.store import StoreError
from newsreader.tui.background import DaemonThreads, wait_until_done

Result = TypeVar("Result")


class StateWriter:
    """Changes the store, and knows which of its versions the screen shows.

    Attributes:
        version: The version of the store that is shown; another one has to be read again.
    """

    def __init__(self, data_version: Callable[[], int]) -> None:
        self.version = -1
        self._data_version = data_version
        self._thread = DaemonThreads(1, "state writer")

    async def write(self, change: Callable[[], Result]) -> Result:
        """Change something in a thread; what this changes need not be read again.

        Raises:
            StoreError: The change failed.
        """
        written = self.submit(change)
        await wait_until_done(written)
        result = written.result()
        self.note_version()
        return result

    def submit(self, change: Callable[[], Result]) -> Future[Result]:
        """Change something after all that was submitted before, whether callers wait for it or not.

        What was pressed before `q` is written, though nobody waits for its result any more.
        """
        return self._thread.submit(change)

    def finish(self, seconds: float) -> bool:
        """Wait for all changes; return whether they are done.

        Args:
            seconds: How long to wait at most.
        """
        return bool(wait([self.submit(lambda: None)], seconds).done)

    def note_version(self) -> None:
        """Note that the screen shows what is in the store now."""
        with suppress(StoreError):  # the next look for changes meets it again, and reports it
            self.version = self._data_version()
