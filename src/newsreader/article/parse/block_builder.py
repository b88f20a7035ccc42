"""Build blocks from the events of walking a page: text, breaks, blocks that open and close."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, assert_never

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.document import (
    Block,
    CodeBlock,
    Figure,
    Heading,
    Item,
    List,
    Numeral,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
)
from newsreader.article.parse.figures import (
    Draft,
    Role,
    has_text,
    inline_figures,
    make_blocks,
    settle_figures,
)
from newsreader.article.parse.inline import (
    BREAK,
    PLAIN,
    SOFT_BREAK,
    Anchor,
    Break,
    Piece,
    Text,
    add_anchors,
    is_visible,
    make_spans,
)
from newsreader.text import Clean

__all__ = ["Builder", "Draft"]

# Deepest nesting of quotes and lists; deeper ones are shown at this depth.
MAX_DEPTH = 12
# Most anchors that may wait for the next text; each of them is carried over every empty block.
_MAX_WAITING = 16


@dataclass(slots=True)
class _Container:
    kind: Literal["root", "quote", "item", "bullet", "number", "definition"]
    drafts: list[Draft] = field(default_factory=list)
    items: list[tuple[list[Block], Spans, int | None]] = field(default_factory=list)
    numeral: Numeral = "1"
    number: int | None = None
    step: int = 1
    loose: bool = False
    term: Spans = ()
    orphan: bool = False


class Builder:
    """Collects finished blocks from events in reading order.

    Attributes:
        token: Looked at in loops over the pieces of a paragraph and the blocks of a container.
        style: The style of the next text.
        role: The role of the next paragraph.
        figure: The number of the open `figure` element, 0 if none is open.
        muted: Whether what comes next is not seen: nothing but anchors is added.
    """

    def __init__(self, token: CancellationToken = NEVER) -> None:
        self.token = token
        self.style = PLAIN
        self.role: Role = ""
        self.figure = 0
        self.muted = False
        self._pieces: list[Piece] = []
        self._stack: list[_Container] = [_Container("root")]
        self._captures: list[list[Piece]] = []

    # Text.

    def add(self, piece: Piece) -> None:
        """Add a piece to the current paragraph."""
        if not self.muted or isinstance(piece, Anchor):
            self._pieces.append(piece)

    def add_text(self, text: Clean) -> None:
        """Add text in the current style."""
        if not self.muted:
            self._pieces.append(Text(text, self.style))

    def add_break(self) -> None:
        """End the line; two line ends with nothing between them end the paragraph."""
        if self.muted:
            return
        if not self._captures:
            for piece in self.token.each(reversed(self._pieces)):
                if isinstance(piece, Break):
                    self.end_paragraph()
                    return
                if not isinstance(piece, Text) or is_visible(piece.text):
                    break
        self._pieces.append(BREAK)

    def mark(self) -> int:
        """Return the current position in the text, for `take`."""
        return len(self._pieces)

    def take(self, mark: int) -> list[Piece]:
        """Remove and return what was written since `mark`."""
        taken = self._pieces[mark:]
        del self._pieces[mark:]
        return taken

    def begin_capture(self) -> None:
        """Begin text that makes no paragraphs (a heading, a cell), up to `end_capture`."""
        if self._captures:
            self._pieces.append(SOFT_BREAK)
            self._captures.append(self._pieces)
            self._pieces = []
        else:
            self.end_paragraph()
            self._captures.append([])

    def end_capture(self) -> list[Piece]:
        """End the innermost capture and return its pieces."""
        taken = self._pieces
        self._pieces = self._captures.pop()
        return taken

    def take_spans(self) -> Spans:
        """End the innermost capture and return its text, figures as words.

        If it has no text, its anchors move to the next text.
        """
        pieces = self.end_capture()
        spans = self.join_spans(pieces)
        if not has_text(spans, self.token):
            self.keep_anchors(pieces)
            return ()
        return spans

    def join_spans(self, pieces: list[Piece]) -> Spans:
        """Make the spans of a text that is one line of blocks, figures as words."""
        return make_spans(inline_figures(pieces, token=self.token), self.token)

    def keep_anchors(self, pieces: list[Piece]) -> None:
        """Move the anchors among `pieces`, which have no text, to the next text."""
        anchors = [piece for piece in self.token.each(pieces) if isinstance(piece, Anchor)]
        self._pieces.extend(anchors[:_MAX_WAITING])

    @property
    def capturing(self) -> bool:
        """Whether a capture is open, whose text makes no paragraphs."""
        return bool(self._captures)

    # Blocks.

    def end_paragraph(self) -> None:
        """End the current paragraph, if there is one."""
        pieces = self._pieces
        if not pieces:
            return
        if self._captures:
            pieces.append(SOFT_BREAK)
            return
        self._pieces = []
        if len(pieces) == 1 and isinstance(pieces[0], Text) and pieces[0].text.isspace():
            return  # what stands between the tags of two blocks
        blocks = make_blocks(pieces, self.token)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            self.append(blocks[0], self.role)
            return
        if not any(isinstance(block, Paragraph) for block in blocks):
            self.keep_anchors(pieces)
        for block in self.token.each(blocks):
            self.append(block, self.role if isinstance(block, Paragraph) else "")

    def append(self, block: Block, role: Role = "") -> None:
        """Add a finished block to the innermost open container."""
        self._end_orphans()
        holder = self._stack[-1]
        if isinstance(block, Rule) and holder.drafts and isinstance(holder.drafts[-1].block, Rule):
            return
        if holder.kind in ("root", "quote", "item"):
            holder.drafts.append(Draft(block, role, self.figure))
        elif isinstance(block, List) and holder.items:
            # A list outside of items belongs to the item before it.
            holder.items[-1][0].append(block)
        else:
            holder.items.append(([block], holder.term, None))
            holder.term = ()

    def open_quote(self) -> bool:
        """Open a quote; False if it would be too deep, so that its text goes in as it is."""
        self.end_paragraph()
        self._end_orphans()
        if self._captures or len(self._stack) > MAX_DEPTH:
            return False
        self._stack.append(_Container("quote"))
        return True

    def open_list(
        self,
        kind: Literal["bullet", "number", "definition"],
        first: int = 1,
        numeral: Numeral = "1",
        step: int = 1,
    ) -> bool:
        """Open a list; False if it would be too deep, so that its text goes in as it is."""
        self.end_paragraph()
        self._end_orphans()
        if self._captures or len(self._stack) > MAX_DEPTH:
            return False
        self._stack.append(_Container(kind, numeral=numeral, number=first, step=step))
        return True

    def open_item(self, number: int | None = None) -> bool:
        """Open an item of the open list, or of a new list if none is open.

        It counts even if it turns out to be empty and is dropped; `number` is its own number.
        """
        self.end_paragraph()
        if self._captures:
            return False
        holder = self._stack[-1]
        if holder.kind in ("root", "quote", "item"):
            if len(self._stack) > MAX_DEPTH:
                return False
            self._stack.append(_Container("bullet", orphan=True))
        own = None
        if (holder := self._stack[-1]).kind == "number":
            own = holder.number if number is None else number
            holder.number = (own or 0) + holder.step
        self._stack.append(_Container("item", number=own))
        return True

    def set_term(self, term: Spans) -> None:
        """Set the term that the next item of a definition list defines."""
        term = term if has_text(term) else ()
        holder = self._stack[-1]
        if holder.kind == "definition":
            if holder.term:
                holder.items.append(([], holder.term, None))
            holder.term = term
        elif term:
            self.append(Paragraph(term))

    def set_loose(self) -> None:
        """Mark the list of the open item as loose: blank lines separate its items."""
        if len(self._stack) > 1:
            self._stack[-2].loose = True

    def close(self) -> None:
        """Close the innermost container; drop it if it is empty."""
        self.end_paragraph()
        self._end_orphans()
        self._close_top()

    def _end_orphans(self) -> None:
        """End a list that was opened only by its items, now that something else follows."""
        if self._stack[-1].orphan:
            self._close_top()

    def _close_top(self) -> None:
        done = self._stack.pop()
        token = self.token
        blocks = tuple(draft.block for draft in token.each(settle_figures(done.drafts, token)))
        match done.kind:
            case "root":
                self._stack.append(done)
            case "quote":
                if blocks:
                    self.append(Quote(blocks))
            case "item":
                holder = self._stack[-1]
                if blocks:
                    holder.items.append((list(blocks), holder.term, done.number))
                    holder.term = ()
            case "bullet" | "number" | "definition" as kind:
                if done.term:
                    done.items.append(([], done.term, None))
                if done.items:
                    items, start = _make_items(done.items, token)
                    self.append(List(kind, items, start, done.loose, done.numeral))

    def complete_drafts(self) -> list[Draft]:
        """Return the blocks so far that stand in no list or quote; all goes on as it was."""
        return settle_figures(self._stack[0].drafts, self.token)

    def finish(self) -> list[Draft]:
        """End everything that is open and return the blocks of the page."""
        while self._captures:
            pieces = self.end_capture()
            self._pieces.extend(pieces)
        self.end_paragraph()
        while len(self._stack) > 1:
            self._close_top()
        drafts = self._stack[0].drafts
        names = [piece.name for piece in self._pieces if isinstance(piece, Anchor)]
        if names:
            _name_last(drafts, names)
        return settle_figures(drafts, self.token)


def _make_items(
    written: list[tuple[list[Block], Spans, int | None]], token: CancellationToken
) -> tuple[tuple[Item, ...], int]:
    """Make items, which keep a number of their own if they break the count, and the first one."""
    items: list[Item] = []
    start = last = 1 if written[0][2] is None else written[0][2]
    for place, (blocks, term, number) in enumerate(token.each(written)):
        next_one = last + 1 if place else start
        last = next_one if number is None else number
        items.append(Item(tuple(blocks), term, None if last == next_one else last))
    return tuple(items), start


def _name_last(drafts: list[Draft], names: list[Clean]) -> None:
    """Move anchors that no text follows to the last text before them."""
    for place in range(len(drafts) - 1, -1, -1):
        named = _named(drafts[place].block, names)
        if named is not None:
            drafts[place] = replace(drafts[place], block=named)
            return


def _named(block: Block, names: list[Clean]) -> Block | None:
    """Return a copy of a block with anchors at its last text; None if it has no text."""
    match block:
        case Paragraph() | Heading():
            return replace(block, spans=add_anchors(block.spans, names))
        case Quote():
            blocks = _named_last(block.blocks, names)
            return None if blocks is None else Quote(blocks)
        case List():
            for number in range(len(block.items) - 1, -1, -1):
                item = block.items[number]
                blocks = _named_last(item.blocks, names)
                if blocks is not None:
                    item = replace(item, blocks=blocks)
                elif item.term:
                    item = replace(item, term=add_anchors(item.term, names))
                else:
                    continue
                items = (*block.items[:number], item, *block.items[number + 1 :])
                return replace(block, items=items)
        case Table():
            row = next(row for row in reversed(block.rows) if any(cell.spans for cell in row))
            last = next(cell for cell in reversed(row) if cell.spans)
            named = replace(last, spans=add_anchors(last.spans, names))
            cells = tuple(named if cell is last else cell for cell in row)
            return replace(block, rows=tuple(cells if each is row else each for each in block.rows))
        case CodeBlock() | Figure() | Rule():
            pass
        case _:
            assert_never(block)
    return None


def _named_last(blocks: tuple[Block, ...], names: list[Clean]) -> tuple[Block, ...] | None:
    for number in range(len(blocks) - 1, -1, -1):
        named = _named(blocks[number], names)
        if named is not None:
            return (*blocks[:number], named, *blocks[number + 1 :])
    return None
