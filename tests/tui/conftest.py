"""A small library of posts, indexed once a test, and the app on it."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from newsreader.config.model import DEFAULTS, Config
from newsreader.store import PostStore, Source
from newsreader.text import clean_line
from newsreader.tui.app import NewsreaderApp
from tests.tui.driving import OpenReader, Reader, give_way, write_library


@pytest.fixture(autouse=True, scope="session")
def _without_collections() -> Iterator[None]:
    """Full collections go through all that was imported, and take a third of a test's time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(20_000, 20, 1_000)
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def _without_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half the time of these tests would be sleep: `Reader.settle` knows when all is at rest."""
    monkeypatch.setattr("textual.app.wait_for_idle", give_way)
    monkeypatch.setattr("textual.pilot.wait_for_idle", give_way)


@pytest.fixture(autouse=True)
def _without_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing happens because time passes: the store is asked for changes when a test says so."""
    for name, seconds in {
        "refresh.POLL_SECONDS": 3600.0,
        "refresh.FIRST_POLL_SECONDS": 1800.0,
        "messages.MESSAGE_SECONDS": 3600.0,
    }.items():
        monkeypatch.setattr(f"newsreader.tui.control.{name}", seconds)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path / "library")


@pytest.fixture
def store(library: Path, tmp_path: Path) -> Iterator[PostStore]:
    with PostStore(
        [Source(library.resolve())], cache_dir=tmp_path / "cache", data_dir=tmp_path / "data"
    ) as opened:
        opened.scans.run()
        yield opened


@pytest.fixture
def open_reader(store: PostStore) -> OpenReader:
    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (140, 40),
        *,
        notice: str = "",
        config: Config = DEFAULTS,
    ) -> AsyncIterator[Reader]:
        notices = (clean_line(notice),) if notice else ()
        app = NewsreaderApp(store, config=config, notices=notices, scan=False)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            writer = reader.screen.controls.writer
            yield reader
        # A process ends then, half a second later; here the next reader is to find all written.
        assert writer.finish(30)

    return opened
