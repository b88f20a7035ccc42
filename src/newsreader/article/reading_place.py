"""Reading places, which survive a change of the article's layout or of its text.

A place is where the reader stopped: so many visible characters into the article, spaces not
counted, in front of these words. Every layout of an article counts in the same way
(`newsreader.article.render.placed.Layout.offsets`), so the number leads back to the place at any
width; if the article was edited meanwhile, the words do.
"""

from __future__ import annotations

from typing import Final

from newsreader.frozen import dataclass

CONTEXT: Final = 32
"""Characters of a context, if the text has as many left."""

# How far from its old place a piece of a context may be found; a short one says little.
_REACH: Final = ((CONTEXT, 10_000_000), (CONTEXT // 2, 20_000), (CONTEXT // 4, 1_000))
_REACH_OF_LESS: Final = 100


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """A place in the text of an article.

    Attributes:
        offset: The number of visible characters before it.
        context: About 32 characters of the text from there on; empty if it is not known.
    """

    offset: int
    context: str = ""


def place_at(text: str, offset: int) -> ReadingPlace:
    """Make the place behind `offset` characters of the `reading_text` of an article."""
    offset = max(0, min(offset, len(text)))
    return ReadingPlace(offset, text[offset : offset + CONTEXT])


def find_place(text: str, place: ReadingPlace) -> int:
    """Find a place in the `reading_text` of an article, which may have been edited since.

    The place's words are looked for nearest to where they were; if they were edited too, what is
    left of them is. If nothing is, the place is as far from the beginning as it was, at most at the
    end. In the beginning of an article alone, the answer is sure if it is `place.offset`.

    Returns:
        The number of visible characters before the place, as `Layout.offsets` counts.

    Time is linear in the length of the text.
    """
    offset, context = max(0, place.offset), place.context[:CONTEXT]
    same_offset = min(offset, len(text))
    if not context or text.startswith(context, same_offset):
        return same_offset
    for size, reach in _REACH:
        if size > len(context):
            continue
        found = [
            at - start
            for start in range(0, len(context) - size + 1, size)
            if (at := _nearest(text, context[start : start + size], offset + start, reach)) >= 0
        ]
        if found:
            return max(0, min(found, key=lambda at: abs(at - offset)))
    if len(context) < _REACH[-1][0]:
        found_at = _nearest(text, context, offset, _REACH_OF_LESS)
        return same_offset if found_at < 0 else found_at
    return same_offset


def _nearest(text: str, words: str, offset: int, reach: int) -> int:
    """Find `words` nearest to `offset`, not farther than `reach`; -1 if not there."""
    before = text.rfind(words, max(0, offset - reach), offset + len(words))
    after = text.find(words, offset, offset + reach + len(words))
    if before < 0 or after < 0:
        return max(before, after)
    return before if offset - before <= after - offset else after
