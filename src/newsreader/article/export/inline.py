"""Write lines of text as Markdown, by way of html2text.

Two things that html2text gets wrong are hidden from it: punctuation that would be read as markup
(`*ST`, `<b>`, `[1]`), which passes through it in disguise; and bold and italics, which it separates
from the next word by a space and which do not work beside Chinese quotation marks.
"""

from __future__ import annotations

import re
import string
from dataclasses import replace
from itertools import groupby

import html2text

from newsreader.article.document import (
    Emphasis,
    Figure,
    Span,
    Spans,
)
from newsreader.patterns import compile_late
from newsreader.text import derive, join


class InlineWriter:
    """Writes spans and figures as Markdown; one html2text parser serves all lines of an article."""

    def __init__(self) -> None:
        self._parser = html2text.HTML2Text(bodywidth=0)
        self._parser.unicode_snob = True

    def line(self, spans: Spans) -> str:
        """Write running text; a line feed in it becomes two spaces and a line feed."""
        return self._converted(_disguised_html(_settled(spans)))

    def figure(self, figure: Figure) -> str:
        """Write a medium as its words or a link, without its caption."""
        source, alt = _disguise_address(figure.source), _escape(figure.alt).translate(_DISGUISED)
        if figure.kind == "image" and (figure.source or figure.written):
            address = source or _disguise_address(figure.written)
            markup = f'<img src="{address}" alt="{alt}">'
            if figure.link:
                markup = f'<a href="{_disguise_address(figure.link)}">{markup}</a>'
        elif figure.source:
            markup = f'<a href="{source}">▶ {alt or source}</a>'
        else:
            written = _escape(figure.written).translate(_DISGUISED)
            markup = f"{alt} {written}".strip() or "…"
        return self._converted(markup)

    def _converted(self, source: str) -> str:
        written = self._parser.handle(f"<p>{source}</p>").strip().translate(_REVEALED)
        return _STARTS_BLOCK.sub(_escape_start, written)


# What html2text must not touch goes through it as characters of the last private plane, which
# no post uses: ASCII punctuation, and the spaces that it would turn into plain ones.
_KEPT = string.punctuation + "\u00a0\u3000"
_DISGUISED = {ord(c): 0x10F000 + number for number, c in enumerate(_KEPT)}
_REVEALED = {disguise: code for code, disguise in _DISGUISED.items()}

_SPECIAL = compile_late(
    r"""
      [\\`\[\]*"']                  # quotation marks would turn to one side
    | -(?=-) | \.(?=\.\.) | >(?=>)   # dashes, an ellipsis, guillemets
    | (?<![^\W_])_ | _(?![^\W_])      # but a_b
    | ~(?=~) | (?<=~)~
    | <(?=[A-Za-z/!?<])
    | \$(?=\$)
    | (?P<entity>&(?=\#?\w+;))
    """,
    re.VERBOSE | re.ASCII,
)
_STARTS_BLOCK = compile_late(
    r"""
    ^ (?: [-+](?=\s|$) | \d{1,9}[.)](?=\s|$)   # a list
        | > | \| | [:~](?=\s)                  # a quotation, a table, a definition
        | \#(?=\#{0,5}(?:\s|$))                # a heading
        | =+(?=[ ]*$) | -+(?=[ ]*$)            # a heading's underline
      )
    """,
    re.VERBOSE | re.MULTILINE,
)
_MARKS = ((Emphasis.STRIKE, "~~"), (Emphasis.ITALIC, "*"), (Emphasis.BOLD, "**"))


def _escape(text: str) -> str:
    """Escape a text so that neither CommonMark nor kramdown reads anything in it as markup."""
    return _SPECIAL.sub(lambda special: "&amp;" if special["entity"] else "\\" + special[0], text)


def _escape_start(start: re.Match[str]) -> str:
    """Escape the start of a line that would be read as a list, a heading or a quotation."""
    return start[0][:-1] + "\\" + start[0][-1]


def _disguise_address(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").translate(_DISGUISED)


def _disguised_html(spans: Spans) -> str:
    """Write spans as HTML for html2text: links and line ends as tags, all else in disguise."""
    parts: list[str] = []
    for span in spans:
        if Emphasis.CODE in span.emphasis:
            text = _code(span.text)
        else:
            text = _escape(span.text)
            bare = text.strip()
            if bare:
                before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
                for flag, mark in _MARKS:
                    if flag in span.emphasis:
                        bare = mark + bare + mark
                text = before + bare + after
        markup = text.translate(_DISGUISED).replace("\n", "<br>")
        if span.link and not span.link.startswith("#"):
            if span.text == span.link:
                markup = f"<{span.link}>".translate(_DISGUISED)
            else:
                markup = f'<a href="{_disguise_address(span.link)}">{markup}</a>'
        parts.append(markup)
    return "".join(parts)


def _code(text: str) -> str:
    """Write code in as many backticks as it needs."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _settled(spans: Spans) -> Spans:
    """Move the ends of bold and italics to where Markdown recognises them.

    A closing `**` holds if it follows a letter, or precedes a space or punctuation
    (CommonMark 0.31, "right-flanking delimiter run"); an opening one the other way round. Where
    `**“好”**了` would not hold, the quotation marks move out: `“**好**”了`.
    """
    marks = Emphasis.BOLD | Emphasis.ITALIC | Emphasis.STRIKE
    merged = [
        Span(join("", (span.text for span in alike)), emphasis, link)
        for (emphasis, link), alike in groupby(
            (span for span in spans if span.text), key=lambda span: (span.emphasis, span.link)
        )
    ]
    settled: list[Span] = []
    for number, span in enumerate(merged):
        if not span.emphasis & marks or Emphasis.CODE in span.emphasis:
            settled.append(span)
            continue
        text = span.text
        left = merged[number - 1].text[-1] if number else " "
        right = merged[number + 1].text[0] if number + 1 < len(merged) else " "
        start, end = 0, len(text)
        if _is_word(left):
            while start < end and not _is_word(text[start]):
                start += 1
        if _is_word(right):
            while end > start and not _is_word(text[end - 1]):
                end -= 1
        plain = replace(span, emphasis=span.emphasis & ~marks)
        settled += [
            part
            for part in (
                replace(plain, text=derive(text, text[:start])),
                replace(span, text=derive(text, text[start:end])),
                replace(plain, text=derive(text, text[end:])),
            )
            if part.text
        ]
    return tuple(settled)


def _is_word(character: str) -> bool:
    """Whether a character counts as neither space nor punctuation beside a `*`."""
    return character.isalnum()
