"""Keys are read as those of the table."""

from __future__ import annotations

from newsreader.tui.keyboard.key_reader import KeyReader, KeyReading, Nothing, Pressed, Waiting
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import KEYS


def read(keymap: Keymap, *keys: str) -> list[KeyReading]:
    reader = KeyReader(keymap)
    return [reader.read(key) for key in keys]


def test_every_key_of_the_table_is_itself_where_nothing_is_bound() -> None:
    keys = [key for row in KEYS for key in row.keys]

    assert read(DEFAULT_KEYMAP, *keys) == [Pressed(key) for key in keys]


def test_a_key_of_the_users_is_the_first_of_its_row() -> None:
    keymap = Keymap({"move.down": ("x", "ctrl+n")})

    assert read(keymap, "x", "ctrl+n") == [Pressed("j"), Pressed("j")]


def test_a_key_that_its_row_has_no_more_does_nothing() -> None:
    keymap = Keymap({"move.down": ("x",)})

    assert read(keymap, "j", "down", "k") == [Nothing(), Nothing(), Pressed("k")]


def test_a_key_that_went_to_another_row_is_that_rows() -> None:
    keymap = Keymap({"move.down": ("k",), "move.up": ("j",)})

    assert read(keymap, "j", "k") == [Pressed("k"), Pressed("j")]


def test_a_sequence_waits_for_its_next_key() -> None:
    keymap = Keymap({"move.top": ("g g", "home")})

    waiting = Waiting(("g",), (("g g", "move.top"),))
    assert read(keymap, "g", "g", "home") == [waiting, Pressed("g"), Pressed("g")]


def test_an_unfinished_sequence_ends_with_escape_or_any_other_key() -> None:
    keymap = Keymap({"move.top": ("g g",)})
    waiting = Waiting(("g",), (("g g", "move.top"),))

    assert read(keymap, "g", "escape", "escape") == [waiting, Nothing(("g",)), Pressed("escape")]
    assert read(keymap, "g", "j", "j") == [waiting, Nothing(("g", "j")), Pressed("j")]
    assert read(keymap, "g", "ctrl+c", "g") == [waiting, Pressed("ctrl+c"), waiting]


def test_a_sequence_is_told_all_ways_to_go_on() -> None:
    keymap = Keymap({"move.top": ("g g",), "post.open": ("g o", "enter"), "app.undo": ("g o x",)})

    first = read(Keymap({"move.top": ("g g",), "post.open": ("g o", "enter")}), "g")[0]

    assert first == Waiting(("g",), (("g g", "move.top"), ("g o", "post.open")))
    assert isinstance(read(keymap, "g", "o")[1], Waiting)


def test_a_sequence_that_is_reset_begins_anew() -> None:
    reader = KeyReader(Keymap({"move.top": ("g g",)}))
    reader.read("g")
    reader.reset()

    assert not reader.is_waiting
    assert isinstance(reader.read("g"), Waiting)


def test_other_layouts_and_input_methods_type_the_same_keys() -> None:
    keymap = Keymap({"move.top": ("g g",), "move.down": ("x",)})

    assert read(DEFAULT_KEYMAP, "о", "О", "ξ", "ｊ", "？", "、") == [
        Pressed(key) for key in ("j", "J", "j", "j", "?", "/")
    ]
    assert read(DEFAULT_KEYMAP, "ideographic_space") == [Pressed("space")]
    assert read(keymap, "ч", "п", "ｇ")[0::2] == [Pressed("j"), Pressed("g")]


def test_a_letter_that_is_bound_itself_stands_for_no_other() -> None:
    keymap = Keymap({"post.bookmark": ("о",)})

    assert read(keymap, "о", "j") == [Pressed("m"), Pressed("j")]


def test_a_character_of_no_layout_goes_its_way() -> None:
    assert read(DEFAULT_KEYMAP, "数", "ctrl+y") == [Pressed("数"), Pressed("ctrl+y")]
