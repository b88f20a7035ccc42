"""Reading posts by their files, or by their bookmarks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.store import PostImage, Query, StoreError
from newsreader.store.transfer.image_files import LARGEST_IMAGE
from newsreader.text import clean_line
from tests.store.conftest import Library, id_of

PNG = b"\x89PNG\r\n\x1a\n, more or less"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of a name here")
def test_nobody_waits_for_a_file_that_has_become_a_pipe(library: Library) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    (row,) = store.lists.page(Query(), 0, 10)
    path.unlink()
    os.mkfifo(path)
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(store.posts.read, row.post_id)
        try:
            with pytest.raises(StoreError, match="post-file-gone"):
                reading.result(timeout=10)
        finally:
            # Whoever waits for it gets an end.
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))


def test_a_bookmark_remembers_its_site(library: Library) -> None:
    config = library.folder / "_config.yml"
    config.write_text("title: 站\nurl: https://site.example\ntimezone: Asia/Shanghai\n")
    path = library.write("a.md", title="a", date="2020-01-01 08:00:00")
    store = library.scanned()
    post_id = id_of(store, "a")
    before = store.posts.parse(store.posts.read(post_id))
    assert before[1].title == "站"
    store.bookmarks.set_bookmarked(post_id, True)
    path.unlink()
    config.unlink()
    assert store.posts.parse(store.posts.read(post_id)) == before
    assert before[0].date == datetime(2020, 1, 1, tzinfo=UTC)


def test_the_images_of_a_post_are_those_of_its_site_and_no_others(
    library: Library, tmp_path: Path
) -> None:
    (library.folder / "_config.yml").write_text("title: s\n")
    (library.folder / "img").mkdir()
    (library.folder / "img" / "a.png").write_bytes(PNG)
    (library.folder / "img" / "large.png").write_bytes(PNG + b"\0" * LARGEST_IMAGE)
    (library.folder / "text.png").write_bytes(b"no image")
    (library.folder / "_secret.png").write_bytes(PNG)
    (tmp_path / "outside.png").write_bytes(PNG)
    (library.folder / "link.png").symlink_to(tmp_path / "outside.png")
    shown = ["/img/a.png", "/img/large.png", "/text.png", "/_secret.png", "/link.png", "/lost.png"]
    shown += ["../../outside.png", "https://elsewhere.example/img/a.png", "/img/a.png"]
    path = library.write("a.md", title="a", body="\n\n".join(f"![x]({each})" for each in shown))
    library.write("b.md", title="b")
    store = library.scanned()
    post_id = id_of(store, "a")
    wanted = [PostImage(clean_line("a.png"), PNG), PostImage(clean_line("large.png"), b"")]
    assert store.posts.images(post_id) == wanted
    assert store.posts.images(id_of(store, "b")) == []
    store.bookmarks.set_bookmarked(post_id, True)
    path.unlink()
    (library.folder / "img" / "a.png").unlink()
    assert store.posts.images(post_id) == wanted
    assert store.posts.images(post_id, saved=True) == wanted


@pytest.mark.parametrize(
    "source", [".", "site", "site/en", "site/en/_posts", "site/en/_posts/a.md", "link", "link/en"]
)
def test_a_post_lies_below_the_root_of_its_site_wherever_its_source_is(
    library: Library, source: str
) -> None:
    site = library.folder / "site"
    library.write("en/_posts/a.md", folder=site)
    (site / "_config.yml").write_text("title: Site\n", encoding="utf-8")
    (library.folder / "link").symlink_to(site)
    store = library.scanned(library.folder / source)
    stored = store.posts.read(store.lists.page(Query(), 0, 1)[0].post_id)
    assert stored.site_path == "en/_posts/a.md"
    assert store.posts.site_of(stored).title == "Site"


def test_a_bookmark_of_another_source_lies_where_it_was_saved(library: Library) -> None:
    site = library.folder / "site"
    path = library.write("en/_posts/a.md", folder=site)
    (site / "_config.yml").write_text("title: Site\n", encoding="utf-8")
    store = library.scanned(site / "en")
    post_id = store.posts.find(path)
    assert post_id is not None
    store.bookmarks.set_bookmarked(post_id, True)
    other = library.folder / "other"
    library.write("b.md", folder=other)
    (library.cache / "index.db").unlink()
    elsewhere = library.scanned(other)
    found = elsewhere.posts.find(path)
    assert found is not None
    assert elsewhere.posts.read(found).site_path == "en/_posts/a.md"
