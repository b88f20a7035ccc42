"""What is hidden, and the article that is not to be."""

from __future__ import annotations

import pytest

from newsreader.article.facts import plain_text
from newsreader.article.parse.elements.hiding import read_hiding
from newsreader.article.parse.parse_article import article_parser, parse_body
from newsreader.posts.parse_post import parse_post


@pytest.mark.parametrize(
    ("tag", "attributes", "hiding"),
    [
        ("p", {"style": "color: red; DISPLAY : none"}, "gone"),
        ("p", {"style": "display:none;display:block"}, ""),
        ("p", {"hidden": None}, "gone"),
        ("p", {"hidden": "until-found"}, ""),
        ("p", {"hidden": None, "style": "display:block"}, ""),
        ("p", {"aria-hidden": "true"}, ""),
        ("p", {"style": "opacity:0"}, ""),
        ("p", {"style": "x-display:none"}, ""),
        ("p", {"class": "a SR-only"}, "gone"),
        ("p", {"class": "field-label-hidden"}, ""),
        ("p", {"style": "visibility: collapse"}, "invisible"),
        ("p", {"style": "visibility: visible"}, "visible"),
        ("dialog", {}, "gone"),
        ("dialog", {"open": None}, ""),
    ],
)
def test_an_element_says_whether_it_is_hidden(
    tag: str, attributes: dict[str, str | None], hiding: str
) -> None:
    assert read_hiding(tag, attributes) == hiding


LONG = "这是正文的一句话。" * 30


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # The article of a saved page, and what else it hides.
        (f"<div id=js_content style='visibility:hidden'>{LONG}</div><p hidden>分享</p>", LONG),
        (f"<p>作者</p><div class=x style='display:none'>{LONG}</div>", f"作者\n{LONG}"),
        (f"<main style='display:none'>正文<p hidden>藏</p></main><p hidden>{LONG}</p>", "正文"),
        # Pages that show enough.
        (f"<p>{LONG}</p><div id=content hidden>{LONG}{LONG}</div>", LONG),
        ("<p>甲</p><div hidden>乙乙乙</div>", "甲"),
        (f"<p>{LONG * 9}</p><p hidden>{LONG * 9 * 11}</p>", LONG * 9),
    ],
)
def test_hiding_that_empties_a_page_is_not_obeyed(body: str, text: str) -> None:
    assert plain_text(parse_body(body)) == text


def test_the_beginning_of_a_long_hidden_article_is_that_of_the_article() -> None:
    body = f"<div id=js_content style='visibility:hidden'>{f'<p>{LONG}</p>' * 4_000}</div>"
    parser = article_parser(parse_post(body.encode(), "2024-05-01-a.html"))
    beginning = parser.parse_beginning()

    assert beginning is not None
    assert beginning.blocks
    assert parser.parse().blocks[: len(beginning.blocks)] == beginning.blocks
