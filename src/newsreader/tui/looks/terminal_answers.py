"""Find what the terminal answers among the keys that it sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from textual.message import Message

from newsreader.patterns import compile_late
from newsreader.tui.looks.terminal_background import QUESTION, is_dark_colour

ATTRIBUTES_QUESTION: Final = "\x1b[c"
"""What are your attributes? (DA1) All terminals have answered since the VT100."""

ANSWER_SECONDS: Final = 0.3

_BEGIN: Final = "\x1b]11;"
_MOST: Final = 64
"""Characters of an answer at most."""

_ANSWER: Final = compile_late("\x1b\\]11;([^\x07\x1b]{0,48})(?:\x07|\x1b\\\\)")
_ATTRIBUTES: Final = compile_late(r"\x1b\[\?([0-9;]{0,40})c")
_POSITION: Final = compile_late(r"\x1b\[[0-9]{1,4};[0-9]{1,4}R")
_POSITION_BEGIN: Final = compile_late(r"\x1b\[[0-9]{1,4}(?:;[0-9]{0,4})?")
_ATTRIBUTES_BEGIN: Final = compile_late(r"\x1b\[(?:\?[0-9;]{0,40})?")


class BackgroundTold(Message):
    """The terminal has said what its background is like."""

    def __init__(self, is_dark: bool) -> None:
        super().__init__()
        self.is_dark = is_dark


class AttributesTold(Message):
    """The terminal has said what it can do (DA1)."""

    def __init__(self, attributes: frozenset[str]) -> None:
        super().__init__()
        self.attributes = attributes


class AsksTerminal:
    """An app that can ask the terminal what it can do."""

    _attributes: asyncio.Future[frozenset[str]] | None = None

    async def ask_attributes(self, write: Callable[[str], object]) -> frozenset[str]:
        """Ask what the terminal can do, once; without an answer in time, nothing is known."""
        if self._attributes is None:
            self._attributes = asyncio.get_running_loop().create_future()
            write(ATTRIBUTES_QUESTION)
        done, _ = await asyncio.wait([self._attributes], timeout=ANSWER_SECONDS)
        return self._attributes.result() if done else frozenset()

    def on_attributes_told(self, event: AttributesTold) -> None:
        """Keep the first answer."""
        if self._attributes is not None and not self._attributes.done():
            self._attributes.set_result(event.attributes)


class AnswerReader:
    """Takes the terminal's answers out of what it sends, which is read as keys otherwise."""

    def __init__(self, *, late_position: bool = False) -> None:
        """Expect nothing, or that the terminal may yet say where the cursor is."""
        self._told: list[Message] = []
        self._late_position = late_position
        self._held = ""
        self._waits = False

    def ask(self) -> str:
        """What to write to the terminal."""
        self._waits = True
        return QUESTION

    def read(self, text: str) -> str:
        """Read what the terminal has sent; return what of it is no answer.

        What may be the beginning of an answer is held back until more comes, or `flush`.
        """
        text = self._held + text
        self._held = ""
        if "\x1b" not in text:
            return text
        for found in _ANSWER.finditer(text):
            self._waits = False
            is_dark = is_dark_colour(found[1], None)
            self._told += [BackgroundTold(is_dark)] if is_dark is not None else []
        for found in _ATTRIBUTES.finditer(text):
            self._told.append(AttributesTold(frozenset(found[1].split(";"))))
        text = _ATTRIBUTES.sub("", _ANSWER.sub("", text))
        if self._late_position and (position := _POSITION.search(text)):
            self._late_position = False  # from now on it is a key: Shift and F3
            text = text[: position.start()] + text[position.end() :]
        at = text.find(_BEGIN)
        if at < 0 or len(text) - at > _MOST:
            at = text.rfind("\x1b")
        if at >= 0 and self._may_begin(text[at:]):
            text, self._held = text[:at], text[at:]
        return text

    def told(self) -> list[Message]:
        """Give what was answered since this was asked last, as messages for the app."""
        told, self._told = self._told, []
        return told

    def flush(self) -> str:
        """Give back what was held: nothing more has come, so it was no answer."""
        held, self._held = self._held, ""
        return "" if held.startswith(_BEGIN) else held

    @property
    def is_holding(self) -> bool:
        """Whether something was held back."""
        return bool(self._held)

    def _may_begin(self, text: str) -> bool:
        if text == "\x1b":  # the key as well: held only as long as an answer is awaited
            return self._waits
        if _ATTRIBUTES_BEGIN.fullmatch(text):
            return True
        if self._late_position and _POSITION_BEGIN.fullmatch(text):
            return True
        return _BEGIN.startswith(text) or (text.startswith(_BEGIN) and len(text) <= _MOST)
