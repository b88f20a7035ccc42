"""`newsreader fetch`."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.feeds.library import load_states, open_feed_library
from newsreader.store import PostStore, Source
from tests.cli.conftest import COMMAND, Configure, Run, terminal
from tests.feeds.made_feeds import ATOM, RSS_20, rss
from tests.feeds.server import FeedServer, serve, trickle


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serve() as server:
        yield server


@pytest.fixture
def feeds(home: Path) -> Path:
    return home / "data" / "newsreader" / "feeds"


def test_without_feeds_it_says_how_to_add_one(run: Run) -> None:
    done = run("fetch")

    assert (done.code, done.out) == (1, "")
    assert "newsreader feeds add URL" in done.err


def test_fetched_posts_are_listed_searched_and_bookmarked(
    run: Run, server: FeedServer, configure: Configure
) -> None:
    configure(f"feeds:\n  - {server.put('/f', RSS_20)}\n  - {server.put('/g', ATOM)}\n")
    fetched = run("fetch")
    listed = run("list", "--format", "json")
    found = run("list", "full text", "--format", "paths").out.strip()
    bookmarked = run("bookmarks", "add", found)
    shown = run("show", found)

    assert (fetched.code, fetched.err) == (0, "")
    assert fetched.out.startswith("2 feeds, 3 new, in ")
    assert len(listed.out.splitlines()) == 3
    assert found.endswith("2022-02-25-第一篇-芯片.html")
    assert bookmarked.out == "Bookmarked: 第一篇：芯片\n"
    assert "Full text" in shown.out


def test_a_feed_that_fails_is_told_and_costs_the_others_nothing(
    run: Run, server: FeedServer, configure: Configure, feeds: Path
) -> None:
    gone = server.put("/gone", status=410)
    configure(f"feeds:\n  - url: {gone}\n    name: G\n  - {server.put('/f', RSS_20)}\n")
    first, second = run("fetch"), run("fetch")
    listed = run("feeds", "list")

    assert first.code == 1
    assert first.err == (
        "newsreader: G: 127.0.0.1 says that this is gone for good (410); it is no longer asked.\n"
    )
    assert first.out.startswith("2 feeds, 1 new, 1 failed, in ")
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("1 feed, 0 new, in ")
    assert listed.out.startswith("! G\n")
    assert load_states(feeds)[gone].is_gone


def test_feeds_are_fetched_by_name_or_category(
    run: Run, server: FeedServer, configure: Configure
) -> None:
    configure(
        f"feeds:\n  - {{url: '{server.put('/f', RSS_20)}', name: One, category: x, every: 6h}}\n"
        f"  - {{url: '{server.put('/g', ATOM)}', name: Two}}\n"
    )
    one, category, due, none = (run("fetch", *words) for words in (["one"], ["X"], [], ["three"]))

    assert one.out.startswith("1 feed, 1 new")
    assert category.out.startswith("1 feed, 0 new")
    assert due.out.startswith("1 feed, 2 new")
    assert (none.code, none.err) == (1, "newsreader: There is no feed three.\n")


def test_a_busy_server_is_not_asked_again_even_by_name(
    run: Run, server: FeedServer, configure: Configure
) -> None:
    url = server.put("/b", status=503, headers={"Retry-After": "600"})
    configure(f"feeds:\n  - url: {url}\n    name: B\n")
    run("fetch")
    again = run("fetch", "b")

    assert again.code == 1
    assert "wants to be left alone until" in again.err
    assert len(server.asked("/b")) == 1


def test_a_feed_that_moved_is_written_down(
    run: Run, server: FeedServer, configure: Configure
) -> None:
    new = server.put("/new", RSS_20)
    old = server.put("/old", status=301, headers={"Location": "/new"})
    file = configure(f"feeds:\n  - url: {old} # mine\n    tags: [a]\n")
    first, again = run("fetch"), run("fetch")

    assert f"asked there from now on: {new}" in first.err
    assert new in file.read_text("utf-8")
    assert old not in file.read_text("utf-8")
    assert again.out.startswith("1 feed, 0 new, in ")
    assert len(server.asked("/old")) == 1


def test_json_tells_of_each_feed_and_of_all(
    run: Run, server: FeedServer, configure: Configure
) -> None:
    url = server.put("/f", RSS_20)
    configure(f"feeds:\n  - {url}\n")
    begin, one, everything = (
        json.loads(line) for line in run("fetch", "--format", "json").out.splitlines()
    )

    assert begin == {"fetching": 1}
    assert one == {"url": url, "new": 1, "changed": 0, "problem": None}
    assert everything == {"feeds": 1, "new": 1, "changed": 0, "forgotten": 0, "failed": 0}


def test_old_posts_are_forgotten_but_for_unread_and_bookmarked_ones(
    run: Run, server: FeedServer, configure: Configure, feeds: Path
) -> None:
    dated = [(f"P{n}", f"https://made.example/{n}", "x") for n in range(6)]
    url = server.put("/f", rss("F", dated))
    configure(f"feeds:\n  - url: {url}\n    keep: 2\n")
    run("fetch")
    unread = run("list", "--format", "paths").out.splitlines()
    with PostStore(
        [Source(feeds)], cache_dir=feeds.parents[2] / "cache" / "newsreader", data_dir=feeds.parent
    ) as store:
        for path in unread[3:]:
            post_id = store.posts.find(path)
            assert post_id is not None
            store.marks.set_read([post_id], True)
    run("bookmarks", "add", unread[3])
    done = run("fetch")

    assert len(unread) == 6
    assert ", 2 forgotten, " in done.out
    assert run("list", "--format", "paths").out.splitlines() == unread[:4]
    assert run("fetch").out.startswith("1 feed, 0 new, in ")


def test_two_fetches_do_not_run_at_once(
    run: Run, server: FeedServer, configure: Configure, feeds: Path
) -> None:
    configure(f"feeds:\n  - {server.put('/f', RSS_20)}\n")
    with open_feed_library(feeds):
        done = run("fetch")

    assert (done.code, done.err) == (1, "newsreader: Another process is fetching.\n")


@pytest.mark.long
def test_a_terminal_sees_a_bar_and_one_line_in_the_end(
    server: FeedServer, configure: Configure
) -> None:
    configure(f"feeds:\n  - {server.put('/f', RSS_20)}\n  - {server.put('/g', ATOM)}\n")
    seen = terminal("fetch")

    assert "Fetching" in seen
    assert "2 feeds, 3 new, in " in seen.splitlines()[-1]


@pytest.mark.long
def test_an_interrupted_fetch_keeps_what_is_done(
    run: Run, server: FeedServer, configure: Configure, feeds: Path
) -> None:
    slow = server.put("/slow", send=trickle(600, 0.1))
    configure(f"feeds:\n  - {server.put('/f', RSS_20)}\n  - {slow}\n")
    process = subprocess.Popen(
        [*COMMAND, "fetch"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not list(feeds.rglob("*.html")):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)

    assert process.returncode == 130
    assert told == ""
    assert "第一篇" in run("list").out


@pytest.mark.long
def test_the_first_minute_of_the_readme(server: FeedServer, home: Path) -> None:
    readme = Path(__file__).parents[3].joinpath("README.md").read_text("utf-8")
    block = readme.partition("<!-- first minute -->\n```sh\n")[2].partition("```")[0]
    server.put("/f", RSS_20)
    page = server.put("/", '<link rel="alternate" type="application/rss+xml" href="/f" title="F">')
    done = []
    for line in block.splitlines():
        words = [page if word.startswith("https:") else word for word in line.split()[1:]]
        done.append(subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=True))

    assert len(done) == 3
    assert "第一篇：芯片" in done[2].stdout
    assert "".join(each.stderr for each in done) == ""
