"""The full text: what is in it, when it comes, and what becomes of texts that nobody needs."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from newsreader.posts.parse_post import parse_post, read_body
from newsreader.search.parse_query import parse_query
from newsreader.search.tokens import index_text
from newsreader.store import PostStore, Query, ScanProgress, View
from newsreader.store.index import writer
from newsreader.store.index.post_ids import CROWDED, text_rows
from newsreader.store.scan import full_text as texts
from newsreader.store.scan import scanner as scanning
from newsreader.store.scan import worker
from newsreader.store.scan.index_entry import run_job
from newsreader.store.scan.jobs import Job, JobResult
from tests.store.conftest import Library, id_of

pytestmark = pytest.mark.long


def found(store: PostStore, words: str) -> list[str]:
    """The titles of the posts that hold a phrase; searched as a search does."""
    phrase = '"' + index_text(words).replace('"', '""') + '"'
    with store.databases.connection() as db:
        rows = db.execute(
            "SELECT posts.title FROM fts JOIN posts ON posts.text = fts.rowid WHERE fts MATCH ?"
            " ORDER BY posts.id DESC",
            (phrase,),
        )
        return [row[0] for row in rows]


def number(store: PostStore, sql: str) -> int:
    with store.databases.connection() as db:
        value: int = db.execute(sql).fetchone()[0]
        return value


STALE = "SELECT count(*) FROM stale_texts"
TEXTLESS = "SELECT count(*) FROM posts WHERE text IS NULL"


def write_many(library: Library, count: int) -> None:
    for each in range(count):
        library.write(f"2020-01-01-{each:04}.md", title=f"t{each}", body=f"body{each} 中国，人民")


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in two stages, with help, in many small transactions."""
    monkeypatch.setattr(scanning, "_FEW", 0)
    monkeypatch.setattr(scanning, "_WORTH_HELP", 1)
    monkeypatch.setattr(texts, "_WORTH_HELP", 1)
    monkeypatch.setattr(texts, "_BATCH", 7)
    monkeypatch.setattr(texts, "_WRITTEN_CHARACTERS", 100)
    monkeypatch.setattr(texts, "_LEAST_CHARACTERS", 0)
    monkeypatch.setattr(texts, "_RENEWED_AT_ONCE", 7)
    monkeypatch.setattr(worker, "cores", lambda: 2)


def test_title_body_and_labels_are_found_and_not_across_what_parts_them(library: Library) -> None:
    library.write(
        "a.md", title="標題 One", body="甲乙，<b>丙丁</b>", categories=["财经"], tags=["x y"]
    )
    store = library.scanned()
    for words in ("标题", "one", "甲乙", "丙丁", "财经", "x"):
        assert found(store, words), words
    assert not found(store, "乙丙")
    assert not found(store, "财经x"), "labels are apart"
    assert number(store, TEXTLESS) == 0


def test_an_edited_post_is_found_by_its_new_words_alone(library: Library) -> None:
    library.write("2020-01-01-a.md", title="a", body="zebra")
    store = library.scanned()
    library.write("2020-01-01-a.md", title="a", body="lions")
    store.scans.run()
    assert (found(store, "zebra"), found(store, "lions")) == ([], ["a"])
    assert number(store, STALE) == 1
    assert number(store, "SELECT count(*) FROM posts WHERE text >> 13 = id >> 41") == 1


def test_a_file_that_comes_back_does_not_bring_old_words_with_it(library: Library) -> None:
    path = library.write("2020-01-01-a.md", title="a", body="zebra")
    store = library.scanned()
    path.unlink()
    store.scans.run()
    library.write("2020-01-01-a.md", title="a", body="lions")
    store.scans.run()
    assert (found(store, "zebra"), found(store, "lions")) == ([], ["a"])


def test_a_bookmark_whose_file_is_gone_is_found_by_what_it_keeps(library: Library) -> None:
    path = library.write("2020-01-01-a.md", title="kept", body="zebra 甲乙")
    library.write("2020-01-02-b.md", title="b")
    store = library.scanned()
    store.bookmarks.set_bookmarked(id_of(store, "kept"), True)
    path.unlink()
    store.scans.run()
    assert found(store, "zebra") == found(store, "甲乙") == found(store, "kept") == ["kept"]
    (row,) = store.lists.page(Query(view=View.BOOKMARKS), 0, 10)
    assert row.gone
    path.mkdir()
    store.scans.run()
    assert found(store, "zebra") == ["kept"]
    path.rmdir()
    library.write("2020-01-01-a.md", title="back", body="lions")
    store.scans.run()
    assert (found(store, "zebra"), found(store, "lions")) == ([], ["back"])


