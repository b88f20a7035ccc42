"""The line below the panes: the keys of the pane that has the focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from newsreader.frozen import dataclass
from newsreader.messages import phrase_of
from newsreader.tui.keyboard.key_names import key_name
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import Pane, key_of
from newsreader.tui.styles import drawn_line, part_style

ALWAYS = frozenset({"app.help", "app.back", "post.open", "pane.left"})
"""Rows of the table that stay if there is no room for all."""


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key on the bar.

    Attributes:
        start: Its first cell.
        end: The cell after its last.
        key: As it is written.
        hint: The word beside it.
        key_id: The row of the table that it stands for.
    """

    start: int
    end: int
    key: str
    hint: str
    key_id: str


class KeyBar(Widget):
    """The keys of the pane that has the focus; each can be clicked."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--hint"}

    pane: reactive[Pane] = reactive(Pane.POSTS, layout=False)
    """The pane that has the focus."""

    matching: reactive[bool] = reactive(False, layout=False)
    """Whether there are matches in the article."""

    begun: reactive[tuple[tuple[str, str], ...]] = reactive((), layout=False)
    """How keys that were pressed can go on: all keys of each sequence, and the id of its row."""

    mode_keys: reactive[Sequence[tuple[str, str]]] = reactive((), layout=False)
    """The keys of the mode that the article is in, and a word for each; empty: none."""

    class Pressed(Message):
        """A key of the bar was clicked."""

        def __init__(self, key_id: str) -> None:
            super().__init__()
            self.key_id = key_id

    def __init__(self, keymap: Keymap = DEFAULT_KEYMAP) -> None:
        super().__init__()
        self.keymap = keymap

    def hints(self) -> list[KeyHint]:
        """The keys that fit, from left to right; help is always one of them.

        While a sequence of keys waits for its next one: the sequences that it can become.
        """
        items = list(self.keymap.hints(self.pane, matching=self.matching))
        if self.mode_keys:
            items = [(key, hint, "") for key, hint in self.mode_keys]
        elif self.begun:
            items = [(key_name(keys), key_of(key_id).help, key_id) for keys, key_id in self.begun]
        items = [(keys, phrase_of(hint), key_id) for keys, hint, key_id in items]
        lengths = [cell_len(key) + 1 + cell_len(hint) + 2 for key, hint, _ in items]
        fitting = set(range(len(items)))
        optional = [at for at, (_, _, key_id) in enumerate(items) if key_id not in ALWAYS]
        while optional and sum(lengths[at] for at in fitting) > self.size.width - 1:
            fitting.discard(optional.pop())
        fitted, start = [], 1
        for at, (key, hint, key_id) in enumerate(items):
            if at in fitting:
                fitted.append(KeyHint(start, start + lengths[at] - 2, key, hint, key_id))
                start += lengths[at]
        return fitted

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  (one line)
        """Draw as many keys as fit."""
        base = self.rich_style
        key_style = part_style(self, "keys--key")
        hint_style = part_style(self, "keys--hint")
        segments = [Segment(" ", base)]
        for hint in self.hints():
            segments += [Segment(hint.key, key_style), Segment(f" {hint.hint}  ", hint_style)]
        return drawn_line(segments, self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Run the key under the mouse."""
        for hint in self.hints():
            if hint.key_id and hint.start <= event.x < hint.end:
                event.stop()
                self.post_message(self.Pressed(hint.key_id))
