"""The keys as they are bound: the table's own, but for what the user has bound instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsreader.config.values import NamedTexts
from newsreader.frozen import dataclass
from newsreader.text import Clean, clean_line
from newsreader.tui.keyboard.key_names import key_name
from newsreader.tui.keys import KEYS, Key, Pane


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys are bound to what.

    Attributes:
        changed: The keys of each row that has others than the table says, by its id, in the order
            to show them. Keys to be pressed one after the other are parted by spaces.
    """

    changed: Mapping[str, tuple[str, ...]]

    def keys(self, key: Key) -> tuple[str, ...]:
        """The keys of a row of the table."""
        return self.changed.get(key.id, key.keys)

    def label(self, key: Key) -> str:
        """All keys of a row, as the help shows them."""
        return " ".join(key_name(each) for each in self.keys(key))

    def first(self, key: Key) -> str:
        """The key of a row that is named where one is enough; empty if it has none."""
        return next((key_name(each) for each in self.keys(key)), "")

    def first_of(self, key_id: str) -> str:
        """The key to name for an id of the table; empty if it has none."""
        return next((self.first(key) for key in KEYS if key.id == key_id), "")

    def name(self, key_id: str) -> Clean:
        """The key to name in a sentence; the id, which can be bound, if there is none."""
        return clean_line(self.first_of(key_id) or key_id)

    def hints(self, pane: Pane, *, matching: bool = False) -> Iterator[tuple[str, str, str]]:
        """Choose the keys that the footer shows for a pane.

        Args:
            pane: The pane that has the focus.
            matching: Whether there are matches in the article that the next one may be gone to.

        Yields:
            The keys, the word beside them, and the id of the row.
        """
        for key in KEYS:
            shown = self._named(key) if pane in key.hinted else ""
            if shown:
                hint = key.hint
                if key.id == "post.next-unread" and pane is Pane.ARTICLE and matching:
                    hint = "next match"
                yield shown, hint, key.id

    def _named(self, key: Key) -> str:
        """The keys that the footer names for a row: of `j/k`, what both rows have now."""
        if not key.first:
            return self.first(key)
        parts = re.split("([/ ])", key.first)
        if not self.changed:
            return key.first
        owners = {each: row for row in KEYS for each in row.keys}
        names = [self.first(owners[part]) if part in owners else "" for part in parts[::2]]
        return (parts[1] if len(parts) > 1 else "").join(filter(None, names))


DEFAULT_KEYMAP: Final = Keymap({})
"""What the table says."""


def keymap_of(entries: Sequence[NamedTexts]) -> Keymap:
    """The keys as a config binds them; what is wrong with it is told when it is read."""
    if not entries:
        return DEFAULT_KEYMAP
    from newsreader.tui.keyboard.rebinding import read_keymap  # noqa: PLC0415  (few bind any)

    return read_keymap(entries)[0]