@pytest.mark.usefixtures("small_steps")
def test_all_are_listed_before_the_first_text_is_in(library: Library) -> None:
    write_many(library, 40)
    store = library.open()
    seen: list[tuple[ScanProgress, int, int]] = []

    def look(progress: ScanProgress) -> None:
        with store.databases.connection() as db:
            row = db.execute("SELECT count(*), count(text) FROM posts").fetchone()
        seen.append((progress, *row))

    store.scans.run(progress=look)
    begun = [(listed, texts) for progress, listed, texts in seen if progress.stage == "text"]
    assert begun[0] == (40, 0)
    assert begun[-1] == (40, 40)
    assert len(begun) > 5, "in short transactions"
    shares = [progress.share for progress, _, _ in seen if progress.share is not None]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert sorted(found(store, "中国")) == sorted(f"t{each}" for each in range(40))
    assert found(store, "国人") == []


@pytest.mark.usefixtures("small_steps")
def test_a_scan_that_is_stopped_goes_on_with_the_texts_that_are_missing(library: Library) -> None:
    write_many(library, 30)
    store = library.open()

    class StopError(Exception):
        pass

    def stop(progress: ScanProgress) -> None:
        if progress.stage == "text" and progress.done > 10:
            raise StopError

    with pytest.raises(StopError):
        store.scans.run(progress=stop)
    missing = number(store, TEXTLESS)
    assert 0 < missing < 30
    counts: list[int] = []
    store.scans.run(progress=lambda progress: counts.append(progress.total))
    assert counts[-1] == missing
    assert number(store, TEXTLESS) == 0
    assert len(found(store, "人民")) == 30


@pytest.mark.usefixtures("small_steps")
def test_texts_that_belong_to_no_post_are_cleared_away_in_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "FEW", 5)
    write_many(library, 30)
    store = library.scanned()
    for each in range(10):
        library.write(f"2020-01-01-{each:04}.md", title=f"t{each}", body="changed words")
    store.scans.run()
    assert number(store, STALE) == 0, "ten of forty were stale"
    assert number(store, "SELECT value FROM meta WHERE key = 'renewing'") == 0
    assert len(found(store, "人民")) == 20
    assert len(found(store, "changed words")) == 10
    for each in range(5):
        library.write(f"2020-01-01-{each:04}.md", title=f"t{each}", body="changed again")
    store.scans.run()
    assert number(store, STALE) == 5


@pytest.mark.usefixtures("small_steps")
def test_a_renewal_that_was_stopped_goes_on(library: Library) -> None:
    write_many(library, 30)
    store = library.scanned()
    with store.databases.connection() as db:
        db.execute("UPDATE meta SET value = 1 WHERE key = 'renewing'")
        db.execute("INSERT INTO stale_texts SELECT text FROM posts ORDER BY id LIMIT 12")
        db.execute("UPDATE posts SET text = NULL WHERE text IN (SELECT text FROM stale_texts)")
    store.scans.run()
    assert (number(store, STALE), number(store, TEXTLESS)) == (0, 0)
    assert len(found(store, "人民")) == 30


@pytest.mark.usefixtures("small_steps")
def test_a_file_that_changes_between_the_stages_comes_in_as_it_is(library: Library) -> None:
    write_many(library, 20)
    store = library.open()
    first, last = (library.folder / f"_posts/2020-01-01-{each:04}.md" for each in (0, 1))

    def change(progress: ScanProgress) -> None:
        if progress.stage == "text" and progress.done == 0:
            library.write(first.name, title="new", body="zebra")
            last.unlink(missing_ok=True)

    result = store.scans.run(progress=change)
    assert (result.found, result.removed) == (19, 1)
    assert found(store, "zebra") == ["new"]
    assert found(store, "body0") == found(store, "t0") == []
    assert store.lists.count(Query()) == 19
    again = store.scans.run()
    assert (again.changed, again.removed) == (0, 0)


@pytest.mark.parametrize(
    "raw",
    [
        b"---\ntitle: a\n---\nbody\n---\nmore",
        b"---\ntitle: 'a\n---\nbody",
        b"---\r\ntitle: a\r\n---\r\nbody\r\n",
        b"\xef\xbb\xbf---\ntitle: a\n...\nbody",
        "---\ntitle: 中\n---\n中文".encode("gb18030"),
        b"no front matter",
        b"",
        b"---\n---\n",
    ],
)
def test_the_body_alone_is_the_body_of_the_post(raw: bytes) -> None:
    assert read_body(raw) == parse_post(raw, "a.md").body


