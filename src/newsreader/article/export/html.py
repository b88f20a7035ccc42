"""Write a document as clean HTML."""

from __future__ import annotations

import html
from typing import TypeAlias, assert_never

from newsreader.article.document import (
    Block,
    Cell,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    List,
    Numeral,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsreader.text import EMPTY, Clean

_Piece: TypeAlias = "str | Block"

_TAGS = (
    (Emphasis.BOLD, "strong"),
    (Emphasis.ITALIC, "em"),
    (Emphasis.CODE, "code"),
    (Emphasis.STRIKE, "del"),
    (Emphasis.UNDERLINE, "u"),
    (Emphasis.MARK, "mark"),
    (Emphasis.DIM, "small"),
)


def to_html(document: Document, footer: Clean = EMPTY) -> str:
    """Write a document as HTML, one block per line, everything escaped.

    Args:
        document: The article.
        footer: A sentence below it, such as what `Document.cut` means.

    Returns:
        The body alone: no `html` or `head` around it, no scripts, styles or classes but the
        `language-…` of code, and nothing that a browser fetches: media are links.
    """
    parts: list[str] = []
    pieces: list[_Piece] = list(reversed(document.blocks))
    while pieces:
        piece = pieces.pop()
        if isinstance(piece, str):
            parts.append(piece)
        else:
            pieces.extend(reversed(_html_pieces(piece)))
    if footer:
        parts.append(f"<p><small>{html.escape(footer)}</small></p>\n")
    return "".join(parts)


def _html_pieces(block: Block) -> list[_Piece]:
    """Split a block into HTML and the blocks inside it, in order."""
    match block:
        case Heading(level, spans):
            return [f"<h{level}>{_html_spans(spans)}</h{level}>\n"]
        case Paragraph(spans):
            return [f"<p>{_html_spans(spans)}</p>\n"]
        case Quote(blocks):
            return ["<blockquote>\n", *blocks, "</blockquote>\n"]
        case List():
            return _html_list(block)
        case CodeBlock(text, language):
            named = f' class="language-{html.escape(language)}"' if language else ""
            return [f"<pre><code{named}>{html.escape(text)}</code></pre>\n"]
        case Table(rows, caption, groups):
            head = f"<caption>{_html_spans(caption)}</caption>\n" if caption else ""
            begins = frozenset(groups)
            body = "".join(
                f"{'<tbody>' * (number in begins)}<tr>{''.join(map(_html_cell, row))}</tr>\n"
                for number, row in enumerate(rows)
            )
            return [f"<table>\n{head}{body}</table>\n"]
        case Figure():
            return [_html_figure(block)]
        case Rule():
            return ["<hr>\n"]
        case _:
            assert_never(block)


def _html_list(block: List) -> list[_Piece]:
    pieces: list[_Piece] = []
    match block.kind:
        case "bullet":
            start, end = "<ul>\n", "</ul>\n"
        case "number":
            first = f' start="{block.start}"' if block.start != 1 else ""
            start, end = f"<ol{first}{_html_numeral(block.numeral)}>\n", "</ol>\n"
        case "definition":
            start, end = "<dl>\n", "</dl>\n"
        case _:
            assert_never(block.kind)
    for item in block.items:
        if block.kind == "definition":
            term = f"<dt>{_html_spans(item.term)}</dt>\n" if item.term else ""
            pieces += [f"{term}<dd>\n", *item.blocks, "</dd>\n"]
        else:
            value = "" if item.number is None else f' value="{item.number}"'
            pieces += [f"<li{value}>\n", *item.blocks, "</li>\n"]
    return [start, *pieces, end]


def _html_numeral(numeral: Numeral) -> str:
    match numeral:
        case "1":
            return ""
        case "一":
            return ' style="list-style-type:cjk-ideographic"'
        case _:
            return f' type="{numeral}"'


def _html_cell(cell: Cell) -> str:
    tag = "th" if cell.heading else "td"
    facts = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    facts += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    facts += f' align="{cell.align}"' if cell.align != "left" else ""
    return f"<{tag}{facts}>{_html_spans(cell.spans)}</{tag}>"


def _html_figure(figure: Figure) -> str:
    """Write a medium as a link: an `img` would contact a stranger's host on opening the page."""
    source = html.escape(figure.source)
    alt = html.escape(f"{figure.alt} {figure.written}".strip())
    markup = f'<a href="{source}">{alt or source}</a>' if source else alt
    if figure.link and figure.link != figure.source:
        link = html.escape(figure.link)
        markup += f' <a href="{link}">→</a>'
    caption = f"<figcaption>{_html_spans(figure.caption)}</figcaption>" if figure.caption else ""
    return f"<figure>{markup}{caption}</figure>\n"


def _html_spans(spans: Spans) -> str:
    return "".join(map(_html_span, spans))


def _html_span(span: Span) -> str:
    text = html.escape(span.text, quote=False).replace("\n", "<br>")
    for flag, tag in _TAGS:
        if flag in span.emphasis:
            text = f"<{tag}>{text}</{tag}>"
    if span.anchor:
        text = f'<span id="{html.escape(span.anchor)}">{text}</span>'
    if span.link:
        text = f'<a href="{html.escape(span.link)}">{text}</a>'
    return text
