"""Reads what is typed from the terminal."""

from __future__ import annotations

import codecs
import os
import selectors
import sys
from collections.abc import Iterator
from threading import Event
from typing import Final

_BYTES_AT_ONCE: Final = 4096
_POLL_SECONDS: Final = 0.1
"""Seconds until the thread that reads notices that the reader ends, at most."""


def read_terminal(descriptor: int, ended: Event, typed: bytes) -> Iterator[str | None]:
    """Read in the terminal's own encoding, and leave out what is no text in it.

    Args:
        descriptor: Of the terminal.
        ended: Set when the reader ends.
        typed: What was read before, which comes first.

    Yields:
        What was typed; `None` each time that nothing was for a while.

    Raises:
        EOFError: The terminal is gone.
    """
    decode = codecs.getincrementaldecoder(input_encoding())("ignore").decode
    with selectors.SelectSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while not ended.is_set():
            if not typed and not selector.select(_POLL_SECONDS):
                yield None
                continue
            try:
                data = typed or os.read(descriptor, _BYTES_AT_ONCE)
            except OSError:
                data = b""
            if not data:
                raise EOFError
            typed = b""
            yield decode(data)


def input_encoding() -> str:
    """The encoding of what the terminal sends: that of the locale, if keys can be told in it.

    ASCII is a part of UTF-8, which such terminals send in truth; an encoding in which an escape
    sequence is no such text hides keys.
    """
    encoding = getattr(sys.__stdin__, "encoding", None) or "utf-8"
    key = b"\x1b[A"
    try:
        tells_keys = key.decode(encoding) == key.decode("ascii")
        is_ascii = codecs.lookup(encoding).name == "ascii"
    except (LookupError, UnicodeError):
        return "utf-8"
    return encoding if tells_keys and not is_ascii else "utf-8"
