"""Which article is shown, and where it was left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsreader.article.cancellation import CancellationToken, WorkCancelledError
from newsreader.article.render.palette import TERMINAL_PALETTE
from newsreader.article.render.placed import Layout
from newsreader.store import PostStore
from newsreader.tui.control.article_steps import ArticleStep, load_article
from newsreader.tui.keys import Pane
from newsreader.tui.panes.article import ArticlePane
from newsreader.tui.values import Article, PostId, View
from tests.tui.control.fakes import ControlsOnFakes, row_of
from tests.tui.driving import OpenReader, open_folder, run_scan, write_post


@pytest.mark.long
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
        async with open_folder(site, tmp_path, (140, 30)) as reader:
            assert 20 < seen[0] < 5_000
            assert seen == sorted(seen)
            assert seen[-1] > 39_000
            await reader.press("enter", "G")
            pane = reader.screen.article
            visible = [pane.render_line(y).text for y in range(pane.size.height)]
            assert "第19999段" in "".join(visible)


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


async def test_a_long_article_that_is_read_again_does_not_move(
    tmp_path: Path,
) -> None:
    paragraphs = "".join(f"<p>第{number}段，文字不多。</p>" for number in range(2_000))
    site = write_post(tmp_path / "site", paragraphs)
    async with open_folder(site, tmp_path, (140, 30)) as reader:
        pane = reader.screen.article
        await reader.press("enter", "G", "b", "b")
        top, seen = pane.scroll_offset.y, []
        monkey = pytest.MonkeyPatch()
        monkey.setattr(pane, "scroll_to", lambda **options: seen.append(options["y"]))
        reader.screen.controls.article.reload()
        await reader.settle()
        monkey.undo()
        assert set(seen) == {top}


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
        await run_scan(reader, store, result)
        pane = reader.screen.article
        shown = "".join(pane.render_line(y).text for y in range(pane.size.height))
        assert "水车停下来了" in shown


async def test_an_article_opens_where_it_was_left_at_any_width(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("enter", *"jjjjjj")
        line = reader.first_line
        assert line
        await reader.press("J", "K")
        assert reader.first_line == line
        row = reader.screen.posts.selected
        assert row is not None
        place = store.places.load(row.post_id)
        assert place is not None
        assert place.context.startswith(line[:8])
        await reader.press("q", "J", "K")
        assert reader.first_line == "水车日记第12篇"  # a preview shows the beginning
    async with open_reader((60, 20)) as reader:
        shown = reader.first_line + reader.screen.article.render_line(1).text
        assert line[:6] in shown or reader.pane() is not Pane.ARTICLE


async def test_an_article_read_to_its_end_opens_at_its_beginning(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader((140, 20)) as reader:
        await reader.press("enter", *"jjjjj", "J", "K")
        assert reader.screen.article.scroll_offset.y == 5
        await reader.press("G", "J", "K")
        assert reader.screen.article.scroll_offset.y == 0


LONG = "很长的一段。\n\n" * 200


async def test_a_post_is_previewed_but_not_over_what_is_being_read() -> None:
    fakes = ControlsOnFakes()
    article = fakes.controls.article
    article.preview(PostId(1))
    await fakes.settle()
    assert fakes.shown_article == "Post 1"
    fakes.screen.layout.pane = Pane.ARTICLE
    article.preview(PostId(2))
    await fakes.settle()
    assert fakes.shown_article == "Post 1"


async def test_who_comes_back_to_the_list_sees_the_post_that_is_selected_there() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.show_selected()
    assert fakes.controls.article.post_id is None  # nothing was shown before
    fakes.controls.article.load(PostId(1))
    fakes.screen.posts.move_to(2)
    fakes.controls.article.show_selected()
    await fakes.settle()
    assert fakes.shown_article == "Post 3"


async def test_an_empty_list_leaves_no_article() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    fakes.controls.lists.show_view(View.BOOKMARKS)
    assert fakes.screen.article.article is None
    assert fakes.controls.article.post_id is None


async def test_the_place_where_an_article_is_left_is_remembered_and_gone_back_to() -> None:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = LONG
    article, pane = fakes.controls.article, fakes.screen.article
    article.read(PostId(1))
    await fakes.settle()
    assert pane.went_to == []
    pane.place = 100
    assert article.place_left() is not None
    article.load(PostId(2))
    await fakes.settle()
    assert fakes.store.left[PostId(1)].offset == 100
    article.read(PostId(1))
    await fakes.settle()
    assert pane.went_to == [100]
    assert article.place_left() is None  # it is at that place now


async def test_a_preview_neither_has_a_place_nor_goes_to_one() -> None:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = LONG
    fakes.screen.article.place = 100
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    assert fakes.controls.article.place_left() is None
    fakes.controls.article.load(PostId(2))
    await fakes.settle()
    assert fakes.store.left == {}


async def test_an_article_read_to_its_end_begins_at_its_beginning_the_next_time() -> None:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = LONG
    fakes.controls.article.read(PostId(1))
    await fakes.settle()
    fakes.screen.article.place = 100
    fakes.controls.article.save_place()
    await fakes.settle()
    fakes.controls.article.reload()
    await fakes.settle()
    fakes.screen.article.at_end = True
    left = fakes.controls.article.place_left()
    assert left is not None
    assert left[1] == 0


async def test_the_place_in_a_copy_is_not_that_in_the_file() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.read(PostId(1))
    await fakes.settle()
    fakes.screen.article.place = 100
    fakes.controls.article.show_other_version(PostId(1))
    assert fakes.controls.article.shows_copy
    await fakes.settle()
    assert fakes.controls.article.place_left() is None


async def test_a_place_that_cannot_be_written_is_reported_once() -> None:
    fakes = ControlsOnFakes()
    fakes.store.failing = {"save_place"}
    for number in (1, 2, 1):
        fakes.controls.article.read(PostId(number))
        await fakes.settle()
        fakes.screen.article.place = 50
        fakes.controls.article.save_place()
        await fakes.settle()
    assert fakes.screen.services.notified == ["The index cannot be used (save_place)."]


async def test_a_post_that_cannot_be_read_says_why() -> None:
    fakes = ControlsOnFakes()
    fakes.store.failing = {"read"}
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    assert fakes.screen.article.note == "The index cannot be used (read)."


async def test_an_article_is_loaded_again_when_its_file_has_changed() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(1))
    fakes.controls.lists.refresh()
    await fakes.settle()
    shown = len(fakes.screen.article.shown)
    fakes.controls.lists.refresh()
    await fakes.settle()
    assert len(fakes.screen.article.shown) == shown
    fakes.store.rows[PostId(1)] = replace(row_of(1), changed=True)
    fakes.controls.lists.refresh()
    await fakes.settle()
    assert len(fakes.screen.article.shown) > shown


async def test_lines_that_would_end_above_the_pane_wait_for_the_rest() -> None:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = LONG * 10
    fakes.screen.article.cuts = True
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    assert len(fakes.screen.article.shown) == 1  # all of it, and nothing before
    assert fakes.screen.article.shown[0] > 1_000


async def test_all_that_is_loaded_in_a_moment_is_shown_at_once_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsreader.tui.control.article.MAX_WAIT_SECONDS", 60.0)
    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    shown = fakes.screen.article.shown
    shown.clear()
    fakes.store.texts[PostId(2)] = LONG * 10
    fakes.controls.article.load(PostId(2))
    assert len(shown) == 1
    assert shown[0] > 1_000
    await fakes.settle()
    assert len(shown) == 1


async def test_what_is_not_loaded_in_a_moment_follows_what_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rest_may_come = threading.Event()
    is_in_time = iter([True, False])

    def wait_for_the_first(work: Future[object], _: float) -> bool:
        return next(is_in_time) and bool(wait([work]).done)

    def slow(*arguments: Any, **named: Any) -> Iterator[ArticleStep]:
        steps = load_article(*arguments, **named)
        yield next(steps)
        rest_may_come.wait(20)
        yield from steps

    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    monkeypatch.setattr("newsreader.tui.control.article.load_article", slow)
    monkeypatch.setattr("newsreader.tui.control.article.wait_briefly", wait_for_the_first)
    shown = fakes.screen.article.shown
    shown.clear()
    fakes.store.texts[PostId(2)] = LONG * 10
    fakes.controls.article.load(PostId(2))
    assert [lines < 100 for lines in shown] == [True]
    rest_may_come.set()
    await fakes.settle()
    assert shown[-1] > 1_000


async def test_code_is_shown_before_its_colours() -> None:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(2)] = "甲\n\n```python\nclass A: pass\n```\n\n" + LONG
    first, *_, last = load_article(
        fakes.store,
        PostId(2),
        40,
        TERMINAL_PALETTE,
        height=10,
        token=CancellationToken(),
    )
    lines = [
        ["".join(piece.text for piece in line) for line in step.layout.lines]
        for step in (first, last)
    ]
    assert lines[0] == lines[1][: len(lines[0])]
    code = next(number for number, line in enumerate(lines[0]) if "class A" in line)
    assert len({piece.style for piece in first.layout.lines[code]}) == 1
    assert len({piece.style for piece in last.layout.lines[code]}) > 1


async def test_a_post_that_is_no_longer_wanted_is_not_shown() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(1))
    fakes.controls.article.load(PostId(2))
    fakes.controls.article.load(PostId(3))
    await fakes.settle()
    assert fakes.shown_article == "Post 3"


async def test_only_the_article_that_is_wanted_last_is_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens: list[CancellationToken] = []

    def note(*_: object, token: CancellationToken, **__: object) -> Iterator[ArticleStep]:
        tokens.append(token)
        return iter(())

    monkeypatch.setattr("newsreader.tui.control.article.load_article", note)
    fakes = ControlsOnFakes(row_of(1), row_of(2))
    await fakes.settle()
    tokens.clear()
    for post in (1, 2, 1):
        fakes.controls.article.load(PostId(post))
    await fakes.settle()
    assert [is_cancelled(token) for token in tokens] == [True, True, False]

    assert fakes.controls.end() is None
    assert [is_cancelled(token) for token in tokens] == [True, True, True]


def is_cancelled(token: CancellationToken) -> bool:
    try:
        token.check()
    except WorkCancelledError:
        return True
    return False


async def test_a_file_that_changes_while_it_is_read_is_told_and_shown_when_asked_for() -> None:
    fakes = ControlsOnFakes()
    pane, control = fakes.screen.article, fakes.controls.article
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    control.check_file()
    await fakes.settle()
    assert pane.alert == ""
    fakes.store.texts[PostId(1)] = "Another text."
    shown = len(pane.shown)
    control.check_file()
    await fakes.settle()
    assert pane.alert == "its file has changed: R shows it"
    assert len(pane.shown) == shown
    fakes.controls.reading.by_id()["article.reload"]()
    await fakes.settle()
    assert pane.alert == ""
    assert len(pane.shown) > shown
    control.check_file()
    await fakes.settle()
    assert pane.alert == ""


async def test_a_file_that_is_gone_is_told_until_another_post_is_shown() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    fakes.store.failing.add("read")
    fakes.controls.article.check_file()
    await fakes.settle()
    assert fakes.screen.article.alert == "its file is gone, and this is how it was"
    fakes.store.failing.clear()
    fakes.controls.navigation.open_post(PostId(2))
    await fakes.settle()
    assert fakes.screen.article.alert == ""


async def test_a_preview_follows_its_file() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.article.load(PostId(1))
    await fakes.settle()
    fakes.store.texts[PostId(1)] = "Another text."
    shown = len(fakes.screen.article.shown)
    fakes.controls.article.check_file()
    await fakes.settle()
    assert fakes.screen.article.alert == ""
    assert len(fakes.screen.article.shown) > shown
