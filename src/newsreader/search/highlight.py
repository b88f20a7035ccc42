"""Find the words of a search in a text, for highlighting."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, assert_never

from newsreader.search.model import And, Dated, Marked, Named, Not, Or, Search, Words
from newsreader.search.tokens import BREAK, CJK, SEPARATOR, WORD, fold, fold_pieces

_PATTERNS_KEPT: Final = 512


def words_of(search: Search) -> Iterator[Words]:
    """List the words that a search wants in a post, without those that it excludes."""
    match search:
        case Words():
            yield search
        case And(parts) | Or(parts):
            for part in parts:
                yield from words_of(part)
        case Not() | Named() | Marked() | Dated():
            pass
        case _:
            assert_never(search)


def match_spans(search: Search, text: str) -> list[tuple[int, int]]:
    """Find the words of a search in a text: `(start, end)` in characters, in order.

    Spans neither overlap nor touch. They say nothing of whether the post as a whole matches.
    """
    patterns = {_pattern(words) for words in words_of(search)}
    if not patterns:
        return []
    folded = fold(text)
    found = [match.span(1) for pattern in patterns for match in pattern.finditer(folded)]
    if not found:
        return []
    pieces, folds = fold_pieces(text)
    # Where each piece begins, in the text and in what it is folded to.
    places = list(accumulate(map(len, pieces), initial=0))
    starts = list(accumulate(map(len, folds), initial=0))
    spans: list[tuple[int, int]] = []
    for first, end in sorted(found):
        # Of pieces that begin at one place, all but the last are folded to nothing.
        start = places[bisect_right(starts, first) - 1]
        # What is folded to nothing belongs to what stands before it: an accent, say.
        stop = places[bisect_right(starts, starts[bisect_left(starts, end)]) - 1]
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((start, stop))
    return spans


@lru_cache(maxsize=_PATTERNS_KEPT)
def _pattern(words: Words) -> re.Pattern[str]:
    """Compile a pattern of tokens in a folded text; in a lookahead, so that matches may overlap."""
    parts = [_token(words.tokens[0])]
    for before, token in pairwise(words.tokens):
        parts += [_between(before, token), _token(token)]
    start = f"(?<!{WORD})" if not _is_cjk(words.tokens[0]) else ""
    end = "" if words.prefix or _is_cjk(words.tokens[-1]) else f"(?!{WORD})"
    more = f"{WORD}*" if words.prefix else ""
    return re.compile(f"{start}(?=({''.join(parts)}{more}{end}))")


def _token(token: str) -> str:
    if token == BREAK:
        return f"{SEPARATOR}+"
    return f"{re.escape(token)} " if _is_cjk(token) else re.escape(token)


def _between(before: str, after: str) -> str:
    if BREAK in {before, after} or (_is_cjk(before) and _is_cjk(after)):
        return ""
    return f"{SEPARATOR}*" if _is_cjk(before) or _is_cjk(after) else f"{SEPARATOR}+"


def _is_cjk(token: str) -> bool:
    return re.match(f"[{CJK}]", token) is not None
