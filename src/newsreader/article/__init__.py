"""A post's body as a document, and what can be asked of one: pure, and nothing of the screen.

All of it is imported when it is first asked for: the parser takes 40 ms, and a reader shows its
lists before it needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.late import late_names

if TYPE_CHECKING:
    from newsreader.article.document import (
        Block,
        Cell,
        CodeBlock,
        Document,
        Emphasis,
        Figure,
        Heading,
        Item,
        List,
        Paragraph,
        Quote,
        Rule,
        Span,
        Spans,
        Table,
    )
    from newsreader.article.facts import (
        count_words,
        headings,
        links,
        plain_text,
        reading_minutes,
    )
    from newsreader.article.parse.parse_article import parse_article, parse_body
    from newsreader.article.visible import search_text

__all__ = [
    "Block",
    "Cell",
    "CodeBlock",
    "Document",
    "Emphasis",
    "Figure",
    "Heading",
    "Item",
    "List",
    "Paragraph",
    "Quote",
    "Rule",
    "Span",
    "Spans",
    "Table",
    "count_words",
    "headings",
    "links",
    "parse_article",
    "parse_body",
    "plain_text",
    "reading_minutes",
    "search_text",
]

__getattr__ = late_names(
    __name__,
    {
        "Block": "document",
        "Cell": "document",
        "CodeBlock": "document",
        "Document": "document",
        "Emphasis": "document",
        "Figure": "document",
        "Heading": "document",
        "Item": "document",
        "List": "document",
        "Paragraph": "document",
        "Quote": "document",
        "Rule": "document",
        "Span": "document",
        "Spans": "document",
        "Table": "document",
        "count_words": "facts",
        "headings": "facts",
        "links": "facts",
        "plain_text": "facts",
        "reading_minutes": "facts",
        "parse_article": "parse",
        "parse_body": "parse",
        "search_text": "visible",
    },
)
