"""Read the keys that are pressed as those of the table: bound ones, layouts, sequences.

Panes and modes of panes know the table's own keys alone. What the user has bound instead becomes
the first key that the table has for it, before anybody sees it.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from newsreader.frozen import dataclass
from newsreader.tui.keyboard.key_names import WIDE_SPACE_KEY
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.keys import KEYS

FIXED: Final = frozenset({"escape", "ctrl+c"})
"""Keys that do what they always do: they end what is begun."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key of the table was pressed, or one that nobody has bound."""

    key: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Keys were pressed that others must follow.

    Attributes:
        typed: What was pressed so far.
        ways: How it can go on: all keys of a sequence, and the id of the row that it is bound to.
    """

    typed: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """What was pressed is bound to nothing; `typed` is the sequence that it ended, if any."""

    typed: tuple[str, ...] = ()


KeyReading: TypeAlias = Pressed | Waiting | Nothing


class KeyReader:
    """Reads one key after the other.

    A sequence waits for its next key as long as that takes: over a slow line, the second key of
    `g g` may come seconds after the first.
    """

    def __init__(self, keymap: Keymap) -> None:
        self._bound: dict[tuple[str, ...], str] = {}
        free: set[str] = set()
        taken: set[str] = set()
        for row in KEYS:
            changed = row.id in keymap.changed
            for keys in keymap.keys(row):
                if changed or " " in keys:
                    self._bound[tuple(keys.split(" "))] = row.id
                else:
                    taken.add(keys)
            if changed:
                free |= {*row.keys}
        self._free = free - taken
        self._first = {row.id: next(each for each in row.keys if " " not in each) for row in KEYS}
        self._begun = {keys[:at] for keys in self._bound for at in range(1, len(keys))}
        self._typed: tuple[str, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether a sequence has begun."""
        return bool(self._typed)

    def reset(self) -> None:
        """Forget what was begun."""
        self._typed = ()

    def read(self, key: str) -> KeyReading:
        """Read the next key.

        Args:
            key: A character, or Textual's name of a key that prints nothing.
        """
        begun, self._typed = self._typed, ()
        if key in FIXED:
            return Nothing(begun) if begun and key == "escape" else Pressed(key)
        typed = (*begun, self.latin(key, begun))
        if typed in self._begun:
            self._typed = typed
            return Waiting(typed, tuple(self._ways(typed)))
        if typed in self._bound:
            return Pressed(self._first[self._bound[typed]])
        if begun:
            return Nothing(typed)
        return Nothing() if typed[0] in self._free else Pressed(typed[0])

    def latin(self, key: str, begun: tuple[str, ...] = ()) -> str:
        """The key that is meant by a character of another layout, unless it is bound itself."""
        typed = (*begun, key)
        if key == WIDE_SPACE_KEY:
            return "space"
        if key.isascii() or typed in self._begun or typed in self._bound:
            return key
        from newsreader.tui.keyboard.layouts import LATIN_KEYS  # noqa: PLC0415  (few have another)

        return LATIN_KEYS.get(key, key)

    def _ways(self, typed: tuple[str, ...]) -> list[tuple[str, str]]:
        return [
            (" ".join(keys), row_id)
            for keys, row_id in self._bound.items()
            if keys[: len(typed)] == typed
        ]
