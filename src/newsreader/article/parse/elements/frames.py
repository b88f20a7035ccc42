"""Open pages of frames, which no tree builder keeps once there is a body."""

from __future__ import annotations

import re
from typing import Final

from newsreader.patterns import compile_late

_TAG: Final = compile_late(
    r"<(/?)(frame|frameset|noframes)\b((?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+')*+)>", re.IGNORECASE
)


def open_frames(page: str) -> str:
    """Turn the frames of a page into pages inside it, and show what it says to readers without.

    A page that sets no frames comes back itself. Time is linear.
    """
    if "<frameset" not in page and "<FRAMESET" not in page:
        return page
    return _TAG.sub(_opened, page)


def _opened(tag: re.Match[str]) -> str:
    match tag[2].lower():
        case "frame":
            return "" if tag[1] else f"<iframe{tag[3]}></iframe>"
        case "noframes":
            return f"<{tag[1]}div>"
        case _:
            return ""
