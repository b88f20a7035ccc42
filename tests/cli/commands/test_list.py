"""`newsreader list` and `newsreader index`."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest

from newsreader.cli.commands import index
from newsreader.cli.commands import list as listing
from newsreader.store import ScanProgress, ScanResult
from newsreader.store.db.locks import scan_lock
from tests.cli.conftest import Run

Configure = Callable[[str], Path]


def test_the_posts_are_listed_newest_first(run: Run, library: Path) -> None:
    done = run("list", "--source", library)

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        '2026-03-01 08:30  ●   财经                  他说"好"了',
        "2026-02-01        ●                         Second",
        "undated           ●                         Third",
    ]


def test_json_gives_one_object_a_line(run: Run, library: Path, first: Path) -> None:
    done = run("list", "--source", library, "--format", "json", "--limit", "1")

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == {
        "path": str(first),
        "title": '他说"好"了',
        "date": "2026-03-01T08:30:00+08:00",
        "categories": ["caijing"],
        "tags": ["财经"],
        "read": False,
        "bookmarked": False,
    }
    assert list(json.loads(done.out)) == [
        "path",
        "title",
        "date",
        "categories",
        "tags",
        "read",
        "bookmarked",
    ]


def test_paths_can_be_opened(run: Run, library: Path) -> None:
    done = run("list", "--source", library, "--format", "paths")

    paths = [Path(line) for line in done.out.splitlines()]
    assert len(paths) == 3
    assert all(path.is_file() for path in paths)


def test_a_source_may_be_one_post(run: Run, first: Path) -> None:
    assert run("list", "--source", first, "--format", "paths").out == f"{first}\n"


@pytest.mark.parametrize(("limit", "lines"), [("0", 0), ("2", 2), ("9", 3)])
def test_the_limit_is_kept(run: Run, library: Path, limit: str, lines: int) -> None:
    assert len(run("list", "--source", library, "--limit", limit).out.splitlines()) == lines


def test_a_long_list_is_whole_over_its_pages(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_PAGE", 2)
    for number in range(5):
        name = f"_posts/2026-01-0{number + 1}-more.md"
        (library / name).write_text(f"---\ntitle: More {number}\n---\n", encoding="utf-8")

    whole = run("list", "--source", library).out.splitlines()

    assert len(set(whole)) == 8
    assert run("list", "--source", library, "--limit", "5").out.splitlines() == whole[:5]


def test_a_new_and_a_removed_post_are_seen_at_once(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)
    first.with_name("2026-04-01-new.md").write_text("---\ntitle: New\n---\n", encoding="utf-8")
    first.unlink()

    titles = [line.split()[-1] for line in run("list", "--source", library).out.splitlines()]
    assert titles == ["New", "Second", "Third"]


def test_marks_are_shown(run: Run, library: Path, first: Path) -> None:
    run("--source", library, "bookmarks", "add", first)

    assert "●★" in run("list", "--source", library).out.splitlines()[0]
    data = run("list", "--source", library, "--format", "json", "--limit", "1").out
    assert json.loads(data)["bookmarked"] is True


def test_several_sources_are_one_list(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("---\ntitle: Other\ndate: 2026-02-15\n---\n", encoding="utf-8")

    done = run("--source", library, "list", "--source", other, "--source", library)

    assert [line.split()[-1] for line in done.out.splitlines()][1] == "Other"
    assert len(done.out.splitlines()) == 4


def test_without_a_source_the_config_says_what_to_list(
    run: Run, library: Path, configure: Configure
) -> None:
    configure(f"sources: [{library}]\n")

    assert len(run("list").out.splitlines()) == 3


def test_without_anything_the_samples_are_listed(run: Run) -> None:
    done = run("list", "--limit", "3")

    assert done.code == 0
    assert len(done.out.splitlines()) == 3
    assert done.err == (
        "newsreader: These are the sample posts; `newsreader FOLDER` opens your own.\n"
    )


def test_a_configured_source_that_is_missing_is_told_and_the_others_are_used(
    run: Run, library: Path, configure: Configure
) -> None:
    configure(f"sources: [/no/such/folder, {library}]\n")
    done = run("list")

    assert done.code == 0
    assert done.err == "newsreader: There is no folder or file /no/such/folder.\n"
    assert len(done.out.splitlines()) == 3


def test_where_all_configured_sources_are_missing_nothing_is_listed(
    run: Run, configure: Configure
) -> None:
    configure("sources: [/no/such/folder]\n")
    done = run("list")

    assert (done.code, done.out) == (1, "")
    assert "None of the configured sources can be read." in done.err


def test_a_named_source_that_is_missing_is_a_failure(run: Run, library: Path) -> None:
    done = run("list", "--source", library, "--source", "/no/such/folder")

    assert (done.code, done.out) == (1, "")
    assert done.err == "newsreader: There is no folder or file /no/such/folder.\n"


def test_the_config_may_be_named(run: Run, library: Path, tmp_path: Path) -> None:
    config = tmp_path / "other.yaml"
    config.write_text("sources: [site]\n", encoding="utf-8")

    assert len(run("list", "--config", config).out.splitlines()) == 3


def test_a_mistake_in_the_config_is_told_and_the_rest_is_used(
    run: Run, library: Path, configure: Configure
) -> None:
    config = configure(f"sourcs: []\nsources: [{library}]\n")
    done = run("list")

    assert done.code == 0
    assert len(done.out.splitlines()) == 3
    assert done.err.startswith(f"newsreader: {config}:1: unknown option `sourcs`; did you mean")


def test_index_prints_one_line(run: Run, library: Path, first: Path) -> None:
    new = run("index", "--source", library)
    same = run("index", "--source", library)
    first.unlink()
    less = run("index", "--source", library)
    again = run("index", "--source", library, "--rebuild")

    assert new.out.startswith("3 posts: 3 added, 0 changed, 0 removed, in ")
    assert same.out.startswith("3 posts: 0 added, 0 changed, 0 removed, in ")
    assert less.out.startswith("2 posts: 0 added, 0 changed, 1 removed, in ")
    assert again.out.startswith("2 posts: ")
    for done in (new, same, less, again):
        assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 1)


class Busy:
    """A store that another process fills for a while."""

    def __init__(self, polls: int) -> None:
        self.polls = polls
        self.notices = ()
        self.scanned_after = -1

    def progress(self) -> ScanProgress:
        self.polls -= 1
        return ScanProgress(1, 2, running=self.polls >= 0)

    def scan(self, **options: object) -> ScanResult:
        self.scanned_after = self.polls
        return ScanResult(found=1, problems=("The folder x cannot be read (no reason).",))


def test_index_says_that_another_process_is_indexing_and_waits(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Busy(polls=3)
    monkeypatch.setattr(index, "open_store", lambda sources: nullcontext(busy))
    monkeypatch.setattr(index, "_PAUSE", 0)
    done = run("index", "--source", library)

    assert busy.scanned_after < 0
    assert done.err.splitlines() == [
        "newsreader: Another process is indexing; waiting until it is done.",
        "newsreader: The folder x cannot be read (no reason).",
    ]
    assert done.out == "1 post: 0 added, 0 changed, 0 removed, in 0.0 s.\n"
    assert done.code == 1


def test_a_list_does_not_wait_for_another_process(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.store.PostStore.progress", lambda _: ScanProgress(running=True))
    done = run("list", "--source", library)

    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "newsreader: Another process is indexing; not all posts may be there yet.\n"
    )


@pytest.mark.parametrize(("patience", "shown"), [(0, True), (60, False)])
def test_what_takes_a_while_shows_a_bar_on_a_terminal(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch, *, patience: float, shown: bool
) -> None:
    monkeypatch.setattr(index, "is_capable_terminal", lambda stream: True)
    monkeypatch.setattr(index, "_PATIENCE", patience)
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = run("index", "--source", library)

    assert ("Indexing" in done.err) == shown
    assert ("\x1b" in done.err) == shown
    assert "\x1b" not in done.out


def test_index_says_that_other_posts_are_being_indexed(run: Run, library: Path) -> None:
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "newsreader"
    assert run("index", "--source", library).code == 0
    messages: list[str] = []

    def index_later() -> None:
        messages.append(run("index", "--source", library).err)

    thread = threading.Thread(target=index_later)
    with scan_lock(cache, seconds=0) as held:
        assert held
        thread.start()
        thread.join(0.5)
    thread.join()
    assert messages == ["newsreader: Another process is indexing; waiting until it is done.\n"]


def test_the_bar_says_how_fast_it_goes_and_how_long_it_takes() -> None:
    meter = index.SpeedMeter(100.0)
    posts = partial(ScanProgress, total=10_000, running=True)
    text = partial(posts, stage="text")
    assert meter.describe(posts(500, share=0.01), 101.0) == ""
    assert meter.describe(posts(6_000, share=0.1), 103.0) == "2,000 posts/s · 0:27 left"
    assert meter.describe(text(0, share=0.2), 105.0) == "0:20 left"
    assert meter.describe(text(5_000, share=0.6), 110.0) == "1,000 posts/s · 0:07 left"
    assert meter.describe(text(9_000, share=0.05), 400.0) == "31 posts/s · 95:00 left"
