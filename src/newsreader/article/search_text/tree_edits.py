"""Change the tree of a page so that its text is what the article shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from newsreader.article.document import Figure
from newsreader.article.parse.attributes import NOTHING, is_back_link, is_gutter, read_layout
from newsreader.article.parse.code_block import exact_text
from newsreader.article.parse.elements.formulas import Formula
from newsreader.article.parse.elements.hiding import REVEALABLE, read_hiding
from newsreader.article.parse.elements.lazy_images import IMAGES, is_lazy
from newsreader.article.parse.elements.leaves import LEAVES, LeafCode, LeafReader, LeafText
from newsreader.article.parse.html_tags import BLOCK
from newsreader.article.parse.inline import lower_text, raise_text
from newsreader.article.parse.liquid import begins_liquid, has_liquid, part_liquid, show_spaces
from newsreader.article.parse.prose import CODE_TAGS
from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes
    from newsreader.article.parse.elements.leaves import PageLeaf

MARK: Final = "\t"
"""Stands where a block begins or ends. Bodies hold no tabs; one of an entity separates as well."""
_SKIPPED: Final = NOTHING - LEAVES - REVEALABLE
# Blocks that a style may make part of a line.
_LOOSE_BLOCKS: Final = frozenset(("p", "div", "section", "article", "header", "footer", "aside"))
_QUOTING: Final = {"rt": ("(", ")"), "q": ("“", "”")}
_SCRIPTS: Final = frozenset(("sup", "sub"))
# Nothing of these is read where nothing is seen.
_SOLID: Final = LEAVES | {"br", "pre"}
SPECIAL: Final = _SKIPPED | LEAVES | REVEALABLE | _SCRIPTS | {"pre", "dialog", *_QUOTING}
"""The tags of elements that are no mere holders of text."""
# Code inside of these elements is running text like the rest of it.
_RUNNING: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption"))
_LINK: Final = frozenset(("a",))


class TreeEdits:
    """What is to be changed in a tree, so that its text is what the article shows.

    Everything is read before anything is changed: an image looks at what is beside it.

    Args:
        body: The tree.
        leaves: Reads the leaves of its page.
        revealed: The elements that are shown in spite of their hiding.

    Attributes:
        added: How many characters of leaves are written into the tree.
    """

    def __init__(self, body: LexborNode, leaves: LeafReader, revealed: frozenset[int]) -> None:
        self._body = body
        self._leaves = leaves
        self._revealed = revealed
        self._gone: dict[int, LexborNode] = {}
        self._places: dict[int, tuple[LexborNode, str]] = {}
        self._texts: list[tuple[LexborNode, str]] = []
        self._around: list[tuple[LexborNode, str, str]] = []
        self._lines: list[LexborNode] = []
        self._scripts: list[LexborNode] = []
        self._muting: dict[int, bool] = {}
        self._keeping: dict[int, bool] = {}
        self.added = 0

    # Reading.

    def read_attributes(self, nodes: Iterable[LexborNode]) -> None:
        """Read what the attributes of elements say: that they are hidden, blocks and the like."""
        for node in nodes:
            tag = node.tag or ""
            attributes = node.attributes
            identity = node.mem_id
            hiding = read_hiding(tag, attributes)
            if hiding and not (
                identity in self._revealed or (tag in IMAGES and is_lazy(attributes))
            ):
                if hiding == "gone":
                    self._gone[identity] = node
                    continue
                self._muting[identity] = hiding == "invisible"
            if "class" in attributes:
                if is_gutter(tag, attributes):
                    self._gone[identity] = node
                    continue
                if tag == "a" and attributes.get("href") and is_back_link(attributes):
                    # Shown as one arrow, apart from the words around it.
                    self._places[identity] = (node, " ")
                if self._leaves.has_formulas and tag not in LEAVES:
                    self._read_leaf(node, tag, attributes)
            if style := attributes.get("style"):
                _, _, keeps, boxed = read_layout(style)
                if keeps is not None:
                    self._keeping[identity] = keeps
                if boxed is False and tag in _LOOSE_BLOCKS:
                    self._lines.append(node)
                elif boxed and tag not in BLOCK:
                    self._around.append((node, MARK, MARK))

    def read_elements(self, nodes: Iterable[LexborNode]) -> None:
        """Read elements that are no mere holders of text."""
        # What was read whole last; nothing inside of it is read again, however deep it is.
        holder: int | None = None
        for node in nodes:
            tag = node.tag or ""
            identity = node.mem_id
            if holder is not None:
                if _is_within(node, holder):
                    continue
                holder = None
            if identity in self._gone:
                continue
            if tag in _SKIPPED:
                self._gone[identity] = node
            elif tag in _SCRIPTS:
                self._scripts.append(node)
            elif tag in _QUOTING:
                self._around.append((node, *_QUOTING[tag]))
            elif tag == "pre":
                words = show_spaces(exact_text(node))
                self._places[identity] = (node, _code(node, words))
                holder = identity
            elif tag == "dialog":
                if read_hiding(tag, node.attributes) == "gone" and identity not in self._revealed:
                    self._gone[identity] = node
            elif identity in self._revealed:
                continue
            elif self._read_leaf(node, tag, node.attributes):
                holder = identity if node.first_child is not None else None
            elif tag in REVEALABLE:
                self._gone[identity] = node

    def _read_leaf(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Read a leaf; False if the element is to be read as a holder of text."""
        identity = node.mem_id
        if identity in self._revealed:
            return False
        leaves = self._leaves.read(node, tag, attributes)
        if leaves is None:
            return False
        text = "".join(_leaf_text(node, leaf) for leaf in leaves)
        self.added += len(text)
        self._places[identity] = (node, text)
        return True

    def settle_texts(self, *, has_liquid: bool) -> None:
        """Read texts that are not what they are by themselves: Liquid, kept lines, unseen ones."""
        has_liquid = has_liquid and begins_liquid(self._body.text())
        if not has_liquid and not any(self._muting.values()) and not any(self._keeping.values()):
            return
        stack: list[tuple[LexborNode, bool, bool, bool]] = []
        muted = keeps = in_code = False
        node = self._body.first_child
        while True:
            while node is None:
                if not stack:
                    return
                parent, muted, keeps, in_code = stack.pop()
                node = parent.next
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                changed = _settle_text(text, in_code=in_code) if has_liquid else text
                if muted:
                    changed = ""
                elif keeps:
                    changed = changed.replace("\n", MARK)
                if changed != text:
                    self._texts.append((node, changed))
            else:
                identity = node.mem_id
                is_muted = self._muting.get(identity, muted)
                if is_muted and tag in _SOLID:
                    self._gone[identity] = node
                elif identity not in self._gone and (child := node.first_child) is not None:
                    stack.append((node, muted, keeps, in_code))
                    muted = is_muted
                    keeps = self._keeping.get(identity, keeps)
                    in_code = in_code or tag in CODE_TAGS
                    node = child
                    continue
            node = node.next

    # Changing.

    def apply(self) -> None:
        """Change the tree."""
        for node, text in self._texts:
            node.replace_with(text)
        for node in self._gone.values():
            node.decompose(recursive=False)
        for identity, (node, text) in self._places.items():
            if identity not in self._gone:
                node.replace_with(text)
        for node, before, after in self._around:
            node.insert_before(before)
            node.insert_after(after)
        for node in self._lines:
            node.unwrap(delete_empty=True)
        # The text of powers and indices is settled by now.
        for node in reversed(self._scripts):
            node.replace_with(_script_text(node))


