"""`newsreader list QUERY`: searches on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsreader.cli.commands.list import point_at
from newsreader.problems import Problem
from newsreader.search.model import QueryError
from tests.cli.conftest import Run

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
    (("国人",), []),
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
