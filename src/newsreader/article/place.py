"""A place in the text of an article: what is kept of where somebody stopped reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text of an article.

    Attributes:
        offset: The number of visible characters before it.
        context: About 32 characters of the text from there on; empty where it is not known.
    """

    offset: int
    context: str = ""
