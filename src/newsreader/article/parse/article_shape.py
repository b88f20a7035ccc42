"""Recognise headings, bylines, digests and last lines by the order of a page's blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import (
    Block,
    Emphasis,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
)
from newsreader.article.parse.figures import Draft
from newsreader.article.parse.inline import letters_of, spans_text
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, fill, join

if TYPE_CHECKING:
    from collections.abc import Sequence

# A bold paragraph has no level of its own; the title is level 1.
SECTION_LEVEL: Final = 2
_MAX_HEADING: Final = 30
_MAX_QUESTION: Final = 20
_NUMBERED: Final = compile_late(
    r"\s*(?:[（(]?[0-9０-９一二三四五六七八九十百]{1,4}[）)、.．:：]|[①-⑳]|第.{1,4}[章节条部]|[0-9]{1,3}\s)"
)
_SEPARATORS: Final = compile_late(r"[\s｜|·•/／\\>»›«<‹—–-]*")


def find_headings(drafts: Sequence[Draft], token: CancellationToken = NEVER) -> list[Draft]:
    """Turn bold paragraphs that read like section headings into headings.

    Those are short, are not a sentence, and have text after them; two in a row are two lines of
    one heading, three are no heading. The rule had a precision of .93 and a recall
    of .97 on 160 paragraphs judged by hand.
    """
    shaped: list[Draft] = []
    at = 0
    while at < len(drafts):
        end = at
        token.check()
        while end < len(drafts) and _reads_like_heading(drafts[end]):
            token.check()
            end += 1
        group = drafts[at:end]
        if 1 <= len(group) <= 2 and end < len(drafts) and _is_text(drafts[end]):
            shaped.append(Draft(Heading(SECTION_LEVEL, _join_lines(group))))
        else:
            shaped.extend(group)
        if end < len(drafts):
            shaped.append(drafts[end])
        at = end + 1
    return shaped


def _is_text(draft: Draft) -> bool:
    return not isinstance(draft.block, Heading | Rule)


def _reads_like_heading(draft: Draft) -> bool:
    block = draft.block
    if not isinstance(block, Paragraph):
        return False
    first = block.spans[0]
    if first.emphasis is Emphasis.NONE and (len(block.spans) == 1 or first.text.strip()):
        return False
    if not all(Emphasis.BOLD in span.emphasis or not span.text.strip() for span in block.spans):
        return False
    text = spans_text(block.spans)
    size = len(text)
    if size > _MAX_HEADING or "。" in text[:-1] or "；" in text[:-1]:
        return False
    if text[-1] in "。．；，、" and _NUMBERED.match(text) is None:
        return False
    return size <= _MAX_QUESTION or not ("？" in text or "！" in text)


def _join_lines(group: Sequence[Draft]) -> Spans:
    """Join one or two paragraphs as lines of one heading, without the bold a heading has anyway."""
    spans: list[Span] = []
    for draft in group:
        block = draft.block
        if isinstance(block, Paragraph):
            if spans:
                spans[-1] = replace(spans[-1], text=fill("{}\n", spans[-1].text))
            spans.extend(block.spans)
    return merge_spans(
        tuple(replace(span, emphasis=span.emphasis & ~Emphasis.BOLD) for span in spans)
    )


def merge_spans(spans: Spans) -> Spans:
    """Join neighbouring spans of the same style."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.emphasis == span.emphasis
            and last.link == span.link
            and not span.anchor
        ):
            merged[-1] = replace(last, text=join("", (last.text, span.text)))
        else:
            merged.append(span)
    return tuple(merged)


def dim(block: Paragraph) -> Paragraph:
    """Return a dimmed copy of a paragraph."""
    return Paragraph(
        merge_spans(
            tuple(replace(span, emphasis=span.emphasis | Emphasis.DIM) for span in block.spans)
        )
    )


