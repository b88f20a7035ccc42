"""The visible text of a body for the full-text index: as `parse_article` gives it, but faster.

Most news posts are made by a generator, of few constructs: a digest, paragraphs, headings, images
and lists as strictly nested HTML, an address and a line of links. Their text is read off without a
tree. Whatever else there is, a sign of Liquid, a tag that is not closed, an entity nobody uses,
sends the whole post the true way, so that the text is the same for every post.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING, Final, Literal

from newsreader.article.ending import ADDRESS, LINK, NAVIGATION
from newsreader.article.facts import plain_text
from newsreader.article.parse.attributes import (
    font_weight,
    is_back_link,
    is_centred,
    is_gutter,
    is_hidden,
)
from newsreader.article.parse.body_parts import find_digest
from newsreader.article.parse.figures import MAX_CAPTION
from newsreader.article.parse.inline import is_visible, letters_of, settle_spaces
from newsreader.article.parse.media import read_image
from newsreader.article.parse.parse_article import MAX_BODY, parse_article
from newsreader.posts.model import Site
from newsreader.text import clean_line, clean_text

if TYPE_CHECKING:
    from newsreader.posts.model import Post

# Liquid and what stands for it, what may be invisible, and what the sanitiser takes out or changes
# besides.
_DOUBTFUL: Final = re.compile(
    "[{\U000f4e53-\U000f4e55\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f"
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_TOKENS: Final = re.compile("(<[^<>]*+>)")
_BETWEEN: Final = re.compile(r"[ \n]*\n[ ]{0,3}|[ ]*")
_COMMENT: Final = re.compile(r"<!--[^<>-]*+(?:-[^<>-]++)*+-->")
_TAG: Final = re.compile(
    r"""<([A-Za-z][A-Za-z0-9]*+)((?:[ \n]++[A-Za-z][A-Za-z0-9_:-]*+="[^"<>]*+")*+)[ \n]*+/?>"""
)
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z][A-Za-z0-9_:-]*+)="([^"]*+)\"""")
_ENTITY: Final = re.compile(r"&(?:(?:#[0-9]{2,5}|([A-Za-z][A-Za-z0-9]*+));)?")
_INLINE_NAMES = (
    "a abbr b big cite code del dfn em font i ins kbd mark s samp small span strike strong tt u var"
)
_INLINE: Final = frozenset(_INLINE_NAMES.split())
_PARAGRAPHS: Final = frozenset(("p", "h2", "h3", "h4", "h5", "h6"))
_BOXES: Final = frozenset(("div", "center", "section", "article", "blockquote", "li"))
_HEADINGS: Final = _PARAGRAPHS - {"p"}
_HOLDERS: Final = frozenset(("blockquote", "li"))
_LISTS: Final = frozenset(("ul", "ol"))
# With so few open elements, none is ever too many for `tame_html`.
_MAX_OPEN: Final = 8
_MAX_TOKENS: Final = 40_000
_MAX_TAG: Final = 2_000
_LOOKED_AT: Final = ("class", "style", "align", "alt", "src")


def search_text(post: Post, site: Site | None = None) -> str:
    """The visible text of a post's body, for the full-text index.

    Returns:
        Exactly `plain_text(parse_article(post, site))`, blocks parted by line feeds; for most news
        posts in a fraction of the time.

    Time is linear in the length of the body. Never raises.
    """
    site = site or Site()
    text = news_text(post.body, site.url)
    return plain_text(parse_article(post, site)) if text is None else text


def news_text(body: str, site_url: str) -> str | None:
    """The same text of a body that is nothing but plain news; None for any other.

    Args:
        body: What follows the front matter.
        site_url: The base of addresses such as `/a.jpg`.
    """
    if len(body) > MAX_BODY:
        return None
    if _DOUBTFUL.search(body) is not None:
        body = clean_text(body)
        if _DOUBTFUL.search(body) is not None:
            return None
    digest, start = find_digest(body)
    page, tail = _part_tail(body[start:].rstrip())
    reader = _PageReader(site_url, ends_in_links=len(tail) == _WHOLE_TAIL)
    if not reader.read(page):
        return None
    lines = reader.lines + tail
    if digest is not None:
        repeated = reader.repeats(digest)
        if repeated is None:
            return None
        if not repeated:
            told = (clean_line(html.unescape(line)) for line in digest.split("\n"))
            lines = [*filter(is_visible, told), *lines]
    return "\n".join(lines)


_WHOLE_TAIL: Final = 2


def _part_tail(text: str) -> tuple[str, list[str]]:
    """Parts the address and the line of links at the end, which are Markdown, from a page.

    The page begins with a line feed, where the body had one or not.
    """
    tail: list[str] = []
    rest, _, last = text.rpartition("\n")
    if NAVIGATION.fullmatch(last) is not None:
        tail.append(LINK.sub(r"\1", last))
        text = rest.rstrip(" \n")
        above, _, last = text.rpartition("\n")
        if "\n" not in rest[len(text) :]:
            return "\n" + text, tail
        rest = above
    found = ADDRESS.fullmatch(last)
    if found is not None:
        tail[:0] = filter(None, found.groups())
        text = rest
    return "\n" + text.rstrip(" \n"), tail


@dataclass(slots=True)
class _Block:
    """What is known of the block that is being read.

    Attributes:
        has_text: Whether it has text.
        has_image: Whether it has an image behind that.
        has_tags: Whether anything in it stands in tags of its own.
        has_words: Whether anything in it stands in none.
        has_lines: Whether it may be more than one line of text.
    """

    has_text: bool = False
    has_image: bool = False
    has_tags: bool = False
    has_words: bool = False
    has_lines: bool = False


@dataclass(frozen=True, slots=True)
class _Tag:
    """What one opening tag says; `alt` is what an image shows and `source` its address."""

    kind: Literal["inline", "paragraph", "box", "list", "break", "line", "image", "nothing"]
    name: str
    hidden: bool = False
    media: bool = False
    centred: bool = False
    plain: bool = True
    alt: str = ""
    source: str = ""


@lru_cache(maxsize=1024)
def _read_tag(tag: str, site_url: str) -> _Tag | None:
    """What a tag says; None where that is not known for sure."""
    if len(tag) > _MAX_TAG:
        return None
    if tag.startswith("<!"):
        return _Tag("nothing", "") if _COMMENT.fullmatch(tag) is not None else None
    found = _TAG.fullmatch(tag)
    if found is None:
        return None
    name = found[1].lower()
    given = [(attribute.lower(), value) for attribute, value in _ATTRIBUTE.findall(found[2])]
    attributes: dict[str, str | None] = dict(given)
    if len(attributes) < len(given) or "markdown" in attributes:
        return None
    if any("&" in (attributes.get(each) or "") for each in _LOOKED_AT):
        return None
    hidden = is_hidden(attributes) or is_gutter(name, attributes)
    match name:
        case "br":
            return _Tag("nothing" if hidden else "break", name)
        case "hr":
            return _Tag("nothing" if hidden else "line", name)
        case "img":
            figure = None if hidden else read_image(attributes, site_url, "")
            if figure is None:
                return _Tag("nothing", name)
            return _Tag("image", name, alt=figure.alt, source=figure.source)
    media = "em_media" in (attributes.get("class") or "").split()
    if name in _INLINE and not is_back_link(attributes):
        return _Tag("inline", name, hidden)
    if name in _PARAGRAPHS and (name == "p" or not media):
        plain = name == "p" and font_weight(attributes) is None
        return _Tag("paragraph", name, hidden, media, is_centred(attributes), plain)
    if name in _BOXES and not media:
        return _Tag("box", name, hidden)
    if name in _LISTS:
        return _Tag("list", name, hidden)
    return None


class _DoubtError(Exception):
    """Something that only the true way can read."""


@lru_cache(maxsize=256)
def _decoded(entity: str) -> str | None:
    """What an entity stands for; None where that is not known for sure."""
    if entity[1:2] != "#" and entity[1:] not in html5:
        return None
    shown = html.unescape(entity)
    return shown if _DOUBTFUL.search(shown) is None else None


def _decode(entity: re.Match[str]) -> str:
    shown = _decoded(entity[0])
    if shown is None:
        raise _DoubtError
    return shown


class _PageReader:
    """Reads the lines of a page that is strictly nested.

    Args:
        site_url: The base of addresses such as `/a.jpg`.
        ends_in_links: Whether an address and a line of links follow the page.
    """

    def __init__(self, site_url: str, *, ends_in_links: bool) -> None:
        self.lines: list[str] = []
        self._site_url = site_url
        self._ends_in_links = ends_in_links
        self._open: list[_Tag] = []
        self._hidden = 0  # how many elements are open, the outermost hidden one with them
        self._text: list[str] = []
        self._block = _Block()
        self._has_links = self._has_media = False
        self._sources: set[str] = set()
        self._follows_image = False  # with nothing in between
        self._first: str | None = ""  # paragraph, once met; None where it is not known for sure

    def read(self, page: str) -> bool:
        """Reads a page; False where it cannot be done for sure."""
        tokens = _TOKENS.split(page)
        if len(tokens) > _MAX_TOKENS or page.count("<") != len(tokens) // 2:
            return False
        try:
            for number, token in enumerate(tokens):
                if not number & 1:
                    if token:
                        self._read_text(token)
                elif token[1] == "/":
                    self._close(token[2:-1].lower())
                else:
                    self._enter(_read_tag(token, self._site_url))
        except _DoubtError:
            return False
        return not self._open

    def repeats(self, digest: str) -> bool | None:
        """Whether the page begins with a digest; None where that is not known for sure."""
        if not self._first:
            return None if self._first is None else False
        return letters_of(self._first).startswith(letters_of(html.unescape(digest)).rstrip(".…"))

    def _read_text(self, text: str) -> None:
        if not self._open:
            # Only here may a line begin that is read as Markdown.
            if _BETWEEN.fullmatch(text) is None:
                raise _DoubtError
        elif not self._hidden:
            if "&" in text:
                text = _ENTITY.sub(_decode, text)
            self._text.append(text)
            if len(self._open) == 1 and not self._block.has_words:
                self._block.has_words = any(map(str.isalnum, text))

    def _enter(self, tag: _Tag | None) -> None:
        around = self._open[-1] if self._open else None
        kind = "" if around is None else around.kind
        match tag:
            case None:
                raise _DoubtError
            case _Tag("nothing", ""):
                return
            case _Tag("inline" | "break" | "image" | "nothing") if kind in ("", "list"):
                raise _DoubtError
            case _Tag("nothing"):
                return
            case _Tag("break"):
                if not self._hidden:
                    self._end_line()
                    self._block.has_lines = True
                return
            case _Tag("image"):
                if not self._hidden:
                    self._add_image(tag)
                return
            case _Tag("inline", name):
                if name == "a" and any(each.name == "a" for each in self._open):
                    raise _DoubtError
                self._has_links = self._has_links or name == "a"
                self._block.has_tags = True
            case _:
                if kind in ("inline", "paragraph") or (tag.name == "li") != (kind == "list"):
                    raise _DoubtError
                if not (self._hidden or tag.hidden):
                    self._end_block(around)
                if tag.media and self._open:
                    raise _DoubtError  # only at the margin it goes to the end
                if tag.kind == "line":
                    self._follows_image = False
                    return
        self._open.append(tag)
        if len(self._open) > _MAX_OPEN:
            raise _DoubtError
        if tag.hidden and not self._hidden:
            self._hidden = len(self._open)

    def _close(self, name: str) -> None:
        if not self._open or self._open[-1].name != name:
            raise _DoubtError
        tag = self._open[-1]
        if tag.kind != "inline" and not self._hidden:
            self._end_block(tag)
        self._open.pop()
        if len(self._open) < self._hidden:
            self._hidden = 0

    def _add_image(self, tag: _Tag) -> None:
        self._end_line()
        if self._has_media or any(each.media or each.name in _HEADINGS for each in self._open):
            raise _DoubtError  # the newspaper goes to the end; in headings, an image is a word
        if tag.source in self._sources:
            raise _DoubtError  # the same image twice in a row is shown once
        if tag.source:
            self._sources.add(tag.source)
        if any(each.name in _HOLDERS for each in self._open):
            self._first = self._first or None
        self._follows_image = True
        self._block.has_image = self._block.has_lines = self._block.has_text
        if tag.alt:
            self.lines.append(tag.alt)

    def _end_line(self) -> str:
        """Ends a line of text and gives it."""
        if not self._text:
            return ""
        text = settle_spaces("".join(self._text))
        self._text.clear()
        if text:
            if self._block.has_image or (self._has_media and not self._open[-1].media):
                raise _DoubtError
            self._block.has_text = True
            self.lines.append(text)
        return text

    def _end_block(self, holder: _Tag | None) -> None:
        """Ends a paragraph; `holder` is the element that it stands in, or is."""
        text = self._end_line()
        block, self._block = self._block, _Block()
        if holder is None or not block.has_text:
            return
        if holder.kind == "list":
            raise _DoubtError
        if self._first == "" and not holder.media:
            self._first = self._judge(block, holder, text)
        self._follows_image = False
        if holder.media:
            if self._has_links and not self._ends_in_links:
                raise _DoubtError  # a line of links would go behind it
            self._has_media = True

    def _judge(self, block: _Block, holder: _Tag, text: str) -> str | None:
        """The text of a block that is the first paragraph; empty where it surely is none."""
        if holder.kind != "paragraph" or len(self._open) > 1 or block.has_lines:
            return None
        if holder.name != "p":
            return ""
        if holder.centred and self._follows_image:
            # The caption of the image above.
            return "" if len(text) <= MAX_CAPTION and not block.has_tags else None
        return text if holder.plain and block.has_words else None
