"""What the panes show and keep, beside what the keys do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partialmethod
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color_triplet import ColorTriplet

from newsreader import tui
from newsreader.article.render.contrast import contrast
from newsreader.article.render.placed import Layout
from newsreader.config.example import manual_section
from newsreader.config.model import Config
from newsreader.config.options import THEMES
from newsreader.store import (
    Everything,
    Overview,
    PostStore,
    Query,
    ScanProgress,
    ScanResult,
    Source,
    StoreError,
)
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.dialogs.help import help_lines
from newsreader.tui.keys import KEYS, Pane, table_markdown
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.panes.article import ArticlePane
from newsreader.tui.panes.post_list import show_date
from newsreader.tui.panes.status_bar import StatusBar
from newsreader.tui.styles import part_style
from newsreader.tui.values import Article
from tests.tui.driving import OpenReader, Reader

README = Path(__file__).parents[2] / "README.md"


def between(start: str, end: str, text: str) -> str:
    return text[text.index(start) + len(start) : text.index(end)].strip()


def test_the_readme_lists_the_keys_of_the_table() -> None:
    listed = between("<!-- keys -->", "<!-- /keys -->", README.read_text(encoding="utf-8"))
    assert listed == table_markdown().strip()


def test_the_readme_explains_the_options_of_the_config() -> None:
    explained = between("<!-- config -->", "<!-- /config -->", README.read_text(encoding="utf-8"))
    assert explained == manual_section().strip()


@pytest.mark.parametrize("width", [30, 51, 69])
@pytest.mark.parametrize("pane", Pane)
def test_the_help_names_every_key_once_within_its_width(pane: Pane, width: int) -> None:
    text = help_lines(pane, "", width).plain
    assert all(cell_len(line) <= max(width, 34) for line in text.splitlines())
    flat = " ".join(text.split())
    assert all(flat.count(f"{key.label} {key.help}") == 1 for key in KEYS if width == 69)


def test_ids_and_keys_are_unique() -> None:
    assert len({key.id for key in KEYS}) == len(KEYS)
    names = [name for key in KEYS for name in key.keys]
    assert len(set(names)) == len(names)


def test_the_config_knows_the_themes_that_textual_ships(store: PostStore) -> None:
    assert set(THEMES) == set(NewsreaderApp(store).available_themes)


def test_an_unknown_theme_is_said_and_the_reader_starts(store: PostStore) -> None:
    app = NewsreaderApp(store, theme="mauve")
    assert "mauve" in app.notice
    assert app.theme in app.available_themes


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
        assert reader.shown() == panes


async def test_a_narrow_screen_shows_the_pane_that_has_the_focus(open_reader: OpenReader) -> None:
    async with open_reader((60, 20)) as reader:
        for key, pane in [("h", Pane.CATEGORIES), ("l", Pane.POSTS), ("l", Pane.ARTICLE)]:
            await reader.press(key)
            assert reader.pane() is pane
            assert reader.shown() == {pane}


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


async def test_the_article_changes_its_colours_with_the_theme(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        before = reader.screen.article.palette
        reader.app.theme = "textual-light"
        await reader.settle()
        assert reader.screen.article.palette != before


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


async def test_a_click_selects_and_a_second_one_reads(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.click("#posts", offset=(6, 3))
        await reader.settle()
        assert reader.screen.posts.cursor == 1
        assert reader.pane() is Pane.POSTS
        await reader.pilot.click("#posts", offset=(6, 3))
        await reader.settle()
        assert reader.pane() is Pane.ARTICLE


async def test_a_click_below_the_last_post_does_nothing(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.pilot.click("#posts", offset=(6, 35))
        await reader.settle()
        assert reader.screen.posts.cursor == 0


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


async def test_a_click_on_the_footer_runs_its_key(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        bar = reader.screen.key_bar
        start = next(item.start for item in bar.hints() if item.key_id == "post.bookmark")
        await reader.pilot.click(bar, offset=(start, 0))
        await reader.settle()
        row = reader.screen.posts.selected
        assert row is not None
        assert row.bookmarked


async def test_a_click_on_a_link_opens_it(
    open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    async with open_reader((140, 60)) as reader:
        monkeypatch.setattr(reader.app, "open_url", opened.append)
        await reader.press("j")
        reader_pane = reader.screen.article
        layout = reader_pane.laid_out
        assert layout is not None
        link = next(each for each in layout.links if each.target == "http://example.org/11")
        await reader.pilot.click("#article", offset=(8, link.line + 1))
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


async def test_a_notice_is_shown(open_reader: OpenReader) -> None:
    async with open_reader(notice="These are the sample posts") as reader:
        line = reader.screen.query_one(StatusBar).render_line(0)
        assert "These are the sample posts" in line.text
        assert line.cell_length == 140


async def test_a_notice_stands_apart_from_a_name_that_is_cut(open_reader: OpenReader) -> None:
    async with open_reader((80, 12)) as reader:
        status = reader.screen.query_one(StatusBar)
        status.library = "a library of a long name " * 4
        for length in range(1, 60):
            status.message = "m" * length
            line = status.render_line(0).text
            assert cell_len(line) == 80
            assert line.rstrip("m ").endswith("…")
            assert f" {status.message} " in line


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140])
async def test_the_status_line_fits_any_width(open_reader: OpenReader, width: int) -> None:
    async with open_reader((width, 12), notice="a notice that is rather long " * 3) as reader:
        status = reader.screen.query_one(StatusBar)
        assert cell_len(status.render_line(0).text) == width
        status.message = ""
        for progress in (None, -1.0, 0.0, 0.37, 1.0):
            status.progress = progress
            assert cell_len(status.render_line(0).text) == width


HOSTILE = "[bold]a[/x] :smile: [@click=app.quit]b[/] \x1b[2Jc"


def write_post(folder: Path, text: str) -> Path:
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (posts / "2026-01-01-post.md").write_text(f"---\ntitle: 一篇\n---\n{text}\n", encoding="utf-8")
    return folder


@asynccontextmanager
async def reading(folder: Path, scratch: Path, size: tuple[int, int]) -> AsyncIterator[Reader]:
    """The app on the posts of a folder."""
    with PostStore(
        [Source(folder)], cache_dir=scratch / "cache", data_dir=scratch / "data"
    ) as store:
        store.scans.run()
        app = NewsreaderApp(store, scan=False)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader


async def test_a_click_on_a_footnote_mark_goes_to_the_footnote(tmp_path: Path) -> None:
    text = "注[^1]。\n\n" + "很长的一段。\n\n" * 60 + "[^1]: 这是脚注。\n"
    site = write_post(tmp_path / "site", text)
    async with reading(site, tmp_path, (140, 30)) as reader:
        pane = reader.screen.article
        layout = pane.laid_out
        assert layout is not None
        mark = next(link for link in layout.links if link.inner)
        before = layout.lines[mark.line][0].text
        await reader.pilot.click("#article", offset=(4 + len(before) + 1, mark.line + 1))
        await reader.settle()
        assert pane.scroll_offset.y > 60


async def test_a_long_article_is_shown_from_its_beginning_and_then_whole(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>第{number}段，文字不多。</p>" for number in range(20_000))
    site = write_post(tmp_path / "site", paragraphs)
    seen: list[int] = []
    show = ArticlePane.show

    def note(pane: ArticlePane, article: Article, laid_out: Layout) -> None:
        seen.append(len(laid_out.lines))
        show(pane, article, laid_out)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ArticlePane, "show", note)
        async with reading(site, tmp_path, (140, 30)) as reader:
            assert 30 < seen[0] < 5_000
            assert seen == sorted(seen)
            assert seen[-1] > 39_000
            await reader.press("enter", "G")
            pane = reader.screen.article
            visible = [pane.render_line(y).text for y in range(pane.size.height)]
            assert "第19999段" in "".join(visible)


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


async def test_new_posts_do_not_move_what_is_looked_at(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader() as reader:
        await reader.press("j", "j")
        title, cursor = reader.title, reader.screen.posts.cursor
        line = cursor * 2 - reader.screen.posts.scroll_offset.y
        new = library / "_posts" / "2026-04-01-new.md"
        new.write_text("---\ntitle: 新来的\n---\n新的一篇。\n", encoding="utf-8")
        store.scans.run()
        reader.screen.controls.refresh.poll()
        await reader.settle()
        assert reader.title == title
        assert reader.screen.posts.cursor == cursor + 1
        assert reader.screen.posts.row_count == 14
        moved = reader.screen.posts.cursor * 2 - reader.screen.posts.scroll_offset.y
        assert moved == line or reader.screen.posts.scroll_offset.y == 0


async def test_a_bookmark_outlives_its_file_on_the_screen(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader() as reader:
        await reader.press("m")
        (library / "_posts" / "2026-03-12-water-12.md").unlink()
        store.scans.run()
        await reader.press("3")
        assert reader.title == "水车日记第12篇"
        assert reader.article == "水车日记第12篇"
        article = reader.screen.article.article
        assert article is not None
        assert any("bookmark" in fact for fact in article.header.facts)


async def test_a_post_whose_file_vanished_says_so(open_reader: OpenReader, library: Path) -> None:
    async with open_reader() as reader:
        (library / "_posts" / "2026-03-11-water-11.md").unlink()
        await reader.press("j")
        assert reader.screen.article.article is None
        assert reader.screen.article.note


async def test_an_empty_view_says_why(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("3")
        assert reader.screen.posts.row_count == 0
        assert "No bookmarks" in reader.screen.posts.render_line(1).text
        await reader.press("j", "k", "G", "g", "enter", "m", "r", "n", "space")
        assert reader.screen.posts.row_count in {0, 13}


async def test_no_pane_holds_an_object_for_every_post(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        assert store.lists.count(Query(Everything())) == 13
        reader.screen.posts.row_at(0)
        assert reader.screen.posts.fetched_pages <= 24


async def test_a_mark_that_cannot_be_written_is_said_and_reading_goes_on(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError("The disk is full [/x].")

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(store.bookmarks, "set_bookmarked", fail)
        for name in ("set_read", "mark_all_read", "undo"):
            monkeypatch.setattr(store.marks, name, fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        await reader.press("m", "r", "u", "A", "y", "enter", "J")
        # Each time for what was asked for; what nobody asked for was said with it.
        assert said == ["The disk is full [/x]."] * 4
        assert reader.article == reader.title == "水车日记第11篇"
        assert reader.pane() is Pane.ARTICLE
        assert reader.screen.status.message == ""
        monkeypatch.undo()
        monkeypatch.setattr(store.bookmarks, "set_bookmarked", fail)
        monkeypatch.setattr(store.marks, "set_read", fail)
        await reader.press("m", "r", "m")
        assert len(reader.notifications()) == 1  # more of them would cover the screen


async def test_an_index_that_fails_while_reading_is_said_and_the_screen_stays(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError("The index cannot be used.")

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        monkeypatch.setattr(store.posts, "read", fail)
        for name in ("count", "page", "rank", "locate", "overview", "next_unread"):
            monkeypatch.setattr(store.lists, name, fail)
        await reader.press("2", "n", "h", "j", "l", "1", "j")
        assert set(said) == {"The index cannot be used."}
        monkeypatch.undo()
        await reader.press("1", "g")
        assert reader.title == "水车日记第12篇"


async def scanned(reader: Reader, store: PostStore, result: ScanResult) -> list[str]:
    """What is said as an error when a scan ends that did what `result` says."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        patch.setattr(store.scans, "start", lambda: None)
        patch.setattr(store.scans, "last", lambda: result)
        await reader.press("f5")
        assert "looking for posts" in reader.screen.status.render_line(0).text
        reader.screen.controls.refresh.poll()
        await reader.settle()
    assert "looking for posts" not in reader.screen.status.render_line(0).text
    return said


