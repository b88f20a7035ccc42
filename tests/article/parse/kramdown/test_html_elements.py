"""Where runs of HTML end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.article.parse.body_parts import split_body
from newsreader.article.parse.kramdown import html_elements

TAGS = [
    "<p>", "</p>", "<p>甲</p>", '<p class="a">乙', "<p class=a>丙</p>", "<p class='x>y'>",
    '<p title="a>b">', "<b>", "</b>", "<br>", '<img src="x">', '<a href="x"', ">", "\n", " ",
    "甲", "\n\n", "<div>", "<!-- c -->", "<P>x</P>", "</p >", "<pre>", "</pre>", "<p", "<p/>",
    "'", '"', "</div>", "<bx>", "<p-x>", "<script>", "</script>", '<p markdown="1">', "\n**b**\n",
    "```\n", "<table>", "</table>", "<tr>", "<td>甲", "</td>", "</tr>", "<thead>",
]  # fmt: skip


@pytest.mark.long
@settings(max_examples=300)
@given(st.lists(st.sampled_from(TAGS), max_size=16).map("".join))
def test_a_run_of_plain_paragraphs_ends_where_its_tags_say(body: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_elements, "_PLAIN_RUN", re.compile("(?!)"))
        by_tags = split_body(body)
    assert split_body(body) == by_tags


@pytest.mark.long
@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(TAGS), max_size=16).map("".join),
    st.sampled_from(["", "<div>", "<div>\n<div>甲", "\n\n<section markdown=1>\n"]),
    st.sampled_from(["", "</div>", "</div></div>\n", "</section>\n\n乙"]),
)
def test_an_element_seen_at_a_glance_ends_where_its_tags_say(
    body: str, before: str, after: str
) -> None:
    body = f"{before}{body}{after}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_elements.ElementEnds, "_glance", lambda *_: False)
        by_tags = split_body(body)
    assert split_body(body) == by_tags


def test_what_is_inside_an_element_seen_at_a_glance_is_found_afterwards() -> None:
    body = "<div>\n<p>甲\n<section>乙</section>\n</div>\n<div>丙</div>"
    ends = html_elements.ElementEnds(body)
    assert ends.end_of(0) == body.index("\n<div>丙")
    assert ends.end_of(body.index("<p>")) == body.index("</div>")
    assert ends.end_of(body.index("<section>")) == body.index("\n</div>")
    assert ends.end_of(body.index("<div>丙")) == len(body)
