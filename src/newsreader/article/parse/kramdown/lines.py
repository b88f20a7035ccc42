"""The lines of a block, and reading some of them as a text of their own.

kramdown reads the content of a quote, an item or a definition by taking its marks and its indent
away and starting anew with what is left. markdown-it keeps for each line where it begins and how
far it is indented: moving these says the same without a copy of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.kramdown.html_elements import SPAN
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.rules_block import StateBlock
    from markdown_it.utils import EnvType

T = TypeVar("T")

CANCELLATION: Final = "newsreader.token"
"""The key in `state.env` under which rules find the cancellation token of their text."""
BEFORE_BLOCK: Final = "newsreader.before_block"
"""The key in the `meta` of tokens that stand for nothing by themselves, and belong to the block
that follows them."""
OPTIONAL_INDENT: Final = 3
"""Most spaces in front of a mark; four make a block of code."""
_RULE: Final = compile_late(r"(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+")
_TAG: Final = compile_late(r"</?([A-Za-z][A-Za-z0-9]*+)(?=[\s/>]|\Z)")
# A script ends no paragraph either.
_NO_INTERRUPTION: Final = SPAN | {"script"}
_BLANKS: Final = compile_late(r"[ \t]*+")
# Levels that a list and the paragraphs in its items take.
_LEVELS: Final = 4


def watch(env: EnvType, items: Iterable[T]) -> Iterable[T]:
    """Return items for a loop that stops if the work is cancelled."""
    token: CancellationToken = env.get(CANCELLATION, NEVER)
    return token.each(items)


def check_cancelled(env: EnvType) -> None:
    """Stop if the work was cancelled: called for every line and row of a long block."""
    env.get(CANCELLATION, NEVER).check()


def line_text(state: StateBlock, line: int) -> str:
    """Return a line without its indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def is_boundary(state: StateBlock, line: int) -> bool:
    """Whether a line is an end of the block, the first of it, empty, or `^`, which ends blocks."""
    if line >= state.lineMax or state.isEmpty(line):
        return True
    return is_end_mark(state, line)


def is_after_boundary(state: StateBlock, line: int) -> bool:
    """Whether nothing stands right above a line in the same block.

    An attribute list of the block that begins in the line is nothing.
    """
    return (
        line == 0
        or not state.tokens
        or state.tokens[-1].nesting == 1
        or bool(state.tokens[-1].meta.get(BEFORE_BLOCK))
        or is_boundary(state, line - 1)
    )


def is_end_mark(state: StateBlock, line: int) -> bool:
    """Whether a line is `^`, kramdown's mark for the end of a block."""
    return not state.sCount[line] and line_text(state, line).rstrip() == "^"


def is_rule(text: str) -> bool:
    """Whether a line without its indent is one across the page."""
    return text[:1] in ("*", "-", "_") and _RULE.fullmatch(text) is not None


def begins_html(state: StateBlock, line: int) -> bool:
    """Whether a line begins with the tag of a block, which no paragraph, quote or item takes in."""
    start = state.bMarks[line] + state.tShift[line]
    if state.src[start : start + 1] != "<" or state.sCount[line] > OPTIONAL_INDENT:
        return False
    tag = _TAG.match(state.src, start, state.eMarks[line])
    return tag is not None and tag[1].lower() not in _NO_INTERRUPTION


def is_deep(state: StateBlock) -> bool:
    """Whether the block is nested so deep that no more quotes and lists are opened in it."""
    return state.level + _LEVELS > state.md.options.maxNesting


def remove_indent(state: StateBlock, line: int, columns: int) -> None:
    """Move the beginning of a line past a part of its indent."""
    begin = state.bMarks[line]
    if state.src.find("\t", begin, begin + state.tShift[line]) < 0:
        columns = min(columns, state.sCount[line])
        # Some of the columns may be added ones.
        spaces = min(columns, state.tShift[line])
        state.bMarks[line] += spaces
        state.tShift[line] -= spaces
        state.sCount[line] -= columns
    else:
        state.bMarks[line] += state.tShift[line]
        state.tShift[line] = 0
        state.sCount[line] = max(0, state.sCount[line] - columns)


def begin_line_at(state: StateBlock, line: int, position: int) -> None:
    """Move the beginning of a line to a position in it."""
    blanks = _BLANKS.match(state.src, position, state.eMarks[line])
    indent = blanks.end() - position if blanks is not None else 0
    state.bMarks[line] = position
    state.tShift[line] = indent
    state.sCount[line] = len(state.src[position : position + indent].expandtabs(4))


class SavedLines:
    """Where some lines begin, to set them back once the block in them is read."""

    __slots__ = ("_begins", "_columns", "_end", "_shifts", "_start", "_state")

    def __init__(self, state: StateBlock, start: int, end: int) -> None:
        self._state = state
        self._start = start
        self._end = end
        self._begins = state.bMarks[start:end]
        self._shifts = state.tShift[start:end]
        self._columns = state.sCount[start:end]

    def restore(self) -> None:
        """Set the lines back."""
        state = self._state
        lines = slice(self._start, self._end)
        state.bMarks[lines] = self._begins
        state.tShift[lines] = self._shifts
        state.sCount[lines] = self._columns


def read_nested(state: StateBlock, start: int, end: int) -> None:
    """Read lines, moved to where their text begins, as a text of their own."""
    indent, last, tight = state.blkIndent, state.lineMax, state.tight
    state.blkIndent, state.lineMax = 0, end
    state.md.block.tokenize(state, start, end)
    state.blkIndent, state.lineMax, state.tight = indent, last, tight
