"""The names that categories go by, and the tags beside them."""

from __future__ import annotations

import pytest

from tests.store.conftest import Library


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
