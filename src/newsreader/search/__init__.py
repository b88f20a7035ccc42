"""What is searched for, and how texts are made comparable with it. Pure: no input or output."""

from newsreader.search.highlight import match_spans, words_of
from newsreader.search.model import (
    And,
    Dated,
    Marked,
    Named,
    Not,
    Or,
    QueryError,
    Search,
    Words,
)
from newsreader.search.parse_query import FIELDS, parse_query
from newsreader.search.tokens import BREAK, fold_name, index_text

__all__ = [
    "BREAK",
    "FIELDS",
    "And",
    "Dated",
    "Marked",
    "Named",
    "Not",
    "Or",
    "QueryError",
    "Search",
    "Words",
    "fold_name",
    "index_text",
    "match_spans",
    "parse_query",
    "words_of",
]
