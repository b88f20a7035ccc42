"""Match a few typed characters against a title: in this order, with others between them."""

from __future__ import annotations

from newsreader.frozen import dataclass

_LOOSEST = 4
"""A match may be so many times as long as what was typed: farther apart is chance."""
_SLACK = 6

_MOST_STARTS = 40
"""Places that a match is tried from: time stays linear in a title of one repeated letter."""


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """How well a title matches.

    Attributes:
        score: 0 to 1; 1: it begins with what was typed.
        places: Which characters of the title were typed.
    """

    score: float
    places: tuple[int, ...]


def fuzzy_match(typed: str, title: str) -> FuzzyMatch | None:
    """Match what was typed against a title; None if it does not match.

    Letters match in either case. Spaces of what was typed stand for anything.
    """
    wanted = _lower(typed.replace(" ", ""))
    text = _lower(title)
    best: tuple[int, ...] = ()
    start = -1
    for _ in range(_MOST_STARTS):
        start = text.find(wanted[:1], start + 1)
        places = _places(wanted, text, start) if start >= 0 else ()
        if not places:
            break
        if not best or places[-1] - places[0] < best[-1] - best[0]:
            best = places
            if len(best) == best[-1] - best[0] + 1:
                break
    length = best[-1] - best[0] + 1 if best else 0
    if not best or length > _LOOSEST * len(wanted) + _SLACK:
        return None
    score = len(wanted) / length
    is_start = best[0] == 0 or not text[best[0] - 1].isalnum()
    near = 1 - min(best[0], 100) / 1000
    return FuzzyMatch(score * (1.0 if is_start else 0.9) * near, best)


def _places(wanted: str, text: str, start: int) -> tuple[int, ...]:
    """The nearest places of all characters from a start on; none if one is missing."""
    places = [start]
    for character in wanted[1:]:
        at = text.find(character, places[-1] + 1)
        if at < 0:
            return ()
        places.append(at)
    return tuple(places) if wanted else ()


def _lower(text: str) -> str:
    """In small letters, of the same length, so that places stay what they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
