"""Read the running text of a page: inline tags, links and anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never
from urllib.parse import unquote

from newsreader.article.document import CodeBlock, Emphasis, Figure
from newsreader.article.parse.attributes import font_weight, is_back_link, is_stock
from newsreader.article.parse.elements.formulas import Formula
from newsreader.article.parse.elements.leaves import LeafCode, LeafText
from newsreader.article.parse.inline import Anchor, Style, Text, lower_text, raise_text
from newsreader.article.parse.liquid import is_plain, known_address, part_liquid, show_spaces
from newsreader.text import EMPTY, Clean, clean_text, derive, fill, literal, safe_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.document import Block
    from newsreader.article.parse.attributes import Attributes
    from newsreader.article.parse.block_builder import Builder
    from newsreader.article.parse.elements.leaves import PageLeaf
    from newsreader.article.parse.inline import Piece

# What to undo at the end of an inline tag.
InlineEnding: TypeAlias = Literal["", "raised", "lowered", "ruby-text", "quoted", "back-link"]

_EMPHASIS: Final = {
    "b": Emphasis.BOLD, "strong": Emphasis.BOLD,
    "i": Emphasis.ITALIC, "em": Emphasis.ITALIC, "cite": Emphasis.ITALIC, "dfn": Emphasis.ITALIC,
    "var": Emphasis.ITALIC,
    "code": Emphasis.CODE, "kbd": Emphasis.CODE, "samp": Emphasis.CODE, "tt": Emphasis.CODE,
    "del": Emphasis.STRIKE, "s": Emphasis.STRIKE, "strike": Emphasis.STRIKE,
    "u": Emphasis.UNDERLINE, "ins": Emphasis.UNDERLINE,
    "mark": Emphasis.MARK,
}  # fmt: skip
CODE_TAGS: Final = frozenset(
    tag for tag, emphasis in _EMPHASIS.items() if emphasis is Emphasis.CODE
)
"""Inside these, Liquid is text like any other."""
_CODE: Final = Emphasis.CODE.value
_DIM: Final = Emphasis.DIM.value
_BOLD: Final = Emphasis.BOLD.value
# Most lines of one text that are kept in one paragraph, whose lines are joined one by one.
_MOST_LINES: Final = 1_000
BACK_ARROW: Final = literal("↩")


class Prose:
    """Writes text, links, anchors and media into a builder.

    Args:
        builder: What is written into.
        site_url: The base of links such as `/about`.
        anchors: The names of the anchors that links of the page lead to.
        has_liquid: Whether there may be Liquid in its text.

    Attributes:
        keeps_lines: Whether line feeds end lines, as `white-space: pre-line` has it.
    """

    def __init__(
        self, builder: Builder, site_url: str, anchors: frozenset[Clean], *, has_liquid: bool
    ) -> None:
        self._builder = builder
        self._site_url = site_url
        self._anchors: dict[str, Clean] = {name: name for name in anchors}
        self._placed: set[Clean] = set()
        self._has_liquid = has_liquid
        self.keeps_lines = False

    def add_text(self, text: str) -> None:
        """Add the text of a node; a Liquid value in it becomes a dim `…`, but not in code."""
        builder = self._builder
        if text.isspace() and not builder.mark() and not self.keeps_lines:
            return  # What stands between the tags of blocks: half of the texts of a page.
        cleaned = clean_text(text)
        style = builder.style
        if not self._has_liquid or is_plain(cleaned):
            if self.keeps_lines:
                self._add_lines(cleaned)
            elif cleaned:
                builder.add_text(cleaned)
        elif style.emphasis & _CODE:
            self._add_lines(derive(cleaned, show_spaces(cleaned)))
        else:
            for part, is_value in builder.token.each(part_liquid(cleaned)):
                if is_value:
                    builder.add(Text(part, Style(style.emphasis | _DIM, style.link)))
                elif part:
                    self._add_lines(part)

    def _add_lines(self, text: Clean) -> None:
        builder = self._builder
        lines = text.split("\n") if self.keeps_lines else []
        if len(lines) < 2 or (builder.capturing and len(lines) > _MOST_LINES):
            if text:
                builder.add_text(text)
            return
        for number, line in enumerate(lines):
            if number and number % _MOST_LINES == 0:
                builder.end_paragraph()
            elif number:
                builder.add_break()
            if line:
                builder.add_text(clean_text(line))

    def open_tag(self, tag: str, attributes: Attributes) -> tuple[InlineEnding, int]:
        """Handle an inline tag; return what to undo at its end, and where its text begins."""
        builder = self._builder
        style = builder.style
        ending: InlineEnding = ""
        if tag == "a":
            href = attributes.get("href")
            if href and not is_stock(attributes):
                builder.style = Style(style.emphasis, self._link(href))
            if href and is_back_link(attributes):
                ending = "back-link"
        elif (emphasis := _EMPHASIS.get(tag)) is not None:
            builder.style = Style(style.emphasis | emphasis.value, style.link)
        elif tag == "sup":
            ending = "raised"
        elif tag == "sub":
            ending = "lowered"
        elif tag == "rt":
            builder.add_text(literal("("))
            ending = "ruby-text"
        elif tag == "q":
            builder.add_text(literal("“"))
            ending = "quoted"
        if attributes:
            self.set_weight(attributes)
        return ending, builder.mark()

    def set_weight(self, attributes: Attributes) -> None:
        """Make the text of an element bold, or not, as its style says."""
        weight = font_weight(attributes)
        if weight is not None:
            style = self._builder.style
            emphasis = style.emphasis | _BOLD if weight else style.emphasis & ~_BOLD
            self._builder.style = Style(emphasis, style.link)

    def close_tag(self, ending: InlineEnding, mark: int, node: LexborNode) -> None:
        """Undo what `open_tag` returned."""
        builder = self._builder
        match ending:
            case "raised" | "lowered":
                self._end_script(mark, node, raised=ending == "raised")
            case "ruby-text":
                builder.add_text(literal(")"))
            case "quoted":
                builder.add_text(literal("”"))
            case "back-link":
                self._end_back_link(mark)
            case "":
                pass

    def _end_script(self, mark: int, node: LexborNode, *, raised: bool) -> None:
        """End a `<sup>` or `<sub>`: a power, an index, or the number of a note."""
        builder = self._builder
        pieces = builder.take(mark)
        texts = [piece for piece in pieces if isinstance(piece, Text)]
        words = clean_text("".join(piece.text for piece in texts).strip())
        linked = next((piece.style for piece in texts if piece.style.link), None)
        for piece in pieces:
            if not isinstance(piece, Text):
                builder.add(piece)
        if not words:
            return
        if linked is not None or (raised and _leads_somewhere(node)):
            words = words if words.startswith("[") else fill("[{}]", words)
            builder.add(Text(words, linked or texts[0].style))
        elif builder.style.emphasis & _CODE or not texts:
            builder.add_text(words)
        else:
            changed = raise_text(words) if raised else lower_text(words)
            builder.add(Text(changed, texts[0].style))

    def _end_back_link(self, mark: int) -> None:
        """End a link from a note back to its mark: one plain arrow, whatever the page draws."""
        builder = self._builder
        link = builder.style.link
        texts = 0
        for piece in builder.take(mark):
            if isinstance(piece, Text):
                texts += bool(piece.text.strip())
            else:
                builder.add(piece)
        if texts and link:
            builder.add(Text(literal(" "), Style()))
            builder.add(Text(BACK_ARROW, Style(_DIM, link)))

    def add_anchors(self, attributes: Attributes) -> None:
        """Add the anchors of an element that links of the page lead to."""
        if not self._anchors:
            return
        for attribute in ("id", "name"):
            name = self._anchors.get(attributes.get(attribute) or "")
            if name and name not in self._placed:
                self._placed.add(name)
                self._builder.add(Anchor(name))

    def add_leaf(self, leaf: PageLeaf) -> None:
        """Add what an element shows: an image, a player, a formula, the text of a field."""
        builder = self._builder
        match leaf:
            case Figure(kind="image"):
                builder.add(leaf)
            case Figure():
                self._add_block(leaf, leaf)
            case LeafText(text):
                for number, line in enumerate(text.split("\n")):
                    if number:
                        builder.add_break()
                    builder.add_text(clean_text(line))
            case LeafCode(text):
                self._add_block(CodeBlock(derive(text, text.rstrip())), Text(text, builder.style))
            case Formula(text, is_tex, is_display):
                style = builder.style
                code = style.emphasis | _CODE if is_tex else style.emphasis
                piece = Text(text, Style(code, style.link))
                if is_display and is_tex:
                    self._add_block(CodeBlock(text, literal("latex")), piece)
                elif is_display:
                    builder.end_paragraph()
                    builder.add(piece)
                    builder.end_paragraph()
                else:
                    builder.add(piece)
            case _:
                assert_never(leaf)

    def _add_block(self, block: Block, piece: Piece) -> None:
        """Add a block, or the piece that stands for it where there can be none."""
        if self._builder.capturing:
            self._builder.add(piece)
        else:
            self._builder.end_paragraph()
            self._builder.append(block)

    def _link(self, href: str) -> Clean:
        """Return the target of a link; empty if unknown, or an anchor that the page lacks."""
        link = safe_link(known_address(href).strip(), self._site_url)
        if link.startswith("#"):
            name = self._anchors.get(unquote(link[1:]))
            return fill("#{}", name) if name else EMPTY
        return link


def _leads_somewhere(node: LexborNode) -> bool:
    child = node.first_child
    return child is not None and child.tag == "a" and bool(child.attributes.get("href"))
