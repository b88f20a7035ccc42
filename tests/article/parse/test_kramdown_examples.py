"""Examples of kramdown's syntax beside the pages that kramdown makes of them.

The examples are written after its syntax page (https://kramdown.gettalong.org/syntax.html); the
pages are made by `python -m tests.long.kramdown --examples`, so that no test needs Ruby.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.article.structure import structure_of_body, structure_of_kramdown
from tests.long.kramdown import EXAMPLES, compare

PATHS = sorted(EXAMPLES.glob("*.md"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_example_has_the_structure_that_kramdown_gives_it(path: Path) -> None:
    ours = structure_of_body(path.read_text(encoding="utf-8"))
    theirs = structure_of_kramdown(path.with_suffix(".html").read_text(encoding="utf-8"))
    assert "\n".join(ours.lines) == "\n".join(theirs.lines)
    assert ours.links == theirs.links


def test_every_page_is_of_an_example() -> None:
    assert {path.with_suffix(".html") for path in PATHS} == set(EXAMPLES.glob("*.html"))
    assert len(PATHS) >= 10


def test_a_comparison_names_the_blocks_and_links_that_differ() -> None:
    ours = structure_of_body("# 题\n\n* 一\n* [二](http://a.example/)\n\n**末***尾*")
    theirs = structure_of_kramdown(
        "<h2 id='x'>题</h2><ul><li>一</li><li>二</li></ul><p><strong>末</strong><em>尾</em></p>"
    )
    found = compare("name", ours, theirs)
    assert found.missing == ["h2 题", "    p 二"]
    assert found.added == ["h1 题", "    p ⟦二|>http://a.example/⟧"]
    assert dict(found.new_links) == {("二", "http://a.example/"): 1}
    assert not found.lost_links
    assert found.size == 5


def test_names_of_places_are_no_difference() -> None:
    page = (
        '<p id="a">甲<a id="b"></a>乙 <a href="#b">丙</a><b id="a">丁</b></p>'
        '<p>a <a id="a">c</a></p>'
    )
    named = structure_of_kramdown(page)
    assert named.lines == ("p 甲乙 ⟦丙|>#⟧⟦丁|b⟧", "p a c")
