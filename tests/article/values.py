"""Make the values of articles from plain texts, which tests may take as clean."""

from __future__ import annotations

from newsreader.article.document import CodeBlock, Emphasis, Figure, MediumKind, Span, Spans
from newsreader.article.render.placed import Header
from newsreader.text import Clean


def make_span(
    text: str, emphasis: Emphasis = Emphasis.NONE, link: str = "", anchor: str = ""
) -> Span:
    """Make a span."""
    return Span(Clean(text), emphasis, Clean(link), Clean(anchor))


def make_code(text: str, language: str = "") -> CodeBlock:
    """Make a block of code."""
    return CodeBlock(Clean(text), Clean(language))


def make_figure(
    kind: MediumKind,
    source: str,
    alt: str = "",
    caption: Spans = (),
    link: str = "",
    *,
    written: str = "",
) -> Figure:
    """Make a figure."""
    return Figure(kind, Clean(source), Clean(alt), caption, Clean(link), Clean(written))


def make_header(title: str, facts: tuple[str, ...] = (), remarks: tuple[str, ...] = ()) -> Header:
    """Make the header of an article."""
    return Header(Clean(title), tuple(map(Clean, facts)), tuple(map(Clean, remarks)))
