"""The text of a page, where its elements are not what they mostly are."""

from __future__ import annotations

import pytest

from newsreader.article.parse.html_tags import tame_html
from newsreader.article.search_text.page_text import page_text

LONG = "<p>" + "长" * 1_000 + "</p>"
"""So much text that nothing hidden can be the article."""

# (a page, its text)
PAGES = [
    ("甲<st1:City>乙</st1:City>丙<o:p></o:p>丁", "甲乙丙丁"),
    ("甲<a<p x>乙</a<p>丙<Ünder>丁", "甲乙丙<Ünder>丁"),
    ("甲<wbr>乙<span></span>丙<basefont>丁", "甲乙丙丁"),
    ("甲<image alt='景' src='//h/a'>乙", "甲\n景\n乙"),
    ('甲<p title="a>b" style="display:none">隐</p>乙', "甲乙"),
    ("甲</div>乙</p>丙", "甲乙\n丙"),
    ("甲<table>乙<tr><td>丙</table>丁", "甲乙\n丙\n丁"),
    ('甲<div hidden>隐</div><button>钮</button>乙', "甲乙"),
    ('甲<i style="display:block">乙</i><div style="display:inline">丙</div>丁', "甲\n乙\n丙丁"),
    ('<p style="white-space:pre">甲\n乙<b style="white-space:normal">丙\n丁</b>', "甲\n乙丙丁"),
    ('甲<i style="visibility:hidden">隐<br>藏<b style="visibility:visible">乙</b></i>丙', "甲乙丙"),
    ("甲<noscript><img src='//h/a' alt='孪'></noscript>乙", "甲\n孪\n乙"),
    ("<pre>甲<pre>乙</pre></pre>", "甲乙"),
    ("<sup>1<sub>2</sub></sup>", "^1₂"),
    ("<p>{% a %}甲{{ b }}<code>{{ c }}</code></p>", "甲…{{ c }}"),
    ('<i class="katex"><math><annotation encoding="TeX">x</annotation><mi>y</math></i>', "x"),
]  # fmt: skip


def text_of(page: str) -> str:
    lines = page_text(tame_html(page)[0]).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


@pytest.mark.parametrize(("page", "text"), PAGES)
def test_a_page_has_the_text_that_is_shown(page: str, text: str) -> None:
    assert text_of(page) == text
    assert text_of(LONG + page) == "长" * 1_000 + "\n" + text


def test_tags_of_any_number_of_names_are_unwrapped() -> None:
    assert text_of("".join(f"<n{at}>字</n{at}>" for at in range(500))) == "字" * 500


def test_an_article_that_waits_for_a_script_is_found_and_nothing_hidden_in_it() -> None:
    article = '<div id="content" style="display:none">甲<p hidden>隐</p>乙</div>'
    assert text_of(article) == "甲乙"
    assert text_of(LONG + article) == "长" * 1_000
