"""Articles that a generator of structures makes up: none raises, none is too wide or unclean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout, layout_steps
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE
from newsreader.article.search_text.search_text import search_text
from newsreader.posts.parse_post import parse_post
from newsreader.text import clean_text

from .constructs import LANGUAGES, LINES, MARKDOWN, TAGS

pytestmark = pytest.mark.long

WORDS = [
    *(
        "中文，“好”。",
        "ab cd",
        "a" * 50,
        "长" * 30,
        "https://h.example/a?b=c",
        "e\u0301",
        "क्\u200dष",
    ),
    *(
        "👩\u200d🚀",
        "🇨🇳",
        "中\u200d🇨🇳",
        "ᄀᄀᄀ",
        "&#27;[31m",
        "&lt;b&gt;",
        "\u202eabc",
        "\u3164",
        "x\u200b" * 9,
    ),
    *MARKDOWN.replace("\n", "").split("|"),
]
TEXT = st.lists(st.sampled_from(WORDS), max_size=5).map("".join)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A tag around something; not always closed."""
    attributes = st.sampled_from(
        [
            "",
            " id=a",
            " class='b sr-only'",
            ' href="http://h/"',
            " src=//h/i.png alt=图",
            " markdown=1",
        ]
    )
    return st.builds(
        lambda tag, attribute, text, closed: f"<{tag}{attribute}>{text}" + f"</{tag}>" * closed,
        st.sampled_from(TAGS),
        attributes,
        inside,
        st.integers(0, 1),
    )


def table(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A table whose cells span rows and columns."""
    span = st.sampled_from(["", "", " colspan=2", " rowspan=3", " colspan=99 rowspan=999"])
    cell = st.builds("<{}{}>{}".format, st.sampled_from(["td", "th"]), span, inside)
    row = st.lists(cell, max_size=5).map(lambda cells: "<tr>" + "".join(cells))
    return st.lists(row, max_size=4).map(lambda rows: f"<table>{''.join(rows)}</table>")


def pipes(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A table of Markdown."""
    row = st.lists(inside, min_size=1, max_size=4).map(lambda cells: f"|{'|'.join(cells)}|\n")
    return st.lists(row, min_size=1, max_size=4).map(
        lambda rows: rows[0] + "|-|-|\n" + "".join(rows)
    )


def indented(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Something in a list or a quote of Markdown."""
    return st.builds(
        lambda mark, text: "\n".join(
            (mark if number == 0 else " " * len(mark) if mark != "> " else mark) + line
            for number, line in enumerate(text.split("\n"))
        ),
        st.sampled_from(["- ", "1. ", "> ", ": ", "    ", "# "]),
        inside,
    )


def fence(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Code of some language."""
    return st.builds(
        lambda language, text, closed: f"\n```{language}\n{text}\n" + "```\n" * closed,
        st.sampled_from(LANGUAGES),
        inside,
        st.integers(0, 1),
    )


def liquid(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Something in a block of Liquid."""
    return st.builds(
        "{{% {0} a %}}{1}{{% end{0} %}}".format,
        st.sampled_from(["highlight", "raw", "comment", "if", "quote"]),
        inside,
    )


def several(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        str.join, st.sampled_from(["", "\n", "\n\n"]), st.lists(inside, min_size=1, max_size=4)
    )


LEAF = TEXT | st.sampled_from(LINES.strip("\n").split("|"))
KINDS = (several, several, element, table, pipes, indented, fence, liquid)


@st.composite
def bodies(draw: st.DrawFn, depth: int = 4) -> str:
    """Structures inside structures; `st.recursive` writes 20 MB of its own description."""
    if not depth or not draw(st.integers(0, 4)):
        return draw(LEAF)
    return draw(draw(st.sampled_from(KINDS))(bodies(depth - 1)))


BODY = bodies()


@settings(max_examples=30, deadline=None)
@given(BODY, st.integers(2, 90))
def test_any_article_is_laid_out_inside_its_column_and_clean(body: str, width: int) -> None:
    check_layout(body, width)


@settings(max_examples=20, deadline=None)
@given(BODY)
def test_any_article_can_be_exported_and_indexed(body: str) -> None:
    check_exports(body)


def is_clean(text: str) -> bool:
    """Whether a text is clean, joiners and variation selectors aside.

    A line may end after a joiner that the next one needs, or begin with the selector of what
    Liquid took out; in HTML other characters stand beside them.
    """
    text = re.sub("[\u200b-\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text)
    return clean_text(text) == text


def check_layout(body: str, width: int) -> None:
    document = parse_body(body, title="ab", site_url="https://s.example")
    for palette in (PLAIN_PALETTE, TERMINAL_PALETTE):
        laid_out = layout(document, width, palette)
        for line in laid_out.lines:
            text = "".join(segment.text for segment in line)
            assert cell_len(text) <= width
            assert sum(segment.cell_length for segment in line) <= width
            assert "\n" not in text
            assert is_clean(text)
        assert sorted(laid_out.offsets) == list(laid_out.offsets)
        *_, last = layout_steps(document, width, palette, first_lines=3)
        assert len(last.lines) == len(laid_out.lines)


def check_exports(body: str) -> None:
    post = parse_post(f"---\ntitle: ab\n---\n{body}".encode("utf-8", "replace"), "2024-05-01-a.md")
    document = parse_body(post.body)
    html = to_html(document)
    assert "<script" not in html
    assert is_clean(html)
    assert to_markdown(post, document).startswith("---\n")
    assert is_clean(search_text(post).replace("\t", " "))
    assert plain_text(document) is not None
