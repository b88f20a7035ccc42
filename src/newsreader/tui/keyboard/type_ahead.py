"""Hold what is typed right behind a key that opens a line to type into, until that is there.

Whoever types `/word` at once, or over a slow line, sends the word before the reader has dealt with
the `/`: its letters would be taken for keys of the pane.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from newsreader.tui.keys import key_of

PATIENCE_SECONDS: Final = 1.0
"""Seconds after which what is held is let go, whatever became of the key before it."""

_OPENING: Final = frozenset(
    key_of(row).keys[0]
    for row in (
        "search",
        "app.palette",
        "category.jump",
        "post.note",
        "app.help",
        "article.outline",
        "article.save",
        "article.pipe",
    )
)

Typed = TypeVar("Typed")


class TypeAhead(Generic[Typed]):
    """The keys that are held, in the order in which they were typed."""

    def __init__(self) -> None:
        self._opening: Typed | None = None
        self._held: list[Typed] = []

    @property
    def is_holding(self) -> bool:
        """Whether keys are held now."""
        return self._opening is not None

    def begin(self, pressed: str, event: Typed) -> bool:
        """Take note of a key that is about to be dealt with.

        Args:
            pressed: The key of the table.
            event: What was typed.

        Returns:
            Whether it opens a line to type into, so that all keys behind it are held.
        """
        if pressed not in _OPENING:
            return False
        self._opening = event
        return True

    def hold(self, event: Typed) -> bool:
        """Hold a key if one before it opens a line; return whether it is held."""
        if self._opening is None:
            return False
        self._held.append(event)
        return True

    def is_opening(self, event: Typed) -> bool:
        """Whether this is the key that others wait for."""
        return event is self._opening

    def release(self) -> list[Typed]:
        """Let all go, in their order."""
        held, self._held, self._opening = self._held, [], None
        return held
