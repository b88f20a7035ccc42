"""Read the running text of a page: inline tags, links and anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import unquote

from newsreader.article.document import Emphasis
from newsreader.article.parse.attributes import font_weight, is_back_link, is_stock
from newsreader.article.parse.inline import Anchor, Style, Text, lower_text, raise_text
from newsreader.article.parse.liquid import known_address, part_liquid, show_spaces
from newsreader.article.parse.media import read_image, read_player
from newsreader.text import EMPTY, Clean, clean_text, derive, fill, literal, safe_link

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes
    from newsreader.article.parse.block_builder import Builder

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
BACK_ARROW: Final = literal("↩")
_BOXES: Final = {False: literal("☐ "), True: literal("☑ ")}


class Prose:
    """Writes text, links, anchors and media into a builder.

    Args:
        builder: What is written into.
        site_url: The base of links such as `/about`.
        anchors: The names of the anchors that links of the page lead to.
        has_liquid: Whether there may be Liquid in its text.
    """

    def __init__(
        self, builder: Builder, site_url: str, anchors: frozenset[Clean], *, has_liquid: bool
    ) -> None:
        self._builder = builder
        self._site_url = site_url
        self._anchors: dict[str, Clean] = {name: name for name in anchors}
        self._placed: set[Clean] = set()
        self._has_liquid = has_liquid

    def add_text(self, text: str) -> None:
        """Add the text of a node; a Liquid value in it becomes a dim `…`, but not in code."""
        cleaned = clean_text(text)
        builder = self._builder
        style = builder.style
        if not self._has_liquid:
            builder.add_text(cleaned)
        elif style.emphasis & _CODE:
            builder.add_text(derive(cleaned, show_spaces(cleaned)))
        else:
            for part, is_value in part_liquid(cleaned):
                if is_value:
                    builder.add(Text(part, Style(style.emphasis | _DIM, style.link)))
                elif part:
                    builder.add_text(part)

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

    def add_box(self, attributes: Attributes) -> None:
        """Add a checkbox; other fields leave nothing."""
        if mark := check_mark(attributes):
            self._builder.add_text(mark)

    def add_image(self, attributes: Attributes) -> None:
        """Add the image of an `img` tag, if it is worth a line."""
        figure = read_image(attributes, self._site_url, self._builder.style.link)
        if figure is not None:
            self._builder.add(figure)

    def add_medium(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        """Add a video, a sound or a page inside the page, if its address is known."""
        figure = read_player(node, tag, attributes, self._site_url)
        if figure is None:
            return
        if self._builder.capturing:
            self._builder.add(figure)
        else:
            self._builder.end_paragraph()
            self._builder.append(figure)

    def _link(self, href: str) -> Clean:
        """Return the target of a link; empty if unknown, or an anchor that the page lacks."""
        link = safe_link(known_address(href).strip(), self._site_url)
        if link.startswith("#"):
            name = self._anchors.get(unquote(link[1:]))
            return fill("#{}", name) if name else EMPTY
        return link


def check_mark(attributes: Attributes) -> Clean:
    """Return the text of an `input` tag: a box, ticked or not; empty for other fields."""
    if (attributes.get("type") or "").lower() != "checkbox":
        return EMPTY
    return _BOXES["checked" in attributes]


def _leads_somewhere(node: LexborNode) -> bool:
    child = node.first_child
    return child is not None and child.tag == "a" and bool(child.attributes.get("href"))
