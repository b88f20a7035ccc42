"""The footer and other places name keys as they are bound."""

from __future__ import annotations

from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import Pane, key_of


def named(keymap: Keymap, pane: Pane) -> dict[str, str]:
    return {key_id: keys for keys, _, key_id in keymap.hints(pane)}


def test_the_footer_names_the_keys_of_the_table() -> None:
    hints = named(DEFAULT_KEYMAP, Pane.POSTS)

    assert (hints["move.down"], hints["view.all"], hints["search"]) == ("j/k", "1 2 3", "/")


def test_the_footer_names_the_keys_of_the_user() -> None:
    keymap = Keymap({"move.up": ("ctrl+p",), "view.unread": ("g u",), "search": ("f2",)})
    hints = named(keymap, Pane.POSTS)

    assert (hints["move.down"], hints["view.all"], hints["search"]) == ("j/^p", "1 gu 3", "F2")


def test_the_footer_leaves_out_what_has_no_key() -> None:
    hints = named(Keymap({"search": (), "move.up": ()}), Pane.POSTS)

    assert "search" not in hints
    assert hints["move.down"] == "j"


def test_a_row_without_keys_has_no_label() -> None:
    keymap = Keymap({"search": ()})

    assert (keymap.label(key_of("search")), keymap.first_of("search")) == ("", "")
    assert keymap.label(key_of("app.back")) == "q Esc"
