"""How a terminal shows images."""

from __future__ import annotations

import fcntl
import os
import struct
import termios

import pytest

from newsreader.tui.images.protocols import USUAL_CELL, cell_size, protocol_of, told_protocol


@pytest.mark.parametrize(
    ("environment", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iterm"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "iterm"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "iterm"),
        ({"TERM": "tmux-256color", "LC_TERMINAL": "iTerm2"}, None),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, None),
        ({"TERM": "screen", "TERM_PROGRAM": "iTerm.app"}, None),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, None),
        ({}, None),
    ],
)
def test_the_environment_tells_some(environment: dict[str, str], protocol: str | None) -> None:
    assert told_protocol(environment) == protocol


@pytest.mark.parametrize(
    ("attributes", "protocol"),
    [({"62", "4", "22"}, "sixel"), ({"64", "22", "42"}, "blocks"), (set(), "blocks")],
)
def test_attributes_tell_of_sixels(attributes: set[str], protocol: str) -> None:
    assert protocol_of(frozenset(attributes)) == protocol


@pytest.mark.parametrize(
    ("told", "size"),
    [
        ((24, 80, 720, 432), (9, 18)),
        ((24, 80, 0, 0), USUAL_CELL),
        ((0, 0, 720, 432), USUAL_CELL),
        ((24, 80, 10, 10), USUAL_CELL),
    ],
)
def test_cells_are_as_large_as_the_terminal_says(
    told: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    first, second = os.openpty()
    fcntl.ioctl(first, termios.TIOCSWINSZ, struct.pack("4H", *told))
    assert cell_size(second) == size
    for each in (first, second):
        os.close(each)


def test_what_is_no_terminal_has_cells_of_the_usual_size() -> None:
    reading, writing = os.pipe()
    assert cell_size(reading) == USUAL_CELL
    for each in (reading, writing):
        os.close(each)
