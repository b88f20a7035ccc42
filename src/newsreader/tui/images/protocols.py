"""Find out how a terminal shows images, and how large its cells are.

Kitty's and iTerm's ways are told by the environment alone: a question to a terminal that knows
neither would be shown by some. Whether it knows sixels is told by its device attributes (DA1:
`CSI c`), which all terminals have answered since the VT100; they have a 4 then.
"""

from __future__ import annotations

import fcntl
import os
import struct
import termios
from collections.abc import Mapping
from typing import Final, Literal

ProtocolName = Literal["kitty", "iterm", "sixel", "blocks"]
"""How an image is shown; blocks are characters, two pixels each."""

USUAL_CELL: Final = (10, 20)
"""Pixels of a cell where the terminal does not tell: those of a VT340."""

_SIXEL: Final = "4"
_KITTY: Final = frozenset({"xterm-kitty", "xterm-ghostty"})
_ITERM: Final = frozenset({"iTerm.app", "iTerm2", "WezTerm", "mintty"})


def told_protocol(environment: Mapping[str, str]) -> ProtocolName | None:
    """The way that the environment tells; `None`: the terminal has to be asked.

    Inside tmux and screen it tells of the terminal around them, to which they give nothing on.
    """
    term = environment.get("TERM", "")
    if "TMUX" in environment or "STY" in environment or term.startswith(("tmux", "screen")):
        return None
    programs = {environment.get("TERM_PROGRAM"), environment.get("LC_TERMINAL")}
    if term in _KITTY:
        return "kitty"
    return "iterm" if programs & _ITERM else None


def protocol_of(attributes: frozenset[str]) -> ProtocolName:
    """The way of a terminal that has answered with its attributes, or not at all."""
    return "sixel" if _SIXEL in attributes else "blocks"


def cell_size(descriptor: int) -> tuple[int, int]:
    """Width and height of a cell of the terminal in pixels."""
    try:
        answer = fcntl.ioctl(descriptor, termios.TIOCGWINSZ, b"\0" * 8)
    except OSError:
        return USUAL_CELL
    rows, columns, width, height = struct.unpack("4H", answer)
    if not (rows and columns and width >= columns and height >= rows):
        return USUAL_CELL
    return width // columns, height // rows


def terminal_cell_size() -> tuple[int, int]:
    """The same, of the terminal that the reader draws on."""
    return cell_size(2) if os.isatty(2) else USUAL_CELL