def test_a_body_is_not_guessed_where_the_front_matter_has_no_end() -> None:
    assert read_body(b"---\ntitle: a\nbody") is None


def test_a_post_that_cannot_be_read_when_its_text_is_due_is_asked_for_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    monkeypatch.setattr(scanning, "_FEW", 0)
    path = library.write("2020-01-01-a.md", title="a", body="zebra")
    store = library.open()
    store.scans.run(progress=lambda at: path.chmod(0) if at.stage == "text" else None)
    assert store.lists.count(Query()) == 1
    assert number(store, TEXTLESS) == 1
    path.chmod(0o600)
    store.scans.run()
    assert found(store, "zebra") == ["a"]


def test_the_full_text_is_sound(library: Library) -> None:
    write_many(library, 20)
    library.scanned()
    library.close()
    db = sqlite3.connect(library.cache / "index.db")
    db.execute("INSERT INTO fts (fts) VALUES ('integrity-check')")
    db.close()
    assert Path(library.cache / "index.db").stat().st_mode & 0o777 == 0o600


def test_posts_without_any_text_are_written_in_short_transactions_too(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "_FEW", 0)
    monkeypatch.setattr(texts, "_WRITTEN_CHARACTERS", 3_000)
    for each in range(25):
        library.write(f"2020-01-01-{each:02}.md", body="")
    steps: list[int] = []

    def look(progress: ScanProgress) -> None:
        if progress.running and progress.stage == "text" and progress.done not in steps:
            steps.append(progress.done)

    assert library.open().scans.run(progress=look).found == 25
    assert steps == [0, 10, 20, 25]


def test_posts_of_a_bucket_that_is_full_are_found_among_the_others(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 3):
        library.write(f"2020-01-0{day}-a.md", title=f"of day {day}", body="zebra")
    library.scanned()
    monkeypatch.setattr(writer, "text_rows", lambda post_id: (text_rows(post_id)[0], -1))
    for day in (2, 4):
        library.write(f"2020-01-0{day}-a.md", title=f"of day {day}", body="zebra 甲乙")
    store = library.scanned()

    assert number(store, f"SELECT count(*) FROM posts WHERE text >= {CROWDED}") == 2
    assert searched(store, "zebra") == ["of day 4", "of day 3", "of day 2", "of day 1"]
    assert searched(store, "zebra after:2020-01-02") == ["of day 4", "of day 3", "of day 2"]
    assert searched(store, "甲乙 -lions") == ["of day 4", "of day 2"]
    with store.databases.connection() as db:
        db.execute("INSERT INTO fts (fts) VALUES ('integrity-check')")


def test_more_posts_without_a_date_than_a_bucket_has_rows_are_all_found(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "text_rows", lambda post_id: (text_rows(post_id)[0], 255))
    for at in range(300):
        library.write(f"_posts/{at}.md", title=f"number {at}", body="zebra")
    store = library.scanned()

    assert number(store, f"SELECT count(*) FROM posts WHERE text >= {CROWDED}") == 44
    assert len(searched(store, "zebra")) == 300


def searched(store: PostStore, words: str) -> list[str]:
    """The titles of what a search finds, in its order."""
    query = Query(search=parse_query(words, datetime(2020, 1, 1)))  # noqa: DTZ001 - days are local ones
    *_, last = store.lists.collect(query, lambda: False)
    return [row.title for row in store.lists.page(query, 0, last.found)]


def test_of_long_posts_fewer_are_read_at_a_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def run(jobs: list[Job]) -> list[JobResult]:
        read.append(len(jobs))
        return [run_job(job) for job in jobs]

    for each in range(9):
        library.write(f"2020-01-0{each + 1}-a.md", title=f"of day {each}", body="zebra " * 50)
    library.scanned()
    monkeypatch.setattr(texts, "_BATCH_BYTES", 1000)
    monkeypatch.setattr(worker, "_run", run)
    with library.open().databases.connection() as db:
        db.execute("INSERT INTO fts (fts) VALUES ('delete-all')")
        db.execute("UPDATE posts SET text = NULL")
    store = library.scanned()
    assert read == [3, 3, 3]
    assert len(searched(store, "zebra")) == 9
