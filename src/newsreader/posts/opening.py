"""Whether a file is a post, from its first bytes."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

_OPENING: Final = re.compile(r"---[ \t]*(?:[\r\n]|\Z)")


def has_front_matter(start: bytes) -> bool:
    """Whether a file that starts with these bytes begins with a line `---`.

    A hundred bytes are enough. A byte order mark may stand in front.
    """
    encoding = "utf-16" if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "latin-1"
    text = start.removeprefix(BOM_UTF8).decode(encoding, "replace")
    return _OPENING.match(text) is not None
