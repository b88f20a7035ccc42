"""Decide which files may be saved with a bookmark: images, by their names and bytes.

A stranger's post says which files of its site are copied into a bookmark, and from there into an
export, where other programs look at them: Jekyll loads `_plugins/*.rb`, git runs what `.git/config`
says, a server obeys `.htaccess`. None of those is an image in a folder that anyone sees.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from newsreader.patterns import compile_late
from newsreader.posts.site_files import POSTS
from newsreader.text import clean_line

MOST_IMAGES: Final = 200
"""Images of one post."""
LARGEST_IMAGE: Final = 8 << 20
LARGEST_SUM: Final = 24 << 20
"""Bytes of all images of one post."""

_SVG: Final = ".svg"
_SUFFIXES: Final = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp", ".avif", ".bmp", ".ico"}
) | {_SVG}
# PNG, JPEG, GIF, WebP, AVIF (and the brands that its files may have instead), BMP with the sizes
# that its second header can have, icons.
_SIGNATURE: Final = compile_late(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBPVP8[ LX]|....ftyp(?:avi[fs]|mif1|msf1)"
    rb"|BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0\0\0|\0\0[\1\2]\0",
    re.DOTALL,
)

_ACTIVE_TAGS: Final = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"}
)
_ACTIVE_VALUE: Final = compile_late(r"(?:java|vb)script:|data:text", re.IGNORECASE)

# Git refuses names such as `git~1`, by which Windows knows a `.git`; a colon names a stream there.
_REFUSED_PART: Final = compile_late(r"git~\d|.*[:\\]", re.IGNORECASE)


class _UnsafeSvgError(Exception):
    """An SVG holds what is no picture."""


def may_be_image(path: str) -> bool:
    """Whether a file of this name may be taken, or written, as an image of a site.

    Its suffix is that of an image, and no folder or name in it is hidden or one that Jekyll keeps
    for itself: none begins with a full stop or an underscore, except `_posts`. Names are judged as
    file systems compare them, without what is invisible.
    """
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not path.startswith("/")
        and PurePosixPath(path).suffix.lower() in _SUFFIXES
        and all(_is_plain(part) for part in parts)
    )


def is_image(path: str, content: bytes) -> bool:
    """Whether the bytes are those of an image, of the kind that the suffix of its path says.

    Which kind of bitmap does not matter: many a `.jpg` is a WebP. An SVG is text that can hold
    scripts, and front matter that Jekyll would carry out, so it must be well-formed XML from its
    first byte on and hold neither scripts, nor foreign markup, nor entities.
    """
    if PurePosixPath(path).suffix.lower() == _SVG:
        return _is_plain_svg(content)
    return _SIGNATURE.match(content) is not None


def _is_plain(part: str) -> bool:
    if part == POSTS:
        return True
    normalized = unicodedata.normalize("NFC", clean_line(part))
    first = unicodedata.normalize("NFKC", normalized[:1])
    return first not in ("", ".", "_") and not _REFUSED_PART.match(normalized)


def _is_plain_svg(content: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    root = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal root
        tag = name.rpartition(" ")[2].lower()
        root = root or tag
        if root != "svg" or tag in _ACTIVE_TAGS:
            raise _UnsafeSvgError
        for key, value in attributes.items():
            if key.rpartition(" ")[2].lower().startswith("on"):
                raise _UnsafeSvgError
            if _ACTIVE_VALUE.search("".join(value.split())):
                raise _UnsafeSvgError

    def refuse_entity(*_: object) -> None:
        raise _UnsafeSvgError  # A few lines of them can stand for gigabytes.

    def refuse_style_sheet(target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise _UnsafeSvgError  # One in XSLT makes another document of this.

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse_entity
    parser.ProcessingInstructionHandler = refuse_style_sheet
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _UnsafeSvgError, ValueError, LookupError):
        return False
    return True
