"""The clipboard: of the terminal, by OSC 52, and of the system, by a program that it has.

The terminal's is the one that works over SSH. What it is told is defined by xterm's "Control
Sequences" (OSC 52); tmux passes on what stands in `DCS tmux;`, with every escape character doubled,
and GNU screen what stands in DCS, of which it takes 768 bytes at once.
"""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from shutil import which
from typing import Final

from newsreader.messages import phrase
from newsreader.tui.programs.command import (
    ProgramError,
    describe_failure,
    failed_with,
    find_program,
)

MOST_FOR_TERMINAL: Final = 74_994
"""Bytes of a text that terminals take: 100,000 characters in base64, the least that is common."""

MOST_FOR_PROGRAM: Final = 20_000_000
"""Bytes of a text that a program gets."""

PATIENCE_SECONDS: Final = 5.0
"""How long a program may take; those that stay to give the text away do so in the background."""

_SCREEN_BYTES: Final = 600


def osc52(text: str, environment: Mapping[str, str]) -> str:
    """Write what puts a text onto the terminal's clipboard, also through tmux and screen.

    tmux is told twice: by itself it takes the sequence if its `set-clipboard` is `on`, and passes
    it on if `allow-passthrough` is.
    """
    encoded = b64encode(text.encode("utf-8", "replace")).decode("ascii")
    sequence = f"\x1b]52;c;{encoded}\x07"
    if environment.get("TMUX"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"{sequence}\x1bPtmux;{doubled}\x1b\\"
    if environment.get("STY"):
        pieces = (
            sequence[at : at + _SCREEN_BYTES] for at in range(0, len(sequence), _SCREEN_BYTES)
        )
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence


def clipboard_program(command: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Find what takes a text for the system's clipboard; empty: there is none.

    Args:
        command: That of the config; empty: none.
        environment: Says which display there is.

    Raises:
        ProgramError: The command of the config is none.
    """
    if command:
        return find_program(command, name=phrase("clipboard"))
    candidates: list[tuple[str, ...]] = []
    if environment.get("WAYLAND_DISPLAY"):
        candidates.append(("wl-copy",))
    if environment.get("DISPLAY"):
        candidates += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    if sys.platform == "darwin":
        candidates.append(("pbcopy",))
    if environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"):
        candidates.append(("clip.exe",))
    return next((each for each in candidates if which(each[0])), ())


def give_to_program(arguments: tuple[str, ...], text: str) -> None:
    """Have a program take a text. Called in a thread.

    Raises:
        ProgramError: It cannot be run, fails, or takes too long.
    """
    # Windows' own takes what is no ASCII as UTF-16 alone.
    encoding = "utf-16" if arguments[0].endswith("clip.exe") else "utf-8"
    try:
        subprocess.run(  # noqa: S603  (what the user has named, or the system's own)
            arguments,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            start_new_session=True,
            check=True,
        )
    except OSError as error:
        raise describe_failure(arguments, error) from None
    except subprocess.TimeoutExpired:
        raise ProgramError(phrase("The clipboard does not answer")) from None
    except subprocess.CalledProcessError as error:
        raise failed_with(arguments, error.returncode) from None
