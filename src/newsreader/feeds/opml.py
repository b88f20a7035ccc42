"""Lists of feeds in files: OPML 2.0 (http://opml.org/spec2.opml), and newsboat's `urls`.

OPML is read by expat, which the standard library has, and refused if it declares a document type:
that is where entities come from, and no list of feeds has one.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.documents.decode_feed import decode_feed
from newsreader.patterns import compile_late
from newsreader.text import clean_line

_NAMESPACE: Final = "https://newsreader.invalid/opml"
_PREFIX: Final = "newsreader"
_MOST_DEPTH: Final = 50
_SCHEMES: Final = ("http://", "https://")
_NOT_XML: Final = compile_late("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION: Final = compile_late(r"^\s*<\?xml[^>]{0,200}\?>")


class NotOpmlError(ValueError):
    """A file is no list of feeds."""


def read_feed_list(raw: bytes) -> list[ConfiguredFeed]:
    """Read a list of feeds, OPML or newsboat's; what is no address of the web is left out.

    Raises:
        NotOpmlError: It looks like XML and is no OPML.
    """
    text = decode_feed(raw, "")
    feeds = read_opml(text) if text.lstrip("\ufeff \t\n").startswith("<") else read_urls(text)
    return list({feed.url: feed for feed in reversed(feeds)}.values())[::-1]


def read_opml(text: str) -> list[ConfiguredFeed]:
    """Read the feeds of an OPML document; outlines around them are their categories.

    Raises:
        NotOpmlError: It is none, or declares a document type.
    """
    reader = _OpmlReader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        # It is decoded already, whatever its declaration says.
        parser.Parse(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1).encode(), True)
    except expat.ExpatError as error:
        raise NotOpmlError(str(error)) from error
    if not reader.is_opml:
        raise NotOpmlError("there is no `opml` in it")
    return reader.feeds


class _OpmlReader:
    def __init__(self) -> None:
        self.feeds: list[ConfiguredFeed] = []
        self.is_opml = False
        self._folders: list[str] = []

    def refuse(self, *_: object) -> None:
        raise NotOpmlError("it declares a document type")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._folders and not self.is_opml:
            self.is_opml = name.lower() == "opml"
        if len(self._folders) > _MOST_DEPTH:
            raise NotOpmlError("it is nested too deeply")
        written = {key.lower(): value for key, value in attributes.items()}
        title = clean_line(written.get("title") or written.get("text") or "")
        url = clean_line(written.get("xmlurl", ""))
        is_outline = name.lower() == "outline"
        if is_outline and url.lower().startswith(_SCHEMES):
            self.feeds.append(
                _feed(url, title, next(filter(None, self._folders[::-1]), ""), written)
            )
        self._folders.append(title if is_outline and not url else "")

    def end(self, _: str) -> None:
        self._folders.pop()


def _feed(url: str, title: str, folder: str, written: Mapping[str, str]) -> ConfiguredFeed:
    own = {
        name: clean_line(written.get(f"{_PREFIX}:{name}", ""))
        for name in ("name", "category", "every", "keep", "images")
    }
    is_ours = f"{_PREFIX}:tags" in written
    tags = (
        written[f"{_PREFIX}:tags"].split("\n")
        if is_ours
        else written.get("category", "").replace("/", ",").split(",")
    )
    return ConfiguredFeed(
        url,
        own["name"] if is_ours else title,
        own["category"] if is_ours else folder,
        tuple(dict.fromkeys(filter(None, map(clean_line, tags)))),
        own["every"],
        own["keep"],
        own["images"] == "yes",
    )


def write_opml(feeds: Iterable[ConfiguredFeed], names: Mapping[str, str]) -> str:
    """Write feeds as OPML 2.0, which every reader takes; what only this one knows is in attributes.

    Args:
        feeds: What is written, in an outline for each category.
        names: What they are called, by their addresses.
    """
    ElementTree.register_namespace(_PREFIX, _NAMESPACE)
    root = ElementTree.Element("opml", {"version": "2.0"})
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = "Feeds of newsreader"
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {"": body}
    for feed in feeds:
        category = _xml(feed.category)
        if category not in folders:
            folders[category] = ElementTree.SubElement(body, "outline", {"text": category})
        name = _xml(names.get(feed.url) or feed.name or feed.url)
        attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": _xml(feed.url)}
        if feed.tags:
            attributes["category"] = ",".join(_xml(tag).replace(",", " ") for tag in feed.tags)
        own = {
            "name": feed.name,
            "category": feed.category,
            "every": feed.every,
            "keep": feed.keep,
            "images": "yes" if feed.images else "",
        }
        attributes |= {f"{{{_NAMESPACE}}}{key}": _xml(value) for key, value in own.items() if value}
        attributes[f"{{{_NAMESPACE}}}tags"] = "\n".join(map(_xml, feed.tags))
        ElementTree.SubElement(folders[category], "outline", attributes)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def read_urls(text: str) -> list[ConfiguredFeed]:
    """Read newsboat's `urls`: an address a line, then tags; `~Name` gives a name.

    What it makes up (`query:`), runs (`exec:`, `filter:`) or reads from files is left out.
    """
    return list(_read_urls(text))


def _read_urls(text: str) -> Iterator[ConfiguredFeed]:
    for line in text.splitlines():
        words = _split(line)
        if not words or not words[0].lower().startswith(_SCHEMES):
            continue
        # A tag with `!` hides its feed.
        tags = [clean_line(word) for word in words[1:] if not word.startswith(("~", "!"))]
        name = next((word[1:] for word in words[1:] if word.startswith("~")), "")
        yield ConfiguredFeed(
            clean_line(words[0]),
            clean_line(name),
            tags=tuple(dict.fromkeys(filter(None, tags))),
        )


def _split(line: str) -> list[str]:
    """Split a line as newsboat does: at spaces, but for those in double quotes."""
    if line.lstrip().startswith("#"):
        return []
    words = shlex.shlex(line, posix=True)
    words.whitespace_split = True
    words.commenters = ""
    words.quotes = '"'
    try:
        return list(words)
    except ValueError:  # a quote is not closed
        return line.replace('"', " ").split()
