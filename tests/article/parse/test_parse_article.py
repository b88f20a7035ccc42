"""Articles as a whole: where they come from, what is cut, what repeats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsreader.article.document import CodeBlock, Document, Emphasis, Heading, List, Quote, Table
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article, parse_body
from newsreader.posts.model import KramdownOptions, Post, Site
from newsreader.problems import Problem
from newsreader.text import EMPTY, clean_text
from tests.article.dump import dump


def post(body: str, link: str = "") -> Post:
    title, address = clean_text("标题"), clean_text(link)
    return Post("a.md", title, None, False, (), (), EMPTY, EMPTY, address, body, True, None)


def test_the_link_of_the_front_matter_goes_before_the_one_in_the_body() -> None:
    assert parse_article(post("甲\n\n<http://b/>")).source_link == "http://b/"
    assert parse_article(post("甲\n\n<http://b/>", "http://a/")).source_link == "http://a/"
    assert (
        parse_article(post("甲", "/p"), Site(url="https://s.org")).source_link == "https://s.org/p"
    )
    assert parse_article(post("甲\n\n<http://b/>", "javascript:x")).source_link == "http://b/"


def test_a_heading_that_says_the_title_is_left_out() -> None:
    assert dump(parse_article(post("# 标题\n\n甲"))) == "p 甲\n"


def test_an_empty_body_is_an_empty_document() -> None:
    for body in ("", "\n \n", "<>", "<p></p>", "<div><b> </b></div>", "{: .c}", "{% x %}"):
        assert parse_body(body) == Document(())


def depth_of(document: Document) -> int:
    deepest = 0
    left: list[tuple[object, int]] = [(block, 1) for block in document.blocks]
    while left:
        block, depth = left.pop()
        deepest = max(deepest, depth)
        if isinstance(block, Quote):
            left.extend((inner, depth + 1) for inner in block.blocks)
        elif isinstance(block, List):
            left.extend((inner, depth + 1) for item in block.items for inner in item.blocks)
    return deepest


@pytest.mark.parametrize("tags", ["<blockquote>", "<ul><li>", "<dl><dd>", "<ol><li><blockquote>"])
def test_rule_13_deep_blocks_are_flattened_and_keep_their_text(tags: str) -> None:
    document = parse_body("".join(f"{tags}{number}字" for number in range(300)))
    assert depth_of(document) <= 16
    assert "".join(plain_text(document).split()) == "".join(f"{n}字" for n in range(300))


def test_rule_13_a_deep_tree_keeps_its_paragraphs_apart() -> None:
    document = parse_body("".join(f"<div>第{number}段" for number in range(500)))
    assert plain_text(document).split("\n") == [f"第{number}段" for number in range(500)]


@pytest.mark.long
def test_rule_13_an_article_that_was_cut_says_so() -> None:
    assert parse_body("字" * 2_000_001).cut == Problem("article-cut", (2_000_000,))
    document = parse_body("<p>甲</p>" * 60_000)
    assert len(document.blocks) == 50_000 + 10_000 / 40
    assert plain_text(document).split() == ["甲"] * 60_000
    assert document.cut == Problem("article-end-plain")
    document = parse_body("a[b](c)\n" * 20_000)
    assert plain_text(document).count("a[b](c)") == 20_000
    assert document.cut == Problem("article-part-plain")


@pytest.mark.long
def test_rule_13_what_passes_the_cap_is_lines_of_text_without_what_is_never_shown() -> None:
    body = (
        "<p>甲</p>" * 50_000 + "<div>乙<b>丙</b></div><script>x</script><ul><li>3 < 4<li>丁</ul>戊"
    )
    document = parse_body(body)
    assert plain_text(document).split("\n")[50_000:] == ["乙丙", "3 < 4", "丁", "戊"]


@pytest.mark.long
def test_rule_13_a_cap_inside_a_table_ends_the_table() -> None:
    rows = "".join(f"<tr><td>{n}<td>甲" for n in range(20_000))
    table, *rest = parse_body(f"<table>{rows}</table><p>末</p>").blocks
    assert isinstance(table, Table)
    assert rest
    assert plain_text(Document(tuple(rest))).split()[-2:] == ["甲", "末"]


@pytest.mark.long
def test_rule_13_a_large_table_stays_whole() -> None:
    rows = "".join(f"<tr><td><p>{n}</p></td><td>甲</td></tr>" for n in range(10_000))
    document = parse_body(f"<table>{rows}</table>")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 10_000
    assert not document.cut


def test_the_section_headings_of_a_news_post_are_parted_by_a_line_feed() -> None:
    (heading, _) = parse_body("<p><b>甲</b></p><p><b>乙</b></p><p>文</p>").blocks
    assert isinstance(heading, Heading)
    assert [span.text for span in heading.spans] == ["甲\n乙"]
    assert heading.spans[0].emphasis is Emphasis.NONE


def test_the_digest_is_not_dropped_for_a_first_paragraph_that_only_begins_like_it() -> None:
    document = parse_body("> 甲乙丙丁\n\n<p>甲乙</p>\n\n<>")
    assert dump(document) == "quote\n  p 甲乙丙丁\np 甲乙\n"


def test_of_very_many_lines_the_first_are_read_and_the_article_says_so() -> None:
    document = parse_body("<pre>" + "a\n" * 100_001)
    assert document.cut == Problem("article-cut", (200_004,))
    (code,) = document.blocks
    assert isinstance(code, CodeBlock)
    assert code.text.count("a") == 100_000
    assert parse_body("<pre>" + "a\n" * 99_999).cut is None


@pytest.mark.parametrize("name", ["a.html", "_posts/2024-01-01-a.HTM"])
@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("    <p>x</p>", ["p x"]),
        ("\t<ul>\n\t\t<li>甲</li>\n\t</ul>", ["bullet", "  -", "    p 甲"]),
        ("3*4*5", ["p 3*4*5"]),
        ("# x", ["p # x"]),
        ("**x** _y_ `z` ~~w~~ \\*", ["p **x** _y_ `z` ~~w~~ \\*"]),
        ("[a](http://b/) ![c](d) [^1] $$e$$", ["p [a](http://b/) ![c](d) [^1] $$e$$"]),
        ("> x\n\n<p>甲</p>\n\n<>", ["p > x", "p 甲", "p <>"]),
        ("{: .c}\n^\n{::comment}x{:/}", ["p {: .c} ^ {::comment}x{:/}"]),
        ("<div markdown='1'>*x*</div>", ["p *x*"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["p | a | b | |---|---| | 1 | 2 |"]),
        ("- a\n{% highlight sh %}\nls <b>\n{% endhighlight %}", ["p - a", "code sh", "  |ls <b>"]),
        ("{% raw %}{{ x }}{% endraw %} {{ y }}{% comment %}z{% endcomment %}", ["p {{ x }} ⟦…|d⟧"]),
        (
            "{% blockquote 甲, <乙> http://h/ *丙* %}\n*丁*\n{% endblockquote %}",
            ["quote", "  p *丁*", "  p — 甲, <乙>, ⟦*丙*|>http://h/⟧"],
        ),
        (
            "{% note info *甲* %}\n{% highlight c %}\n> a\n{% endhighlight %}\n{% endnote %}",
            ["quote", "  p ⟦*甲*|b⟧", "  code c", "    |> a"],
        ),
    ],
)
def test_a_page_of_html_is_read_as_it_is_written(name: str, body: str, lines: list[str]) -> None:
    assert dump(parse_article(replace(post(body), path=name))).splitlines() == lines


# (options of the site, a body, lines of its document)
OPTIONS = [
    (KramdownOptions(parse_block_html=True), "<div>\n*甲*\n</div>", ["p ⟦甲|i⟧"]),
    (KramdownOptions(parse_block_html=True), "<div><div>\n*甲*\n</div></div>", ["p ⟦甲|i⟧"]),
    (KramdownOptions(parse_block_html=True), "<p>*甲*</p>\n<pre>*乙*</pre>",
     ["p ⟦甲|i⟧", "code", "  |*乙*"]),
    (KramdownOptions(parse_block_html=True), "<div markdown='0'>*甲*</div>", ["p *甲*"]),
    (KramdownOptions(), "<div>\n*甲*\n</div>", ["p *甲*"]),
    (KramdownOptions(parse_span_html=False), "<b>*甲*</b> *乙*", ["p ⟦*甲*|b⟧ ⟦乙|i⟧"]),
    (KramdownOptions(hard_wrap=True), "a\nb\n\n- c\n  d",
     ["p a⏎b", "bullet", "  -", "    p c⏎d"]),
    (KramdownOptions(gfm=False), "甲\n- 乙\n# 丙\n\n~~丁~~", ["p 甲 - 乙 # 丙", "p ~~丁~~"]),
    (KramdownOptions(gfm=False), "- 甲\n  - 乙\n- 丙",
     ["bullet", "  -", "    p 甲", "    bullet", "      -", "        p 乙", "  -", "    p 丙"]),
    (KramdownOptions(paragraph_end=False), "甲\n# 乙\n\n~~丙~~", ["p 甲 # 乙", "p ⟦丙|s⟧"]),
    (KramdownOptions(typography=(("“", "„"), ("”", "''"), ("…", "..."))), "\"a\" 'b'... -- c",
     ["p „a'' ‘b’... – c"]),
    (KramdownOptions().with_option("gfm_quirks", "paragraph_end, no_auto_typographic"),
     "a -- \"b\"...\n<< c >> <<d>>\n* e --- f",
     ["p a -- “b”... << c >> <<d>>", "bullet", "  -", "    p e --- f"]),
    (KramdownOptions(), "{::options smart_quotes=\"apos,apos,quot,quot\" /}\n\n\"a\" it's",
     ["p \"a\" it's"]),
]  # fmt: skip


@pytest.mark.parametrize(("options", "body", "lines"), OPTIONS)
def test_a_site_says_how_its_markdown_is_read(
    options: KramdownOptions, body: str, lines: list[str]
) -> None:
    site = Site(kramdown=options)
    assert dump(parse_article(post(body), site)).splitlines() == lines


@pytest.mark.parametrize(
    ("body", "is_digest"),
    [
        ("> *甲*\n\n<p>乙</p>\n\n<http://x/>", True),
        ("> *甲*\n\n<!-- c --><div>乙\n\n丙</div>\n\n<>", True),
        ("> *甲*\n\n<p>乙</p>\n\n<http://x/>\n\n[返](//h/a)｜[首](//h/)\n", True),
        ("> *甲*\n\n<p>乙</p>\n\n[返](//h/a)\n", True),
        ("> *甲*", False),
        ("> *甲*\n\n<http://x/>", False),
        ("> *甲*\n\n<p>乙</p>", False),
        ("> *甲*\n\n<p>乙</p>\n\n丙 <http://x/>", False),
        ("> *甲*\n\n<!-- more -->\n\n乙\n\n<http://x/>", False),
        ("> *甲*\n\n<!-- more -->\n\n<http://x/>", False),
        ("> *甲*\n\n<p>乙</p>\n\n丙\n\n<http://x/>", False),
        ("> *甲*\n\n<b>乙</b>\n\n<http://x/>", False),
        ("乙\n\n> *甲*\n\n<p>乙</p>\n\n<http://x/>", False),
    ],
)
def test_a_quote_is_plain_text_in_the_shape_of_a_news_post_alone(
    body: str, is_digest: bool
) -> None:
    assert ("*甲*" in plain_text(parse_body(body))) == is_digest
