"""Which colours terminals have."""

from __future__ import annotations

import pytest

from newsreader.tui.looks.terminal_colours import has_256_colours, has_few_colours, has_no_colour


@pytest.mark.parametrize(
    ("environment", "few"),
    [
        ({"TERM": "linux"}, True),
        ({"TERM": "xterm"}, True),
        ({"TERM": "screen"}, True),
        ({"TERM": "vt100"}, True),
        ({"TERM": "xterm-16color"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "tmux-256color"}, False),
        ({"TERM": "xterm-kitty"}, False),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, False),
        ({"TERM": "alacritty", "COLORTERM": "24bit"}, False),
    ],
)
def test_the_kind_of_a_terminal_tells_its_colours(environment: dict[str, str], few: bool) -> None:
    assert has_few_colours(environment) is few


def test_an_empty_variable_wants_colours() -> None:
    assert has_no_colour({"NO_COLOR": "1"})
    assert not has_no_colour({"NO_COLOR": ""})
    assert not has_no_colour({})


def test_a_terminal_that_does_not_say_more_has_256() -> None:
    assert has_256_colours({"TERM": "xterm-256color"})
    assert not has_256_colours({"TERM": "xterm-256color", "COLORTERM": "truecolor"})
    assert not has_256_colours({"TERM": "linux"})
