"""Links inside an article, and the places that they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsreader.article.document import Document
from newsreader.article.parse.parse_article import parse_article, parse_body
from newsreader.posts.parse_post import parse_post
from tests.article.dump import dump

SAMPLES = sorted((Path(__file__).parents[3] / "sample_posts" / "_posts").iterdir())


def dangling(document: Document) -> set[str]:
    """The places that links lead to and that are not there."""
    text = dump(document)
    links = set(re.findall(r">#([^\s⟧]+)", text))
    return links - set(re.findall(r"@([^\s⟧]+)", text))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_inner_link_of_a_sample_leads_somewhere(path: Path) -> None:
    assert not dangling(parse_article(parse_post(path.read_bytes(), path.name)))


def test_the_samples_have_inner_links() -> None:
    texts = [dump(parse_article(parse_post(path.read_bytes(), path.name))) for path in SAMPLES]
    assert sum(">#" in text for text in texts) >= 3


# (what holds the place `x`, the lines that come of it)
PLACES = [
    ("<h2 id=x>题</h2>文", ["h2 ⟦题|@x⟧", "p 文"]),
    ("<h2><a name=x></a>题</h2>文", ["h2 ⟦题|@x⟧", "p 文"]),
    ("<ol><li id=x><p>甲</p></ol>", ["number 1 loose", "  -", "    p ⟦甲|@x⟧"]),
    ("<table id=x><tr><td><td>甲<tr><td>乙<td>丙</table>", ["table", "   ¦ ⟦甲|@x⟧", "  乙 ¦ 丙"]),
    ("<dl><dt id=x>甲<dd>乙</dl>", ["definition", "  - ⟦甲|@x⟧", "    p 乙"]),
    ("<p id=x><b>题</b></p>文", ["h2 ⟦题|@x⟧", "p 文"]),
    ("<pre id=x>a</pre>文", ["code", "  |a", "p ⟦文|@x⟧"]),
    ("<hr id=x>文", ["rule", "p ⟦文|@x⟧"]),
    ("<p>文</p><img id=x src=//h/i>", ["p ⟦文|@x⟧", "image https://h/i"]),
    ("<figure id=x><img src=//h/i><figcaption>注</figcaption></figure>文",
     ["image https://h/i caption=⟦注|@x⟧", "p 文"]),
    ("<p>文<a name=x></a></p>", ["p ⟦文|@x⟧"]),
    ("<p>文</p><a name=x></a><p>甲</p>", ["p 文", "p ⟦甲|@x⟧"]),
    ("<h2 id=x><img src=//h/i></h2>文", ["image https://h/i", "p ⟦文|@x⟧"]),
    ("## 题\n{: #x}\n\n文", ["h2 ⟦题|@x⟧", "p 文"]),
    ("## 题 {#x}\n\n文", ["h2 ⟦题|@x⟧", "p 文"]),
    ("## 题 {: .a #x .b}\n\n文", ["h2 ⟦题|@x⟧", "p 文"]),
    ("甲\n\n{: #x}\n## 题\n\n文", ["p 甲", "h2 ⟦题|@x⟧", "p 文"]),
    ("甲\n乙\n{: id=\"x\"}\n\n文", ["p ⟦甲乙|@x⟧", "p 文"]),
    ("- 一\n- 二\n{: #x}\n\n文", ["bullet", "  -", "    p ⟦一|@x⟧", "  -", "    p 二", "p 文"]),
    ("- 一\n- {: #x} 二", ["bullet", "  -", "    p 一", "  -", "    p ⟦二|@x⟧"]),
    ("- 一\n- 二\n  {: #x}", ["bullet", "  -", "    p 一", "  -", "    p ⟦二|@x⟧"]),
    ("```\na\n```\n{: #x}\n\n文", ["code", "  |a", "p ⟦文|@x⟧"]),
    ("<table><tr><td>甲<td>乙<tr><td>丙<td></table><p id=x>",
     ["table", "  甲 ¦ 乙", "  ⟦丙|@x⟧ ¦ "]),
    ("<ul><li>甲</ul><p id=x>", ["bullet", "  -", "    p ⟦甲|@x⟧"]),
    ("<blockquote>甲</blockquote><pre>a</pre><p id=x>", ["quote", "  p ⟦甲|@x⟧", "code", "  |a"]),
    ("*甲*{: #x}乙", ["p ⟦甲|i⟧⟦乙|@x⟧"]),
    ("## X\n\n文", ["h2 ⟦X|@x⟧", "p 文"]),
    ("## 1. X\n\n文", ["h2 ⟦1. X|@x⟧", "p 文"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lines"), PLACES)
def test_a_place_is_where_its_text_is(body: str, lines: list[str]) -> None:
    document = parse_body(f"<p>[<a href='#x'>见</a>]</p>\n\n{body}")
    assert dump(document).splitlines() == ["p [⟦见|>#x⟧]", *lines]


def test_headings_have_the_names_that_kramdown_gives_them() -> None:
    body = (
        "[a](#安装-说明) [b](#getting-started) [c](#getting-started-1) [d](#my-code)\n\n"
        "## 安装 说明\n\n## 2. Getting started!\n\n## Getting started\n\n## My `code`\n\n文"
    )
    text = dump(parse_body(body))
    for name in ("安装-说明", "getting-started", "my-code"):
        assert f"@{name}⟧" in text
    assert not dangling(parse_body(body))


def test_two_places_before_one_text_are_both_kept() -> None:
    body = "<a href='#a'>上</a><a href='#b'>下</a><h2 id=a><a name=b></a>题目</h2>文"
    assert dump(parse_body(body)).splitlines()[1] == "h2 ⟦题|@a⟧⟦目|@b⟧"
    assert not dangling(parse_body(body))


def test_a_note_leads_back_to_its_mark() -> None:
    text = dump(parse_body("甲[^1]乙\n\n[^1]: 注。"))
    assert text == (
        "p 甲⟦[1]|>#fn1 @fnref1⟧乙\nrule\nnumber 1 loose\n  -\n    p ⟦注。 |@fn1⟧⟦↩|d >#fnref1⟧\n"
    )
    html = (
        "<p>甲<sup id='r:1'><a href='#f:1'>1</a></sup></p><ol><li id='f:1'><p>注 "
        "<a href='#r:1' class=reversefootnote>&#8617;&#xfe0e;</a></p></ol>"
    )
    assert "⟦↩|d >#r:1⟧" in dump(parse_body(html))


def test_links_to_places_that_are_not_here_are_text() -> None:
    body = "<p><a href='#a'>甲</a><a href='#b'>乙</a></p><h2 id=a>丙</h2>文"
    assert dump(parse_body(body)) == "p ⟦甲|>#a⟧乙\nh2 ⟦丙|@a⟧\np 文\n"


def test_a_place_without_text_is_where_the_next_text_begins() -> None:
    body = "<a href='#a'>上</a><p>文</p><a name=a></a><p>甲</p>"
    assert dump(parse_body(body)) == "p ⟦上|>#a⟧\np 文\np ⟦甲|@a⟧\n"
