"""Builds blocks out of the events of a page's walk: text, breaks, blocks that open and close."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from newsreader.article.document import (
    Block,
    Emphasis,
    Figure,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Spans,
)
from newsreader.article.inline import (
    BREAK,
    PLAIN,
    SOFT_BREAK,
    Anchor,
    Break,
    Piece,
    Style,
    Text,
    is_visible,
    make_spans,
)

# Deeper quotes and lists are shown at this depth.
MAX_DEPTH = 12

Role: TypeAlias = Literal["", "centred", "caption", "media"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A block, and what its place on the page says about it.

    `centred` and `caption` may belong to a figure before them, `media` names the newspaper.
    """

    block: Block
    role: Role = ""


@dataclass(slots=True)
class _Container:
    kind: Literal["root", "quote", "item", "bullet", "number", "definition"]
    drafts: list[Draft] = field(default_factory=list)
    items: list[tuple[list[Block], Spans]] = field(default_factory=list)
    start: int = 1
    loose: bool = False
    term: Spans = ()
    orphan: bool = False


class Builder:
    """Takes events in reading order and keeps the blocks that are done.

    Attributes:
        style: What text that comes next looks like.
        role: What the next paragraph is.
    """

    def __init__(self) -> None:
        self.style = PLAIN
        self.role: Role = ""
        self._pieces: list[Piece] = []
        self._stack: list[_Container] = [_Container("root")]
        self._captures: list[list[Piece]] = []

    # Text.

    def add(self, piece: Piece) -> None:
        """Adds a piece to the paragraph that is being written."""
        self._pieces.append(piece)

    def add_text(self, text: str) -> None:
        """Adds text in the style of its place."""
        self._pieces.append(Text(text, self.style))

    def add_break(self) -> None:
        """Ends the line; two line ends with nothing between them end the paragraph."""
        if not self._captures:
            for piece in reversed(self._pieces):
                if isinstance(piece, Break):
                    self.end_paragraph()
                    return
                if not isinstance(piece, Text) or is_visible(piece.text):
                    break
        self._pieces.append(BREAK)

    def mark(self) -> int:
        """A place in the text being written, for `take`."""
        return len(self._pieces)

    def take(self, mark: int) -> list[Piece]:
        """Takes back what was written since `mark`."""
        taken = self._pieces[mark:]
        del self._pieces[mark:]
        return taken

    def begin_capture(self) -> None:
        """Begins text that makes no paragraphs (a heading, a cell), up to `end_capture`."""
        if self._captures:
            self._pieces.append(SOFT_BREAK)
            self._captures.append(self._pieces)
            self._pieces = []
        else:
            self.end_paragraph()
            self._captures.append([])

    def end_capture(self) -> list[Piece]:
        """Ends the innermost capture and gives its pieces."""
        taken = self._pieces
        self._pieces = self._captures.pop()
        return taken

    @property
    def capturing(self) -> bool:
        """Whether text is being written that makes no paragraphs."""
        return bool(self._captures)

    # Blocks.

    def end_paragraph(self) -> None:
        """Ends the paragraph that is being written, where there is one."""
        pieces = self._pieces
        if not pieces:
            return
        if self._captures:
            pieces.append(SOFT_BREAK)
            return
        blocks = make_blocks(pieces)
        # A place with no text of its own is where the next text begins.
        anchors = [] if blocks else [piece for piece in pieces if isinstance(piece, Anchor)]
        self._pieces = list(anchors[:1])
        for block in blocks:
            self.append(block, self.role if isinstance(block, Paragraph) else "")

    def append(self, block: Block, role: Role = "") -> None:
        """Adds a finished block where the page stands."""
        self._end_orphans()
        holder = self._stack[-1]
        if isinstance(block, Rule) and holder.drafts and isinstance(holder.drafts[-1].block, Rule):
            return
        if holder.kind in ("root", "quote", "item"):
            holder.drafts.append(Draft(block, role))
        elif isinstance(block, List) and holder.items:
            # A list outside of the items belongs to the item before it.
            holder.items[-1][0].append(block)
        else:
            holder.items.append(([block], holder.term))
            holder.term = ()

    def open_quote(self) -> bool:
        """Opens a quote; False where it would be too deep, so that its text stands as it is."""
        self.end_paragraph()
        self._end_orphans()
        if self._captures or len(self._stack) > MAX_DEPTH:
            return False
        self._stack.append(_Container("quote"))
        return True

    def open_list(self, kind: Literal["bullet", "number", "definition"], start: int = 1) -> bool:
        """Opens a list; False where it would be too deep, so that its text stands as it is."""
        self.end_paragraph()
        self._end_orphans()
        if self._captures or len(self._stack) > MAX_DEPTH:
            return False
        self._stack.append(_Container(kind, start=start))
        return True

    def open_item(self) -> bool:
        """Opens an item of the list, or of a list of its own where there is none."""
        self.end_paragraph()
        if self._captures:
            return False
        holder = self._stack[-1]
        if holder.kind in ("root", "quote", "item"):
            if len(self._stack) > MAX_DEPTH:
                return False
            self._stack.append(_Container("bullet", orphan=True))
        self._stack.append(_Container("item"))
        return True

    def set_term(self, term: Spans) -> None:
        """Names what the next item of a definition list defines."""
        term = term if has_text(term) else ()
        holder = self._stack[-1]
        if holder.kind == "definition":
            if holder.term:
                holder.items.append(([], holder.term))
            holder.term = term
        elif term:
            self.append(Paragraph(term))

    def set_loose(self) -> None:
        """Says that a blank line parts the items of the list whose item is open."""
        if len(self._stack) > 1:
            self._stack[-2].loose = True

    def close(self) -> None:
        """Closes the innermost container; an empty one leaves nothing."""
        self.end_paragraph()
        self._end_orphans()
        self._close_top()

    def _end_orphans(self) -> None:
        """Ends a list that only its items made, now that something else comes."""
        if self._stack[-1].orphan:
            self._close_top()

    def _close_top(self) -> None:
        done = self._stack.pop()
        blocks = tuple(draft.block for draft in settle_figures(done.drafts))
        match done.kind:
            case "root":
                self._stack.append(done)
            case "quote":
                if blocks:
                    self.append(Quote(blocks))
            case "item":
                holder = self._stack[-1]
                if blocks:
                    holder.items.append((list(blocks), holder.term))
                    holder.term = ()
            case "bullet" | "number" | "definition" as kind:
                if done.term:
                    done.items.append(([], done.term))
                if done.items:
                    items = tuple(Item(tuple(blocks), term) for blocks, term in done.items)
                    self.append(List(kind, items, done.start, done.loose))

    def finish(self) -> list[Draft]:
        """Ends everything that is open and gives the blocks of the page."""
        while self._captures:
            pieces = self.end_capture()
            self._pieces.extend(pieces)
        self.end_paragraph()
        while len(self._stack) > 1:
            self._close_top()
        return settle_figures(self._stack[0].drafts)


