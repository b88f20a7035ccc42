"""The pane of the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.config.model import DEFAULTS, Config
from newsreader.tui.panes.article import PALETTE_ROLES, component_class
from tests.tui.driving import OpenReader, open_folder, write_post


async def test_the_place_in_the_article_survives_a_resize(open_reader: OpenReader) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("enter", "space")
        place = reader.screen.article.place
        assert place > 0
        await reader.pilot.resize_terminal(70, 20)
        await reader.settle()
        await reader.pilot.resize_terminal(140, 20)
        await reader.settle()
        assert abs(reader.screen.article.place - place) < 80


async def test_a_line_has_at_most_the_cells_that_the_config_says(open_reader: OpenReader) -> None:
    async with open_reader((200, 20)) as reader:
        assert reader.screen.article.text_width == DEFAULTS.text_width
    async with open_reader((200, 20), config=Config(text_width=30)) as reader:
        assert reader.screen.article.text_width == 30


async def test_the_article_changes_its_colours_with_the_theme(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        before = reader.screen.article.palette
        reader.app.theme = "textual-light"
        await reader.settle()
        assert reader.screen.article.palette != before


async def test_a_click_on_a_link_opens_it(
    open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    async with open_reader((140, 60)) as reader:
        monkeypatch.setattr(reader.screen.controls.reading, "open_link", opened.append)
        await reader.press("j")
        reader_pane = reader.screen.article
        layout = reader_pane.laid_out
        assert layout is not None
        link = next(each for each in layout.links if each.target == "http://example.org/11")
        await reader.pilot.click("#article", offset=(8, link.line + 2))
        await reader.settle()
        assert opened == ["http://example.org/11"]


async def test_source_and_navigation_are_dim_links(open_reader: OpenReader) -> None:
    async with open_reader((140, 60)) as reader:
        await reader.press("j")
        pane = reader.screen.article
        dim = pane.palette.dim.color
        assert dim not in {None, pane.palette.link.color}
        seen = set()
        for y in range(pane.size.height):
            for segment in pane.render_line(y):
                if segment.style is not None and segment.style.link:
                    seen.add(segment.text)
                    assert (segment.style.color, segment.style.underline) == (dim, True)
        assert seen == {"http://example.org/11", "返回水车", "返回首页"}


async def test_a_click_on_a_footnote_mark_goes_to_the_footnote(tmp_path: Path) -> None:
    text = "注[^1]。\n\n" + "很长的一段。\n\n" * 60 + "[^1]: 这是脚注。\n"
    site = write_post(tmp_path / "site", text)
    async with open_folder(site, tmp_path, (140, 30)) as reader:
        pane = reader.screen.article
        layout = pane.laid_out
        assert layout is not None
        mark = next(link for link in layout.links if link.inner)
        before = layout.lines[mark.line][0].text
        await reader.pilot.click("#article", offset=(4 + len(before) + 1, mark.line + 2))
        await reader.settle()
        assert pane.scroll_offset.y > 60


@pytest.mark.long
async def test_what_was_cut_is_said_at_every_width(tmp_path: Path) -> None:
    site = write_post(tmp_path / "site", "a[b](c)\n" * 20_000)
    async with open_folder(site, tmp_path, (140, 30)) as reader:
        pane = reader.screen.article
        await reader.press("enter")
        for width in (140, 50):
            await reader.pilot.resize_terminal(width, 30)
            await reader.settle()
            while pane.laid_out is None or pane.laid_out.width != pane.text_width:
                await reader.settle()
            assert pane.text_width < width
            last = pane.laid_out.lines[-2:]
            text = "".join(part.text for line in last for part in line)
            assert "This article is very long" in text


async def test_no_role_of_the_text_is_drawn_as_what_is_laid_over_it(
    open_reader: OpenReader,
) -> None:
    async with open_reader() as reader:
        pane = reader.screen.article
        over = pane.COMPONENT_CLASSES - {component_class(role) for role in PALETTE_ROLES}
        assert {"article--match", "article--match-here", "article--link-code"} <= over
        assert not pane.palette.code.reverse