def drop_title(
    drafts: list[Draft], title: str, token: CancellationToken = NEVER
) -> tuple[list[Draft], Clean]:
    """Remove what repeats the title, and find where it leads: the post's own address.

    That is the first heading of level 1, or what the article opens with, perhaps below a picture
    or a quote: any heading, a bold line, a line that is one link. Spaces, widths, punctuation and
    quotation marks may differ. But for a heading of level 1, something has to be left.
    """
    wanted = _words_of(title)
    if not wanted:
        return drafts, EMPTY
    opening = True
    for place, draft in enumerate(token.each(drafts)):
        block = draft.block
        is_top = isinstance(block, Heading) and block.level == 1
        spans = _title_spans(block) if opening or is_top else ()
        if spans and _words_of(spans_text(spans)) == wanted:
            rest = drafts[place + 1 :]
            if rest and isinstance(rest[0].block, Rule):
                del rest[0]
            left = drafts[:place] + rest
            return (left, _one_link(spans)) if left or is_top else (drafts, EMPTY)
        if is_top:
            break
        opening = opening and isinstance(block, Figure | Quote | Rule)
    return drafts, EMPTY


def _title_spans(block: Block) -> Spans:
    """Return the text of a block that may be a title; empty if it may not."""
    if isinstance(block, Heading):
        return block.spans
    if isinstance(block, Paragraph) and (
        _one_link(block.spans)
        or all(Emphasis.BOLD in span.emphasis or not span.text.strip() for span in block.spans)
    ):
        return block.spans
    return ()


def _one_link(spans: Spans) -> Clean:
    """Return the address that all of a text leads to; empty if there is none."""
    links = {span.link for span in spans if span.text.strip()}
    link = links.pop() if len(links) == 1 else EMPTY
    return link if link.startswith(("http://", "https://")) else EMPTY


def _words_of(text: str) -> str:
    """Normalise a title for comparison: only letters and digits, if it has any."""
    letters = letters_of(text)
    return "".join(filter(str.isalnum, letters)) or letters


def repeats(digest: str, drafts: Sequence[Draft], token: CancellationToken = NEVER) -> bool:
    """Whether the article begins with its digest, which then need not be shown twice."""
    wanted = letters_of(digest).rstrip(".…")
    for draft in token.each(drafts):
        if isinstance(draft.block, Paragraph):
            return letters_of(spans_text(draft.block.spans)).startswith(wanted)
        if isinstance(draft.block, Quote):
            return False
    return False


def part_end(
    drafts: Sequence[Draft], token: CancellationToken = NEVER
) -> tuple[list[Draft], list[Draft], Clean]:
    """Split off the lines at the end (byline, source link, navigation), dimmed.

    The source link is an address alone on a line at the end; navigation is a last line of nothing
    but links. The third value is the source link, empty if there is none.
    """
    rest = [draft for draft in token.each(drafts) if draft.role != "media"]
    tail: list[Draft] = []
    link = EMPTY
    last = rest[-1].block if rest else None
    if isinstance(last, Paragraph) and _is_navigation(last):
        rest.pop()
        tail.insert(0, Draft(dim(last)))
        last = rest[-1].block if rest else None
    if isinstance(last, Paragraph) and (link := _lone_address(last)):
        rest.pop()
        tail.insert(0, Draft(dim(last)))
    bylines = [
        Draft(dim(draft.block)) if isinstance(draft.block, Paragraph) else draft
        for draft in token.each(drafts)
        if draft.role == "media"
    ]
    return rest, bylines + tail, link


def _is_navigation(block: Paragraph) -> bool:
    if not any(span.link for span in block.spans) or _lone_address(block):
        return False
    return all(span.link or _SEPARATORS.fullmatch(span.text) for span in block.spans)


def _lone_address(block: Paragraph) -> Clean:
    if len(block.spans) != 1:
        return EMPTY
    span = block.spans[0]
    text = span.text.strip()
    return span.link if span.link and text.startswith(("http://", "https://")) else EMPTY
