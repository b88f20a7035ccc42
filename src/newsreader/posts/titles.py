"""Find a title for every post: the written one, a heading, the digest, or the file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from newsreader.patterns import compile_late
from newsreader.posts.model import is_html_path
from newsreader.posts.scalars import show_text
from newsreader.text import EMPTY, Clean, clean_line, derive, fill, literal

_ATX: Final = compile_late(r" {0,3}#{1,6}[ \t]+(.*)")
_SETEXT: Final = compile_late(r" {0,3}(?:=+|-+)[ \t]*")
_FENCE: Final = compile_late(r" {0,3}(`{3,}|~{3,})")
_NO_PARAGRAPH: Final = compile_late(r" {0,3}(?:[>|<#]|[-+*][ \t]|\d+[.)][ \t]|\{[:%])|    |\t")
_HTML_HEADING_END: Final = compile_late(r"</h[1-6]\s*>", re.IGNORECASE)
_HTML_HEADING: Final = compile_late(r"<h[1-6](?:\s[^<>]*)?>", re.IGNORECASE)
_TAG: Final = compile_late(r"<[/!?A-Za-z][^<>]*>")
_LINK: Final = compile_late(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_LIQUID: Final = compile_late(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
_ATTRIBUTES: Final = compile_late(r"\{[#:.][^{}]*\}\s*$")
_EMPHASIS: Final = compile_late(r"(\*\*|__|\*|`+)(?=\S)([^*`]*[^*`\s])\1")
_NAME_DATE: Final = compile_late(r"\d{4}-\d{1,2}-\d{1,2}(?:-|$)", re.ASCII)
# The first sentence, if it is neither very short nor long, with the quotes that close behind it.
_SENTENCE: Final = compile_late(r"[^。！？!?]{5,34}[。！？!?]+[”’」』）)]*")
_BOUNDARY: Final = "，,、；;：: "

# Letters and symbols to Unicode, and blank to the eye.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
LONGEST_TITLE: Final = 500
"""More of a title is cut: rows, headers and messages would be a megabyte long."""
_LONGEST_LINE: Final = 1_000
_EXCERPT_LENGTH: Final = 30


def find_title(written: str, body: str, path: str) -> Clean:
    """Find the title to show: never blank, clean, on one line, no longer than `LONGEST_TITLE`.

    If the written one shows nothing it is the body's first heading, else the first words of the
    digest (`> ` at its beginning), else the file's name without its date and suffix.
    """
    title = _find_title(written, body, path)
    return title if len(title) <= LONGEST_TITLE else fill("{}…", _cut(title, LONGEST_TITLE - 10))


def _find_title(written: str, body: str, path: str) -> Clean:
    title = show_text(written)
    if can_be_title(title):
        return title
    is_html = is_html_path(path)
    for heading in _headings(body, is_html=is_html):
        if can_be_title(heading):
            return heading
    digest = EMPTY if is_html else _digest(body)
    return digest if can_be_title(digest) else _file_title(path)


def can_be_title(text: str) -> bool:
    """Whether a text shows anything, so that a list row with it is not blank."""
    return any(
        unicodedata.category(character)[0] in "LNPS" or unicodedata.category(character) == "Co"
        for character in text
        if character not in _BLANK
    )


def _headings(body: str, *, is_html: bool) -> Iterator[Clean]:
    """Yield the headings of a body in order, as plain text."""
    body = _without_comments(body)
    if is_html:
        yield from _html_headings(body, 0, len(body))
        return
    fence = ""
    before = ""
    end = -1
    for line in body.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        if fence_line := _FENCE.match(line):
            mark = fence_line[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
            before = ""
            continue
        if fence:
            continue
        if atx := _ATX.fullmatch(line):
            yield _plain(atx[1].rstrip().rstrip("#"))
        elif before and _SETEXT.fullmatch(line):
            yield _plain(before)
        elif "<" in line:
            yield from _html_headings(body, start, end)
        before = "" if _NO_PARAGRAPH.match(line) else line.strip()


def _html_headings(body: str, start: int, end: int) -> Iterator[Clean]:
    """Yield the HTML headings that open between two offsets of a body, wherever they end."""
    for start_tag in _HTML_HEADING.finditer(body, start, end):
        inside = start_tag.end()
        limit = inside + _LONGEST_LINE
        closing = _HTML_HEADING_END.search(body, inside, limit)
        if closing is not None:
            yield _plain(body[inside : closing.start()])
        elif (tag := body.find("<", inside, limit)) >= 0:
            yield _plain(body[inside:tag])


def _without_comments(body: str) -> str:
    parts = []
    position = 0
    while (start := body.find("<!--", position)) >= 0:
        parts.append(body[position:start])
        end = body.find("-->", start)
        if end < 0:
            return "".join(parts)
        position = end + 3
    return "".join((*parts, body[position:])) if parts else body


def _plain(heading: str) -> Clean:
    """Strip a heading of tags, links, emphasis and attributes."""
    if not heading or heading.isspace():
        return EMPTY
    heading = _LIQUID.sub("", heading[:_LONGEST_LINE])
    heading = _LINK.sub(r"\1", _TAG.sub("", heading))
    heading = _EMPHASIS.sub(r"\2", _ATTRIBUTES.sub("", heading))
    return show_text(heading)


def _digest(body: str) -> Clean:
    """Shorten the quote that a body begins with; empty if it begins with none."""
    body = body.lstrip()
    if not body.startswith(">"):
        return EMPTY
    words: list[str] = []
    for line in body[: 2 * _LONGEST_LINE].split("\n"):
        if not line.startswith(">"):
            break
        words.append(line.lstrip("> \t"))
    return shorten(show_text(" ".join(words)))


def shorten(text: Clean) -> Clean:
    """Shorten a text to about 30 characters, with … if something was left out."""
    limit = _EXCERPT_LENGTH
    sentence = _SENTENCE.match(text)
    if sentence and sentence.end() < len(text):
        return fill("{}…", derive(text, text[: sentence.end()].rstrip("。")))
    if len(text) <= limit + 6:
        return text
    cut = max(text.rfind(mark, limit // 2, limit + 1) for mark in _BOUNDARY)
    return fill("{}…", _cut(text, limit) if cut < 0 else derive(text, text[:cut].rstrip()))


def _cut(text: Clean, limit: int) -> Clean:
    """Cut a text after `limit` characters, or up to six more.

    A letter and its marks, or an emoji and what is joined to it, stay together.
    """
    end = limit
    while end < limit + 6 and (
        unicodedata.category(text[end]) in {"Mn", "Me", "Mc", "Cf", "Sk"}
        or text[end - 1] == "\u200d"
    ):
        end += 1
    return derive(text, text[:end].rstrip())


def _file_title(path: str) -> Clean:
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    slug = _NAME_DATE.sub("", stem, count=1) if _NAME_DATE.match(stem) else stem
    for candidate in (slug, stem, name):
        title = clean_line(candidate)
        if can_be_title(title):
            return title
    return literal("Untitled")
