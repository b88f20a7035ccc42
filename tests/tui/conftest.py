"""A small library of posts, indexed once a test, and the app on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from newsreader.store import PostStore
from newsreader.store.model import Source
from newsreader.tui.app import NewsreaderApp
from tests.tui.driving import OpenReader, Reader, write_library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path / "library")


@pytest.fixture
def store(library: Path, tmp_path: Path) -> Iterator[PostStore]:
    with PostStore(
        [Source(library.resolve())], cache_dir=tmp_path / "cache", data_dir=tmp_path / "data"
    ) as opened:
        opened.scan()
        yield opened


@pytest.fixture
def open_reader(store: PostStore) -> OpenReader:
    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (140, 40), *, theme: str = "", notice: str = ""
    ) -> AsyncIterator[Reader]:
        app = NewsreaderApp(store, theme=theme, notice=notice, scan=False)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader

    return opened
