"""Parse a post's body to a `Document`; there is no other way to make one."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Block, Document, Emphasis, Paragraph, Quote, Span, Table
from newsreader.article.facts import plain_text
from newsreader.article.parse.article_shape import drop_title, find_headings, part_end, repeats
from newsreader.article.parse.body_html import body_html
from newsreader.article.parse.figures import Draft
from newsreader.article.parse.html_page import PageReader, read_page
from newsreader.article.parse.inline import is_visible
from newsreader.article.parse.liquid import show_spaces
from newsreader.posts.model import KramdownOptions, Site
from newsreader.text import clean_line, safe_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.posts.model import Post

LONG_BODY: Final = 8_000
"""The shortest body, in characters, that is parsed in two steps; what the first one read is not
read again."""
FIRST_TEXT: Final = 1_500
"""Characters that the first step reads, as if every block had some more: 40 lines of 80 columns."""
_BLOCK_TEXT: Final = 40
"""Characters that would take the place of an empty line and of an unfinished one."""
FIRST_NODES: Final = 800
"""Most nodes that the first step reads, in 4 ms."""
_PIECE: Final = 50
"""Nodes that it reads before it looks how many characters it has."""
TABLE_BODY: Final = 100_000
"""The shortest body that may be one list or table, of which the first step reads a part of its own.
Without it a table of 500 KB shows nothing for 613 ms, with it for 100 ms."""
TABLE_NODES: Final = 3_000
"""Most nodes that are read of that: some 400 lines at 80 columns."""
# The last block may be half read, or a figure whose caption follows, and the two last paragraphs
# of an article are searched for links.
_MAY_CHANGE: Final = 3


def parse_article(
    post: Post, site: Site | None = None, token: CancellationToken = NEVER
) -> Document:
    """Parse a post; raises nothing but `WorkCancelledError`, once `token` is cancelled."""
    return article_parser(post, site, token).parse()


def article_parser(
    post: Post, site: Site | None = None, token: CancellationToken = NEVER
) -> ArticleParser:
    """Prepare to parse a post, perhaps its beginning first."""
    site = site or Site()
    return ArticleParser(
        post.body,
        title=post.title,
        site_url=site.url,
        link=post.link,
        is_html=post.is_html,
        options=site.kramdown,
        token=token,
    )


def parse_body(
    body: str,
    *,
    title: str = "",
    site_url: str = "",
    link: str = "",
    is_html: bool = False,
    options: KramdownOptions | None = None,
    token: CancellationToken = NEVER,
) -> Document:
    """Parse a post's body; see `ArticleParser`."""
    return ArticleParser(
        body,
        title=title,
        site_url=site_url,
        link=link,
        is_html=is_html,
        options=options,
        token=token,
    ).parse()


