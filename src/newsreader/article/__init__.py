"""A post's body as a document, and what can be asked of one: pure, and nothing of the screen.

The parser is imported when it is first asked for: it takes 40 ms, and a reader shows its lists
before it needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from newsreader.article.facts import (
        count_words,
        headings,
        links,
        plain_text,
        reading_minutes,
    )
    from newsreader.article.parse import parse_article, parse_body
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

_FACTS = ("count_words", "headings", "links", "plain_text", "reading_minutes")
_PARSE = ("parse_article", "parse_body")


def __getattr__(name: str) -> object:
    """Import what was left for later (PEP 562)."""
    if name in _FACTS:
        from newsreader.article import facts  # noqa: PLC0415  (late, see above)

        found: object = getattr(facts, name)
    elif name in _PARSE:
        from newsreader.article import parse  # noqa: PLC0415  (late, see above)

        found = getattr(parse, name)
    elif name == "search_text":
        from newsreader.article import visible  # noqa: PLC0415  (late, see above)

        found = visible.search_text
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found
