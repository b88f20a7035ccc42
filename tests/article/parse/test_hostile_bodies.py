"""Bodies made to hurt: none raises, loses letters, or takes more than linear time."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.article.document import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
)
from newsreader.article.facts import count_words, links, plain_text
from newsreader.article.parse.body_parts import split_body
from newsreader.article.parse.html_tags import scan_markup, tame_html
from newsreader.article.parse.inline import is_visible
from newsreader.article.parse.parse_article import parse_body
from newsreader.text import clean_text
from tests.article.dump import dump
from tests.linear import expect_linear

pytestmark = pytest.mark.long

MEGABYTE = 1_000_000

REPEATED = [
    "x",
    "中",
    "<div>",
    "<div>x",
    "<ul><li>",
    "<a ",
    "<",
    "</p>",
    "<b>x",
    "<p><b><i><u>",
    "<b><p>x",
    "<b><div></b>",
    "<form><div></form>",
    "<div><table></div>",
    "<table><tr><td>",
    "<li>a",
    "<pre>",
    "<!--",
    "<script>",
    "<svg><g>",
    "<blockquote>a",
    "<sup>",
    "<br>",
    "x<br>",
    "<img src=a>",
    '<a b="',
    "<a b='x\" ",
    "*",
    "*a ",
    "_a_",
    "[",
    "![a",
    "[a](",
    "[a]",
    "`a",
    "~~a",
    "> ",
    "- a\n",
    "|a|b|\n",
    "&",
    "&#",
    "\\",
    "```\n",
    "{% highlight a %}\n",
    "{{ a",
    "{%",
    "{: a",
    "{: #a}\n",
    "a\n{: #a}\n\n",
    "- a\n{: #a}\n",
    "- a\n{:toc}\n",
    "## a {#a}\n\n",
    "{% raw %}",
    "```\n{% raw %}\n",
    "{% comment %}",
    "{::comment}",
    "- {% highlight a %}{% endhighlight %}\n",
    "<div markdown=1>",
    "<div markdown=1>\n\n</div>\n",
    "$$a",
    "$$a\n",
    "^\n",
    "*[a]: b\n",
    "{% a\n",
    "<a href=#a id=a>",
    "<li id=a><a href=#a>",
    "<input type=checkbox>",
    "<figure><figcaption>a",
    "*a*{: ",
    "[a]: b\n",
    "[^1]",
    "a\n: b\n\n",
    "<p>a</p>\n\nb\n\n",
    "<div>\n\n",
    "<b>a\n",
    "a\n=",
    " ",
    "\n",
    "a \n ",
    "**“好”",
    "<http://a>",
    "<h2>a",
    "<p class=em_media>a",
    "1. ",
    "\t",
    "&nbsp;",
]


def read_all(body: str) -> None:
    document = parse_body(body)
    plain_text(document)
    links(document)
    count_words(document)


# The others are in tests/long.
@pytest.mark.parametrize("unit", REPEATED[::3])
def test_much_of_it_is_parsed_in_linear_time(unit: str) -> None:
    expect_linear_bodies(unit)


def expect_linear_bodies(unit: str) -> None:
    """Expect bodies of a unit, again and again, to be read in linear time."""
    each = len(unit.encode())
    expect_linear(lambda size: read_all(unit * (size // each)), MEGABYTE // 4)


def test_a_tag_with_very_many_attributes_is_parsed_in_linear_time() -> None:
    def parse(size: int) -> None:
        attributes = " ".join(f"a{number}=1" for number in range(size))
        assert dump(parse_body(f"<p>甲<a {attributes}>乙</a></p>")) == "p 甲乙\n"

    expect_linear(parse, 100_000)


LONG_VALUES: dict[str, Callable[[int], str]] = {
    "alt": lambda size: ("<img src=http://h/i alt='" + ".gif?" * 700 + " x'>") * (size // 3_500),
    "placeholder": lambda size: ("<img src='" + "/blank" * 600 + "' data-src=x>") * (size // 3_600),
    "heading": lambda size: "# a {" + " " * size + "x",
    "lists": lambda size: "<ul><li>a" + "<ul><li>b</ul>" * (size // 20),
    "rows": lambda size: "<table>" + "<tr><td>a<td>b" * (size // 20),
    "lines": lambda size: "<p>" + "中\n" * (size // 4),
    "places": lambda size: "".join(
        f"<li id=a{number}><a href=#a{number}>" for number in range(size // 33)
    ),
    "names": lambda size: "".join(
        f"[a](#a{number})\n{{: #a{number}}}\n\n" for number in range(size // 330)
    ),
}


@pytest.mark.parametrize("name", LONG_VALUES)
def test_long_values_are_read_in_linear_time(name: str) -> None:
    expect_linear(lambda size: parse_body(LONG_VALUES[name](size)), MEGABYTE)


def test_formatting_that_nobody_closes_does_not_multiply() -> None:
    def parse(size: int) -> None:
        opened = "".join(f"<p><font a={number}>x</p>" for number in range(size))
        assert len(parse_body(opened).blocks) > size // 3

    expect_linear(parse, 30_000)


TAGS = """
<p> </p> <div> </div> <b> </b> <strong> </strong> <br> <table> <tr> <td> <th> </table> <ul> <ol>
<li> </li> </ul> <dl> <dt> <dd> </dl> <blockquote> </blockquote> <pre> </pre> <h1> <h2> </h2>
<a~href=http://h/> </a> <a~name=x> <a~href=#x> <img~src=http://h/i> <figure> <figcaption>
<center> <sup> </sup> <sub> <ruby> <rt> <q> <caption> <details> <summary> <code> <iframe~src=//h/>
<script> </script> <!-- --> <p~hidden> <p~class=em_media> <span> </span> <form> <svg> <template>
* ** _ ` ``` ~~ [ ] ( ) [a](http://h/) ![a](/i) > - 1. # ## --- === | \\ ^ {: {:.c} [^1] [^1]:
{{a}} {%a%} {%highlight~a%} {%endhighlight%} <> <http://x/> &nbsp; &lt; &#27; &amp;nbsp; : &
"""
MARKUP = st.sampled_from([tag.replace("~", " ") for tag in TAGS.split()])
PLAIN = ["\n", "\n\n", " ", "    ", "中", "“", "。", "ab", "\u3000", "\u200b"]
PIECE = st.one_of(MARKUP, MARKUP, st.sampled_from(PLAIN), st.text(max_size=5))
BODY = st.lists(PIECE, max_size=40).map("".join)


def check_spans(spans: Spans) -> None:
    text = "".join(span.text for span in spans)
    assert clean_text(text) == text
    assert text == text.strip(" \n")
    assert not re.search(r"[ \n]{2}|[\t\u3000\xa0]", text)
    for span in spans:
        assert span.text
        assert re.match(r"https?://|mailto:|#|$", span.link)
    for before, after in pairwise(spans):
        same = before.emphasis == after.emphasis and before.link == after.link
        assert not same or after.anchor


def check_blocks(document: Document) -> None:
    left: list[Block] = list(document.blocks)
    while left:
        match left.pop():
            case Heading(spans=spans) | Paragraph(spans=spans):
                check_spans(spans)
                assert any(is_visible(span.text) for span in spans)
            case Quote(blocks):
                assert blocks
                left.extend(blocks)
            case List(items=items):
                assert items
                for item in items:
                    assert item.blocks or item.term
                    check_spans(item.term)
                    left.extend(item.blocks)
            case CodeBlock(text):
                assert text.strip()
                assert clean_text(text) == text
            case Table(rows, caption):
                assert any(cell.spans for row in rows for cell in row)
                check_spans(caption)
                for row in rows:
                    for cell in row:
                        check_spans(cell.spans)
            case Figure(source=source, caption=caption):
                assert re.match(r"https?://|$", source)
                check_spans(caption)
            case Rule():
                pass


@settings(max_examples=250)
@given(BODY)
def test_any_body_becomes_a_clean_document_without_empty_blocks(body: str) -> None:
    document = parse_body(body, title="ab", site_url="https://s.example")
    check_blocks(document)
    assert count_words(document) >= 0
    assert all(is_visible(text) for text, _ in links(document))


@pytest.mark.parametrize(
    ("body", "shown", "found"),
    [
        ("中<a href=http://h/>\u200b", "中", ()),
        ("中<a href=http://h/>\u200b<b>\u200b</b></a>文", "中文", ()),
        ("<a href=http://h/>\u200b<b>甲</b></a>", "甲", (("甲", "http://h/"),)),
    ],
)
def test_rule_30_a_link_of_which_nothing_is_seen_is_none(
    body: str, shown: str, found: tuple[tuple[str, str], ...]
) -> None:
    document = parse_body(body)
    check_blocks(document)
    assert plain_text(document) == shown
    assert links(document) == found


@settings(max_examples=150)
@given(BODY)
def test_the_segments_of_a_body_hold_all_of_its_text(body: str) -> None:
    body = clean_text(body)
    if "highlight" in body:
        return
    found = "".join(segment.text for segment in split_body(body))
    kept = "".join(found.split())
    wanted = "".join(body.split())
    if split_body(body)[:1] and split_body(body)[0].kind == "digest":
        kept, wanted = kept.replace(">", ""), wanted.replace(">", "")
    assert kept == wanted


@settings(max_examples=150)
@given(BODY)
def test_taming_a_small_page_takes_out_comments_alone(body: str) -> None:
    page, was_cut = tame_html(body)
    assert not was_cut
    rest = body
    for tag in reversed([tag for tag in scan_markup(body) if not tag.name]):
        rest = rest[: tag.start] + rest[tag.end :]
    if not re.search(r"<(?:b|strong|code|a)\b", body):
        assert page == rest


WORDS = st.text(
    st.characters(categories=("Lu", "Ll", "Lo", "Nd"), exclude_characters="\ufeff"), min_size=1
)


@settings(max_examples=150)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_no_letter_of_a_plain_paragraph_is_lost(paragraphs: list[str]) -> None:
    wanted = "".join("".join(paragraphs).split())
    for body in (
        "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        "\n\n".join(paragraphs),
        "<br><br>".join(paragraphs),
        "<div>" + "</div>\n\n<div>".join(paragraphs) + "</div>",
    ):
        assert "".join(plain_text(parse_body(body)).split()) == clean_text(wanted)


@pytest.mark.parametrize(
    "body",
    [
        "a" + "<i>\u0301\u0301\u0301\u0301\u0301</i>" * 200,
        "a" + "<i>\u0301</i><b>\u0301</b>" * 200,
        "a" + "\u0301\u0301\u0301\u0301\u0301<b></b>" * 200,
        "a<sub>" + "\u0301\u0301\u0301\u0301\u0301<b></b>" * 200 + "</sub>",
        "中" + "\u3099\u3099\u3099\u3099\u3099\n" * 200,
        "ᄀ" + "<i>ᅡᅡᅡᅡᅡ</i>" * 200,
    ],
    ids=["italics", "one each", "empty tags", "an index", "lines", "jamo"],
)
def test_marks_in_many_pieces_do_not_pile_up(body: str) -> None:
    text = plain_text(parse_body(body))
    assert len(text) > 5
    assert clean_text(text) == text
