"""An HTML page, read by lexbor, as drafts of blocks: what each tag means to a reader.

The walk is iterative; nothing here or below it depends on how deep the page is nested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from newsreader.article.attributes import (
    NOTHING,
    is_centred,
    is_hidden,
    is_stock,
    read_number,
)
from newsreader.article.builder import Builder, has_text, inline_figures, make_blocks
from newsreader.article.codeblock import code_language, exact_text
from newsreader.article.document import CodeBlock, Emphasis, Figure, Heading, Rule
from newsreader.article.inline import (
    Anchor,
    Style,
    Text,
    is_visible,
    lower_text,
    make_spans,
    raise_text,
)
from newsreader.article.markdown import LIQUID_SPACE
from newsreader.article.media import read_image, read_medium
from newsreader.article.table import TableReader, is_layout_table
from newsreader.article.tags import BLOCK
from newsreader.text import clean_line, clean_text, safe_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.attributes import Attributes
    from newsreader.article.builder import Draft, Role
    from newsreader.article.inline import Piece


_EMPHASIS: Final = {
    "b": Emphasis.BOLD, "strong": Emphasis.BOLD,
    "i": Emphasis.ITALIC, "em": Emphasis.ITALIC, "cite": Emphasis.ITALIC, "dfn": Emphasis.ITALIC,
    "var": Emphasis.ITALIC,
    "code": Emphasis.CODE, "kbd": Emphasis.CODE, "samp": Emphasis.CODE, "tt": Emphasis.CODE,
    "del": Emphasis.STRIKE, "s": Emphasis.STRIKE, "strike": Emphasis.STRIKE,
    "u": Emphasis.UNDERLINE, "ins": Emphasis.UNDERLINE,
    "mark": Emphasis.MARK,
}  # fmt: skip
_CODE: Final = Emphasis.CODE.value
_DIM: Final = Emphasis.DIM.value
_BOLD: Final = Emphasis.BOLD.value

_WANTED_ANCHOR: Final = re.compile(r"""href\s*+=\s*+["']?#([^"'\s>]++)""", re.IGNORECASE)
_NAME: Final = re.compile(r"""\b(?:id|name)\s*+=\s*+["']?([^"'\s>]++)""", re.IGNORECASE)
_LIQUID: Final = re.compile(r"<?\{\{[^{}]*+\}\}>?|\{%[^{}%]*+%\}")
# The one Liquid value that is known: `{{ site.url }}`, also as Markdown encodes it.
_LIQUID_SITE: Final = re.compile(
    r"(?:\{\{|%7B%7B)(?:\s|%20|%F3%B4%B9%93)*site\.(?:base)?url(?:\s|%20|%F3%B4%B9%93)*(?:\}\}|%7D%7D)"
)
_LIQUID_START: Final = re.compile(r"(?:\{|%7B)[{%]|%7B%")

# What a tag's end has to undo.
_Ending: TypeAlias = Literal[
    "", "block", "container", "heading", "caption", "term", "table", "row", "cell", "table-caption",
    "raised", "lowered", "ruby-text", "quoted", "item", "bold-block",
]  # fmt: skip


@dataclass(slots=True)
class _Frame:
    node: LexborNode
    ending: _Ending
    style: Style
    role: Role
    mark: int = 0
    level: int = 0


def read_page(html: str, site_url: str = "") -> list[Draft]:
    """The blocks of an HTML text, in order; `html` is tame (`newsreader.article.tags`)."""
    # What stands before the body, `<noscript>` for one, is read by rules of its own.
    body = LexborHTMLParser(f"<body>{html}").body
    return [] if body is None else _Reader(site_url, _find_anchors(html)).read(body)


def _find_anchors(html: str) -> frozenset[str]:
    """The names of the places in a page that one of its links leads to."""
    wanted = {clean_line(unquote(name)) for name in _WANTED_ANCHOR.findall(html)}
    if not wanted:
        return frozenset()
    return frozenset(wanted.intersection(_NAME.findall(html)))


class _Reader:
    """Walks a page once."""

    def __init__(self, site_url: str, anchors: frozenset[str]) -> None:
        self._site_url = site_url
        self._anchors = anchors
        self._builder = Builder()
        self._tables: list[TableReader] = []

    def read(self, body: LexborNode) -> list[Draft]:
        """The blocks of a page's body."""
        stack: list[_Frame] = []
        node = body.first_child
        while True:
            while node is None:
                if not stack:
                    return self._builder.finish()
                frame = stack.pop()
                self._leave(frame)
                node = frame.node.next
            tag = node.tag or ""
            if tag == "-text":
                self._read_text(node.text_content or "")
            elif tag not in NOTHING:
                opened = self._enter(node, tag)
                if opened is not None:
                    child = node.first_child
                    if child is None:
                        self._leave(opened)
                    else:
                        stack.append(opened)
                        node = child
                        continue
            node = node.next

    def _read_text(self, text: str) -> None:
        text = clean_text(text)
        if LIQUID_SPACE in text:
            text = text.replace(LIQUID_SPACE, " ")
        builder = self._builder
        if "{" not in text or builder.style.emphasis & _CODE:
            builder.add_text(text)
            return
        at = 0
        for found in _LIQUID.finditer(text):
            builder.add_text(text[at : found.start()])
            if not found[0].startswith("{%"):
                builder.add(Text("…", Style(builder.style.emphasis | _DIM, builder.style.link)))
            at = found.end()
        builder.add_text(text[at:])

    # Tags that open.

    def _enter(self, node: LexborNode, tag: str) -> _Frame | None:
        """Does what a tag says; None where nothing inside it is read."""
        builder = self._builder
        attributes: Attributes = node.attributes
        if attributes and is_hidden(attributes):
            return None
        if tag == "br":
            builder.add_break()
            return None
        if tag == "hr":
            builder.end_paragraph()
            if not builder.capturing:
                builder.append(Rule())
            return None
        if tag in ("img", "image"):
            self._add_figure(read_image(attributes, self._site_url, builder.style.link))
            return None
        if tag in ("iframe", "video", "audio", "embed"):
            self._read_medium(node, tag, attributes)
            return None
        if tag == "pre":
            self._read_code(node, attributes)
            return None
        frame = _Frame(node, "", builder.style, builder.role)
        if tag in BLOCK:
            self._open_block(frame, tag, attributes)
        else:
            self._open_inline(frame, tag, attributes)
        if self._anchors and attributes:
            self._add_anchor(attributes)
        return frame

    def _open_inline(self, frame: _Frame, tag: str, attributes: Attributes) -> None:
        builder = self._builder
        style = builder.style
        if tag == "a":
            href = attributes.get("href")
            if href and not is_stock(attributes):
                builder.style = Style(style.emphasis, self._link(href))
        elif (emphasis := _EMPHASIS.get(tag)) is not None:
            builder.style = Style(style.emphasis | emphasis.value, style.link)
        elif tag == "sup":
            frame.ending, frame.mark = "raised", builder.mark()
        elif tag == "sub":
            frame.ending, frame.mark = "lowered", builder.mark()
        elif tag == "rt":
            builder.add_text("(")
            frame.ending = "ruby-text"
        elif tag == "q":
            builder.add_text("“")
            frame.ending = "quoted"

    def _open_block(self, frame: _Frame, tag: str, attributes: Attributes) -> None:
        builder = self._builder
        if self._tables and self._open_cell(frame, tag, attributes):
            return
        frame.ending = "block"
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            frame.ending, frame.level = "heading", int(tag[1])
            builder.begin_capture()
            return
        builder.end_paragraph()
        match tag:
            case "blockquote":
                frame.ending = "container" if builder.open_quote() else "block"
            case "ul" | "menu" | "dir":
                frame.ending = "container" if builder.open_list("bullet") else "block"
            case "ol":
                start = read_number(attributes.get("start"), 1)
                frame.ending = "container" if builder.open_list("number", start) else "block"
            case "dl":
                frame.ending = "container" if builder.open_list("definition") else "block"
            case "li" | "dd":
                if builder.open_item():
                    frame.ending = "item"
                    if _has_paragraph(frame.node):
                        builder.set_loose()
            case "dt":
                frame.ending = "term"
                builder.begin_capture()
            case "figcaption":
                frame.ending = "caption"
                builder.role = "caption"
            case "summary":
                builder.style = Style(builder.style.emphasis | _BOLD, builder.style.link)
            case "table":
                if not builder.capturing and not is_layout_table(frame.node):
                    self._tables.append(TableReader())
                    frame.ending = "table"
            case "caption":
                builder.role = "caption"
            case _:
                self._set_role(tag, attributes)

    def _open_cell(self, frame: _Frame, tag: str, attributes: Attributes) -> bool:
        """Handles the parts of a table that is being read; False for any other block."""
        table = self._tables[-1]
        match tag:
            case "tr":
                table.begin_row()
                frame.ending = "row"
            case "td" | "th":
                table.begin_cell(attributes, heading=tag == "th")
                self._builder.begin_capture()
                frame.ending = "cell"
            case "caption":
                self._builder.begin_capture()
                frame.ending = "table-caption"
            case "thead" | "tbody" | "tfoot":
                table.in_head = tag == "thead"
            case _:
                return False
        return True

    def _set_role(self, tag: str, attributes: Attributes) -> None:
        builder = self._builder
        if tag == "center" or (attributes and is_centred(attributes)):
            builder.role = "centred"
        if attributes and "em_media" in (attributes.get("class") or "").split():
            builder.role = "media"

    # Tags that close.

    def _leave(self, frame: _Frame) -> None:
        builder = self._builder
        match frame.ending:
            case "":
                pass
            case "block" | "caption":
                builder.end_paragraph()
            case "container" | "item":
                builder.close()
            case "heading":
                self._end_heading(frame.level)
            case "term":
                builder.set_term(make_spans(inline_figures(builder.end_capture())))
            case "table":
                builder.end_paragraph()
                made = self._tables.pop().finish()
                if made is not None:
                    builder.append(made)
            case "row":
                self._tables[-1].end_row()
            case "cell":
                self._tables[-1].end_cell(make_spans(inline_figures(builder.end_capture())))
            case "table-caption":
                self._tables[-1].caption = make_spans(inline_figures(builder.end_capture()))
            case "raised":
                self._end_script(frame.mark, raised=True)
            case "lowered":
                self._end_script(frame.mark, raised=False)
            case "ruby-text":
                builder.add_text(")")
            case "quoted":
                builder.add_text("”")
            case "bold-block":
                builder.end_paragraph()
        builder.style = frame.style
        builder.role = frame.role

    def _end_heading(self, level: int) -> None:
        builder = self._builder
        pieces = builder.end_capture()
        if builder.capturing:
            for piece in pieces:
                builder.add(piece)
            builder.end_paragraph()
            return
        spans = make_spans(inline_figures(pieces)) if _has_words(pieces) else ()
        if has_text(spans):
            builder.append(Heading(level, spans))
        else:
            for block in make_blocks(pieces):
                builder.append(block)

    def _end_script(self, mark: int, *, raised: bool) -> None:
        """`<sup>` and `<sub>`: a power, an index, or the number of a note."""
        builder = self._builder
        pieces = builder.take(mark)
        texts = [piece for piece in pieces if isinstance(piece, Text)]
        words = "".join(piece.text for piece in texts).strip()
        linked = next((piece.style for piece in texts if piece.style.link), None)
        for piece in pieces:
            if not isinstance(piece, Text):
                builder.add(piece)
        if not words:
            return
        if linked is not None:
            words = words if words.startswith("[") else f"[{words}]"
            builder.add(Text(words, linked))
        elif builder.style.emphasis & _CODE or not texts:
            builder.add_text(words)
        else:
            changed = raise_text(words) if raised else lower_text(words)
            builder.add(Text(changed, texts[0].style))

    def _link(self, href: str) -> str:
        """Where a link leads; empty where that is unknown, or a place that is not here."""
        if "{" in href or "%7B" in href:
            href = _LIQUID_SITE.sub("", href.replace(LIQUID_SPACE, " "))
            if _LIQUID_START.search(href):
                return ""
        link = safe_link(href.strip(), self._site_url)
        if link.startswith("#"):
            name = unquote(link[1:])
            return f"#{name}" if name in self._anchors else ""
        return link

    # Things that hold no text.

    def _add_anchor(self, attributes: Attributes) -> None:
        for name in (attributes.get("id"), attributes.get("name")):
            if name and name in self._anchors:
                self._builder.add(Anchor(name))
                return

    def _add_figure(self, figure: Figure | None) -> None:
        if figure is not None:
            self._builder.add(figure)

    def _read_medium(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        kind: Literal["video", "audio", "frame"] = "frame"
        if tag in ("video", "audio"):
            kind = "video" if tag == "video" else "audio"
        figure = read_medium(kind, attributes, self._site_url)
        child = node.first_child
        while figure is None and child is not None:
            if child.tag == "source":
                figure = read_medium(kind, child.attributes, self._site_url)
            child = child.next
        if figure is None:
            return
        if not self._builder.capturing:
            self._builder.end_paragraph()
            self._builder.append(figure)
        else:
            self._builder.add(figure)

    def _read_code(self, node: LexborNode, attributes: Attributes) -> None:
        """`pre`: text kept exactly, `br` as a line feed."""
        text = clean_text(exact_text(node)).replace(LIQUID_SPACE, " ").rstrip("\n ")
        text = re.sub(r"\A(?:[ \t]*\n)+", "", text)
        if not text.strip():
            return
        self._builder.end_paragraph()
        if self._builder.capturing:
            self._builder.add_text(text)
        else:
            self._builder.append(CodeBlock(text, code_language(node, attributes)))


def _has_words(pieces: list[Piece]) -> bool:
    return any(isinstance(piece, Text) and is_visible(piece.text) for piece in pieces)


def _has_paragraph(item: LexborNode) -> bool:
    child = item.first_child
    while child is not None:
        if child.tag == "p":
            return True
        if child.tag != "-text" or is_visible(child.text_content or ""):
            return False
        child = child.next
    return False
