"""`newsreader feeds`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import COMMAND, Configure, Run
from tests.feeds.made_feeds import ATOM, RSS_20
from tests.feeds.server import FeedServer, serve


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serve() as server:
        yield server


def feeds_of(run: Run) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("feeds", "list", "--format", "json").out.splitlines()]


def test_there_are_no_feeds_at_first(run: Run) -> None:
    done = run("feeds", "list")

    assert done.out == "There are no feeds yet; `newsreader feeds add URL` adds one.\n"
    assert feeds_of(run) == []


def test_a_feed_is_added_listed_and_removed(run: Run, server: FeedServer) -> None:
    url = server.put("/f", RSS_20)
    added = run("feeds", "add", url, "--category", "news", "--tag", "a", "--tag", "b")
    listed = run("feeds", "list")
    (record,) = feeds_of(run)
    removed = run("feeds", "remove", "two & MORE")

    assert added.out == "Added: Two & more. `newsreader fetch` keeps its entries as posts.\n"
    assert listed.out == f"  Two & more  (news, a, b)\n    {url}\n"
    assert (record["url"], record["category"], record["tags"]) == (url, "news", ["a", "b"])
    assert removed.out == "Removed: Two & more. Its posts stay.\n"
    assert feeds_of(run) == []


def test_the_comments_of_the_config_stay(
    run: Run, server: FeedServer, configure: Configure
) -> None:
    file = configure("# mine\ntheme: nord # dark\nfeeds:\n  # the first\n  - http://a.example/\n")
    url = server.put("/f", RSS_20)
    run("feeds", "add", url, "--name", "N")
    run("feeds", "remove", "http://a.example/")

    text = file.read_text("utf-8")
    assert "# mine\ntheme: nord # dark\nfeeds:\n" in text
    assert [feed["url"] for feed in feeds_of(run)] == [url]


def test_a_page_that_names_one_feed_is_followed(run: Run, server: FeedServer) -> None:
    server.put("/f", RSS_20)
    page = server.put("/", '<link rel="alternate" type="application/rss+xml" href="/f" title="F">')

    assert run("feeds", "add", page).out.startswith("Added: F.")
    assert [feed["url"] for feed in feeds_of(run)] == [f"{server.root}/f"]


def page_of_two(server: FeedServer) -> str:
    server.put("/f", RSS_20)
    server.put("/g", ATOM)
    links = (
        f'<link rel="alternate" type="application/rss+xml" href="/{n}" title="{n}">' for n in "fg"
    )
    return server.put("/", "".join(links))


def test_several_feeds_of_a_page_are_listed_where_nobody_can_answer(
    run: Run, server: FeedServer
) -> None:
    done = run("feeds", "add", page_of_two(server))

    assert done.code == 1
    assert f"  1  {server.root}/f  f\n  2  {server.root}/g  g\n" in done.out
    assert done.err == "newsreader: Add the one that you mean by its address.\n"
    assert feeds_of(run) == []


@pytest.mark.long
def test_a_person_is_asked_which_of_several_feeds_is_meant(run: Run, server: FeedServer) -> None:
    arguments = [*COMMAND[1:], "feeds", "add", page_of_two(server)]
    child = pexpect.spawn(COMMAND[0], arguments, encoding="utf-8", timeout=30)
    child.expect("Which one")
    child.sendline("2")
    child.expect("Added: g")
    child.expect(pexpect.EOF)

    assert [feed["url"] for feed in feeds_of(run)] == [f"{server.root}/g"]


def test_what_cannot_be_added_is_told(run: Run, server: FeedServer) -> None:
    url = server.put("/f", RSS_20)
    plain = server.put("/plain", "<p>words")
    run("feeds", "add", url)
    again, none, wrong = (
        run("feeds", "add", url),
        run("feeds", "add", plain),
        run("feeds", "remove", "x"),
    )

    assert (again.code, again.err) == (1, f"newsreader: This feed is there already: {url}\n")
    assert (none.code, none.err) == (1, f"newsreader: This is not a feed: {plain}.\n")
    assert (wrong.code, wrong.err) == (1, "newsreader: There is no feed x.\n")


def test_lists_of_feeds_come_in_and_go_out(run: Run, configure: Configure, tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text('http://a.example/ news "~The A"\nhttp://b.example/\n', encoding="utf-8")
    first = run("feeds", "import", urls)
    opml = tmp_path / "feeds.opml"
    opml.write_text(run("feeds", "export").out, encoding="utf-8")
    before = feeds_of(run)
    again = run("feeds", "import", opml)
    configure("")
    run("feeds", "import", opml)

    assert first.out == "2 feeds imported.\n"
    assert again.out == "0 feeds imported, 2 were there already.\n"
    assert [(feed["name"], feed["tags"]) for feed in before] == [
        ("The A", ["news"]),
        ("http://b.example/", []),
    ]
    assert feeds_of(run) == before


def test_a_file_that_is_no_list_of_feeds_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html><p>x</html>", encoding="utf-8")
    done, missing = run("feeds", "import", file), run("feeds", "import", tmp_path / "none")

    assert done.code == missing.code == 1
    assert "This is no list of feeds" in done.err
    assert "No such file" in missing.err
