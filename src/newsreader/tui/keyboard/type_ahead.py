"""Hold what is typed right behind a key until it is known where that key leads.

Whoever types `/word` or `hjj` at once, or over a slow line, sends all of it before the reader has
dealt with the first key: the others would be taken for keys of the pane that had the focus then.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from newsreader.tui.keys import KEYS

PATIENCE_SECONDS: Final = 1.0
"""Seconds after which what is held is let go, whatever became of the key before it."""

_STEPS: Final = frozenset(
    name
    for row in KEYS
    if row.id.startswith("move.") or row.id in {"post.next", "post.previous"}
    for name in row.keys
)
"""The keys that leave the focus where it is, of which a held one sends many."""

Typed = TypeVar("Typed")


class TypeAhead(Generic[Typed]):
    """The keys that are held, in the order in which they were typed."""

    def __init__(self) -> None:
        self._leading: Typed | None = None
        self._held: list[Typed] = []

    @property
    def is_holding(self) -> bool:
        """Whether keys are held now."""
        return self._leading is not None

    def begin(self, pressed: str, event: Typed) -> bool:
        """Take note of a key that is about to be dealt with.

        Args:
            pressed: The key of the table.
            event: What was typed.

        Returns:
            Whether it may move the focus or open something, so that all keys behind it are held.
        """
        if pressed in _STEPS:
            return False
        self._leading = event
        return True

    def hold(self, event: Typed) -> bool:
        """Hold a key if one before it may lead elsewhere; return whether it is held."""
        if self._leading is None:
            return False
        self._held.append(event)
        return True

    def is_awaited(self, event: Typed) -> bool:
        """Whether this is the key that others wait for."""
        return event is self._leading

    def release(self) -> list[Typed]:
        """Let all go, in their order."""
        held, self._held, self._leading = self._held, [], None
        return held
