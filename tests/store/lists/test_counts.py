"""The names that categories go by, and the tags beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.search.parse_query import parse_query
from newsreader.store import Labelled, Query
from tests.store.conftest import Library
from tests.store.made_posts import NOW


def test_a_tag_that_other_posts_carry_too_is_listed_beside_its_category(library: Library) -> None:
    library.write("a.md", title="one", categories=["news"], tags=["新闻"])
    library.write("b.md", title="two", tags=["新闻"])
    overview = library.scanned().lists.overview()
    assert [label.title for label in overview.categories] == ["新闻"]
    assert [label.counts.total for label in overview.tags] == [2]


@pytest.mark.parametrize("other", [["b"], ["a", "b"], []])
def test_a_category_keeps_its_name_where_a_post_has_other_tags(
    library: Library, other: list[str]
) -> None:
    library.write("a.md", title="one", categories=["news"], tags=["a"])
    library.write("b.md", title="two", categories=["news"], tags=other)
    (label,) = library.scanned().lists.overview().categories
    assert label.title == "news"


def test_categories_of_one_tag_are_told_apart_and_the_tag_is_folded_away(library: Library) -> None:
    for category in ("alpha", "beta", "gamma"):
        for number in range(2):
            library.write(f"{category}{number}.md", categories=[category], tags=["t"])
    store = library.scanned()
    overview = store.lists.overview()
    assert [label.title for label in overview.categories] == ["t (alpha)", "t (beta)", "t (gamma)"]
    assert overview.tags == ()
    rows = store.lists.page(Query(Labelled("category", "beta")), 0, 9)
    assert {row.category for row in rows} == {"t (beta)"}
    found = {
        text: store.lists.count(Query(search=parse_query(text, NOW)))
        for text in ("category:t", "category:beta", 'category:"T (beta)"', "category:delta")
    }
    assert list(found.values()) == [6, 2, 2, 0]


@pytest.mark.parametrize("tag", ["news", "NEWS"])
def test_a_category_is_not_shown_as_another_one_is_called(library: Library, tag: str) -> None:
    library.write("a.md", categories=["a"], tags=[tag])
    library.write("b.md", categories=["news"], tags=["x", "y"])
    overview = library.scanned().lists.overview()
    assert {label.title for label in overview.categories} == {f"{tag} (a)", "news"}


def test_a_category_that_is_called_as_its_tag_is_shown_once(library: Library) -> None:
    library.write("a.md", categories=["news"], tags=["news"])
    library.write("b.md", categories=["Sport"], tags=["sport"])
    overview = library.scanned().lists.overview()
    assert [label.title for label in overview.categories] == ["news", "sport"]
    assert overview.tags == ()


def test_a_tag_of_the_name_of_a_category_is_folded_away_only_with_the_same_posts(
    library: Library,
) -> None:
    library.write("a.md", categories=["news"], tags=["news", "x"])
    library.write("b.md", categories=["sport"], tags=["other", "x"])
    library.write("c.md", categories=["other"], tags=["x", "y"])
    overview = library.scanned().lists.overview()
    assert [label.title for label in overview.tags] == ["x", "other", "y"]


def test_a_tag_of_some_categories_is_shown_where_other_posts_carry_it_too(
    library: Library,
) -> None:
    library.write("a.md", categories=["a"], tags=["t"])
    library.write("b.md", categories=["b"], tags=["t"])
    library.write("c.md", categories=["c"], tags=["t", "u"])
    overview = library.scanned().lists.overview()
    assert [label.title for label in overview.tags] == ["t", "u"]


def test_the_same_categories_of_two_sources_are_one(library: Library) -> None:
    folders = [library.folder / "one", library.folder / "two"]
    for folder in folders:
        library.write("_posts/a.md", categories=["news"], tags=["新闻"], folder=folder)
    overview = library.scanned(*folders).lists.overview()
    assert [(each.title, each.counts.total) for each in overview.categories] == [("新闻", 2)]
    assert overview.tags == ()


def test_sources_are_counted_if_there_are_several_and_no_two_are_called_alike(
    library: Library, tmp_path: Path
) -> None:
    folders = [tmp_path / name / "blog" for name in "ab"]
    for number, folder in enumerate(folders):
        for at in range(number + 1):
            library.write(f"{number}{at}.md", title="x", folder=folder)
    assert library.scanned(folders[0]).lists.overview().sources == ()
    sources = library.scanned(*folders).lists.overview().sources
    assert [(each.title, each.counts.total) for each in sources] == [
        (f"blog ({folders[0]})", 1),
        (f"blog ({folders[1]})", 2),
    ]
