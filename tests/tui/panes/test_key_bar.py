"""The line of keys."""

from __future__ import annotations

from tests.tui.driving import OpenReader


async def test_a_click_on_the_footer_runs_its_key(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        bar = reader.screen.key_bar
        start = next(item.start for item in bar.hints() if item.key_id == "post.bookmark")
        await reader.pilot.click(bar, offset=(start, 0))
        await reader.settle()
        row = reader.screen.posts.selected
        assert row is not None
        assert row.bookmarked


async def test_the_footer_names_the_keys_of_the_pane(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        bar = reader.screen.key_bar
        assert {"read", "bookmark", "quit"} <= {item.hint for item in bar.hints()}
        await reader.press("enter")
        assert {"page", "zoom", "back"} <= {item.hint for item in bar.hints()}


async def test_the_footer_never_passes_its_line(open_reader: OpenReader) -> None:
    async with open_reader((40, 12)) as reader:
        items = reader.screen.key_bar.hints()
        assert items[-1].end <= 40
        assert "help" in {item.hint for item in items}
