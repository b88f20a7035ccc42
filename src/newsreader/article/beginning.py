"""The beginning of a very long article, for the first screen, before the whole of it is parsed.

Most of the time that parsing takes goes into the walk of the page. So the body is prepared as
`newsreader.article.parse` does, as a whole, and only the walk ends early: in front of a block that
nothing is open around but plain boxes, so that what follows cannot change what came before, or in
front of a row of a plain table.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from newsreader.article.document import Document, Emphasis, Paragraph, Quote, Table
from newsreader.article.parse.article_shape import drop_title, find_headings, repeats
from newsreader.article.parse.body_html import MAX_BODY
from newsreader.article.parse.body_parts import split_body
from newsreader.article.parse.html_page import read_page
from newsreader.article.parse.html_tags import SELF_ENDING, VOID, scan_markup, tame_html
from newsreader.article.parse.markdown import join_html
from newsreader.article.parse.parse_article import parse_body
from newsreader.posts.model import Site
from newsreader.text import clean_text, safe_link

if TYPE_CHECKING:
    from newsreader.article.document import Block
    from newsreader.article.parse.block_builder import Draft
    from newsreader.article.parse.body_parts import Segment
    from newsreader.posts.model import Post

LEAST_BODY: Final = 100_000
"""Characters of the shortest body that is worth it."""
BEGINNING: Final = 30_000
"""Characters of the page that are read: some 400 lines at 80 columns."""
_MAX_MARKDOWN: Final = 10_000

# Boxes that say nothing about the blocks inside them.
_BOXES: Final = frozenset(("div", "section", "article", "main", "center"))
# Each of these ends an open paragraph, in every mode of the HTML standard (13.2.6.4.7).
_BLOCK_NAMES = (
    "p div section article main center h1 h2 h3 h4 h5 h6 ul ol dl pre blockquote figure hr "
    "header footer aside nav address details"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_ROW_GROUPS: Final = frozenset(("thead", "tbody", "tfoot"))
# Rows up to the end of a table, with nothing in their cells but running text.
_ROWS: Final = re.compile(
    r"(?:\s++|</?tr\b[^<>]*+>|<t[dh]\b[^<>]*+>"
    r"(?:[^<]++|</?(?:a|abbr|b|br|em|font|i|small|span|strong|u)\b[^<>]*+>)*+(?:</t[dh]\s*+>)?+)*+"
    r"(?:</tbody>\s*+)?+</table>",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile("<!--.*?-->", re.DOTALL)
# The last line with the source, the one with links, and one that those before may belong to.
_MAY_CHANGE: Final = 3


def parse_beginning(post: Post, site: Site | None = None) -> Document | None:
    """The beginning of a post's article; see `parse_body_beginning`."""
    site = site or Site()
    return parse_body_beginning(post.body, title=post.title, site_url=site.url, link=post.link)


def parse_body_beginning(
    body: str, *, title: str = "", site_url: str = "", link: str = ""
) -> Document | None:
    """Parses the beginning of a long body of HTML. Never raises.

    Args:
        body: What follows the front matter.
        title: The post's title.
        site_url: The base of links such as `/about`.
        link: The address that the front matter gives.

    Returns:
        A document whose blocks are the first ones of what `parse_body` gives for the same
        arguments, the last of them perhaps a table of the first rows, without what that takes from
        the body's end (a source link, a note that it was cut). `None` where parsing the whole body
        is soon done, where most of it is Markdown, and where its beginning cannot be told from its
        end for sure.
    """
    if len(body) < LEAST_BODY:
        return None
    text = clean_text(body[:MAX_BODY])
    segments = split_body(text.expandtabs(4) if "\t" in text else text)
    if sum(len(each.text) for each in segments if each.kind == "markdown") > _MAX_MARKDOWN:
        return None
    joined, _ = join_html(segments)
    # A page is tamed tag by tag, so the beginning of a tame page is that of a tame beginning.
    page, _ = tame_html(joined[: 2 * BEGINNING])
    cut, row = _safe_end(page)
    in_table = row > cut and joined.startswith(page[:row]) and bool(_ROWS.match(joined, row))
    start = page[:row] + "</table>" if in_table else page[:cut]
    drafts = drop_title(read_page(start, site_url, _COMMENT.sub("", joined)), title)
    drafts = [draft for draft in drafts if draft.role != "media"]
    if not in_table:
        drafts = _settled(drafts)
    elif not drafts or not isinstance(drafts[-1].block, Table):
        return None
    drafts = find_headings(drafts)
    if not any(isinstance(draft.block, Paragraph | Quote | Table) for draft in drafts):
        return None
    if any(each.kind == "digest" for each in segments) and not _has_paragraph(drafts):
        return None
    blocks = (*_digest(segments, drafts), *(draft.block for draft in drafts))
    return Document(blocks, safe_link(link, site_url))


def _safe_end(page: str) -> tuple[int, int]:
    """The last place, not far behind `BEGINNING`, that what follows it cannot reach over.

    The second number is that of the last row of the table that is open there, 0 where none is. The
    walk stops where tags are not nested as they should be: there, a tree builder moves things.
    """
    stack: list[str] = []
    others = 0  # of the open elements, those that are no boxes
    safe = row = 0
    for tag in scan_markup(page):
        if tag.start > BEGINNING:
            break
        name = tag.name
        if tag.closing:
            while stack and stack[-1] in SELF_ENDING and stack[-1] != name:
                stack.pop()
                others -= 1
            if not stack or stack.pop() != name:
                break
            others -= name not in _BOXES
            row = row if others else 0
            continue
        if stack and (stack[-1] == name in SELF_ENDING or (stack[-1] == "p" and name in _BLOCKS)):
            stack.pop()
            others -= 1
        if name in _BLOCKS and not others:
            safe = tag.start
        if name == "tr" and 0 < others == sum(_is_around_rows(each) for each in stack[-2:]):
            row = tag.start
        if name and name not in VOID:
            stack.append(name)
            others += name not in _BOXES
    return safe, row


def _is_around_rows(name: str) -> bool:
    return name == "table" or name in _ROW_GROUPS


def _has_paragraph(drafts: list[Draft]) -> bool:
    return any(isinstance(draft.block, Paragraph | Quote) for draft in drafts)


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Drafts less those at the end that may become something else by what follows.

    The last of them may be half read, or the figure of a caption; the last two paragraphs of an
    article are looked at for links; and bold paragraphs are headings by what stands after them.
    """
    end = max(0, len(drafts) - _MAY_CHANGE)
    while end and _is_bold(drafts[end - 1]):
        end -= 1
    return drafts[:end]


def _is_bold(draft: Draft) -> bool:
    block = draft.block
    return isinstance(block, Paragraph) and all(
        Emphasis.BOLD in span.emphasis or not span.text.strip() for span in block.spans
    )


def _digest(segments: tuple[Segment, ...], drafts: list[Draft]) -> tuple[Block, ...]:
    """The digest in front of an article; nothing where the article begins with it."""
    for segment in segments:
        if segment.kind == "digest" and not repeats(html.unescape(segment.text), drafts):
            return parse_body("".join(f"> {line}\n" for line in segment.text.split("\n"))).blocks
    return ()
