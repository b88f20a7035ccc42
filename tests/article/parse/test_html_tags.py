"""Pages are tamed alike, whether they are seen to be tame at a glance or tag by tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.parse import html_tags

PIECES = [
    "<p>甲</p>", "<p>乙", "<P CLASS='a'>丙</P>", '<p title="x">丁</p >', "<b>", "</b>", "<i>",
    "</i>", "<div>", "</div>", "<br>", "<br/>", "</br>", "<table>", "<tr><td>", "</table>",
    "<ul><li>", "</ul>", "<script>", "</script>", "<!-- c -->", "<a href=/x>链</a>", "<", ">",
    "<script>var a = 1;</script>", "<script><!-- a", "a --></script>", "<!-- <b> -->", "<!-->",
    "<!-- a --!>", "<STYLE>", "</style >", "<iframe></iframe>", "<textarea>a<", "</textarea>",
    '"', "文", '<p title="a>b">', "<option>", "</option>", "<bx>", "</bx>", "</p>",
]  # fmt: skip
FILLER = "<p>段<em>落</em></p>" * 60
"""So many tags that a page with it is not tame for its length alone."""


def tame_by_tags(page: str) -> tuple[str, bool]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_tags, "_tame_at_a_glance", lambda *_: None)
        return html_tags.tame_html(page)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_a_page_seen_to_be_tame_is_tame_by_its_tags(page: str) -> None:
    assert html_tags.tame_html(page + FILLER) == tame_by_tags(page + FILLER)


@pytest.mark.parametrize(
    ("page", "tame"),
    [
        ("<p>甲<!-- 乙 <b> -->丙</p>", "<p>甲丙</p>"),
        ("<div><script>a = '1'</script><p>甲</p></div>",) * 2,
        ("<div><!-- 甲 --!>乙</div>", "<div>乙</div>"),
        ("<p>甲<!-->乙</p>", "<p>甲乙</p>"),
        ("<script><!-- 甲 --></script>",) * 2,
    ],
)
def test_comments_go_and_scripts_stay(page: str, tame: str) -> None:
    assert html_tags.tame_html(page) == (tame, False)
    assert html_tags.tame_html(page + FILLER) == (tame + FILLER, False)


@pytest.mark.parametrize("depth", [8, 9, 198, 199, 200, 201])
@pytest.mark.parametrize("around", [("<b>", "</b>"), ("<div>", "</div>"), ("<p><u>", "</u></p>")])
def test_no_page_seen_to_be_tame_is_too_deep(depth: int, around: tuple[str, str]) -> None:
    page = around[0] * depth + "甲" + around[1] * depth + FILLER
    assert html_tags.tame_html(page) == tame_by_tags(page)


@pytest.mark.parametrize("size", [19_000, 20_001])
def test_an_overlong_tag_goes_however_tame_the_rest_is(size: int) -> None:
    page = f'<p title="{"x" * size}">甲</p>{FILLER}'
    assert html_tags.tame_html(page) == tame_by_tags(page)
