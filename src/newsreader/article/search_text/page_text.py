"""Take the text of an HTML page straight from lexbor's tree, in C.

Walking the tree in Python takes five times as long as building it. So selectors find what is more
than a holder of text: hidden elements go; images, code, powers and the like are replaced by what
the article shows of them (`tree_edits`). Then all elements of running text are unwrapped, after
which two texts that still stand apart are parted by a block, and lexbor joins them with marks in
between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from newsreader.article.parse.elements.hiding import (
    ENOUGH,
    FRAMING,
    find_hidden_article,
    may_hide,
)
from newsreader.article.parse.elements.leaves import LeafReader
from newsreader.article.parse.html_tags import BLOCK
from newsreader.article.parse.inline import IDEOGRAPHIC, SPACES
from newsreader.article.parse.liquid import has_liquid
from newsreader.article.search_text.tree_edits import MARK, SPECIAL, TreeEdits
from newsreader.patterns import compile_late
from newsreader.text import clean_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# What parts texts by itself.
_PARTING: Final = BLOCK | {"br"}
# Words without which no element of a page matches a selector, and the selector.
_SELECTORS: Final = (
    ("display", '[style*="display" i]'),
    ("visibility", '[style*="visibility" i]'),
    ("white-space", '[style*="white-space" i]'),
    ("hidden", '[hidden],[class*="hidden" i]'),
    ("sr-only", '[class*="sr-only" i]'),
    ("invisible", '[class*="invisible" i]'),
    ("footnote", '[class*="footnote" i]'),
    ("lineno", '[class*="lineno" i]'),
    ("line-number", '[class*="line-number" i]'),
    ("gutter", '[class*="gutter" i]'),
    ("blob-num", '[class*="blob-num" i]'),
    ("hljs-ln", '[class*="hljs-ln" i]'),
)
# Each is tried on each element.
_MOST_SELECTORS: Final = 100
_NAME: Final = compile_late(r"<([a-z][^ \t\n\f\r/>]*+)")
_ODD: Final = compile_late(r"[^a-z0-9-]")
_TAG: Final = compile_late(r"<[a-z][^>]*+")
# A line that ends between two East Asian characters ends no word.
_WRAPPED: Final = compile_late(rf"\n(?<=[{IDEOGRAPHIC}]\n)(?=[{IDEOGRAPHIC}])")
_SPACES: Final = SPACES.replace(MARK, "")


def page_text(page: str) -> str:
    """Take the text of a page: what its article shows, with a line feed where a block ends.

    Args:
        page: An HTML text, which is clean and tame (`newsreader.article.parse.html_tags`).

    Time is linear in the length of the page.
    """
    return _Page(page).read()


class _Page:
    """One page: its source, and the tree that is edited."""

    def __init__(self, page: str) -> None:
        raw = page.encode()
        self._source = b"<body>" + raw
        # Tags are ASCII but for values; a text of single bytes is searched five times as fast.
        self._lowered = raw.lower().decode("latin-1")
        self._tags = _distinct_tags(self._lowered)
        names = frozenset(_NAME.findall(self._tags))
        # An `image` is an `img` to lexbor.
        self._names = names | {"img"} if "image" in names else names
        self._leaves = LeafReader(self._tags, None)
        self._has_liquid = has_liquid(page)

    def read(self) -> str:
        """Return the text of the page."""
        # Elements before the body, such as `<noscript>`, are parsed by other rules.
        body = LexborHTMLParser(self._source).body
        if body is None:
            return ""
        added = self._edit(body, frozenset())
        text = body.text(separator=MARK, skip_empty=True)
        if may_hide(self._tags) and not self._shows_enough(body, text, added):
            body = LexborHTMLParser(self._source).body
            if body is not None and (revealed := find_hidden_article(body, self._lowered)):
                self._edit(body, revealed)
                text = body.text(separator=MARK, skip_empty=True)
        text = _join_lines(text)
        # A body is clean; what its entities stand for is not.
        return clean_text(text) if "&" in self._lowered else text

    def _shows_enough(self, body: LexborNode, text: str, added: int) -> bool:
        """Whether so much is shown that nothing hidden can be the article."""
        enough = ENOUGH + added
        if framing := self._names & FRAMING:
            enough += sum(len(node.text()) for node in body.css(",".join(framing)))
        return sum(map(len, text[: 2 * enough].split())) >= enough

    def _edit(self, body: LexborNode, revealed: frozenset[int]) -> int:
        """Change the tree so that its text is what the article shows.

        Returns:
            How many characters do not come from texts of the page.
        """
        edits = TreeEdits(body, self._leaves, revealed)
        selectors = [selector for word, selector in _SELECTORS if word in self._tags]
        if self._leaves.has_formulas:
            selectors.append("[class]")
        if selectors:
            edits.read_attributes(body.css(",".join(selectors)))
        if names := self._names & SPECIAL:
            edits.read_elements(body.css(",".join(names)))
        edits.settle_texts(has_liquid=self._has_liquid)
        edits.apply()
        self._unwrap(body)
        return edits.added

    def _unwrap(self, body: LexborNode) -> None:
        """Unwrap the elements of running text, and join the texts in and beside them."""
        inline = self._names - _PARTING
        if len(inline) > _MOST_SELECTORS:
            for node in body.css("*"):
                if node.tag not in _PARTING:
                    node.unwrap(delete_empty=True)
        elif inline:
            body.unwrap_tags([",".join(map(_selector, inline))], delete_empty=True)
        body.merge_text_nodes()


def _distinct_tags(lowered: str) -> str:
    """Return each start tag of a page once: of a news page, an eighth of it."""
    tags = frozenset(_TAG.findall(lowered))
    if any(tag.count('"') % 2 or tag.count("'") % 2 for tag in tags):
        return lowered  # A `>` inside of a value ends no tag.
    return " ".join(tags)


def _selector(name: str) -> str:
    """Return the selector of a tag; a name as of Word (`st1:city`) has to be escaped."""
    if _ODD.search(name) is None:
        return name
    name = name.encode("latin-1").decode()
    return "".join(each if each.isalnum() or each == "-" else f"\\{each}" for each in name)


def _join_lines(text: str) -> str:
    """Join lines so that they end where blocks do, and never inside a run of Chinese."""
    if "\n" in text:
        lines = [line.strip(_SPACES) for line in text.split("\n")]
        text = _WRAPPED.sub("", "\n".join(filter(None, lines))).replace("\n", " ")
    return text.replace(MARK, "\n")
