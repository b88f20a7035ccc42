"""Steps of the walk through nested blocks: what to add next, and inside which frame.

A block becomes steps, and a step may become more of them, so nothing depends on how deep blocks
are nested.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from newsreader.article.cancellation import CancellationToken
from newsreader.article.document import Block, Heading, Item, List, Spans
from newsreader.article.numerals import item_label, item_numbers
from newsreader.article.render.frames import Frame, Marker, inside
from newsreader.article.render.palette import Palette
from newsreader.text import EMPTY, Clean, fill, literal

BULLETS = (literal("•"), literal("◦"), literal("▪"))
MAJOR = 2
"""Lowest level of a heading that begins a section; those below begin a part of one."""


@dataclass(frozen=True, slots=True)
class GapStep:
    """A step that adds blank lines between two blocks."""

    frame: Frame
    lines: int = 1


@dataclass(frozen=True, slots=True)
class BlockStep:
    """A step that adds a block inside a frame."""

    block: Block
    frame: Frame


@dataclass(frozen=True, slots=True)
class TermStep:
    """A step that adds the term of an item of a definition list."""

    spans: Spans
    frame: Frame


@dataclass(frozen=True, slots=True)
class LeadStep:
    """A step that begins an item whose marker has no column of its own, but leads its text."""

    text: Clean
    style: Style


@dataclass(frozen=True, slots=True)
class EndStep:
    """A step that ends an item, so that its bullet is shown even if nothing followed it."""

    frame: Frame


LayoutStep: TypeAlias = GapStep | BlockStep | TermStep | LeadStep | EndStep


def block_steps(
    blocks: tuple[Block, ...], frame: Frame, token: CancellationToken, *, loose: bool
) -> list[LayoutStep]:
    """Return the steps that add blocks one below the other.

    Headings are told from text by space as well, for there may be no colour and no bold: those
    of a section have two blank lines above, those below them none between them and their text.
    """
    steps: list[LayoutStep] = []
    before: Block | None = None
    for block in token.each(blocks):
        if before is not None:
            count = _blank_lines(before, block, loose=loose, outermost=frame.parent is None)
            if count:
                steps.append(GapStep(frame, count))
        steps.append(BlockStep(block, frame))
        before = block
    return steps


def _blank_lines(before: Block, block: Block, *, loose: bool, outermost: bool) -> int:
    if isinstance(block, Heading):
        return 2 if block.level <= MAJOR and outermost else 1
    if isinstance(before, Heading) and before.level > MAJOR:
        return 0
    return 1 if loose or not isinstance(block, List) else 0


def list_steps(
    block: List, frame: Frame, palette: Palette, token: CancellationToken
) -> list[LayoutStep]:
    """Return the steps that add the items of a list."""
    steps: list[LayoutStep] = []
    labels = [item_label(number, block.numeral) for number in token.each(item_numbers(block))]
    cells = max(map(cell_len, labels)) if block.kind == "number" else 0
    for label, item in zip(labels, block.items, strict=True):
        token.check()
        if steps and block.loose:
            steps.append(GapStep(frame))
        match block.kind:
            case "bullet":
                marker = fill("{} ", BULLETS[frame.depth % len(BULLETS)])
                steps += _item_steps(item, marker, frame, palette, token, loose=block.loose)
            case "number":
                pad = fill("{:>{}}", EMPTY, cells - cell_len(label))
                marker = fill("{}{} ", pad, label)
                steps += _item_steps(item, marker, frame, palette, token, loose=block.loose)
            case "definition":
                if item.term:
                    steps.append(TermStep(item.term, frame))
                indent = Segment("    " if frame.width >= 40 else "  ", frame.style)
                inner = inside(frame, indent, frame.style) or frame
                steps += block_steps(item.blocks, inner, token, loose=block.loose)
            case _:
                assert_never(block.kind)
    return steps


def _item_steps(
    item: Item,
    marker: Clean,
    frame: Frame,
    palette: Palette,
    token: CancellationToken,
    *,
    loose: bool,
) -> list[LayoutStep]:
    style = frame.style + palette.bullet
    indent = Segment(" " * cell_len(marker), frame.style)
    inner = inside(frame, indent, frame.style, Marker(Segment(marker, style)))
    if inner is not None:
        return [*block_steps(item.blocks, inner, token, loose=loose), EndStep(inner)]
    inner = replace(frame, depth=frame.depth + 1)
    return [
        LeadStep(marker, style),
        *block_steps(item.blocks, inner, token, loose=loose),
        EndStep(inner),
    ]