def _is_within(node: LexborNode, identity: int) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id == identity:
            return True
        parent = parent.parent
    return False


def _leaf_text(node: LexborNode, leaf: PageLeaf) -> str:
    match leaf:
        case Figure(alt=alt):
            return f"{MARK}{alt}{MARK}"
        case LeafText(text):
            return text.replace("\n", MARK)
        case LeafCode(text):
            return _code(node, text)
        case Formula(text, is_display=is_display):
            return f"{MARK}{text}{MARK}" if is_display else text
        case _:
            assert_never(leaf)


def _code(node: LexborNode, words: str) -> str:
    """Return the words of code, a block of its own but in a heading and its like."""
    if not words.strip():
        return ""
    if _is_inside(node, _RUNNING):
        return f"{MARK}{words}"
    words = words.replace("\n", MARK)
    return f"{MARK}{words}{MARK}"


def _settle_text(text: str, *, in_code: bool) -> str:
    """Show the Liquid of a text as the article does."""
    if not begins_liquid(text):
        return text
    if in_code or not has_liquid(text):
        return show_spaces(text)
    return "".join(part for part, _ in part_liquid(clean_text(text)))


def _script_text(node: LexborNode) -> str:
    """Write a `<sup>` or `<sub>` as the article does: 10⁴, CO₂, and notes as [1]."""
    words = node.text().strip()
    if not words:
        return ""
    if node.css_first("a[href]") is not None or _is_inside(node, _LINK):
        return words if words.startswith("[") else f"[{words}]"
    if _is_inside(node, CODE_TAGS):
        return words
    cleaned = clean_text(words)
    return raise_text(cleaned) if node.tag == "sup" else lower_text(cleaned)


def _is_inside(node: LexborNode, tags: frozenset[str]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return True
        parent = parent.parent
    return False
