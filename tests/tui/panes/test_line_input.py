"""Typing with an input method in full-width mode."""

from __future__ import annotations

from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.panes.line_input import WIDE_SPACE
from tests.tui.driving import OpenReader


async def test_an_input_methods_space_parts_words(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.press("slash")
        await reader.commit(f"水车{WIDE_SPACE}12")
        assert reader.screen.search_bar.input.value == "水车\u300012"
        assert reader.screen.posts.row_count == 1
        await reader.press("escape", "question_mark", *"all", "ideographic_space", *"read")
        help_screen = reader.dialog()
        assert isinstance(help_screen, HelpScreen)
        assert "mark all posts" in help_screen.text
        assert "sort by" not in help_screen.text
