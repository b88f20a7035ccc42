"""Read an HTML page, parsed by lexbor, into drafts of blocks by the meaning of each tag.

The walk is iterative; nothing here or below it depends on how deep the page is nested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from selectolax.lexbor import LexborHTMLParser

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import CodeBlock, Emphasis, Heading, Rule
from newsreader.article.parse.attributes import (
    NOTHING,
    find_anchors,
    is_centred,
    is_gutter,
    read_layout,
)
from newsreader.article.parse.block_builder import Builder
from newsreader.article.parse.code_block import code_language, exact_text
from newsreader.article.parse.elements.hiding import REVEALABLE, find_hidden_article, read_hiding
from newsreader.article.parse.elements.lazy_images import IMAGES, is_lazy
from newsreader.article.parse.elements.leaves import LEAVES, LeafReader
from newsreader.article.parse.elements.numbering import (
    first_number,
    has_paragraph,
    item_number,
    read_numeral,
)
from newsreader.article.parse.figures import has_text, make_blocks
from newsreader.article.parse.html_tags import BLOCK
from newsreader.article.parse.inline import Style, Text, is_visible
from newsreader.article.parse.liquid import has_liquid, show_spaces
from newsreader.article.parse.prose import Prose
from newsreader.article.parse.tables import DATA_TABLE, TableReader, is_layout_table
from newsreader.patterns import compile_late
from newsreader.text import clean_text, derive

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes
    from newsreader.article.parse.figures import Draft, Role
    from newsreader.article.parse.inline import Piece
    from newsreader.article.parse.prose import InlineEnding

ALL_NODES: Final = 2**62
# A look at the token costs a tenth of what a node does.
_CHECK_MASK: Final = 7
_SKIPPED: Final = NOTHING - LEAVES - REVEALABLE

_BOLD: Final = Emphasis.BOLD.value

_BLANK_LINES: Final = compile_late(r"\A(?:[ \t]*\n)+")

# What is added at once, and not at all where nothing is seen.
_LEAF_TAGS: Final = LEAVES | {"br", "hr", "pre"}
# Blocks that a style may make part of a line.
_LOOSE_BLOCKS: Final = frozenset(("p", "div", "section", "article", "header", "footer", "aside"))

# What a tag's end has to undo.
_Ending: TypeAlias = Literal[
    "inline", "block", "container", "heading", "term", "table", "row", "cell", "table-caption",
]  # fmt: skip


@dataclass(slots=True)
class _Frame:
    node: LexborNode
    ending: _Ending
    style: Style
    role: Role
    figure: int
    muted: bool
    keeps_lines: bool
    is_boxed: bool = False
    inline: InlineEnding = ""
    mark: int = 0
    level: int = 0


def read_page(
    html: str, site_url: str = "", token: CancellationToken = NEVER, most_nodes: int = ALL_NODES
) -> tuple[list[Draft], bool]:
    """Read the blocks of an HTML text, in order.

    Args:
        html: The text, which is tame (`newsreader.article.parse.html_tags`).
        site_url: The base of links such as `/about`.
        token: Checked at every eighth node.
        most_nodes: The number of nodes to stop after; what is open there is closed.

    Returns:
        The blocks, and whether there are more nodes.
    """
    reader = PageReader(html, site_url, token)
    return reader.read(most_nodes), not reader.is_at_end


class PageReader:
    """Walks a page once, as far as it is asked to.

    Args:
        html: The text, which is tame (`newsreader.article.parse.html_tags`).
        site_url: The base of links such as `/about`.
        token: Checked at every eighth node.

    Attributes:
        is_at_end: Whether there are no more nodes.
    """

    def __init__(self, html: str, site_url: str = "", token: CancellationToken = NEVER) -> None:
        self.is_at_end = False
        self._token = token
        self._builder = Builder(token)
        self._prose = Prose(
            self._builder, site_url, find_anchors(html, token), has_liquid=has_liquid(html)
        )
        lowered = html.lower()
        self._leaves = LeafReader(lowered, site_url)
        self._tables: list[TableReader] = []
        self._figures = 0
        # Elements before the body, such as `<noscript>`, are parsed by other rules.
        self._tree = LexborHTMLParser(f"<body>{html}")
        body = self._tree.body
        self._revealed = find_hidden_article(body, lowered, token) if body else frozenset[int]()
        self._stack: list[_Frame] = []
        self._next = body.first_child if body is not None else None

    def read(self, most_nodes: int = ALL_NODES) -> list[Draft]:
        """Read the blocks from here on, and end; what is open after `most_nodes` is closed."""
        self._walk(most_nodes)
        for frame in reversed(self._stack):
            self._leave(frame)
        return self._builder.finish()

    def read_some(self, most_nodes: int) -> list[Draft]:
        """Read so many nodes; return the blocks that are complete and in no container."""
        self._walk(most_nodes)
        return self._builder.complete_drafts()

    def _walk(self, most_nodes: int) -> None:
        token = self._token
        stack = self._stack
        node = self._next
        nodes = 0
        while nodes < most_nodes:
            while node is None:
                if not stack:
                    self._next, self.is_at_end = None, True
                    return
                frame = stack.pop()
                self._leave(frame)
                node = frame.node.next
            if not nodes & _CHECK_MASK:
                token.check()
            nodes += 1
            tag = node.tag or ""
            if tag == "-text":
                self._prose.add_text(node.text_content or "")
            elif tag not in _SKIPPED:
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
        self._next = node

    def _enter(self, node: LexborNode, tag: str) -> _Frame | None:
        """Handle an opening tag; None if nothing inside the element is read."""
        builder = self._builder
        attributes: Attributes = node.attributes
        muted = builder.muted
        if attributes or tag == "dialog":
            hiding = read_hiding(tag, attributes)
            if hiding and not self._is_shown_anyway(node, tag, attributes):
                if hiding == "gone":
                    return None
                muted = hiding == "invisible"
            if "class" in attributes and is_gutter(tag, attributes):
                return None
        if muted and tag in _LEAF_TAGS:
            return None
        if tag == "br":
            builder.add_break()
            return None
        if tag == "hr":
            builder.end_paragraph()
            if not builder.capturing:
                builder.append(Rule())
            self._prose.add_anchors(attributes)
            return None
        if tag not in BLOCK and attributes:
            self._prose.add_anchors(attributes)
        if (tag in LEAVES or self._leaves.has_formulas) and node.mem_id not in self._revealed:
            leaves = self._leaves.read(node, tag, attributes, builder.style.link)
            if leaves is not None:
                for leaf in leaves:
                    self._prose.add_leaf(leaf)
                return None
        if tag == "pre":
            self._read_code(node, attributes)
            return None
        if tag in REVEALABLE and node.mem_id not in self._revealed:
            return None
        return self._open(node, tag, attributes, muted=muted)

    def _is_shown_anyway(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Whether hiding is undone by a script: an image to come, the article itself."""
        return node.mem_id in self._revealed or (tag in IMAGES and is_lazy(attributes))

    def _open(self, node: LexborNode, tag: str, attributes: Attributes, *, muted: bool) -> _Frame:
        builder, prose = self._builder, self._prose
        frame = _Frame(
            node,
            "inline",
            builder.style,
            builder.role,
            builder.figure,
            builder.muted,
            prose.keeps_lines,
        )
        builder.muted = muted
        is_block = tag in BLOCK
        if attributes and (style := attributes.get("style")):
            _, _, lines, boxed = read_layout(style)
            if boxed is False and tag in _LOOSE_BLOCKS:
                is_block = False
            elif boxed and not is_block:
                builder.end_paragraph()
                frame.is_boxed = True
            if lines is not None:
                prose.keeps_lines = lines
        if is_block:
            self._open_block(frame, tag, attributes)
            if attributes:
                prose.set_weight(attributes)
                prose.add_anchors(attributes)
        else:
            frame.inline, frame.mark = prose.open_tag(tag, attributes)
        return frame

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
            case "ul" | "menu" | "dir" | "ol":
                frame.ending = (
                    "container" if self._open_list(frame.node, tag, attributes) else "block"
                )
            case "dl":
                frame.ending = "container" if builder.open_list("definition") else "block"
            case "li" | "dd":
                number = item_number(attributes) if tag == "li" and attributes else None
                if builder.open_item(number):
                    frame.ending = "container"
                    if has_paragraph(frame.node, self._token):
                        builder.set_loose()
            case "dt" if not builder.capturing:
                frame.ending = "term"
                builder.begin_capture()
            case "figure":
                self._figures += 1
                builder.figure = self._figures
            case "figcaption":
                builder.role = "caption"
            case "summary":
                builder.style = Style(builder.style.emphasis | _BOLD, builder.style.link)
            case "table":
                if not builder.capturing and (
                    DATA_TABLE in attributes or not is_layout_table(frame.node, self._token)
                ):
                    self._tables.append(TableReader())
                    frame.ending = "table"
            case "caption":
                builder.role = "caption"
            case _:
                self._set_role(tag, attributes)

    def _open_list(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        numeral = read_numeral(tag, attributes)
        if numeral is None:
            return self._builder.open_list("bullet")
        step = -1 if tag == "ol" and "reversed" in attributes else 1
        first = first_number(node, attributes) if tag == "ol" else 1
        return self._builder.open_list("number", first, numeral, step)

    def _open_cell(self, frame: _Frame, tag: str, attributes: Attributes) -> bool:
        """Handle the parts of the table being read; False for any other block."""
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
                table.begin_group(is_head=tag == "thead")
            case _:
                return False
        return True

    def _set_role(self, tag: str, attributes: Attributes) -> None:
        builder = self._builder
        if tag == "center" or (attributes and is_centred(attributes)):
            builder.role = "centred"
        if attributes and "em_media" in (attributes.get("class") or "").split():
            builder.role = "media"

    def _leave(self, frame: _Frame) -> None:
        builder = self._builder
        match frame.ending:
            case "inline":
                self._prose.close_tag(frame.inline, frame.mark, frame.node)
                if frame.is_boxed:
                    builder.end_paragraph()
            case "block":
                builder.end_paragraph()
            case "container":
                builder.close()
            case "heading":
                self._end_heading(frame.level)
            case "term":
                builder.set_term(builder.take_spans())
            case "table":
                builder.end_paragraph()
                made = self._tables.pop().finish()
                if made is not None:
                    builder.append(made)
            case "row":
                self._tables[-1].end_row()
            case "cell":
                self._tables[-1].end_cell(builder.take_spans())
            case "table-caption":
                self._tables[-1].caption = builder.take_spans()
        builder.style = frame.style
        builder.role = frame.role
        builder.figure = frame.figure
        builder.muted = frame.muted
        self._prose.keeps_lines = frame.keeps_lines

    def _end_heading(self, level: int) -> None:
        builder = self._builder
        pieces = builder.end_capture()
        if builder.capturing:
            for piece in self._token.each(pieces):
                builder.add(piece)
            builder.end_paragraph()
            return
        token = self._token
        spans = builder.join_spans(pieces) if _has_words(pieces, token) else ()
        if has_text(spans, token):
            builder.append(Heading(level, spans))
        else:
            builder.keep_anchors(pieces)
            for block in make_blocks(pieces, token):
                builder.append(block)

    def _read_code(self, node: LexborNode, attributes: Attributes) -> None:
        """Read a `pre`: exact text, `br` as a line feed."""
        text = clean_text(show_spaces(exact_text(node, self._token)).rstrip("\n "))
        text = derive(text, _BLANK_LINES.sub("", text))
        if not text.strip():
            self._prose.add_anchors(attributes)
            return
        self._builder.end_paragraph()
        self._prose.add_anchors(attributes)
        if self._builder.capturing:
            self._builder.add_text(text)
        else:
            self._builder.append(CodeBlock(text, code_language(node, attributes)))


def _has_words(pieces: list[Piece], token: CancellationToken) -> bool:
    return any(isinstance(piece, Text) and is_visible(piece.text) for piece in token.each(pieces))