def make_blocks(pieces: list[Piece]) -> list[Block]:
    """A paragraph, and the figures that stand before it, after it or alone."""
    if not any(isinstance(piece, Figure) for piece in pieces):
        spans = make_spans(pieces)
        return [Paragraph(spans)] if has_text(spans) else []
    first = last = -1
    for place, piece in enumerate(pieces):
        if isinstance(piece, Text) and is_visible(piece.text):
            first = place if first < 0 else first
            last = place
    if first < 0:
        return [piece for piece in pieces if isinstance(piece, Figure)]
    before = [piece for piece in pieces[:first] if isinstance(piece, Figure)]
    after = [piece for piece in pieces[last + 1 :] if isinstance(piece, Figure)]
    spans = make_spans(inline_figures(pieces[: last + 1], first))
    return [*before, Paragraph(spans), *after]


def inline_figures(pieces: list[Piece], first: int = 0) -> list[Piece]:
    """The same pieces with figures from `first` on as words: an image amid the text of a line."""
    return [
        _figure_words(piece) if isinstance(piece, Figure) and place >= first else piece
        for place, piece in enumerate(pieces)
    ]


def _figure_words(figure: Figure) -> Text:
    if figure.kind == "image":
        words = f"[图: {figure.alt}]" if figure.alt else "[图]"
    else:
        words = f"▶ {figure.alt or figure.source}"
    return Text(words, Style(Emphasis.DIM.value, figure.link or figure.source))


def has_text(spans: Spans) -> bool:
    """Whether anything of the spans is seen."""
    return any(is_visible(span.text) for span in spans)


_MAX_CAPTION = 60


def settle_figures(drafts: list[Draft]) -> list[Draft]:
    """Gives figures their captions, and drops the second of two same figures in a row."""
    settled: list[Draft] = []
    for draft in drafts:
        block = draft.block
        before = settled[-1].block if settled else None
        if isinstance(before, Figure):
            if isinstance(block, Figure) and before.source == block.source and block.source:
                continue
            if isinstance(block, Paragraph) and not before.caption and _is_caption(block, draft):
                settled[-1] = Draft(replace(before, caption=block.spans))
                continue
        settled.append(draft)
    return settled


def _is_caption(block: Paragraph, draft: Draft) -> bool:
    if draft.role != "centred":
        return draft.role == "caption"
    if sum(len(span.text) for span in block.spans) > _MAX_CAPTION:
        return False
    return not all(Emphasis.BOLD in span.emphasis for span in block.spans)
