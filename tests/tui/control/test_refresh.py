"""What changes while the reader runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.problems import Problem
from newsreader.store import Overview, PostStore, ScanProgress, ScanResult, StoreError
from newsreader.tui.control.refresh import QUIET_SECONDS
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes, FakeClock, FakeStore, row_of
from tests.tui.driving import OpenReader, run_scan


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


async def test_what_a_scan_could_not_read_is_said(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        problems = tuple(Problem("folder-unreadable", (name, "no")) for name in "ab")
        said = await run_scan(reader, store, ScanResult(found=13, problems=problems))
        assert said == ["A folder cannot be read (no): a. (1 more: ! lists them)"]


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
        assert await run_scan(reader, store, result) == []
        assert reader.screen.status.message == said


async def test_a_store_that_keeps_failing_is_said_once(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError(Problem("index-damaged"))

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(store.scans, "progress", fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        for _ in range(5):
            reader.screen.controls.refresh.poll()
        assert said == ["The index is damaged. It will be made anew when the reader starts again."]


async def test_a_read_post_that_was_edited_says_so(
    open_reader: OpenReader, store: PostStore, library: Path
) -> None:
    path = library / "_posts" / "2026-03-12-water-12.md"
    async with open_reader() as reader:
        await reader.press("enter", "q")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("水车转起来了", "水车停下来了"), encoding="utf-8")
        store.scans.run()
        reader.screen.controls.refresh.poll(at_once=True)
        await reader.settle()
        assert "edited since" in reader.screen.posts.render_line(1).text
        await reader.press("enter")
        assert "edited" not in reader.screen.posts.render_line(1).text


async def test_a_change_from_elsewhere_shows_in_list_and_counts() -> None:
    fakes = ControlsOnFakes()
    refresh = fakes.controls.refresh
    refresh.poll()
    shown = len(fakes.screen.posts.shown)
    refresh.poll()
    assert len(fakes.screen.posts.shown) == shown  # nothing has changed
    fakes.store.set_read([PostId(1)], read=True)
    refresh.poll(at_once=True)
    await fakes.settle()
    assert fakes.screen.posts.shown[-1] == (0, True)
    assert fakes.screen.posts.rows[0].read
    assert fakes.screen.status.counts.unread == 2


async def test_what_was_changed_here_is_not_shown_twice() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.marks.toggle_read()
    await fakes.settle()
    shown = len(fakes.screen.posts.shown)
    fakes.controls.refresh.poll(at_once=True)
    assert len(fakes.screen.posts.shown) == shown


async def test_the_progress_of_a_scan_is_shown_and_goes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fakes = ControlsOnFakes()
    status, refresh, clock = fakes.screen.status, fakes.controls.refresh, FakeClock()
    monkeypatch.setattr(refresh, "_clock", clock)
    refresh.start(scan=True)
    assert (status.progress, fakes.store.called) == (None, ["follow"])
    fakes.store.scan_progress = ScanProgress(running=True)
    refresh.poll()
    # Most scans have ended before anybody could read that they have begun.
    assert (status.progress, fakes.store.called) == (None, ["follow"])
    clock.now += QUIET_SECONDS
    refresh.poll()
    assert status.progress == -1.0
    fakes.store.scan_progress = ScanProgress(running=True, stage="text", share=0.5)
    refresh.poll()
    assert (status.progress, status.stage) == (0.5, "text")
    fakes.store.scan_progress = ScanProgress()
    fakes.store.result = ScanResult(added=2)
    refresh.poll()
    assert status.message == "2 new"
    assert fakes.screen.status.progress is None


async def test_the_first_posts_are_looked_for_more_often_until_they_are_there() -> None:
    fakes = ControlsOnFakes(FakeStore(), scan=True)
    fakes.controls.refresh.start(scan=True)
    calm, first = fakes.screen.services.timers[-2:]
    assert first.seconds < calm.seconds
    first.call()
    assert not first.stopped
    fakes.store.rows[PostId(1)] = row_of(1)
    fakes.store.version += 1
    first.call()
    assert (first.stopped, calm.stopped) == (True, False)
    assert fakes.screen.posts.titles == ["Post 1"]
    fakes.store.scan_progress = ScanProgress()
    fakes.store.result = ScanResult(added=1)
    calm.call()
    assert fakes.screen.status.message == ""  # nobody needs to be told
    assert not fakes.controls.lists.is_filling


async def test_a_reader_that_does_not_scan_looks_for_changes_nevertheless() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.refresh.start(scan=False)
    assert (fakes.store.called, fakes.screen.status.progress) == ([], None)
    assert fakes.screen.services.timers[-1].call == fakes.controls.refresh.poll


async def test_a_problem_is_reported_again_only_after_all_was_well() -> None:
    fakes = ControlsOnFakes()
    for failing in ({"progress"}, {"progress"}, {"data_version"}, set[str](), {"data_version"}):
        fakes.store.failing = failing
        fakes.controls.refresh.poll()
    assert fakes.screen.services.notified == [
        "The index cannot be used (progress).",
        "The index cannot be used (data_version).",
        "The index cannot be used (data_version).",
    ]


async def test_what_a_scan_asked_for_found_is_said_even_if_it_is_nothing() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.refresh.scan()
    assert fakes.screen.status.progress == -1.0
    fakes.store.scan_progress = ScanProgress()
    fakes.store.result = ScanResult()
    fakes.controls.refresh.poll()
    assert fakes.screen.status.message == "Nothing new"
