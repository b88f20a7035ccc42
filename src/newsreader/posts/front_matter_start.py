"""Detect front matter. Apart from its reader, which takes 20 ms to import because of YAML."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from newsreader.patterns import compile_late

START: Final = compile_late(r"---[ \t]*(?:\n|\Z)")
"""The first line of a post with front matter, line ends being line feeds."""
OTHER_START: Final = compile_late(
    r"(?P<mark>\+\+\+|;;;|---)(?P<name>[ \t]?(?:toml|json|yaml))?[ \t]*\n", re.IGNORECASE
)
"""The first line of front matter of Hugo, Zola and Hexo; needs a look whether it is closed."""


def has_front_matter(start: bytes) -> bool:
    """Whether a file that starts with these bytes begins with a line `---`, `+++` or `;;;`.

    A hundred bytes are enough. A byte order mark may stand in front.
    """
    encoding = "utf-16" if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "latin-1"
    text = start.removeprefix(BOM_UTF8).decode(encoding, "replace").replace("\r", "\n")
    return START.match(text) is not None or OTHER_START.match(text) is not None
