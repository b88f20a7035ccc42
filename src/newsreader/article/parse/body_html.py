"""Convert a post's body to one HTML text, the source of its article, images and index text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.body_parts import Segment, split_body, split_html
from newsreader.article.parse.elements.frames import open_frames
from newsreader.article.parse.html_tags import tame_html
from newsreader.article.parse.last_lines import last_lines_html
from newsreader.posts.model import KramdownOptions
from newsreader.problems import Problem
from newsreader.text import clean_text

MAX_BODY: Final = 2_000_000
"""Most characters of a body that are read: a hundred times a long article."""
MAX_LINES: Final = 100_000
"""Most lines of a body that are read: a hundred times the longest post at hand, which has 900.
Each may be a paragraph of two bytes and costs about as much as one of a hundred, so without it the
worst post of 1 MB would be four times as much work."""


@dataclass(frozen=True, slots=True)
class BodyHtml:
    """A body as HTML that the tree builder takes in linear time.

    Attributes:
        html: All of it but the digest.
        digest: The plain text of the summary in front, its paragraphs separated by line feeds;
            empty if there is none.
        cut: What is missing or shown as plain text; `None` if nothing is.
    """

    html: str
    digest: str = ""
    cut: Problem | None = None


def body_html(
    body: str,
    token: CancellationToken = NEVER,
    *,
    is_html: bool = False,
    options: KramdownOptions | None = None,
) -> BodyHtml:
    """Convert a body to one HTML text.

    It is HTML throughout if `is_html`, else Markdown with HTML in it, read as `options` say. Time
    is linear in the length of `body`. Raises nothing but `WorkCancelledError`, once `token` is
    cancelled.
    """
    cut = None
    if len(body) > MAX_BODY:
        body = body[:MAX_BODY]
        cut = Problem("article-cut", (MAX_BODY,))
    text: str = clean_text(body)
    if text.count("\n") > MAX_LINES:
        text = "\n".join(text.split("\n", MAX_LINES)[:MAX_LINES])
        cut = Problem("article-cut", (len(text),))
    text = text.expandtabs(4) if "\t" in text else text
    segments = split_html(text, token) if is_html else split_body(text, token, options)
    known = _join_known(segments, token)
    joined, is_plain = _join(segments, token, options) if known is None else (known, False)
    html, has_too_many_tags = tame_html(open_frames(joined), token)
    if has_too_many_tags:
        cut = Problem("article-end-plain")
    elif is_plain and not cut:
        cut = Problem("article-part-plain")
    digest = "".join(each.text for each in segments if each.kind == "digest")
    return BodyHtml(html, digest, cut)


def _join_known(segments: Sequence[Segment], token: CancellationToken) -> str | None:
    """Join all segments except digests, if what is Markdown among them needs no parser."""
    endings = [
        last_lines_html(each.text, token)
        for each in token.each(segments)
        if each.kind == "markdown"
    ]
    if None in endings:
        return None
    known = iter(endings)
    return "\n".join(
        next(known) or "" if each.kind == "markdown" else each.text
        for each in segments
        if each.kind != "digest"
    )


def _join(
    segments: Sequence[Segment], token: CancellationToken, options: KramdownOptions | None
) -> tuple[str, bool]:
    from newsreader.article.parse.markdown import join_html  # noqa: PLC0415  (late: HTML needs no parser of Markdown)

    return join_html(segments, token, options)
