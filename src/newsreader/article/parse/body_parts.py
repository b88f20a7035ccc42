"""Split a post's body into Markdown, HTML and code.

CommonMark ends an HTML block at the next empty line; posts do not. Here a run of HTML reaches to
the tag that closes its first one, as in kramdown, whatever is in between.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Final, Literal

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.html_tags import BLOCK, SELF_ENDING, VOID, scan_markup
from newsreader.article.parse.liquid import settle_liquid
from newsreader.article.parse.tags.scan_tags import part_tags


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a body in one language; `text` is as written, except for a `digest`.

    A `digest` is the plain text of a news post's summary, its paragraphs separated by line feeds.
    """

    kind: Literal["markdown", "html", "digest"]
    text: str


_DIGEST: Final = re.compile(r"(?:[ ]{0,3}>[^\n]*+(?:\n|\Z))++")
_QUOTE_MARK: Final = re.compile(r"^[ ]{0,3}> ?", re.MULTILINE)
_AFTER_DIGEST: Final = re.compile(r"\s*+(?:\Z|<)")
_LINE_TAG: Final = re.compile(r"[ ]{0,3}<(?:!--|[!?]|/?([A-Za-z][A-Za-z0-9-]*+)(?=[ \t\n/>]|\Z))")
_CALM_ATTRIBUTES: Final = r"""(?=[\s/>])[^<>"']*+(?:"[^"<>]*+"[^<>"']*+)*+"""
# Paragraphs and tables of running text right after each other: most of a news post.
_INLINE: Final = "a|b|br|em|font|i|img|span|strong|u"
_PLAIN_RUN: Final = re.compile(
    rf"(?:(?:<p{_CALM_ATTRIBUTES}>(?:[^<]++|</?(?:{_INLINE}){_CALM_ATTRIBUTES}>)*+</p>"
    rf"|<table{_CALM_ATTRIBUTES}>"
    rf"(?:[^<]++|</?(?:t[rdh]|tbody|thead|{_INLINE}){_CALM_ATTRIBUTES}>)*+</table>)[ ]*+)++"
)
_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_MARKDOWN: Final = re.compile(
    r"""<[A-Za-z][^<>\n]*?\smarkdown\s*=\s*["']?(?:1|block|span)["']?(?=[\s/>])""", re.IGNORECASE
)
# Elements marked as holding Markdown are read as HTML if nested deeper than this.
_MAX_DEPTH: Final = 8
_EMPTY_LINE: Final = re.compile(r"\n[ \t]*+(?=\n|\Z)")


def split_body(body: str, token: CancellationToken = NEVER) -> tuple[Segment, ...]:
    """Split a body into segments, in order: all of it except empty lines and comments.

    Time is linear in the length of `body`.
    """
    body = settle_liquid(body, token)
    digest, start = find_digest(body)
    segments = [Segment("digest", digest)] if digest is not None else []
    for part in part_tags(body[start:], token):
        if part.is_code:
            segments.append(Segment("html", part.text))
        else:
            segments.extend(_split_lines(part.text, token))
    return tuple(segments)


def find_digest(body: str) -> tuple[str | None, int]:
    """Return the digest in front of a page, without its marks, and where the rest begins."""
    digest = _DIGEST.match(body, len(body) - len(body.lstrip()))
    if digest is None or _AFTER_DIGEST.match(body, digest.end()) is None:
        return None, 0
    return _QUOTE_MARK.sub("", digest[0]).strip(), digest.end()


def _split_lines(body: str, token: CancellationToken, depth: int = 0) -> list[Segment]:
    """Split a text without Liquid code blocks into runs of Markdown and of HTML.

    `depth` is the number of elements around it whose Markdown is read.
    """
    if not body.strip():
        return []
    segments: list[Segment] = []
    matches = _Matches(body, token)
    markdown_start = at = 0
    fence = ""
    size = len(body)
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
        elif _starts_html(body, at, line_end, matches):
            end = matches.run_end(at, line_end)
            _append(segments, "markdown", body[markdown_start:at])
            if depth < _MAX_DEPTH and (markdown_tag := _MARKDOWN.search(body, at, end)) is not None:
                segments.extend(_split_html(body[at:end], markdown_tag.start() - at, token, depth))
            else:
                _append(segments, "html", body[at:end])
            markdown_start = line_end = end
        at = line_end
    _append(segments, "markdown", body[markdown_start:])
    return segments


