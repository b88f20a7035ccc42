"""Keep copies of the images of an entry beside its post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsreader.feeds.entry_table import digest_of
from newsreader.feeds.values import Entry

MOST_IMAGES: Final = 40
"""Images of one post that are fetched."""
MOST_BYTES: Final = 20 << 20
"""Bytes of all images of one post."""

# What pages load late has its address elsewhere; then `src` is a placeholder.
_SOURCES: Final = ("data-original", "data-src", "data-lazy-src", "src")
_OTHERS: Final = (*_SOURCES[:-1], "srcset", "data-srcset", "sizes")
IMAGES: Final = "images"
"""The folder of a feed's images, in the folder of the feed."""
ORIGINAL: Final = "data-fetched-from"
"""The attribute that keeps the address of an image that was fetched."""

# By their first bytes: what a server says of them is not believed. No SVG, which holds scripts.
_KINDS: Final = (
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"GIF8", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypavif", 4, "avif"),
)


def image_urls(entry: Entry) -> list[str]:
    """The addresses of an entry's images, each once, at most `MOST_IMAGES`."""
    if "<img" not in entry.body.lower():
        return []
    found = dict.fromkeys(url for _, url in _images(_parse(entry.body)))
    return list(found)[:MOST_IMAGES]


def image_name(url: str, content: bytes) -> str:
    """Name the copy of an image; empty if it is none."""
    kinds = (kind for start, at, kind in _KINDS if content[at : at + len(start)] == start)
    kind = next(kinds, "")
    return f"{digest_of(url)}.{kind}" if kind else ""


def image_names(url: str) -> Iterator[str]:
    """The names that the copy of an image can have."""
    stem = digest_of(url)
    return (f"{stem}.{kind}" for _, _, kind in _KINDS)


def localise_images(entry: Entry, copies: Mapping[str, str]) -> Entry:
    """Let the images of an entry lead to their copies.

    Args:
        entry: What is changed.
        copies: Addresses of images, and the names of their copies.
    """
    if not copies:
        return entry
    tree = _parse(entry.body)
    for image, url in _images(tree):
        if url in copies:
            for name in _OTHERS:
                if name in image.attributes:
                    del image.attrs[name]
            # From the root of its site, which is the folder of its feed.
            image.attrs["src"] = f"/{IMAGES}/{copies[url]}"
            image.attrs[ORIGINAL] = url
    body = tree.body
    return entry if body is None else replace(entry, body=body.inner_html or entry.body)


def _parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<!doctype html><body>{html}")


def _images(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    for image in tree.css("img"):
        written = (image.attributes.get(name) or "" for name in _SOURCES)
        url = next((each for each in written if each.startswith(("http://", "https://"))), "")
        if url:
            yield image, url
