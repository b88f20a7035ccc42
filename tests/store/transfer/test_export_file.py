"""A page of bookmarks, opened in a browser, calls nobody."""

import os
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsreader.messages import describe
from newsreader.store import Query, StoreError
from newsreader.store.transfer.export_file import export_file
from newsreader.store.values import Exported
from tests.store.conftest import Library
from tests.store.transfer.conftest import alone

BODY = """\
<p>甲<img src="http://h/a.png" srcset="http://h/b.png 2x">
<img onerror="x()" src=//h/c.png alt=丙></p>
<a href="http://h/page"><img src="http://h/d.png" alt="丁"></a>
<iframe src="http://h/frame"></iframe><video poster="http://h/p.png" src="http://h/v.mp4"></video>
<svg><image href="http://h/s.svg"/></svg><link rel=stylesheet href="http://h/x.css">
<style>@import "http://h/y.css"; p { background: url(http://h/z.png) }</style>
<p style="background: url(http://h/w.png)">乙</p><script src="http://h/j.js"></script>
<meta http-equiv=refresh content="0; url=http://h/"><base href="http://h/">
"""


def test_an_exported_page_fetches_nothing_and_says_so(library: Library, tmp_path: Path) -> None:
    library.write("2024-05-01-a.md", title="<img src=http://h/t.png>", date="2024-05-01", body=BODY)
    with library.scanned() as store:
        for row in store.lists.page(Query(), 0, 10):
            store.bookmarks.set_bookmarked(row.post_id, True)
            store.bookmarks.set_note(row.post_id, "<img src=http://h/n.png>")
    file = tmp_path / "all.html"
    with alone(library.data) as db:
        export_file(db, file, describe)
    page = LexborHTMLParser(file.read_text("utf-8"))
    fetching = "[src], [srcset], [style], [poster], [background], link, script, style, svg, base"
    assert [node.html for node in page.css(fetching)] == []
    policy = page.css_first("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert "default-src 'none'" in (policy.attributes["content"] or "")
    links = {node.attributes["href"] for node in page.css("a")}
    assert {"http://h/a.png", "https://h/c.png", "http://h/d.png", "http://h/page"} <= links


def test_one_file_to_read_holds_every_post(bookmarked: Library, tmp_path: Path) -> None:
    for name in ("a.md", "a.html", "a.json"):
        file = tmp_path / name
        with alone(bookmarked.data) as db:
            assert export_file(db, file, describe).posts == 5
            assert export_file(db, file, describe) == Exported(5, 0)
        text = file.read_text("utf-8")
        for part in ("春茶", "Twice.", "No date", "2024-05-01"):
            assert part in text
        file.write_text("My own words.")
        with alone(bookmarked.data) as db, pytest.raises(StoreError, match="file-of-another"):
            export_file(db, file, describe)
        assert file.read_text() == "My own words."


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.json"])
def test_what_only_speaks_of_bookmarks_stays(
    bookmarked: Library, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    with alone(bookmarked.data) as db:
        export_file(db, file, describe)
        exported = file.read_bytes()
        own = b"How newsreader bookmarks are kept.\n" + exported
        file.write_bytes(own)
        with pytest.raises(StoreError, match="file-of-another"):
            export_file(db, file, describe)
        assert file.read_bytes() == own
        file.write_bytes(exported + b"An older one.")
        assert export_file(db, file, describe) == Exported(5, 1)
        assert file.read_bytes() == exported


@pytest.mark.parametrize("target", ["an export", "nothing", "a pipe"])
def test_nothing_is_written_through_a_link_or_into_a_pipe(
    bookmarked: Library, tmp_path: Path, target: str
) -> None:
    link, other = tmp_path / "a.md", tmp_path / "other.md"
    link.symlink_to(other)
    with alone(bookmarked.data) as db:
        if target == "an export":
            export_file(db, other, describe)
            other.write_bytes(other.read_bytes() + b"An older one.")
        elif target == "a pipe":
            os.mkfifo(other)
            with pytest.raises(StoreError, match="not-written"):
                export_file(db, other, describe)
        before = facts(other)
        with pytest.raises(StoreError):
            export_file(db, link, describe)
    assert link.is_symlink()
    assert facts(other) == before


def facts(path: Path) -> tuple[int, ...]:
    """What would tell that a file was written; nothing if there is none."""
    if not path.exists():
        return ()
    status = path.stat()
    return (status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns)


def test_a_category_that_looks_like_an_address_is_text(library: Library, tmp_path: Path) -> None:
    library.write("2024-05-01-a.md", title="a", more="category: http://h/> <script>x()</script>")
    with library.scanned() as store:
        (row,) = store.lists.page(Query(), 0, 10)
        store.bookmarks.set_bookmarked(row.post_id, True)
    for name in ("all.html", "all.md"):
        with alone(library.data) as db:
            export_file(db, tmp_path / name, describe)
    page = LexborHTMLParser((tmp_path / "all.html").read_text("utf-8"))
    assert page.css("script, a") == []
    assert r"http://h/\> \<script\>x()\</script\>" in (tmp_path / "all.md").read_text("utf-8")
