"""The words of dates in the language in use."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from newsreader.messages import Language, language, phrase, phrase_of
from newsreader.posts.format_date import DateWords

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def date_words() -> DateWords:
    """The words of dates in the language in use; the same object until that changes."""
    return _date_words(language())


@lru_cache(maxsize=1)
def _date_words(_language: Language) -> DateWords:
    return DateWords(
        undated=phrase("undated"),
        today=phrase("today"),
        yesterday=phrase("yesterday"),
        tomorrow=phrase("tomorrow"),
        weekdays=tuple(map(phrase_of, WEEKDAYS)),
        future=phrase("(future)"),
    )
