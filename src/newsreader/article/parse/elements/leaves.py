"""Read elements that are more than holders of text: media, formulas, fields, drawings.

The article and the index text read them by the same class, so that what is shown is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from newsreader.article.document import Figure
from newsreader.article.parse.code_block import exact_text
from newsreader.article.parse.elements.drawings import read_drawing
from newsreader.article.parse.elements.emoji import emoji_text
from newsreader.article.parse.elements.fields import FIELDS, field_text
from newsreader.article.parse.elements.formulas import (
    Formula,
    formula_image,
    has_formulas,
    read_formula,
)
from newsreader.article.parse.elements.lazy_images import IMAGES, has_twin, twin_media
from newsreader.article.parse.elements.players import PLAYERS, read_player, read_script
from newsreader.article.parse.media import image_words, read_image
from newsreader.text import EMPTY, Clean, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes


@dataclass(frozen=True, slots=True)
class LeafText:
    """Running text; a line feed ends a line."""

    text: Clean


@dataclass(frozen=True, slots=True)
class LeafCode:
    """Text whose spaces and lines count."""

    text: Clean


PageLeaf: TypeAlias = Figure | Formula | LeafText | LeafCode

_EXACT: Final = frozenset(("textarea", "xmp", "listing", "plaintext"))
_FORMULAS: Final = frozenset(("math", "script", "mjx-container"))
# Inside of these nothing is read, even if they show nothing.
_CLOSED: Final = frozenset(("iframe", "video", "audio", "embed", "frame", "bgsound", "noscript"))
LEAVES: Final = IMAGES | PLAYERS | FIELDS | _EXACT | _FORMULAS | {"svg", "canvas", "noscript"}
"""The tags of elements that may be leaves."""


class LeafReader:
    """Reads the leaves of one page.

    Args:
        lowered: The page's text in lower case, which tells whether there can be formulas and
            twins in it.
        site_url: The base of addresses such as `/a.jpg`; None if images need no addresses.
    """

    def __init__(self, lowered: str, site_url: str | None) -> None:
        self._image_url = site_url
        self._site_url = site_url or ""
        self._has_twins = "<noscript" in lowered
        self.has_formulas = has_formulas(lowered)

    def read(
        self, node: LexborNode, tag: str, attributes: Attributes, link: Clean = EMPTY
    ) -> tuple[PageLeaf, ...] | None:
        """Read what an element shows, in order; None if it is to be read as a holder of text."""
        if self.has_formulas and tag not in IMAGES:
            formula = read_formula(node, tag, attributes)
            if formula is not None:
                return (formula,) if formula.text else ()
        if tag not in LEAVES:
            return None
        if tag in IMAGES:
            return self._read_image(node, attributes, link)
        if tag in PLAYERS:
            return self._read_player(node, tag, attributes)
        if tag in FIELDS:
            text = field_text(node, tag, attributes)
            return None if text is None else (LeafText(text),) if text else ()
        if tag in _EXACT:
            text = clean_text(exact_text(node).removeprefix("\n"))
            return (LeafCode(text),) if text.strip() else ()
        match tag:
            case "svg":
                figures, text = read_drawing(node, attributes, self._site_url)
                return (*figures, LeafText(text)) if text else figures
            case "canvas":
                words = attributes.get("aria-label") or node.text()
                return (Figure("image", EMPTY, image_words(words)),)
            case "noscript":
                return tuple(self._twins(node))
            case "script":
                figure = read_script(attributes)
                return () if figure is None else (figure,)
            case _:
                return None

    def _read_image(
        self, node: LexborNode, attributes: Attributes, link: Clean
    ) -> tuple[PageLeaf, ...]:
        if self._has_twins and has_twin(node, attributes):
            return ()
        if tex := formula_image(attributes):
            return (Formula(tex, is_tex=True),)
        if emoji := emoji_text(attributes):
            return (LeafText(emoji),)
        figure = read_image(node, attributes, self._image_url, link)
        return () if figure is None else (figure,)

    def _read_player(
        self, node: LexborNode, tag: str, attributes: Attributes
    ) -> tuple[PageLeaf, ...] | None:
        if self._has_twins and tag == "iframe" and has_twin(node, attributes):
            return ()
        figure = read_player(node, tag, attributes, self._site_url)
        if figure is None:
            return () if tag in _CLOSED else None
        return (figure,)

    def _twins(self, noscript: LexborNode) -> Iterator[Figure]:
        """Yield the media of a `noscript`, whose text is for those who see no page."""
        for node, tag in twin_media(noscript):
            figure = (
                read_image(node, node.attributes, self._image_url, EMPTY)
                if tag in IMAGES
                else read_player(node, tag, node.attributes, self._site_url)
            )
            if figure is not None:
                yield figure