async def test_both_stages_of_indexing_are_shown_and_keys_do_not_wait_for_them(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    async with open_reader() as reader:
        screen = reader.screen
        overview = store.lists.overview()

        def count() -> Overview:
            counted.append(1)
            return overview

        monkeypatch.setattr(store.lists, "overview", count)
        posts = ScanProgress(1, 4, running=True, stage="posts", share=0.25)
        text = ScanProgress(2, 4, running=True, stage="text", share=0.75)
        for progress, said in ((posts, "indexing"), (text, "reading all text")):
            monkeypatch.setattr(store.scans, "progress", lambda progress=progress: progress)
            for version in range(5):
                monkeypatch.setattr(store, "data_version", lambda version=version: version)
                screen.controls.refresh.poll()
            await reader.settle()
            line = screen.status.render_line(0).text
            assert said in line
            assert f"{progress.share:.0%}" in line
        assert len(counted) <= 2  # not once for every change of the index


async def test_the_marks_of_another_reader_show(
    open_reader: OpenReader, store: PostStore, tmp_path: Path
) -> None:
    with PostStore(
        store.sources, cache_dir=tmp_path / "cache", data_dir=tmp_path / "data"
    ) as other:
        async with open_reader() as reader:
            row = reader.screen.posts.selected
            assert row is not None
            other.marks.set_read([row.post_id], True)
            reader.screen.controls.refresh.poll(at_once=True)
            await reader.settle()
            seen = reader.screen.posts.selected
            assert seen is not None
            assert seen.read
            assert reader.screen.status.counts.unread == 12


async def test_a_long_article_that_is_read_again_does_not_move(
    tmp_path: Path,
) -> None:
    paragraphs = "".join(f"<p>第{number}段，文字不多。</p>" for number in range(2_000))
    site = write_post(tmp_path / "site", paragraphs)
    async with reading(site, tmp_path, (140, 30)) as reader:
        pane = reader.screen.article
        await reader.press("enter", "G", "b", "b")
        top, seen = pane.scroll_offset.y, []
        monkey = pytest.MonkeyPatch()
        monkey.setattr(pane, "scroll_to", lambda **options: seen.append(options["y"]))
        reader.screen.controls.article.reload()
        await reader.settle()
        monkey.undo()
        assert set(seen) == {top}


async def test_what_a_scan_could_not_read_is_said(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        problems = ("The folder a cannot be read.", "The folder b cannot be read.")
        said = await scanned(reader, store, ScanResult(found=13, problems=problems))
        assert said == ["The folder a cannot be read. (1 more problems.)"]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (ScanResult(found=13), "Nothing new"),
        (ScanResult(found=15, added=2, changed=1), "2 new, 1 changed"),
        (ScanResult(found=12, removed=1_000), "1,000 removed"),
    ],
)
async def test_a_refresh_says_what_it_found(
    open_reader: OpenReader, store: PostStore, result: ScanResult, said: str
) -> None:
    async with open_reader() as reader:
        assert await scanned(reader, store, result) == []
        assert reader.screen.status.message == said


