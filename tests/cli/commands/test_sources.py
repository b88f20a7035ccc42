"""`newsreader sources`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.store import PostStore, Query, Source, View
from tests.cli.conftest import Configure, Run

FIRST = "_posts/2026-03-01-first.md"


def sources_of(run: Run) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("sources", "list", "--json").out.splitlines()]


def test_a_source_is_added_listed_and_removed(run: Run, library: Path, home: Path) -> None:
    none = run("sources", "list")
    added = run("sources", "add", library, "--name", "财经")
    again = run("sources", "add", library)
    listed = run("sources", "list")

    assert none.out.startswith("There are no sources yet")
    assert (added.code, added.out) == (0, f"Added: {library}\n")
    assert (again.code, again.err) == (1, f"newsreader: This source is there already: {library}\n")
    assert listed.out == f"  {library}  (财经)\n"
    assert sources_of(run) == [{"path": str(library), "name": "财经", "problem": None}]
    assert len(run("list", "--format", "paths").out.splitlines()) == 3
    removed = run("sources", "remove", "财经")
    assert removed.out == f"Removed: {library}. Its files, marks and bookmarks stay.\n"
    assert sources_of(run) == []


def test_what_is_no_source_is_said(run: Run, tmp_path: Path) -> None:
    missing = run("sources", "add", tmp_path / "missing")
    unknown = run("sources", "remove", "never")

    assert (missing.code, unknown.code) == (1, 1)
    assert "missing" in missing.err
    assert unknown.err == "newsreader: There is no source never.\n"
    nobody = run("sources", "add", "~nobody-of-this-name/posts")
    assert (nobody.code, nobody.out) == (1, "")
    assert nobody.err == "newsreader: there is no user for `~nobody-of-this-name/posts`.\n"
    assert run("sources", "move", "a").code == 2
    assert run("sources").code == 2


def test_a_source_that_is_gone_is_marked(run: Run, library: Path, tmp_path: Path) -> None:
    run("sources", "add", library)
    library.rename(tmp_path / "moved")
    (record,) = sources_of(run)

    assert record["problem"]
    assert run("sources", "list").out.startswith(f"! {library}\n")


@pytest.fixture
def open_store(home: Path) -> Callable[[Path], PostStore]:
    return lambda source: PostStore(
        [Source(source.resolve())],
        cache_dir=home / "cache" / "newsreader",
        data_dir=home / "data" / "newsreader",
    )


def test_a_moved_source_keeps_marks_bookmarks_and_comments(
    run: Run, library: Path, configure: Configure, open_store: Callable[[Path], PostStore]
) -> None:
    first = library / "_posts/2026-03-01-first.md"
    file = configure(f"# mine\nsources:\n  - {library}  # here\n")
    run("list")
    with open_store(library) as store:
        store.marks.set_read([row.post_id for row in store.lists.page(Query(), 1, 1)], True)
    run("bookmarks", "add", first)
    run("bookmarks", "note", first, "my note")
    new = library.parent / "elsewhere" / "site"
    new.parent.mkdir()
    library.rename(new)
    done = run("sources", "move", library, new)

    assert (done.code, done.err) == (0, "")
    assert done.out == f"Moved to {new}, with what was done with 2 posts.\n"
    assert file.read_text() == f"# mine\nsources:\n  - path: {new}  # here\n"
    read = run("list", "is:read", "--format", "paths").out
    assert read == f"{new}/_posts/2026-02-01-second.md\n"
    assert run("bookmarks", "note", new / "_posts/2026-03-01-first.md").out == "my note\n"
    with open_store(new) as store:
        assert store.lists.count(Query(view=View.BOOKMARKS)) == 1
        store.marks.undo()  # the note
        store.marks.undo()  # the bookmark
        assert store.lists.count(Query(view=View.BOOKMARKS)) == 0


def test_posts_below_a_moved_folder_go_along(
    run: Run, library: Path, first: Path, tmp_path: Path
) -> None:
    run("sources", "add", library / "_posts", "--name", "posts")
    run("sources", "add", library)
    run("bookmarks", "add", first)
    new = tmp_path / "new"
    library.rename(new)
    run("sources", "remove", "posts")
    assert run("sources", "move", library, new).code == 0
    assert str(new) in run("bookmarks", "list", "--json").out


def test_a_second_computer_gets_marks_and_bookmarks_by_a_backup_and_a_move(
    run: Run, library: Path, home: Path, tmp_path: Path, configure: Configure
) -> None:
    configure(f"sources: [{library}]\n")
    run("list")
    run("bookmarks", "add", library / FIRST)
    (backup,) = (home / "data/newsreader/backups").glob("state-*.db")
    backup = backup.rename(tmp_path / "carried.db")
    for folder in (home / "data", home / "cache"):
        shutil.rmtree(folder)
    elsewhere = library.rename(tmp_path / "elsewhere")

    assert run("doctor", "--restore", backup).code == 0
    assert run("sources", "move", library, elsewhere).code == 0
    (kept,) = (json.loads(line) for line in run("bookmarks", "list", "--json").out.splitlines())
    assert kept["path"] == str(elsewhere / FIRST)
    assert not kept["gone"]
