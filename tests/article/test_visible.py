"""The text for the full-text index is that of the article, whichever way it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.make_posts import make_posts
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article, parse_body
from newsreader.article.visible import news_text, search_text
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post

SITE = Site(url="https://news.example")
SAMPLES = sorted((Path(__file__).parents[2] / "sample_posts" / "_posts").iterdir())
FIGURE = '<center><img src="//h/a" alt="景"></center>'
END = "\n\n<http://source.example/a/1.html>\n\n[返回财经](//n.example/c.html)｜[返回首页](//n.example/)\n"


def post_of(body: str, title: str = "名") -> Post:
    text = f"---\ntitle: {title}\n---\n{body}"
    return parse_post(text.encode("utf-8", "surrogatepass"), "2024-05-01-1.md", SITE)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_has_the_text_of_its_article(path: Path) -> None:
    post = parse_post(path.read_bytes(), path.name, SITE)
    assert search_text(post, SITE) == plain_text(parse_article(post, SITE))


def test_news_posts_are_read_without_a_tree_and_say_the_same() -> None:
    posts = [parse_post(made.raw, made.name, SITE) for made in make_posts(60)]
    texts = [news_text(post.body, SITE.url) for post in posts]
    assert texts == [plain_text(parse_article(post, SITE)) for post in posts]


# (a body that is plain news, its text)
PLAIN = [
    ("<p>甲</p>", "甲"),
    ("> 摘要，\n> 两行。\n\n<p>甲</p>", "摘要，\n两行。\n甲"),
    ("> 甲乙…\n\n<p>甲乙丙</p>", "甲乙丙"),
    ("> 甲乙\n\n<p style='x'>", None),
    (f'> 图说\n\n{FIGURE}<p style="text-align:center;">图说</p>甲', None),
    (f'> 图说\n\n{FIGURE}<p align="center">图说</p><p>甲</p>', "图说\n景\n图说\n甲"),
    ("<p>　　中\n文 ab\ncd&nbsp;e</p>\n\n  <p>乙</p>", "中文 ab cd e\n乙"),
    ("<p>甲<br>乙<br/><br />丙</p>", "甲\n乙\n丙"),
    ("<p>a<strong>b</strong>c</p><h2>题</h2><hr><ul><li>一</li><li><p>二</p></li></ul>",
     "abc\n题\n一\n二"),
    ('<p>甲</p><p style="display:none">隐<b>x</b></p>乙', None),
    ('<div>甲<p style="display:none">隐<b>x</b></p>乙</div>', "甲乙"),
    ('<p>甲<img src="//h/a" alt="景"></p>', "甲\n景"),
    ('<p>甲<img src="//h/a" alt="景">乙</p>', None),
    ('<center><img src="//h/a" alt="K图 NIO_0"></center>', "K图 NIO_0"),
    ('<p>&ldquo;甲&rdquo;&#8212;&lt;b&gt; &amp;nbsp;</p>', "“甲”—<b> &nbsp;"),
    ("<p>&#123;&#123; x }}</p>", None),
    ("<p>AT&T</p>", None),
    ('<p>甲</p><p class="em_media">（来源）</p>' + END,
     "甲\n（来源）\nhttp://source.example/a/1.html\n返回财经｜返回首页"),
    ('<p class="em_media">（来源）</p><p>甲</p>', None),
    ('<p><a href="//h/x">更多</a></p><p class="em_media">（来源）</p>', None),
    ('<p>甲</p><!-- c -->\n\n<>\n\n[返回](//h/x)', "甲\n返回"),
    ("<p>甲</p>\n\n<http://h.example/a>\n[返回](//h/x)", None),
    ("<p>甲</p>\n乙", None),
    ("<p>甲</p>\n\n    <p>乙</p>", None),
    ("<p>甲<p>乙", None),
    ("<p>甲</p>{% if x %}", None),
    ("<h1>名</h1><p>甲</p>", None),
    ("<table><tr><td>甲</table>", None),
    ("甲 *乙*", None),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), PLAIN)
def test_what_is_read_without_a_tree_is_the_text_of_the_article(
    body: str, text: str | None
) -> None:
    assert news_text(body, SITE.url) == text
    post = post_of(body)
    assert search_text(post, SITE) == plain_text(parse_article(post, SITE))
    if text is not None:
        assert search_text(post, SITE) == text


TEXTS = [
    "甲", "乙丙。", "abc", "，", "“", " ", "\n", "\n\n", "\n    ", "　", "&nbsp;", "&lt;", "&",
    "\u200b",
    "<br>", "字" * 61, '<img src="//h/a.jpg" alt="">', '<img src="//h/b.jpg" alt="图景">',
    '<img src="//h/b.jpg" alt="别">', "<hr>", "<!-- c -->", "{", "\t", "<p>", "</p>", "<b>", "</b>",
    "<sup>2</sup>", "<h1>名</h1>", "<table><tr><td>甲", "*", "<", '<p title="a>b">', "</br>",
]  # fmt: skip
AROUND = [
    ("<p>", "</p>"), ("<div>", "</div>"), ("<center>", "</center>"), ("<strong>", "</strong>"),
    ("<ul><li>", "</li></ul>"), ('<a href="//h/q">', "</a>"), ("<h2>", "</h2>"),
    ('<p style="text-align:center;">', "</p>"), ('<p style="display:none">', "</p>"),
    ('<p class="em_media">', "</p>"), ("<blockquote>", "</blockquote>"), ("<li>", "</li>"),
    ('<p style="font-weight:bold">', "</p>"), ('<span class="sr-only">', "</span>"),
]  # fmt: skip


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tags, parts: f"{tags[0]}{''.join(parts)}{tags[1]}",
        st.sampled_from(AROUND),
        st.lists(inner, max_size=3),
    )


ELEMENTS = nested(st.recursive(st.sampled_from(TEXTS), nested, max_leaves=6))
BODIES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "> 甲\n\n", "> 乙丙。…\n\n", "> 字字&lt;\n> 甲\n"]),
        st.lists(ELEMENTS | st.sampled_from(TEXTS[:12]), max_size=5).map("".join),
        st.sampled_from(["", "", END, "\n\n[返回](//h/x)", "\n\n<http://h.example/a>", "\n甲"]),
    ),
)


@given(BODIES)
def test_every_body_has_the_text_of_its_article(body: str) -> None:
    text = news_text(body, SITE.url)
    if text is not None:
        article = parse_body(body, title="名", site_url=SITE.url)
        assert text == plain_text(article)


@given(st.text())
def test_any_text_at_all_has_the_text_of_its_article(body: str) -> None:
    post = post_of(body)
    assert search_text(post, SITE) == plain_text(parse_article(post, SITE))


@pytest.mark.parametrize("part", ["<", "<p ", "<!--", "&", "> ", "\n ", "<p>甲</p>", "[a](", "<b>"])
def test_long_bodies_of_one_thing_are_read(part: str) -> None:
    post = post_of(part * 20_000)
    assert search_text(post, SITE) == plain_text(parse_article(post, SITE))
