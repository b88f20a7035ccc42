"""A post's body as a document, and what can be asked of one: pure, and nothing of the screen."""

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
from newsreader.article.facts import count_words, headings, links, plain_text, reading_minutes
from newsreader.article.parse import parse_article, parse_body

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
]
