"""The structure of an article, as lines that two of them are compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.article.document import Document
from newsreader.article.parse.body_html import BodyHtml, body_html
from newsreader.article.parse.html_page import read_page
from newsreader.article.parse.html_tags import tame_html
from newsreader.text import clean_text
from tests.article.dump import dump

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.article.document import Block

SITE = "https://site.example"
_ANCHOR = re.compile(r"\|?[ ]?@[^⟧]*⟧")
_PLAIN = re.compile(r"⟦([^⟦⟧|]*)⟧")
_TWO_OF_A_STYLE = re.compile(r"\|([^⟦⟧|]*)⟧⟦([^⟦⟧|]*)(?=\|\1⟧)")
_LINK = re.compile(r"⟦([^⟦⟧]*)\|[a-z]*+ ?>([^⟧]*)⟧")
_PLACE = re.compile(r">#[^⟧]*⟧")
# A line is drawn above the notes of an article.
_NOTES = re.compile(r'(?=<div class="footnotes")')
# kramdown writes formulas for a script of the page to draw; the article shows them as code.
_FORMULA = re.compile(r'<div class="kdmath">\$\$(.*?)\$\$</div>', re.DOTALL)
_INLINE_FORMULA = re.compile(r'<span class="kdmath">\$(.*?)\$</span>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Structure:
    """What two articles are compared by.

    Attributes:
        lines: A line for each block, indented by what it stands in: its kind (heading and level,
            paragraph, list and first number, row of a table, line of code ...) and its text with
            emphasis and links. Places in the article have no names: `#` links to any of them.
        links: Text and address of each link, in order.
    """

    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def structure_of(blocks: Sequence[Block]) -> Structure:
    """List the blocks and links of an article."""
    dumped = _PLAIN.sub(r"\1", _ANCHOR.sub("⟧", dump(Document(tuple(blocks)))))
    dumped = _PLACE.sub(">#⟧", dumped)
    dumped = _TWO_OF_A_STYLE.sub(r"\2", dumped)
    links = tuple((link[1], link[2]) for link in _LINK.finditer(dumped))
    return Structure(tuple(dumped.splitlines()), links)


def structure_of_body(body: str, page: BodyHtml | None = None) -> Structure:
    """List what a Markdown body holds, before titles, digests and headings of news are settled.

    Args:
        body: A post's body.
        page: The same body as HTML, if it is known already.
    """
    page = page or body_html(body)
    return structure_of([draft.block for draft in read_page(page.html, SITE)[0]])


def structure_of_kramdown(page: str) -> Structure:
    """List what a page that kramdown made holds, read by the same rules for HTML.

    What these rules intend (hidden elements, captions, marks for media) is so the same on both
    sides: all that differs is what the Markdown was taken for.
    """
    page = _NOTES.sub("<hr>", page)
    page = _FORMULA.sub(r'<pre><code class="language-latex">\1</code></pre>', page)
    page = _INLINE_FORMULA.sub(r"<code>\1</code>", page)
    tame, _ = tame_html(clean_text(page))
    return structure_of([draft.block for draft in read_page(tame, SITE)[0]])