async def test_an_article_whose_file_was_edited_is_shown_anew(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    async with open_reader((140, 60)) as reader:
        await reader.press("j")
        path = library / "_posts" / "2026-03-11-water-11.md"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("水车转起来了", "水车停下来了"), encoding="utf-8")
        result = store.scans.run()
        assert result.changed == 1
        await scanned(reader, store, result)
        pane = reader.screen.article
        shown = "".join(pane.render_line(y).text for y in range(pane.size.height))
        assert "水车停下来了" in shown


async def test_a_store_that_keeps_failing_is_said_once(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError("The index is damaged.")

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(store.scans, "progress", fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        for _ in range(5):
            reader.screen.controls.refresh.poll()
        assert said == ["The index is damaged."]


async def test_the_notice_goes_when_a_post_is_opened(open_reader: OpenReader) -> None:
    async with open_reader(notice="These are the sample posts") as reader:
        await reader.press("j")
        assert reader.screen.status.message == "These are the sample posts"
        await reader.press("enter")
        assert reader.screen.status.message == ""


async def test_zoom_without_a_post_changes_nothing(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("3", "z")
        assert reader.shown() == set(Pane)


async def test_the_only_unread_post_knows_that_no_other_is(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("A", "y", "r", "n")
        assert reader.screen.status.message == "Nothing else is unread"


@pytest.mark.parametrize(
    ("date", "has_time", "shown"),
    [
        (None, False, "undated"),
        (datetime(2026, 2, 25, 11, 1, tzinfo=UTC), True, "02-25 11:01"),
        (datetime(2025, 2, 25, 11, 1, tzinfo=UTC), True, "2025-02-25 11:01"),
        (datetime(2026, 2, 25, tzinfo=UTC), False, "02-25"),
        (datetime(7, 2, 5, tzinfo=UTC), False, "0007-02-05"),
    ],
)
def test_dates_of_this_year_are_short(date: datetime | None, has_time: bool, shown: str) -> None:
    assert show_date(date, has_time=has_time, this_year=2026) == shown


def test_what_nobody_expected_ends_the_screen_and_is_raised_without_a_traceback(
    store: PostStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_screen: MainScreen) -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr(MainScreen, "on_mount", fail)
    monkeypatch.setattr(NewsreaderApp, "run", partialmethod(NewsreaderApp.run, headless=True))
    with pytest.raises(ZeroDivisionError, match="nobody expected this"):
        tui.run(store, Config())
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