def _split_html(page: str, at: int, token: CancellationToken, depth: int) -> list[Segment]:
    """Split an HTML run at elements whose `markdown` attribute says they hold Markdown.

    `at` is where the first of them begins.
    """
    segments: list[Segment] = []
    matches = _Matches(page, token)
    rest_start = 0
    markdown_tag = _MARKDOWN.search(page, at)
    while markdown_tag is not None:
        end = matches.end_of(markdown_tag.start())
        inside = matches.tag_end(markdown_tag.start())
        if end is None or end <= inside:
            markdown_tag = _MARKDOWN.search(page, markdown_tag.end())
            continue
        close = page.rfind("</", inside, end)
        close = end if close < 0 else close
        _append(segments, "html", page[rest_start:inside])
        segments.extend(
            _split_lines(textwrap.dedent(page[inside:close].strip("\n")), token, depth + 1)
        )
        rest_start = close
        markdown_tag = _MARKDOWN.search(page, end)
    _append(segments, "html", page[rest_start:])
    return segments


def _append(segments: list[Segment], kind: Literal["markdown", "html"], text: str) -> None:
    if text.strip():
        segments.append(Segment(kind, text.strip("\n")))


def _starts_html(body: str, at: int, line_end: int, matches: _Matches) -> bool:
    """Whether a line begins an HTML run, not a paragraph that merely starts with a tag."""
    found = _LINE_TAG.match(body, at)
    if found is None:
        return False
    name = (found[1] or "").lower()
    if not name or name in BLOCK:
        return True
    if name in VOID:
        return (
            body.find("<p", at, line_end) >= 0 or not body[matches.tag_end(at) : line_end].strip()
        )
    end = matches.end_of(body.index("<", at))
    return end is not None and (end > line_end or not body[end:line_end].strip())


class _Matches:
    """Finds where the element of an opening tag ends, once for every tag."""

    def __init__(self, body: str, token: CancellationToken) -> None:
        self._body = body
        self._token = token
        self._ends: dict[int, int] = {}
        self._tag_ends: dict[int, int] = {}
        self._scanned = 0

    def tag_end(self, at: int) -> int:
        """Return the end of the first tag at or after `at`."""
        start = self._body.index("<", at)
        self._scan(start)
        return self._tag_ends.get(start, start)

    def end_of(self, start: int) -> int | None:
        """Return the end of the element whose tag begins at `start`; None if nothing closes it."""
        self._scan(start)
        return self._ends.get(start)

    def run_end(self, at: int, line_end: int) -> int:
        """Return the end of the HTML run whose first tag begins the line at `at`: a line's end."""
        body = self._body
        at = body.index("<", at)
        plain = self._plain_run(at)
        while True:
            self._token.check()
            end = self.end_of(at) if plain is None else plain.end()
            if end is None:
                # Nothing closes it: as in CommonMark, it ends at an empty line.
                found = _EMPTY_LINE.search(body, at)
                return len(body) if found is None else found.end()
            if end > line_end:
                line_end = body.find("\n", end - 1)
                line_end = len(body) if line_end < 0 else line_end + 1
            at = body.find("<", end, line_end)
            while at >= 0:
                self._token.check()
                plain = self._plain_run(at)
                if plain is not None or self.end_of(at) is not None or at in self._tag_ends:
                    break
                at = body.find("<", at + 1, line_end)
            else:
                return line_end

    def _plain_run(self, at: int) -> re.Match[str] | None:
        """Match plain blocks at `at`; None if there are none or `at` may be in a script or tag."""
        return _PLAIN_RUN.match(self._body, at) if at >= self._scanned else None

    def _scan(self, start: int) -> None:
        """Match the tags from `start` on until its element is closed."""
        if start < self._scanned:
            return
        ends = self._ends
        stack: list[tuple[str, int]] = []
        open_names: dict[str, int] = {}
        for tag in scan_markup(self._body, start, self._token):
            name = tag.name
            self._tag_ends[tag.start] = self._scanned = tag.end
            if tag.closing:
                if open_names.get(name, 0):
                    while True:
                        top, opened = stack.pop()
                        open_names[top] -= 1
                        if top == name:
                            ends[opened] = tag.end
                            break
                        if top in SELF_ENDING:
                            ends[opened] = tag.start
                else:
                    ends[tag.start] = tag.end
            elif not name or name in VOID:
                ends[tag.start] = tag.end
            else:
                if stack and stack[-1][0] == name and name in SELF_ENDING:
                    ends[stack.pop()[1]] = tag.start
                    open_names[name] -= 1
                stack.append((name, tag.start))
                open_names[name] = open_names.get(name, 0) + 1
            if not stack:
                return
        self._scanned = len(self._body)
