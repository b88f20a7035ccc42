"""Turn the pieces of one block's text, as on the page, into the spans that are shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Emphasis, Figure, Span, Spans
from newsreader.patterns import compile_late
from newsreader.suspect_text import is_piling
from newsreader.text import EMPTY, Clean, derive, fill, join, limit_marks, literal

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a piece of text; `emphasis` is the value of an `Emphasis`."""

    emphasis: int = 0
    link: Clean = EMPTY


@dataclass(frozen=True, slots=True)
class Text:
    """Characters in one style, whitespace as on the page."""

    text: Clean
    style: Style


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line; several `soft` ones, at the start or end of blocks, count as one."""

    soft: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that a link of the article leads to."""

    name: Clean


Piece: TypeAlias = Text | Break | Anchor | Figure

_BLANK: Final = literal(" ")
PLAIN: Final = Style()
BREAK: Final = Break()
SOFT_BREAK: Final = Break(soft=True)

_SHOWS_ON_SPACES: Final = (
    Emphasis.CODE | Emphasis.STRIKE | Emphasis.UNDERLINE | Emphasis.MARK
).value
_EMPHASES: Final = tuple(Emphasis(value) for value in range(128))
# Unicode's spaces; other line ends have become line feeds by now.
_WIDE_SPACES: Final = (
    "\t\n\v\f\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
SPACES: Final = " " + _WIDE_SPACES
"""All white space that a page may hold."""
# Two and more, or a wide one. It begins with one class of characters, so that all others are passed
# over in C, five times as fast.
_RUN: Final = compile_late(f"[{SPACES}](?:[{SPACES}]++|(?<=[{_WIDE_SPACES}]))")
# A paragraph of nothing but spaces and characters without width is empty.
_VISIBLE: Final = compile_late(f"[^{SPACES}\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
# Full-width punctuation brings its own space.
_WIDE_PUNCTUATION: Final = frozenset("，。！？；：、）】》〉」』〕〗（【《〈「『〔〖．・")
IDEOGRAPHIC: Final = "\u2e80-\ua4cf\uf900-\ufaff\ufe30-\uff60\U00020000-\U0003ffff"
"""For a character class: behind these a line may end without a space meant. All but Hangul."""
# East Asian if their neighbour is.
_SHARED_PUNCTUATION: Final = frozenset("“”‘’…—·")


def is_visible(text: str) -> bool:
    """Whether any of `text` is visible on a screen."""
    return _VISIBLE.search(text) is not None


def _is_ideographic(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\ua4cf"
        or "\uf900" <= character <= "\ufaff"
        or "\ufe30" <= character <= "\uff60"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _joins(before: str, after: str) -> bool:
    """Whether a line feed between two characters is dropped instead of becoming a space."""
    if is_piling(after):
        return False  # It would be drawn on what stands at the end of the line before.
    if before in _WIDE_PUNCTUATION or after in _WIDE_PUNCTUATION:
        return True
    if _is_ideographic(before):
        return _is_ideographic(after) or after in _SHARED_PUNCTUATION
    return before in _SHARED_PUNCTUATION and _is_ideographic(after)


def _shrink(found: re.Match[str]) -> str:
    text = found.string
    joined = "\n" in found[0] and _joins(text[found.start() - 1], text[found.end()])
    return "" if joined else " "


def settle_spaces(text: Clean, token: CancellationToken = NEVER) -> Clean:
    """Normalise the whitespace of one block's text as `make_spans` does."""
    return _settle_inside(derive(text, text.strip(SPACES)), token)


def _settle_inside(text: Clean, token: CancellationToken) -> Clean:
    if _RUN.search(text) is None:
        return text

    def shrink(found: re.Match[str]) -> str:
        token.check()
        return _shrink(found)

    return derive(text, _RUN.sub(shrink, text))


def make_spans(pieces: Sequence[Piece], token: CancellationToken = NEVER) -> Spans:
    """Make the spans of one block: whitespace normalised, neighbours of one style joined.

    A line feed between two East Asian characters is dropped and elsewhere becomes a space, as every
    run of whitespace does (U+3000 and no-break spaces too). Figures are skipped.
    """
    if len(pieces) == 1 and isinstance(piece := pieces[0], Text):
        return _span_of(piece, token)
    texts: list[Clean] = []
    styles: list[tuple[Style, Clean]] = []
    last = ""
    gap = ""
    gap_style = PLAIN
    ended = False
    anchors: list[Clean] = []
    for piece in token.each(pieces):
        if isinstance(piece, Text):
            text = piece.text
            if last and not gap and not ended and text and is_piling(text[0]):
                text = limit_marks("".join(each[-8:] for each in texts[-8:]), text)
            style = piece.style
            core, trail = text, ""
            if text[:1] in SPACES or text[-1] in SPACES:
                core = derive(text, text.strip(SPACES))
                if not core:
                    if not gap or not style.link:
                        gap_style = style
                    gap += text
                    continue
                lead = text.index(core[0])
                trail = text[lead + len(core) :]
                if lead:
                    if not gap:
                        gap_style = style
                    gap += text[:lead]
            core = _settle_inside(core, token)
            if ended and texts:
                texts[-1] = fill("{}\n", texts[-1])
            elif gap and last and not ("\n" in gap and _joins(last, core[0])):
                _add(texts, styles, _BLANK, _space_style(styles[-1][0], style, gap_style), EMPTY)
            last, ended = core[-1], False
            while len(anchors) > 1 and len(core) > 1:
                # A span has one anchor: the first characters are spans of their own.
                _add(texts, styles, derive(core, core[0]), style, anchors.pop(0))
                core = derive(core, core[1:])
            _add(texts, styles, core, style, anchors.pop(0) if anchors else EMPTY)
            gap, gap_style = trail, style
        elif isinstance(piece, Break):
            ended, gap = True, ""
        elif isinstance(piece, Anchor):
            anchors.append(piece.name)
    spans = tuple(
        Span(text, _EMPHASES[style.emphasis], style.link, name)
        for text, (style, name) in zip(token.each(texts), styles, strict=True)
    )
    if any(span.link and not is_visible(span.text) for span in token.each(spans)):
        spans = _without_blind_links(spans, token)
    return add_anchors(spans, anchors) if anchors else spans


def _span_of(piece: Text, token: CancellationToken) -> Spans:
    """Make the spans of a block that is a single text."""
    text = settle_spaces(piece.text, token)
    style = piece.style
    link = style.link if style.link and is_visible(text) else EMPTY
    return (Span(text, _EMPHASES[style.emphasis], link),) if text else ()


def _without_blind_links(spans: Spans, token: CancellationToken) -> Spans:
    """Remove links that have no visible text; the characters stay."""
    result: list[Span] = []
    for link, group in groupby(token.each(spans), key=lambda span: span.link):
        run = tuple(group)
        if link and not is_visible(spans_text(run)):
            run = tuple(replace(span, link=EMPTY) for span in run)
        for span in run:
            before = result[-1] if result else None
            if (
                before is not None
                and (before.emphasis, before.link) == (span.emphasis, span.link)
                and not span.anchor
            ):
                result[-1] = replace(before, text=join("", (before.text, span.text)))
            else:
                result.append(span)
    return tuple(result)


def add_anchors(spans: Spans, names: Sequence[Clean]) -> Spans:
    """Add anchors to the last spans that have none."""
    left = list(names)
    named = list(spans)
    for place in range(len(named) - 1, -1, -1):
        if not left:
            break
        if not named[place].anchor:
            named[place] = replace(named[place], anchor=left.pop())
    return tuple(named)


def _space_style(before: Style, after: Style, own: Style) -> Style:
    """Choose the style of a space between two texts: no link or code begins or ends with one."""
    if own is before is after or own == before == after:
        return own
    return PLAIN if own.link or own.emphasis & _SHOWS_ON_SPACES else own


def _add(
    texts: list[Clean], styles: list[tuple[Style, Clean]], text: Clean, style: Style, anchor: Clean
) -> None:
    if styles and not anchor and ((last := styles[-1][0]) is style or last == style):
        texts[-1] = join("", (texts[-1], text))
    else:
        texts.append(text)
        styles.append((style, anchor))


def spans_text(spans: Spans) -> Clean:
    """Join the characters of spans, without their styles."""
    return spans[0].text if len(spans) == 1 else join("", (span.text for span in spans))


_SUPERSCRIPTS: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINALS: Final = frozenset(("st", "nd", "rd", "th", "er", "re", "e", "o", "a", "tm", "®", "™"))


def raise_text(text: Clean) -> Clean:
    """Write `text` as a superscript: in Unicode's superscript digits, else after a `^`."""
    text = derive(text, text.strip(SPACES))
    if text.casefold() in _ORDINALS or text.startswith("["):
        return text
    return _script(text, _SUPERSCRIPTS, literal("^"))


def lower_text(text: Clean) -> Clean:
    """Write `text` as a subscript: in Unicode's subscript digits, else after a `_`."""
    return _script(derive(text, text.strip(SPACES)), _SUBSCRIPTS, literal("_"))


def _script(text: Clean, table: dict[int, int], mark: Clean) -> Clean:
    if not text:
        return text
    if all(ord(character) in table for character in text):
        return derive(text, text.translate(table))
    # A sentence set small is no exponent.
    return join("", (mark, text)) if len(text) <= 20 and text.isprintable() else text


def letters_of(text: str) -> str:
    """Normalise a text for comparison: no whitespace, one width, one case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
