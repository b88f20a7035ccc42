"""Find the piece of a text that shows where a search found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from newsreader.frozen import dataclass
from newsreader.search.highlight import match_spans, words_of
from newsreader.search.model import And, Dated, Marked, Named, Not, Or, Search, Words
from newsreader.text import Clean, clean_line, derive, fill

MOST_TEXT: Final = 300_000
"""Characters of a text that are looked through."""

BEFORE: Final = 60
"""Characters shown before the match, at most."""

LONGEST: Final = 300
"""Characters of an excerpt."""

_PART: Final = 4_000


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text around a match.

    Attributes:
        text: On one line; it begins with `…` if something stands before it.
        spans: The matches in it: `(start, end)` in characters, in order.
    """

    text: Clean
    spans: tuple[tuple[int, int], ...]


def is_found_in(search: Search, text: str) -> bool:
    """Whether a text holds all that a search looks for in texts, however else it narrows them."""
    match search:
        case Words():
            return bool(match_spans(search, text))
        case And(parts):
            return all(is_found_in(part, text) for part in parts)
        case Or(parts):
            return any(is_found_in(part, text) for part in parts)
        case Not() | Named() | Marked() | Dated():
            return True
        case _:
            assert_never(search)


def find_excerpt(search: Search, title: str, texts: Iterable[str]) -> Excerpt | None:
    """Find the piece of a post that shows what its title does not.

    Args:
        search: What was searched for.
        title: The title of the post, which is shown anyway.
        texts: Where else to look, one after the other: the first one that holds a word is shown.
            Words and phrases do not run over their line ends.

    Returns:
        The line with the most of the words that the title lacks; `None` if there is nothing to
        show. Time is linear in the length of the texts.
    """
    if is_found_in(search, title):
        return None
    wanted = [
        words
        for words in dict.fromkeys(words_of(search))
        if words.field == "any" and not match_spans(words, title)
    ]
    if not wanted:
        return None
    for text in texts:
        best, most = "", 0
        for line in _lines(text[:MOST_TEXT]):
            count = sum(bool(match_spans(words, line)) for words in wanted)
            if count > most:
                best, most = line, count
                if count == len(wanted):
                    break
        if most:
            return _cut(wanted, clean_line(best))
    return None


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        # A match at the end of a part stands whole in the next one, which begins before it.
        for start in range(0, max(1, len(line)), _PART - BEFORE):
            yield line[start : start + _PART]


def _cut(wanted: list[Words], line: Clean) -> Excerpt | None:
    # Only these are marked: the others stand in the title, where they are marked as well.
    found = match_spans(Or(tuple(wanted)), line)
    if not found:
        return None
    start = max(0, found[0][0] - BEFORE)
    shift = start - 1 if start else 0
    piece = derive(line, line[start : start + LONGEST])
    text = fill("…{}", piece) if start else piece
    spans = ((first - shift, min(end - shift, len(text))) for first, end in found)
    return Excerpt(text, tuple(span for span in spans if span[0] < span[1]))
