"""Lists that show each story once, and the posts behind a row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from newsreader.store import PostStore, Source
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes
from tests.tui.driving import Reader

STORY = "港口在夜里接到了第一艘电动渡轮。它从对岸出发用了四十分钟。船长说水面平得像一面镜子。"
OTHER = "山里的气象站今年换了新仪器。值班的人说雪比去年来得早。路在十一月就封了。"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Three papers with one story, and one post that no other tells."""
    posts = tmp_path / "papers/_posts"
    posts.mkdir(parents=True)
    for day, (title, body) in enumerate(
        [("甲报", STORY), ("山里", OTHER), ("乙报", STORY), ("丙报", STORY)], start=1
    ):
        text = f"---\ntitle: {title}\ndate: 2026-03-0{day} 09:00:00\n---\n{body}\n"
        (posts / f"2026-03-0{day}-post.md").write_text(text, encoding="utf-8")
    return posts.parent.resolve()


@asynccontextmanager
async def reading(papers: Path, tmp_path: Path) -> AsyncIterator[Reader]:
    sources = [Source(papers)]
    with PostStore(sources, cache_dir=tmp_path / "cache", data_dir=tmp_path / "data") as store:
        store.scans.run()
        app = NewsreaderApp(store, scan=False)
        async with app.run_test(size=(140, 30)) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader


def rows(reader: Reader) -> list[str]:
    posts = reader.screen.posts
    return [row.title for at in range(posts.row_count) if (row := posts.row_at(at))]


async def test_a_key_shows_each_story_once_and_every_post_again(
    papers: Path, tmp_path: Path
) -> None:
    async with reading(papers, tmp_path) as reader:
        assert rows(reader) == ["丙报", "乙报", "山里", "甲报"]
        assert "×3" in reader.screen.posts.render_line(1).text
        await reader.press("D")
        assert rows(reader) == ["丙报", "山里"]
        assert reader.list_title == "All · newest first · each story once"
        await reader.press("2")
        assert rows(reader) == ["丙报", "山里"]
        await reader.press("1", "D")
        assert rows(reader) == ["丙报", "乙报", "山里", "甲报"]


async def test_reading_what_stands_for_all_marks_all_read(papers: Path, tmp_path: Path) -> None:
    async with reading(papers, tmp_path) as reader:
        await reader.press("D", "enter", "n")
        assert reader.article == "山里"
        await reader.press("q", "D", "1")
        posts = reader.screen.posts
        assert all(row.read for at in range(4) if (row := posts.row_at(at)))


async def test_a_key_goes_to_a_post_behind_the_row(papers: Path, tmp_path: Path) -> None:
    async with reading(papers, tmp_path) as reader:
        await reader.press("D", "equals_sign", "down", "down", "enter")
        assert reader.article == "甲报"
        assert reader.pane() is Pane.ARTICLE
        await reader.press("q", "j", "equals_sign")
        assert reader.screen.status.message == "No other post tells this"


async def test_without_folding_only_the_post_that_was_opened_is_read() -> None:
    fakes = ControlsOnFakes()
    fakes.store.told = {PostId(2): [PostId(3), PostId(2)]}
    fakes.controls.navigation.open_post(PostId(2))
    await fakes.settle()
    assert [row.read for row in fakes.store.rows.values()] == [False, True, False]


async def test_lists_are_folded_from_the_start_if_the_config_says_so() -> None:
    fakes = ControlsOnFakes(fold=True)
    await fakes.settle()
    assert fakes.controls.lists.query.fold
    fakes.store.told = {PostId(2): [PostId(3), PostId(2)]}
    fakes.controls.navigation.open_post(PostId(2))
    await fakes.settle()
    assert [row.read for row in fakes.store.rows.values()] == [False, True, True]
