"""The index text holds what the article shows: every phrase of it, and no other."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.make_posts import make_posts
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.search_text.search_text import search_text
from newsreader.posts.model import KramdownOptions, Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.search.tokens import BREAK, index_text

SITE = Site(url="https://news.example")
SAMPLES = sorted((Path(__file__).parents[3] / "sample_posts" / "_posts").iterdir())
GOLDEN = sorted((Path(__file__).parents[1] / "parse" / "golden").glob("*.[mh]*"))
TITLE = "名"
END = "\n\n<http://source.example/a/1.html>\n\n[返回财经](//n.example/c.html)｜[返回首页](//n.example/)\n"
# What the reader writes for an image inside a line; its words stand on a line of their own here.
IMAGE = re.compile(r"\[图(?:: ((?:[^\[\]]|\[[^\]]*\])*))?\]|▶ ")


def post_of(body: str) -> Post:
    text = f"---\ntitle: {TITLE}\n---\n{body}"
    return parse_post(text.encode("utf-8", "surrogatepass"), "2024-05-01-1.md", SITE)


def phrases(text: str) -> set[str]:
    """The longest runs of tokens that a phrase of a search may match within a line of a text."""
    runs = (run for line in text.split("\n") for run in index_text(line).split(BREAK))
    return {run.strip() for run in runs} - {""}


def expect_text_of_article(post: Post) -> None:
    article = IMAGE.sub(
        lambda image: f"\n{image[1] or ''}\n", plain_text(parse_article(post, SITE))
    )
    found = phrases(search_text(post, SITE))
    everything = f" {' | '.join(found)} "
    assert [phrase for phrase in phrases(article) if f" {phrase} " not in everything] == []
    # What an article does not show once more.
    digest = re.match(r"\s*(?:> .*\n?)*", post.body)
    told_once = phrases(post.title) | phrases(re.sub("(?m)^> ", "", digest[0] if digest else ""))
    assert found <= phrases(article) | told_once


@pytest.mark.parametrize("path", [*SAMPLES, *GOLDEN], ids=lambda path: path.stem)
def test_a_sample_has_the_text_of_its_article(path: Path) -> None:
    expect_text_of_article(parse_post(path.read_bytes(), path.name, SITE))


@pytest.mark.long
def test_made_posts_have_the_text_of_their_articles() -> None:
    for made in make_posts(30):
        expect_text_of_article(parse_post(made.raw, made.name, SITE))


# (a body, its text)
BODIES = [
    ("<p>甲</p>", "甲"),
    ("> *摘要*，\n> 两行。\n\n<p>甲</p>\n\n<>", "*摘要*，\n两行。\n甲"),
    ("> 甲乙…\n\n<p>甲乙丙</p>\n\n<>", "甲乙…\n甲乙丙"),
    ("> 甲&amp;&#27;乙\n\n<p>丙</p>\n\n<>", "甲&乙\n丙"),
    ("> *甲*\n\n<p>*乙*</p>", "甲\n*乙*"),
    ("<p>　　中\n文 ab\ncd&nbsp;e</p>\n\n  <p>乙</p>", "中文 ab cd e\n乙"),
    ("<p>中 \n \n　文</p>", "中文"),
    ("<p>中 文</p>", "中 文"),
    ("<p>中<b>\n文</b></p>", "中文"),
    ("<p>甲<br>乙<br/><br />丙</p>", "甲\n乙\n丙"),
    ("<p>a<strong>b</strong>c</p><h2>题</h2><hr><ul><li>一</li><li><p>二</p></li></ul>",
     "abc\n题\n一\n二"),
    ('<p>甲</p><p style="display:none">隐<b>x</b></p>乙', "甲\n乙"),
    ('<div>甲<b class="sr-only">隐</b>乙<i hidden>x</i></div>', "甲乙"),
    ("<p>甲<!-- 注 -->乙<script>x</script></p><style>y</style><noscript>z</noscript>", "甲乙"),
    ('<p>甲<img src="//h/a" alt="景">乙</p>', "甲\n景\n乙"),
    ('<p>甲<img src="//h/a" alt="景" width=1>乙</p>', "甲乙"),
    ('<center><img src="//h/a" alt="K图 NIO_0"></center>', "K图 NIO_0"),
    ('<p>甲<img src="//h/a.jpg" alt="a.jpg"></p>', "甲"),
    ('<video title="片" src="//h/v">旧</video><audio>无</audio>', "片"),
    ("<p>&ldquo;甲&rdquo;&#8212;&lt;b&gt; &amp;nbsp;</p>", "“甲”—<b> &nbsp;"),
    ("<p>10<sup>4</sup> x<sup>a*b</sup> CO<sub>2</sub></p>", "10⁴ x^a*b CO₂"),
    ('<p>甲<sup><a href="#n">1</a></sup></p><p id="n">注</p>', "甲[1]\n注"),
    ('<p>甲<a href="//h/x"><sup>2</sup></a><code>y<sup>3</sup></code></p>', "甲[2]y3"),
    ("<ruby>漢<rp>（</rp><rt>かん</rt></ruby><q>乙</q>", "漢(かん)“乙”"),
    ('<ul><li><input type="checkbox" checked>甲<input type="text" value="x">乙</ul>', "☑ 甲x乙"),
    ('<p>甲 <a class="reversefootnote" href="#x">回</a></p>', "甲"),
    ("<pre>a\n  b<br>中\n文</pre>", "a\n  b\n中\n文"),
    ('<pre><span class="lineno">12</span>a</pre>', "a"),
    ("<table><caption>表</caption><tr><th>甲<th>乙<tr><td>1<td>2</table>", "表\n甲\n乙\n1\n2"),
    ("<dl><dt>词<dd>义</dl>", "词\n义"),
    ("<p>甲{% if x %}乙{{ y }}丙</p>", "甲乙…丙"),
    ("<p>甲<code>{{ y }}</code></p>", "甲{{ y }}"),
    ("{% highlight ruby %}\n<p>\n{% endhighlight %}", "<p>"),
    ("甲 *乙*丙 `{{ x }}`\n\n- 丁[^1]\n\n[^1]: 注", "甲 乙丙 {{ x }}\n丁[1]\n注"),
    ("<p>甲<p>乙" + END, "甲\n乙\nhttp://source.example/a/1.html\n返回财经｜返回首页"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_a_body_has_the_text_that_its_article_shows(body: str, text: str) -> None:
    post = post_of(body)
    lines = (" ".join(line.split(" ")).strip(" 　") for line in search_text(post, SITE).split("\n"))
    assert "\n".join(line.replace("\xa0", " ") for line in lines if line) == "\n".join(
        line.strip() for line in text.split("\n") if line
    )
    expect_text_of_article(post)


TEXTS = [
    "甲", "乙丙。", "abc", "，", "“", " ", "\n", "\n\n", "\n    ", "　", "&nbsp;", "&lt;", "&",
    "\u200b",
    "<br>", "字" * 61, '<img src="//h/a.jpg" alt="">', '<img src="//h/b.jpg" alt="图景">',
    '<img src="//h/b.gif" alt="c" width="1">', "<hr>", "<!-- c -->", "{", "\t", "<p>", "</p>",
    "<b>", "</b>", "<sup>2</sup>", "<sub>n</sub>", '<sup><a href="//h/1">3</a></sup>', "{{ x }}",
    "{% x %}", "<h1>名</h1>", "<table><tr><td>甲", "*", "<", '<p title="a>b">', "</br>",
    "<q>引</q>", "<ruby>漢<rt>かん</ruby>", "<pre>x\n 甲\n乙</pre>", "<input type=checkbox>",
    '<a class="reversefootnote" href="//h/x">↩</a>',
    "<select><option>甲</select>", "<noscript>暗</noscript>", "<button>钮</button>",
]  # fmt: skip
AROUND = [
    ("<p>", "</p>"), ("<div>", "</div>"), ("<center>", "</center>"), ("<strong>", "</strong>"),
    ("<ul><li>", "</li></ul>"), ('<a href="//h/q">', "</a>"), ("<h2>", "</h2>"),
    ('<p style="text-align:center;">', "</p>"), ('<p style="display:none">', "</p>"),
    ('<p class="em_media">', "</p>"), ("<blockquote>", "</blockquote>"), ("<li>", "</li>"),
    ('<p style="font-weight:bold">', "</p>"), ('<span class="sr-only">', "</span>"),
    ("<code>", "</code>"), ("<table><tr><td>", "<td>乙<tr><td>丙<td>丁</table>"),
    ("<figure>", "<figcaption>注</figcaption></figure>"), ("<dl><dt>", "<dd>义</dl>"),
]  # fmt: skip


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tags, parts: f"{tags[0]}{''.join(parts)}{tags[1]}",
        st.sampled_from(AROUND),
        st.lists(inner, max_size=3),
    )


ELEMENTS = nested(st.recursive(st.sampled_from(TEXTS), nested, max_leaves=6))
ANY_BODIES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "> 甲\n\n", "> 乙丙。…\n\n", "> 字字&lt;\n> 甲\n"]),
        st.lists(ELEMENTS | st.sampled_from(TEXTS[:12]), max_size=5).map("".join),
        st.sampled_from(["", "", END, "\n\n[返回](//h/x)", "\n\n<http://h.example/a>", "\n甲"]),
    ),
)


@given(ANY_BODIES)
@example('<p>甲<a class="reversefootnote" href="//h/x">↩</a>甲</p>')
def test_every_body_has_the_text_of_its_article(body: str) -> None:
    expect_text_of_article(post_of(body))


@given(st.text())
def test_any_text_at_all_has_the_text_of_its_article(body: str) -> None:
    expect_text_of_article(post_of(body))


@pytest.mark.long
@pytest.mark.parametrize("part", ["<", "<p ", "<!--", "&", "> ", "\n ", "<p>甲</p>", "[a](", "<b>"])
def test_long_bodies_of_one_thing_are_read(part: str) -> None:
    expect_text_of_article(post_of(part * 10_000))


def test_a_page_of_html_and_a_site_with_options_have_the_text_of_their_articles() -> None:
    body = "    <p>*甲*</p>\n\n<div>\n**乙** `丙`\n</div>\n"
    page = replace(post_of(body), path="_posts/2024-05-01-1.HTM")
    expect_text_of_article(page)
    assert search_text(page, SITE).split() == ["*甲*", "**乙**", "`丙`"]
    options = KramdownOptions(parse_block_html=True)
    found = search_text(post_of(body), replace(SITE, kramdown=options))
    assert found.split() == ["<p>*甲*</p>", "乙", "丙"]
