"""Remember what the reader looks like, whatever it is opened on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial

from newsreader.store import Appearance, StoreError
from newsreader.tui.control.screen_parts import Workers
from newsreader.tui.control.state_writer import StateWriter
from newsreader.tui.control.store_parts import SessionStore


class AppearanceControl:
    """Holds what is remembered of the looks, and writes what changes.

    Attributes:
        now: What is remembered.
    """

    def __init__(
        self, store: SessionStore, workers: Workers, writer: StateWriter, appearance: Appearance
    ) -> None:
        self.now = appearance
        self._store = store
        self._workers = workers
        self._writer = writer

    def note_background(self, is_dark: bool) -> None:
        """Note what the terminal has said of its background: it is the guess of the next start."""
        self._remember(replace(self.now, is_dark=is_dark))

    def note_sizes(self, sizes: Mapping[str, int]) -> None:
        """Note the sizes that the user has given to panes, by their names."""
        self._remember(replace(self.now, sizes=sizes))

    def _remember(self, appearance: Appearance) -> None:
        if appearance == self.now:
            return
        self.now = appearance
        work = partial(self._write, appearance)
        self._workers.start(work, group="appearance", description="remember the looks")

    async def _write(self, appearance: Appearance) -> None:
        with suppress(StoreError):  # who cannot write the state says so of things that matter
            await self._writer.write(partial(self._store.save_appearance, appearance))
