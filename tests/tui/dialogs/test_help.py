"""The help."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from newsreader.tui.dialogs.help import help_lines
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import KEYS, Pane


@pytest.mark.parametrize("width", [30, 51, 69])
@pytest.mark.parametrize("pane", Pane)
def test_the_help_names_every_key_once_within_its_width(pane: Pane, width: int) -> None:
    text = help_lines(pane, "", width).plain
    assert all(cell_len(line) <= max(width, 34) for line in text.splitlines())
    flat = " ".join(text.split())
    assert all(flat.count(f"{DEFAULT_KEYMAP.label(key)} {key.help}") == 1 for key in KEYS)


def test_the_help_names_keys_as_they_are_bound() -> None:
    keymap = Keymap({"move.top": ("g g",), "post.note": ()})

    lines = help_lines(Pane.POSTS, "", 69, keymap).plain.splitlines()

    assert any(line.startswith("gg ") and "first row" in line for line in lines)
    assert any(line.startswith("— ") and "write a note" in line for line in lines)


def test_a_key_finds_what_it_is_bound_to() -> None:
    keymap = Keymap({"move.top": ("g g",), "app.undo": ("x",)})

    assert "undo the last" in help_lines(Pane.POSTS, "x", 69, keymap).plain
    assert "first row" in help_lines(Pane.POSTS, "gg", 69, keymap).plain
