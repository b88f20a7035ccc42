"""`newsreader bookmarks`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_bookmark_is_added_listed_and_removed(run: Run, library: Path, first: Path) -> None:
    added = run("--source", library, "bookmarks", "add", first)
    listed = run("bookmarks", "list")
    removed = run("bookmarks", "remove", first)

    assert (added.code, added.err, added.out) == (0, "", 'Bookmarked: 他说"好"了\n')
    assert listed.out.splitlines() == [
        '2026-03-01 08:30  他说"好"了',
        f"{'':18}{first}",
    ]
    assert (removed.code, removed.out) == (0, 'No longer bookmarked: 他说"好"了\n')
    assert run("bookmarks", "list").out == ""


def test_a_bookmark_outlives_its_file(run: Run, library: Path, first: Path) -> None:
    run("--source", library, "bookmarks", "add", first)
    first.unlink()

    listed = json.loads(run("bookmarks", "list", "--format", "json").out)
    saved = listed.pop("saved")
    assert listed == {
        "path": str(first),
        "title": '他说"好"了',
        "date": "2026-03-01T08:30:00+08:00",
        "gone": True,
    }
    assert saved.endswith("+00:00")
    assert "(the file is gone)" in run("bookmarks", "list").out
    assert run("bookmarks", "remove", first).code == 0
    assert run("bookmarks", "list").out == ""


def test_a_post_may_be_named_below_its_source(run: Run, library: Path) -> None:
    done = run("--source", library, "bookmarks", "add", "_posts/third.md")

    assert (done.code, done.out) == (0, "Bookmarked: Third\n")


def test_a_known_post_needs_no_source(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)

    assert run("bookmarks", "add", first).code == 0


def test_a_new_post_is_found(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)
    new = first.with_name("2026-04-01-new.md")
    new.write_text("---\ntitle: New\n---\n", encoding="utf-8")

    assert run("--source", library, "bookmarks", "add", new).out == "Bookmarked: New\n"


def test_what_cannot_be_bookmarked_is_told_and_the_rest_is_done(
    run: Run, library: Path, first: Path, tmp_path: Path
) -> None:
    stray = tmp_path / "stray.md"
    stray.write_text("x", encoding="utf-8")

    done = run("--source", library, "bookmarks", "add", "nowhere", library, stray, first)

    assert done.code == 1
    assert done.err.splitlines() == [
        "newsreader: There is no post nowhere.",
        f"newsreader: {library} is a folder; name the posts to bookmark.",
        f"newsreader: {stray} is in none of the sources; name its folder with --source.",
    ]
    assert done.out == 'Bookmarked: 他说"好"了\n'


def test_what_is_no_bookmark_cannot_be_removed(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)
    done = run("bookmarks", "remove", first, "nowhere")

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"newsreader: There is no bookmark for {first}.",
        "newsreader: There is no bookmark for nowhere.",
    ]
