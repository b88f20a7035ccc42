"""Sources inside one another: every post is listed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.store import PostStore, Query
from tests.store.conftest import Library, id_of


def titles(store: PostStore) -> list[str]:
    store.scans.run()
    return sorted(row.title for row in store.lists.page(Query(), 0, 100))


def paths(store: PostStore, title: str) -> tuple[Path, str] | None:
    return store.posts.name(id_of(store, title))


@pytest.fixture
def site(library: Library) -> Path:
    library.write("a.md", title="a")
    library.write("news/_posts/b.md", title="b")
    library.write("news/deep/_posts/c.md", title="c")
    library.write("about.md", title="about", folder=library.folder / "pages")
    return library.folder


@pytest.mark.parametrize("inner", ["_posts", "news", "news/deep", "news/_posts/b.md", "pages"])
def test_a_post_of_two_sources_is_listed_once(library: Library, site: Path, inner: str) -> None:
    everything = ["a", "about", "b", "c"]
    for sources in ((site, site / inner), (site / inner, site)):
        store = library.open(*sources)
        assert titles(store) == everything
        store.scans.run(every_file=False)
        assert titles(store) == everything
    assert titles(library.open(site)) == everything


def test_the_innermost_source_has_the_post(library: Library, site: Path) -> None:
    store = library.open(site, site / "news", site / "news/deep")
    assert titles(store) == ["a", "about", "b", "c"]
    assert paths(store, "b") == (site / "news", "_posts/b.md")
    assert paths(store, "c") == (site / "news/deep", "_posts/c.md")


def test_pages_of_a_site_are_no_posts_though_another_source_has_its_posts(
    library: Library, site: Path
) -> None:
    (site / "index.md").write_text("---\ntitle: index\n---\n", encoding="utf-8")
    assert "index" not in titles(library.open(site))
    for inner in ("_posts", "news"):
        assert "index" not in titles(library.open(site, site / inner))
    alone = site / "news"
    (alone / "index.md").write_text("---\ntitle: index\n---\n", encoding="utf-8")
    assert "index" not in titles(library.open(alone, alone / "_posts", alone / "deep"))


def test_marks_are_those_of_the_post_whatever_sources_are_opened(
    library: Library, site: Path
) -> None:
    def read(*sources: Path) -> set[str]:
        with library.open(*sources) as store:
            titles(store)
            return {row.title for row in store.lists.page(Query(), 0, 100) if row.read}

    with library.open(site) as store:
        titles(store)
        store.marks.set_read([id_of(store, name) for name in "abc"], True)
    assert read(site, site / "news") == {"a", "b", "c"}
    assert read(site / "news/deep", site, site / "news") == {"a", "b", "c"}
    assert read(site / "news") == {"b", "c"}
    assert read(site) == {"a", "b", "c"}


def test_a_link_into_another_source_is_not_followed(library: Library, site: Path) -> None:
    (site / "linked").symlink_to(site / "news", target_is_directory=True)
    assert titles(library.open(site, site / "news")) == ["a", "about", "b", "c"]
