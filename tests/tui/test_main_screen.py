"""The one screen: its layout, the mouse, and whatever concerns several panes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color_triplet import ColorTriplet

from newsreader.article.render.contrast import contrast
from newsreader.config.model import Config
from newsreader.config.options import THEMES
from newsreader.store import PostStore, Source
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.keys import Pane
from newsreader.tui.styles import part_style
from tests.tui.driving import OpenReader, Reader

pytestmark = pytest.mark.long

HOSTILE = "[bold]a[/x] :smile: [@click=app.quit]b[/] \x1b[2Jc"


@pytest.mark.parametrize(
    ("size", "class_name", "panes"),
    [
        ((140, 40), "-wide", {Pane.CATEGORIES, Pane.POSTS, Pane.ARTICLE}),
        ((100, 30), "-medium", {Pane.CATEGORIES, Pane.POSTS, Pane.ARTICLE}),
        ((80, 24), "-medium", {Pane.CATEGORIES, Pane.POSTS, Pane.ARTICLE}),
        ((79, 24), "-narrow", {Pane.POSTS}),
        ((60, 20), "-narrow", {Pane.POSTS}),
        ((20, 8), "-narrow", {Pane.POSTS}),
    ],
)
async def test_the_layout_follows_the_width(
    open_reader: OpenReader, size: tuple[int, int], class_name: str, panes: set[Pane]
) -> None:
    async with open_reader(size) as reader:
        screen = reader.screen
        assert screen.has_class(class_name)
        assert reader.visible_panes() == panes


async def test_the_config_may_fix_the_layout(open_reader: OpenReader) -> None:
    async with open_reader((140, 40), config=Config(layout="narrow")) as reader:
        assert reader.visible_panes() == {Pane.POSTS}
        await reader.pilot.resize_terminal(100, 30)
        await reader.settle()
        assert reader.visible_panes() == {Pane.POSTS}
    async with open_reader((100, 30), config=Config(layout="wide")) as reader:
        assert reader.screen.has_class("-wide")
        assert reader.visible_panes() == set(Pane)


async def test_a_narrow_screen_shows_the_pane_that_has_the_focus(open_reader: OpenReader) -> None:
    async with open_reader((60, 20)) as reader:
        for key, pane in [("h", Pane.CATEGORIES), ("l", Pane.POSTS), ("l", Pane.ARTICLE)]:
            await reader.press(key)
            assert reader.pane() is pane
            assert reader.visible_panes() == {pane}


async def test_resizing_from_wide_to_narrow_keeps_post_and_pane(open_reader: OpenReader) -> None:
    async with open_reader((140, 40)) as reader:
        await reader.press("j", "enter")
        title = reader.article
        await reader.pilot.resize_terminal(60, 20)
        await reader.settle()
        assert reader.pane() is Pane.ARTICLE
        assert reader.article == title
        layout = reader.screen.article.laid_out
        assert layout is not None
        assert layout.width == reader.screen.article.text_width <= 58


async def test_every_theme_is_legible(open_reader: OpenReader) -> None:
    async with open_reader((100, 30)) as reader:
        screen = reader.screen
        await reader.press("slash", *"水车", "enter")
        for theme in THEMES:
            reader.app.theme = theme
            await reader.settle()
            assert (reader.article, reader.app.current_theme.name) == (reader.title, theme)
            bar = screen.search_bar.input
            for widget in (screen.article, screen.posts, screen.status, screen.key_bar, bar):
                _, background = widget.background_colors
                for name in widget.COMPONENT_CLASSES - {"article--rule", "article--table-rule"}:
                    style = part_style(widget, name)
                    if style.color is None or style.color.triplet is None:
                        continue  # the terminal's own colours, of which nothing is known
                    behind = style.bgcolor.triplet if style.bgcolor else None
                    ground = behind or ColorTriplet(*background.rgb)
                    assert contrast(style.color.triplet, ground) >= 4.5, (theme, name)
            # Without colours, too, it can be seen what was found.
            assert part_style(screen.posts, "rows--match").underline
            assert part_style(screen.article, "article--match").underline
            assert part_style(screen.article, "article--match-here").reverse
            assert part_style(bar, "search--wrong").underline


async def test_a_click_on_a_category_shows_its_posts(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.click("#categories", offset=(4, 6))
        await reader.settle()
        assert reader.screen.posts.listing.title.startswith("水车")


async def test_the_wheel_scrolls_the_pane_under_it(open_reader: OpenReader) -> None:
    async with open_reader((140, 16)) as reader:
        await reader.turn_wheel_down("#posts", (5, 5))
        assert reader.screen.posts.scroll_offset.y > 0
        assert reader.screen.posts.cursor == 0


async def test_titles_and_tags_are_never_markup(tmp_path: Path) -> None:
    posts = tmp_path / "site" / "_posts"
    posts.mkdir(parents=True)
    text = f"---\ntitle: '{HOSTILE}'\ntags: ['[red]t[/z]']\ncategories: ['[/c]']\n---\n{HOSTILE}\n"
    (posts / "2026-01-01-hostile.md").write_text(text, encoding="utf-8")
    with PostStore(
        [Source(tmp_path / "site")], cache_dir=tmp_path / "cache", data_dir=tmp_path / "data"
    ) as store:
        store.scans.run()
        app = NewsreaderApp(store, scan=False)
        async with app.run_test(size=(140, 40)) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            shown = HOSTILE.replace("\x1b", "")
            assert reader.title == shown
            assert reader.article == shown
            await reader.press("ctrl+p", *"[/c", "escape", "question_mark", "escape", "h", "G")
            assert "[red]t[/z]" in reader.screen.posts.listing.title
            drawn = app.export_screenshot()
            assert "\x1b" not in drawn
