"""The one way in which controllers change the reading state: off the loop, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from newsreader.store import StoreError

Result = TypeVar("Result")


class StateWriter:
    """Changes the store, and knows which of its versions the screen shows.

    Attributes:
        version: The version of the store that is shown; another one has to be read again.
    """

    def __init__(self, data_version: Callable[[], int]) -> None:
        self.version = -1
        self._data_version = data_version
        self._lock = asyncio.Lock()

    async def write(self, change: Callable[[], Result]) -> Result:
        """Change something in a thread; what this changes need not be read again.

        Raises:
            StoreError: The change failed.
        """
        async with self._lock:
            result = await asyncio.to_thread(change)
            self.note_version()
        return result

    def note_version(self) -> None:
        """Take what is in the store now for shown."""
        with suppress(StoreError):  # whoever looks for changes next meets it again, and reports it
            self.version = self._data_version()
