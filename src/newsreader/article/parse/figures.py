"""Place images and other media among the text, and find their captions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import Block, Emphasis, Figure, Paragraph, Spans
from newsreader.article.parse.inline import (
    Anchor,
    Piece,
    Style,
    Text,
    is_visible,
    letters_of,
    make_spans,
    spans_text,
)
from newsreader.text import EMPTY, clean_line, fill, literal

MAX_CAPTION: Final = 60
"""Longest centred paragraph, in characters, that may be the caption of the figure above it."""

# Longest description, in characters, that is compared with the text beside its figure.
_MAX_REPEATED: Final = 400

Role: TypeAlias = Literal["", "centred", "caption", "media"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before captions are settled, with its role on the page.

    Attributes:
        block: The block.
        role: `centred` and `caption` may belong to a figure beside them, `media` names the
            newspaper.
        figure: The number of the `figure` element around it, 0 if there is none.
    """

    block: Block
    role: Role = ""
    figure: int = 0


def make_blocks(pieces: list[Piece], token: CancellationToken = NEVER) -> list[Block]:
    """Make a paragraph and the figures before it, after it or alone."""
    is_text = len(pieces) == 1 and isinstance(pieces[0], Text)
    if is_text or not any(isinstance(piece, Figure) for piece in token.each(pieces)):
        spans = make_spans(pieces, token)
        return [Paragraph(spans)] if has_text(spans, token) else []
    first = last = -1
    for place, piece in enumerate(token.each(pieces)):
        if isinstance(piece, Text) and is_visible(piece.text):
            first = place if first < 0 else first
            last = place
    if first < 0:
        return [piece for piece in token.each(pieces) if isinstance(piece, Figure)]
    before = [piece for piece in token.each(pieces[:first]) if isinstance(piece, Figure)]
    behind = pieces[last + 1 :]
    after = [piece for piece in token.each(behind) if isinstance(piece, Figure)]
    text = inline_figures(pieces[: last + 1], first, token)
    text.extend(piece for piece in token.each(behind) if isinstance(piece, Anchor))
    spans = make_spans(text, token)
    return [*before, Paragraph(spans), *after]


def inline_figures(
    pieces: list[Piece], first: int = 0, token: CancellationToken = NEVER
) -> list[Piece]:
    """Replace figures from index `first` on by their words, for images amid the text of a line."""
    return [
        _figure_words(piece) if isinstance(piece, Figure) and place >= first else piece
        for place, piece in enumerate(token.each(pieces))
    ]


def _figure_words(figure: Figure) -> Text:
    if figure.kind == "image":
        words = fill("[图: {}]", figure.alt) if figure.alt else literal("[图]")
    else:
        words = figure.alt or figure.source or figure.written or clean_line(figure.kind)
        words = fill("▶ {}", words)
    return Text(words, Style(Emphasis.DIM.value, figure.link or figure.source))


def has_text(spans: Spans, token: CancellationToken = NEVER) -> bool:
    """Whether any of the spans is visible."""
    if len(spans) == 1:
        return is_visible(spans[0].text)
    return any(is_visible(span.text) for span in token.each(spans))


def settle_figures(drafts: list[Draft], token: CancellationToken = NEVER) -> list[Draft]:
    """Give figures their captions, and drop the second of two equal figures in a row."""
    settled: list[Draft] = []
    for draft in token.each(drafts):
        block = draft.block
        last = settled[-1] if settled else None
        before = last.block if last is not None else None
        if (
            last is not None
            and isinstance(before, Paragraph)
            and isinstance(block, Figure)
            and last.role == "caption"
            and last.figure == draft.figure != 0
            and not block.caption
        ):
            caption = () if _repeats_alt(block, before.spans) else before.spans
            settled[-1] = Draft(replace(block, caption=caption), "", draft.figure)
            continue
        if isinstance(before, Figure):
            if isinstance(block, Figure) and _is_same(before, block):
                continue
            if isinstance(block, Paragraph) and _repeats_alt(before, block.spans):
                if any(span.link or span.anchor for span in block.spans):
                    settled[-1] = Draft(
                        replace(before, alt=EMPTY, caption=block.spans), "", draft.figure
                    )
                continue
            if isinstance(block, Paragraph) and not before.caption and _is_caption(block, draft):
                settled[-1] = Draft(replace(before, caption=block.spans), "", draft.figure)
                continue
        settled.append(draft)
    return settled


def _is_same(figure: Figure, other: Figure) -> bool:
    address = figure.source or figure.written
    return bool(address) and address == (other.source or other.written)


def _repeats_alt(figure: Figure, spans: Spans) -> bool:
    """Whether a text beside a figure says what the figure says already."""
    if not figure.alt or len(figure.alt) > _MAX_REPEATED or figure.caption:
        return False
    text = spans_text(spans)
    return len(text) <= _MAX_REPEATED and letters_of(text) == letters_of(figure.alt)


def _is_caption(block: Paragraph, draft: Draft) -> bool:
    if draft.role != "centred":
        return draft.role == "caption"
    if sum(len(span.text) for span in block.spans) > MAX_CAPTION:
        return False
    return not all(Emphasis.BOLD in span.emphasis for span in block.spans)
