"""Relative links become absolute."""

from __future__ import annotations

import pytest

from newsreader.feeds.documents.absolute_links import make_links_absolute, xhtml_as_html
from tests.linear import expect_linear

BASE = "https://a.example/dir/page"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x">y</a>', '<a href="https://a.example/x">y</a>'),
        ("<a href=x>y</a>", '<a href="https://a.example/dir/x">y</a>'),
        ('<img src="//b.example/i.png">', '<img src="https://b.example/i.png">'),
        (
            '<img srcset="a.png 1x, /b.png 2x">',
            '<img srcset="https://a.example/dir/a.png 1x, https://a.example/b.png 2x">',
        ),
        ('<a HREF = "../x?a=1&amp;b">y', '<a href="https://a.example/x?a=1&amp;b">y</a>'),
    ],
)
def test_a_relative_link_is_resolved(html: str, expected: str) -> None:
    assert make_links_absolute(html, BASE) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p>Plain <b>text</i> & <a href="https://b.example/">open',
        '<a href="#note">x</a> <b class=/x>y',
        '<a href="mailto:a@b.example"><img src="data:image/png;base64,AA">',
        "<a href=''>",
        "",
    ],
)
def test_html_without_relative_links_stays_byte_for_byte(html: str) -> None:
    assert make_links_absolute(html, BASE) == html
    assert make_links_absolute(html, "") == html


@pytest.mark.parametrize("part", ['href="', "=", '<a href="/x">', "<a ", 'srcset="a,', ", "])
def test_time_is_linear(part: str) -> None:
    expect_linear(lambda size: make_links_absolute(part * size, BASE), 20_000)


def test_void_elements_of_xhtml_are_those_of_html() -> None:
    assert xhtml_as_html('a<br></br><img src="x"></img><p></p>') == 'a<br><img src="x"><p></p>'
