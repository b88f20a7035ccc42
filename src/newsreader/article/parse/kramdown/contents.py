"""Find what belongs to a table of contents, which a page has links in and a terminal leaves out.

kramdown puts it where a list with the attribute `toc` stands. What stands over that list to name
it goes with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.token import Token

_TITLE: Final = compile_late(
    r"\W*+(?:本文|文章|内容|本页)?(?:目录|目錄|目次|大纲|导航|导读)\W*+"
    r"|\W*+(?:(?:table of )?contents?|toc|on this page|in this (?:article|post)|outline|index)\W*+",
    re.IGNORECASE,
)


def contents_ranges(tokens: list[Token], lists: list[int]) -> list[tuple[int, int]]:
    """Return the ranges of tokens of tables of contents, with their headings.

    Args:
        tokens: All of the text.
        lists: The tokens at which the lists begin, in order.
    """
    ranges: list[tuple[int, int]] = []
    for start in lists:
        level = tokens[start].level
        end = start + 1
        while tokens[end].level != level or tokens[end].nesting >= 0:
            end += 1
        end += 1
        title = start - 3
        has_title = title >= 0 and _is_title(tokens, title, end)
        ranges.append((title if has_title else start, end))
    return ranges


def _is_title(tokens: list[Token], at: int, after: int) -> bool:
    """Whether the block at `at` names the list that ends at `after`, or stands over nothing else.

    A heading stands over all that follows up to one of its level.
    """
    opener, inline = tokens[at], tokens[at + 1]
    if opener.level != tokens[after - 1].level or inline.type != "inline":
        return False
    is_heading = opener.type == "heading_open"
    if not is_heading and (opener.type != "paragraph_open" or not _is_bold(inline)):
        return opener.type == "paragraph_open" and _TITLE.fullmatch(inline.content) is not None
    if _TITLE.fullmatch(inline.content) is not None:
        return True
    while after < len(tokens) and tokens[after].type == "hr":
        after += 1
    if after == len(tokens) or tokens[after].nesting < 0:
        return True
    below = tokens[after]
    return below.type == "heading_open" and (not is_heading or below.tag <= opener.tag)


def _is_bold(inline: Token) -> bool:
    children = [child for child in inline.children or () if child.type != "text" or child.content]
    return (
        len(children) > 1
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and sum(child.type == "strong_open" for child in children) == 1
    )
