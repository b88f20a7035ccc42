"""The browser that opens links: that of the config, of `$BROWSER`, or the system's own.

Python's `webbrowser` knows what the system has. It is asked in a process of its own: what a browser
writes would stand on the screen, and one that is not in the background would be waited for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Final

from newsreader.messages import phrase
from newsreader.text import clean_line, literal
from newsreader.tui.programs.command import Program, ProgramError, describe_failure, find_program

TEXT_BROWSERS: Final = frozenset(
    {"browsh", "carbonyl", "cha", "chawan", "edbrowse", "elinks", "links", "links2", "lynx", "w3m"}
)
"""Browsers that draw on the terminal."""

PLACE: Final = "%s"
"""What stands for the address in a command; without it the address comes last."""

PATIENCE_SECONDS: Final = 5.0
"""How long a browser may take to fail. One that runs on has opened the page."""

_OPEN: Final = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def find_browser(command: str, address: str) -> Program:
    """Find what opens an address. Asks the system, so it is called in a thread.

    Args:
        command: That of the config; empty: none.
        address: What `text.safe_link` let pass.

    Raises:
        ProgramError: There is no such browser, or none at all.
    """
    if command:
        return _program(find_program(command, name=literal("browser")), address)
    failure: ProgramError | None = None
    for named in filter(None, os.environ.get("BROWSER", "").split(os.pathsep)):
        try:
            words = find_program(named.removesuffix("&"), name=literal("$BROWSER"))
            return _program(words, address)
        except ProgramError as error:
            failure = failure or error  # the next one may be there, as Python has it
    if failure is not None:
        raise failure
    return _default_browser(address)


def _program(words: tuple[str, ...], address: str) -> Program:
    placed = tuple(word.replace(PLACE, address) for word in words)
    arguments = placed if placed != words else (*words, address)
    return Program(arguments, takes_terminal=_is_text_browser(words[0]))


def _is_text_browser(program: str) -> bool:
    """Whether a program draws on the terminal, also behind Debian's `www-browser`."""
    found = shutil.which(program) or program
    return bool({Path(found).name, Path(found).resolve().name} & TEXT_BROWSERS)


def _default_browser(address: str) -> Program:
    import webbrowser  # noqa: PLC0415  (when it is needed)

    try:
        name = str(getattr(webbrowser.get(), "name", ""))
    except webbrowser.Error:
        raise ProgramError(
            phrase("No browser is found here: name one with `browser` in the config")
        ) from None
    if name and _is_text_browser(name):
        return Program((name, address), takes_terminal=True)
    return Program((sys.executable, "-c", _OPEN, address))


def open_in_background(program: Program) -> None:
    """Start a program that has a window of its own; it outlives the reader.

    Raises:
        ProgramError: It cannot be started, or it fails at once.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  (what the user has named)
            program.arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise describe_failure(program.arguments, error) from None
    try:
        status = process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        Thread(target=process.wait, name="browser", daemon=True).start()  # so it leaves no zombie
        return
    if status:
        name = clean_line(Path(program.arguments[0]).name)
        if program.arguments[1:2] == ("-c",):
            name = phrase("The browser")
        raise ProgramError(phrase("{} failed with status {}", name, status))
