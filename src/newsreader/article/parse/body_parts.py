"""Split a post's body into Markdown, HTML and code.

HTML runs are taken out of the Markdown here, so that a news post, which is one line of HTML, never
meets the Markdown parser. Runs in lists and quotes, and runs that hold Markdown, are left to its
rules (`kramdown.html_blocks`), which find them in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.kramdown.html_elements import (
    ElementEnds,
    has_markdown,
    may_interrupt,
    starts_run,
)
from newsreader.article.parse.last_lines import are_last_lines
from newsreader.article.parse.liquid import settle_liquid
from newsreader.article.parse.tags.scan_tags import part_tags
from newsreader.patterns import compile_late
from newsreader.posts.model import KramdownOptions


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a body in one language; `text` is as written, except for a `digest`.

    A `digest` is the plain text of a news post's summary, its paragraphs separated by line feeds.
    """

    kind: Literal["markdown", "html", "digest"]
    text: str


_QUOTE: Final = compile_late(r"(?:[ ]{0,3}>[^\n]*+(?:\n|\Z))++")
_QUOTE_MARK: Final = compile_late(r"^[ ]{0,3}> ?", re.MULTILINE)
_ELEMENT: Final = compile_late(r"<[A-Za-z]")
_FENCE: Final = compile_late(r" {0,3}(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
# What has indented lines after it that belong to it: an item, a definition, a footnote.
_CONTAINER: Final = compile_late(r" {0,3}(?:[*+-]|[0-9]+[.)]|[:~]|\[\^[^\]\n]+\]:)[ \t]")
_RAW: Final = compile_late(r" {0,3}\{::nomarkdown\b")
_RAW_END: Final = compile_late(r"^ {0,3}\{:/(?:nomarkdown)?\}[ \t]*$", re.MULTILINE)
_EMPTY_LINE: Final = compile_late(r"\n[ \t]*+(?=\n|\Z)")


def split_body(
    body: str, token: CancellationToken = NEVER, options: KramdownOptions | None = None
) -> tuple[Segment, ...]:
    """Split a body of Markdown into segments, in order: all of it except empty lines.

    Time is linear in the length of `body`.
    """
    body = settle_liquid(body, token)
    quote, start = leading_quote(body)
    if quote and are_last_lines(body.rstrip().rpartition("\n")[2]):
        segments = _split_parts(body[start:], token, options)
        if _is_news(segments):
            return Segment("digest", quote), *segments
    return tuple(_split_parts(body, token, options))


def leading_quote(body: str) -> tuple[str, int]:
    """Return the quote in front of a body, without its marks, and where the rest begins."""
    quote = _QUOTE.match(body, len(body) - len(body.lstrip()))
    return ("", 0) if quote is None else (_QUOTE_MARK.sub("", quote[0]).strip(), quote.end())


def split_html(body: str, token: CancellationToken = NEVER) -> tuple[Segment, ...]:
    """Split a body of HTML at its Liquid code blocks; all else is as written."""
    parts = part_tags(settle_liquid(body, token, kramdown=False), token, is_html=True)
    return tuple(Segment("html", part.text) for part in parts if part.text.strip())


def _is_news(segments: list[Segment]) -> bool:
    """Whether nothing but HTML and the lines of links at the end follow a quote in front."""
    if len(segments) < 2 or segments[-1].kind != "markdown":
        return False
    pages = segments[:-1]
    return (
        all(page.kind == "html" for page in pages)
        and any(_ELEMENT.search(page.text) is not None for page in pages)
        and are_last_lines(segments[-1].text)
    )


def _split_parts(
    body: str, token: CancellationToken, options: KramdownOptions | None
) -> list[Segment]:
    segments: list[Segment] = []
    reads_blocks = "parse_block_html" in body or (options or KramdownOptions()).parse_block_html
    for part in part_tags(body, token):
        if part.is_code:
            segments.append(Segment("html", part.text))
        elif part.text.strip():
            segments.extend(_split_lines(part.text, token, reads_blocks=reads_blocks))
    return segments


def _split_lines(body: str, token: CancellationToken, *, reads_blocks: bool) -> list[Segment]:
    """Split a text without Liquid code blocks into runs of Markdown and of HTML.

    `reads_blocks` says that any block may hold Markdown.
    """
    segments: list[Segment] = []
    ends = ElementEnds(body, token)
    markdown_start = at = 0
    fence = ""
    size = len(body)
    in_container = after_text = False
    raw_ends = "{::nomarkdown" in body
    while at < size:
        token.check()
        line_end = body.find("\n", at)
        line_end = size if line_end < 0 else line_end + 1
        marker = _FENCE.match(body, at)
        if fence:
            if marker and marker[1].startswith(fence) and not body[marker.end() : line_end].strip():
                fence = ""
        elif marker:
            fence = marker[1]
        elif raw_ends and _RAW.match(body, at) is not None:
            stop = _RAW_END.search(body, line_end)
            raw_ends = stop is not None
            line_end = line_end if stop is None else min(size, stop.end() + 1)
        elif starts_run(body, at, line_end, ends) and not (in_container and body[at] == " "):
            end, closed = ends.run_end(at, line_end)
            if not closed:
                found = _EMPTY_LINE.search(body, end - 1)
                end = size if found is None else found.end()
            in_text = after_text and not may_interrupt(body, at)
            if in_text or has_markdown(body, at, end, reads_blocks=reads_blocks):
                # The rest of its last line is no start of anything.
                line_end = body.find("\n", end - 1)
                line_end = size if line_end < 0 else line_end + 1
            else:
                _append(segments, "markdown", body[markdown_start:at])
                _append(segments, "html", body[at:end])
                markdown_start = line_end = end
                in_container = after_text = False
                at = end
                continue
        elif _CONTAINER.match(body, at) is not None:
            in_container = True
        elif in_container and not after_text and body[at] not in " \n":
            in_container = False
        after_text = bool(body[at:line_end].strip())
        at = line_end
    _append(segments, "markdown", body[markdown_start:])
    return segments


def _append(segments: list[Segment], kind: Literal["markdown", "html"], text: str) -> None:
    if text.strip():
        segments.append(Segment(kind, text.strip("\n")))
