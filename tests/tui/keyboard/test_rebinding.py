"""What the config binds, and what is wrong with it."""

from __future__ import annotations

import pytest

from newsreader.config.values import NamedTexts
from newsreader.messages import describe
from newsreader.tui.keyboard.key_reader import KeyReader, Pressed
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.keyboard.rebinding import read_keymap
from newsreader.tui.keys import KEYS


def entries(**rows: str | list[str]) -> list[NamedTexts]:
    """The entries of a config, a line each; `__` in a name is a point and `_` a hyphen."""
    return [
        NamedTexts(
            line,
            name.replace("__", ".").replace("_", "-"),
            tuple([keys] if isinstance(keys, str) else keys),
        )
        for line, (name, keys) in enumerate(rows.items(), 1)
    ]


def read(**rows: str | list[str]) -> tuple[Keymap, list[str]]:
    keymap, problems = read_keymap(entries(**rows))
    return keymap, [f"{line}: {describe(problem)}" for line, problem in problems]


def test_an_action_has_the_keys_that_the_config_gives_it() -> None:
    keymap, problems = read(move__down=["j", "Down", "ctrl+n"], move__top="g g")

    assert problems == []
    assert keymap.changed == {"move.down": ("j", "down", "ctrl+n"), "move.top": ("g g",)}


def test_keys_may_be_parted_by_commas() -> None:
    keymap, problems = read(move__down="j, ctrl+n", move__up=",")

    assert problems == []
    assert keymap.changed == {"move.down": ("j", "ctrl+n"), "move.up": (",",)}


def test_two_actions_may_change_their_keys() -> None:
    keymap, problems = read(move__down="k", move__up="j")

    assert problems == []
    assert keymap.changed == {"move.down": ("k",), "move.up": ("j",)}


def test_an_action_may_have_no_key() -> None:
    keymap, problems = read(post__note=[])

    assert problems == []
    assert keymap.changed == {"post.note": ()}


def test_escape_always_goes_back() -> None:
    assert read(app__back="x")[0].changed == {"app.back": ("x", "escape")}
    assert read(app__back=["escape", "x"])[1] == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            {"move__dwn": "x"},
            "1: there is no action `move.dwn` that keys could have; did you mean `move.down`?",
        ),
        ({"xyzzy": "x"}, "1: there is no action `xyzzy` that keys could have."),
        ({"move__top": "gg"}, "1: `gg` of `move.top` is no key; did you mean `g g`?"),
        (
            {"move__top": "pagedwn"},
            "1: `pagedwn` of `move.top` is no key; did you mean `pagedown`?",
        ),
        ({"move__top": "g hyper+x"}, "1: `g hyper+x` of `move.top` is no key."),
        ({"move__top": "g h i j k l"}, "1: `g h i j k l` of `move.top` is no key."),
        (
            {"move__top": "ctrl+["},
            "1: `move.top` cannot have `escape`, which always ends what is begun.",
        ),
        (
            {"move__top": "ctrl+c x"},
            "1: `move.top` cannot have `ctrl+c`, which always ends what is begun.",
        ),
        (
            {"move__top": "x", "app__undo": ["x", "f4"]},
            "2: `x` is a key of `move.top` already, so `app.undo` does not get it.",
        ),
        (
            {"move__top": "x x", "app__undo": ["x", "f4"]},
            "2: `x` of `app.undo` and `x x` of `move.top` begin alike, so the first is left out.",
        ),
        (
            {"app__undo": "z"},
            (
                "1: `z` was a key of `view.zoom`, and `z` is one of `app.undo` now;"
                " give `view.zoom` its keys here too."
            ),
        ),
        (
            {"app__undo": "g u"},
            (
                "1: `g` was a key of `move.top`, and `g u` is one of `app.undo` now;"
                " give `move.top` its keys here too."
            ),
        ),
    ],
)
def test_a_mistake_is_told(rows: dict[str, str | list[str]], problem: str) -> None:
    assert read(**rows)[1] == [problem]


def test_what_is_right_is_used_beside_what_is_wrong() -> None:
    keymap, problems = read(
        nothing="x", move__down=["hyper+x", "ctrl+n"], move__up="whatever", app__undo="z"
    )

    assert len(problems) == 4
    assert keymap.changed == {"move.down": ("ctrl+n",), "app.undo": ("z",), "view.zoom": ()}


def test_an_action_whose_keys_are_all_another_ones_keeps_what_it_had() -> None:
    keymap, problems = read(move__top="x", app__undo="x")

    assert len(problems) == 1
    assert keymap.changed == {"move.top": ("x",)}


def test_every_action_can_have_a_sequence() -> None:
    rows = {
        row.id.replace(".", "__").replace(
            "-", "_"
        ): f"f12 {chr(0x61 + at // 26)} {chr(0x61 + at % 26)}"
        for at, row in enumerate(KEYS)
    }
    keymap, problems = read(**rows)
    reader = KeyReader(keymap)

    assert problems == []
    for row in KEYS:
        for key in keymap.keys(row)[0].split(" "):
            reading = reader.read(key)
        assert reading == Pressed(row.keys[0])


def test_foreign_text_is_cleaned() -> None:
    _, problems = read_keymap(
        [NamedTexts(1, "\x1b[2J", ("x",)), NamedTexts(2, "search", ("\x1b]0;x",))]
    )

    assert not any("\x1b" in describe(problem) for _, problem in problems)
