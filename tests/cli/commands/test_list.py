"""`newsreader list`, with a search or without."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from newsreader.cli.commands import list as list_command
from newsreader.cli.commands.list import point_at
from newsreader.problems import Problem
from newsreader.search.model import QueryError
from newsreader.store import ScanResult
from newsreader.store.scan.scanner import scan_sources
from tests.cli.conftest import Run, Spawn, terminal


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
    monkeypatch.setattr(list_command, "_PAGE_ROWS", 2)
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


POSTS = {
    "2026-01-01-a.md": "---\ntitle: 北京冬奥\ncategories: keji\ntags: 科技\n---\n中国，人民银行\n",
    "2026-01-02-b.md": "---\ntitle: 上海\ncategories: keji\ntags: 科技\n---\n北京的economy好\n",
    "2026-01-03-c.md": "---\ntitle: 安徽\ntags: [other]\n---\n這裡是臺灣\n",
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news" / "_posts"
    folder.mkdir(parents=True)
    for name, text in POSTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder.parent


FOUND = [
    (("北京",), ["2026-01-02-b.md", "2026-01-01-a.md"]),
    (("北京", "--sort", "oldest"), ["2026-01-01-a.md", "2026-01-02-b.md"]),
    (("北京", "--limit", "1"), ["2026-01-02-b.md"]),
    (("北京", "econ"), ["2026-01-02-b.md"]),
    (("北京 -econ",), ["2026-01-01-a.md"]),
    (("--", "-北京"), ["2026-01-03-c.md"]),
    (('"中国 人民"',), ["2026-01-01-a.md"]),
    (("台湾", "OR", "title:冬奥"), ["2026-01-03-c.md", "2026-01-01-a.md"]),
    (("category:科技",), ["2026-01-02-b.md", "2026-01-01-a.md"]),
    (("in:news", "on:2026-01-03"), ["2026-01-03-c.md"]),
    (("--sort", "title"), ["2026-01-03-c.md", "2026-01-01-a.md", "2026-01-02-b.md"]),
    (("is:unread", "--sort", "unread-first", "--limit", "1"), ["2026-01-03-c.md"]),
    (("北京", "--limit", "0"), []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "names"), FOUND)
def test_a_search_lists_what_it_finds(
    run: Run, news: Path, words: tuple[str, ...], names: list[str]
) -> None:
    done = run("list", "--source", news, "--format", "paths", *words)

    assert (done.code, done.err) == (0, "")
    assert [Path(line).name for line in done.out.splitlines()] == names


@pytest.mark.parametrize("form", ["table", "json", "paths"])
def test_a_search_without_a_result_is_said_and_ends_with_1(run: Run, news: Path, form: str) -> None:
    done = run("list", "--source", news, "--format", form, "国人")

    assert (done.code, done.out) == (1, "")
    assert done.err == "newsreader: No post is found by: 国人\n"


def test_a_folder_whose_posts_are_all_drafts_has_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\npublished: false\n---\n", encoding="utf-8")
    done = run("list", "--source", tmp_path)

    assert (done.code, done.out) == (1, "")
    assert done.err == "newsreader: There are no posts.\n"


def test_paths_end_with_a_nul_if_that_is_wanted(spawn: Spawn, news: Path) -> None:
    odd = news / "_posts/2026-09-09-two\nlines \udcff.md"
    odd.write_text("---\ntitle: Odd\n---\n", encoding="utf-8")

    plain = spawn("list", "--source", news, "--null", "-n", "1")
    same = spawn("list", "--source", news, "-0", "--format", "paths", "-n", "1")

    assert plain.stdout == same.stdout == os.fsencode(odd) + b"\0"
    wrong = spawn("list", "--source", news, "--null", "--json")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"--null prints paths" in wrong.stderr


def test_what_json_says_needs_no_file(run: Run, news: Path) -> None:
    done = run("list", "--source", news, "--format", "json", "title:上海")

    said = json.loads(done.out)
    assert said.pop("date").startswith("2026-01-02T00:00:00")
    assert said == {
        "path": str(news / "_posts/2026-01-02-b.md"),
        "title": "上海",
        "categories": ["keji"],
        "tags": ["科技"],
        "read": False,
        "bookmarked": False,
    }


def test_a_wrong_query_is_wrong_usage_and_shows_the_place(run: Run, news: Path) -> None:
    done = run("list", "--source", news, "北京冬奥", "titel：中国")

    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "newsreader: There is no `titel:`; did you mean `title:`?",
        "  北京冬奥 titel：中国",
        "           ^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("query", "start", "end", "lines"),
    [
        ("a (b", 2, 3, ("  a (b", "    ^")),
        ("中 （国", 2, 3, ("  中 （国", "     ^^")),
        ("a\tb\x1b[31m", 2, 3, ("  a b [31m", "    ^")),
        ("abc", 3, 3, ("  abc", "     ^")),
    ],
)
def test_the_arrow_stands_below_the_place(
    query: str, start: int, end: int, lines: tuple[str, str]
) -> None:
    assert point_at(query, QueryError(Problem("query-too-deep"), start, end)) == lines


@pytest.mark.long
def test_on_a_terminal_the_list_fits(library: Path) -> None:
    whole = terminal("list", "--source", library, "--limit", "1", width=45)
    cut = terminal("list", "--source", library, "--limit", "1", width=41)

    assert whole == '2026-03-01 08:30  ●   财经        他说"好"了\r\n'
    assert cut == '2026-03-01 08:30  ●   财经        他说"…\r\n'


@pytest.mark.long
def test_the_posts_are_listed_though_the_disk_of_the_index_fills_up(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    def scan(db: sqlite3.Connection, *arguments: Any, **more: Any) -> ScanResult:
        (index,) = (row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main")
        if not index.startswith(str(temporary)):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return scan_sources(db, *arguments, **more)

    monkeypatch.setattr("newsreader.store.scan.scanner.scan_sources", scan)
    done = run("list", "--source", library)
    assert done.code == 0
    assert len(done.out.splitlines()) == 3
    assert done.err.startswith("newsreader: A temporary index is used (the disk is full): ")
    assert len(done.err.splitlines()) == 1
    assert list(temporary.iterdir()) == []
