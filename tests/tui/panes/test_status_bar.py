"""The line above the panes."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from newsreader.text import clean_text
from newsreader.tui.panes.status_bar import StatusBar
from newsreader.tui.values import Counts
from tests.tui.driving import OpenReader


async def test_a_notice_is_shown(open_reader: OpenReader) -> None:
    async with open_reader(notice="These are the sample posts") as reader:
        line = reader.screen.query_one(StatusBar).render_line(0)
        assert "These are the sample posts" in line.text
        assert line.cell_length == 140


async def test_a_notice_stands_apart_from_a_name_that_is_cut(open_reader: OpenReader) -> None:
    async with open_reader((80, 12)) as reader:
        status = reader.screen.query_one(StatusBar)
        status.library = clean_text("a library of a long name " * 4)
        for length in range(1, 60):
            status.message = clean_text("m" * length)
            line = status.render_line(0).text
            assert cell_len(line) == 80
            assert line.rstrip("m ").endswith("…")
            assert f" {status.message} " in line


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140])
async def test_the_status_line_fits_any_width(open_reader: OpenReader, width: int) -> None:
    async with open_reader((width, 12), notice="a notice that is rather long " * 3) as reader:
        status = reader.screen.query_one(StatusBar)
        assert cell_len(status.render_line(0).text) == width
        status.message = clean_text("")
        for progress in (None, -1.0, 0.0, 0.37, 1.0):
            status.progress = progress
            assert cell_len(status.render_line(0).text) == width


async def test_a_message_takes_the_place_of_the_name_before_it_is_cut(
    open_reader: OpenReader,
) -> None:
    notice = "Nothing is saved: the reading state cannot be written."
    async with open_reader((60, 12), notice=notice) as reader:
        line = reader.screen.query_one(StatusBar).render_line(0).text
        assert notice in line
        assert cell_len(line) == 60


async def test_one_post_is_one(open_reader: OpenReader) -> None:
    async with open_reader((80, 12)) as reader:
        status = reader.screen.query_one(StatusBar)
        for counts, facts in ((Counts(1, 1), "· 1 post · 1 unread"), (Counts(2), "· 2 posts ·")):
            status.counts = counts
            assert facts in status.render_line(0).text