class ArticleParser:
    """Parses a post's body, whole or its beginning alone.

    Nothing raises but `WorkCancelledError`, once `token` is cancelled. Time is linear in the length
    of `body`, of which 2,000,000 characters are read.

    Args:
        body: What follows the front matter.
        title: The post's title; a heading that repeats it is left out, and where it leads is the
            post's address.
        site_url: The base of links such as `/about`.
        link: The address in the front matter, which is preferred to the one in the body.
        is_html: Whether the body is HTML throughout, not Markdown with HTML in it.
        options: How its site wants Markdown to be read.
        token: Cancelled from another thread, it ends the work within 100 ms.
    """

    def __init__(
        self,
        body: str,
        *,
        title: str = "",
        site_url: str = "",
        link: str = "",
        is_html: bool = False,
        options: KramdownOptions | None = None,
        token: CancellationToken = NEVER,
    ) -> None:
        self._page = body_html(body, token, is_html=is_html, options=options)
        self._is_long = len(body) >= LONG_BODY
        self._may_be_table = len(body) >= TABLE_BODY
        self._reader: PageReader | None = None
        self._title = title
        self._site_url = site_url
        self._link = safe_link(link, site_url)
        self._token = token

    def parse(self) -> Document:
        """Parse all of it."""
        page = self._page
        reader, self._reader = self._reader or self._begin(), None
        drafts = reader.read()
        drafts, title_link = drop_title(drafts, self._title, self._token)
        drafts, tail, found_link = part_end(drafts, self._token)
        blocks = self._with_digest(find_headings(drafts, self._token))
        blocks.extend(draft.block for draft in tail)
        return Document(tuple(blocks), self._link or found_link or title_link, page.cut)

    def parse_beginning(self) -> Document | None:
        """Parse the first blocks of a long body, for the first screen.

        Returns:
            A document whose blocks are the first ones of what `parse` gives, the last of them
            perhaps a table of the first rows, without what `parse` takes from the body's end (a
            source link, a note that it was cut). None if the whole body is fast to parse, or if
            its beginning cannot be told from its end for sure.
        """
        if not self._is_long:
            return None
        reader = self._reader = self._begin()
        drafts: list[Draft] = []
        for left in range(FIRST_NODES, 0, -_PIECE):
            drafts = reader.read_some(min(left, _PIECE))
            if reader.is_at_end:
                return None
            if _length(drafts[:-_MAY_CHANGE]) > FIRST_TEXT:
                break
        drafts = _settled(drop_title(drafts, self._title)[0])
        if not drafts and self._may_be_table:
            drafts, has_more = read_page(self._page.html, self._site_url, self._token, TABLE_NODES)
            if not has_more:
                return None
            drafts = _settled(drop_title(drafts, self._title)[0])
        has_text = any(isinstance(draft.block, Paragraph | Quote) for draft in drafts)
        if not drafts or (self._page.digest and not has_text):
            return None
        return Document(tuple(self._with_digest(find_headings(drafts))), self._link)

    def _begin(self) -> PageReader:
        return PageReader(self._page.html, self._site_url, self._token)

    def _with_digest(self, drafts: Sequence[Draft]) -> list[Block]:
        """Put the digest in front of the blocks, unless the article begins with it anyway."""
        digest = self._page.digest
        token = self._token
        blocks: list[Block] = [draft.block for draft in token.each(drafts)]
        if digest and not repeats(html.unescape(digest), drafts, token):
            blocks[:0] = _read_digest(digest, token)
        return blocks


def _length(drafts: list[Draft]) -> int:
    """Count the characters of drafts, and some for each."""
    shown = plain_text(Document(tuple(draft.block for draft in drafts)))
    return len(shown) + _BLOCK_TEXT * len(drafts)


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Drop the last drafts of a beginning, which what follows may still turn into something else.

    A table that was being read stays, less its last row. Bold paragraphs are headings by what
    stands after them; the name of the newspaper goes to the end of the article.
    """
    drafts = [draft for draft in drafts if draft.role != "media"]
    last = drafts[-1].block if drafts else None
    if isinstance(last, Table) and len(last.rows) > 1:
        return [*drafts[:-1], Draft(_less_last_row(last))]
    end = max(0, len(drafts) - _MAY_CHANGE)
    while end and _is_bold(drafts[end - 1]):
        end -= 1
    return drafts[:end]


def _less_last_row(table: Table) -> Table:
    rows = table.rows[:-1]
    return Table(rows, table.caption, tuple(row for row in table.groups if row < len(rows)))


def _is_bold(draft: Draft) -> bool:
    block = draft.block
    return isinstance(block, Paragraph) and all(
        Emphasis.BOLD in span.emphasis or not span.text.strip() for span in block.spans
    )


def _read_digest(text: str, token: CancellationToken) -> tuple[Quote, ...]:
    """Make the quote that shows a digest; empty if none of it is visible."""
    texts = token.each(show_spaces(text).split("\n"))
    lines = (clean_line(html.unescape(line)) for line in texts)
    blocks = tuple(Paragraph((Span(line),)) for line in lines if is_visible(line))
    return (Quote(blocks),) if blocks else ()
