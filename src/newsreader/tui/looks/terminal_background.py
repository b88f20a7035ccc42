"""Ask the terminal for the colour of its background, and understand the answer.

The question is `OSC 11 ; ?` of xterm's control sequences; the answer has a colour as `XParseColor`
reads it, `rgb:1e1e/1e1e/2e2e` in nearly all terminals. Terminals that do not know it say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from rich.color_triplet import ColorTriplet

from newsreader.article.render.contrast import contrast
from newsreader.patterns import compile_late

QUESTION: Final = "\x1b]11;?\x1b\\"

_SILENT: Final = frozenset({"linux", "vt100", "vt220"})
"""Kinds of terminals that never answer, of which some would show what is asked."""

_RGB: Final = compile_late(r"rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]+)?")


def answers(term: str) -> bool:
    """Whether a terminal of this kind may be asked."""
    return term not in _SILENT


def guess_is_dark(environment: Mapping[str, str]) -> bool | None:
    """Guess from `COLORFGBG` whether the background is dark; `None` if that says nothing.

    It is set by rxvt, Konsole and others: two or three numbers of colours, the last of which is the
    background's.
    """
    written = environment.get("COLORFGBG", "").rpartition(";")[2]
    if not (written.isascii() and written.isdigit() and len(written) < 3):
        return None
    return int(written) < 7 or int(written) == 8


def is_dark_colour(written: str, otherwise: bool | None) -> bool | None:
    """Whether a colour is dark; `otherwise` if it is none that is known.

    Args:
        written: As a terminal writes it: `rgb:` and three numbers of 1 to 4 hexadecimal digits, or
            `#` and 3, 6, 9 or 12 digits.
        otherwise: The answer for what is no colour.
    """
    written = written.strip().lower()
    found = _RGB.fullmatch(written)
    if found is not None:
        parts = list(found.groups())
    elif re.fullmatch("#[0-9a-f]+", written) and len(written) in (4, 7, 10, 13):
        digits = (len(written) - 1) // 3
        parts = [written[1 + at * digits : 1 + (at + 1) * digits] for at in range(3)]
    else:
        return otherwise
    colour = ColorTriplet(*(int(part, 16) * 255 // (16 ** len(part) - 1) for part in parts))
    return contrast(colour, ColorTriplet(255, 255, 255)) > contrast(colour, ColorTriplet(0, 0, 0))
