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
