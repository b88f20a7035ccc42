"""Choosing one of many things: the outline of an article."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from newsreader.tui.dialogs.choice import ChoiceScreen
from tests.tui.driving import Reader, open_folder, write_post

pytestmark = pytest.mark.long

TEXT = "".join(
    f"## 第{number}节 發展 {number}\n\n" + "很长的一段。\n\n" * 30 for number in range(1, 13)
)


@asynccontextmanager
async def outline(tmp_path: Path, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Reader]:
    """The outline of an article of twelve sections."""
    site = write_post(tmp_path / "site", TEXT + "### 尾声\n\n完。\n")
    async with open_folder(site, tmp_path, size) as reader:
        await reader.press("enter", "T")
        yield reader


def rows(reader: Reader) -> list[str]:
    dialog = reader.dialog()
    assert isinstance(dialog, ChoiceScreen)
    return dialog.rows.texts


async def test_the_outline_goes_to_the_section_that_is_chosen(tmp_path: Path) -> None:
    async with outline(tmp_path) as reader:
        assert len(rows(reader)) == 13
        await reader.press("down", "down", "enter")
        assert reader.dialog() is None
        assert reader.first_line == "第3节 發展 3"


async def test_the_section_of_the_page_is_marked(tmp_path: Path) -> None:
    async with outline(tmp_path) as reader:
        await reader.press("escape", "]", "]", "]", "]", "j", "T", "enter")
        assert reader.first_line == "第4节 發展 4"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("发展 7", ["第7节 發展 7"]),
        ("１２", ["第12节 發展 12"]),
        ("尾", ["尾声"]),
        ("zzz", []),
        (" ", None),
    ],
)
async def test_what_is_typed_filters(tmp_path: Path, typed: str, found: list[str] | None) -> None:
    async with outline(tmp_path) as reader:
        await reader.press(*typed)
        assert rows(reader) == (found if found is not None else rows(reader))
        assert bool(rows(reader)) is (found != [])
        await reader.press("enter")
        assert (reader.dialog() is None) is (found != [])
        if found:
            assert found[0] in reader.article_text


async def test_escape_leaves_the_article_where_it_was(tmp_path: Path) -> None:
    async with outline(tmp_path) as reader:
        await reader.press("down", "escape")
        assert reader.dialog() is None
        assert reader.screen.article.top_line == 0


async def test_a_click_chooses(tmp_path: Path) -> None:
    async with outline(tmp_path) as reader:
        await reader.pilot.click("#choice-rows", offset=(5, 3))
        await reader.settle()
        assert reader.dialog() is None
        assert reader.first_line == "第4节 發展 4"


async def test_it_fits_a_small_screen_and_pages(tmp_path: Path) -> None:
    async with outline(tmp_path, (40, 12)) as reader:
        dialog = reader.dialog()
        assert isinstance(dialog, ChoiceScreen)
        assert 1 < dialog.rows.size.height < 12
        await reader.press("pagedown")
        assert dialog.rows.cursor == max(1, dialog.rows.page_rows - 1)
        await reader.press("pageup", "up")
        assert dialog.rows.cursor == 0


async def test_what_is_typed_before_the_things_are_drawn_stays_filtered(tmp_path: Path) -> None:
    async with outline(tmp_path) as reader:
        await reader.press("escape", "T")
        dialog = reader.dialog()
        assert isinstance(dialog, ChoiceScreen)
        dialog.rows.filter("发展 7")
        dialog.rows.show_marked()
        await reader.press("enter")
        assert reader.first_line == "第7节 發展 7"
