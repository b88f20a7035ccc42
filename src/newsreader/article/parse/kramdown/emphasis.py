"""Emphasis as kramdown reads it, which is not as CommonMark does.

A mark opens unless white space follows it, and closes unless white space precedes it: `**“好”**了`
is bold, as it has to be in texts without spaces between words. `_` neither opens after a letter nor
closes in front of one. Nothing is emphasised twice in the same way; what never closes is text.

kramdown finds out by trying, which takes it quadratic time and more. Here the place where an
element would close is found once for each mark and what is open there: it depends on nothing else,
and there are twelve kinds of what can be open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from markdown_it.rules_inline.state_inline import Delimiter

from newsreader.article.parse.kramdown.spans import SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline


class _Element(NamedTuple):
    """An emphasis that is open: strong or not, and the mark that it was opened with."""

    strong: bool
    mark: str


_Open: TypeAlias = tuple[_Element, ...]


class _Pair(NamedTuple):
    """The marks of an emphasis, by the places of the first of either end."""

    start: int
    end: int
    length: int


_NONE: Final = -1


def add_emphasis(parser: MarkdownIt) -> None:
    """Let a parser read emphasis by kramdown's rules."""
    parser.inline.ruler.at("emphasis", _scan_marks)
    parser.inline.ruler2.disable("balance_pairs")
    parser.inline.ruler2.at("emphasis", _set_emphasis)


def _scan_marks(state: StateInline, silent: bool) -> bool:
    """Read a run of marks: each becomes a token of its own, to be settled later."""
    source, start = state.src, state.pos
    mark = source[start]
    if mark not in "*_":
        return False
    end = start + 1
    while end < state.posMax and source[end] == mark:
        end += 1
    state.pos = end
    if silent:
        return True
    if end == start + 1 and not (_opens(source, start, 1) or _closes(source, start, 1)):
        state.append_pending(mark)
        return True
    for place in range(start, end):
        token = state.push("text", "", 0)
        token.content = mark
        state.delimiters.append(
            # markdown-it pairs no marks here, and `end` is free to say where this one is.
            Delimiter(
                marker=ord(mark),
                length=end - start,
                token=len(state.tokens) - 1,
                end=place,
                open=False,
                close=False,
            )
        )
    return True


def _opens(source: str, at: int, length: int) -> bool:
    """Whether marks may begin emphasis, whatever is open."""
    after = source[at + length : at + length + 1]
    if after in SPACES:
        return False
    if source[at] == "*" or not at:
        return True
    before = source[at - 1]
    if before == "-" and at > 1:
        before = source[at - 2]
    return not before.isalpha()


def _closes(source: str, at: int, length: int) -> bool:
    """Whether marks may end emphasis, if it is theirs that is open."""
    if at and source[at - 1] in SPACES:
        return False
    return source[at] == "*" or not source[at + length : at + length + 1].isalnum()


def _set_emphasis(state: StateInline) -> None:
    """Turn pairs of marks into emphasis, in the text itself and in each link."""
    groups = [state.delimiters]
    groups.extend(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for marks in groups:
        if marks:
            for pair in _Marks(state.src, marks).pairs():
                _set_pair(state, marks, pair)


def _set_pair(state: StateInline, marks: Sequence[Delimiter], pair: _Pair) -> None:
    kind, tag = ("strong", "strong") if pair.length == 2 else ("em", "em")
    for place, side, nesting in ((pair.start, "open", 1), (pair.end, "close", -1)):
        token = state.tokens[marks[place].token]
        token.type, token.tag, token.nesting = f"{kind}_{side}", tag, 1 if nesting > 0 else -1
        token.markup, token.content = chr(marks[place].marker) * pair.length, ""
        if pair.length == 2:
            state.tokens[marks[place + 1].token].content = ""


class _Marks:
    """The marks of a text or link, in order, and where what they open would close."""

    def __init__(self, source: str, marks: Sequence[Delimiter]) -> None:
        self._at = [mark.end for mark in marks]
        self._mark = [chr(mark.marker) for mark in marks]
        count = len(marks)
        # How many marks of one kind stand in a row from each on: 1, 2, or 3 for more.
        row = [1] * count
        for place in range(count - 2, -1, -1):
            if (
                self._at[place + 1] == self._at[place] + 1
                and self._mark[place + 1] == self._mark[place]
            ):
                row[place] = min(3, row[place + 1] + 1)
        self._length = [min(2, each) for each in row]
        self._may_open = [
            _opens(source, *each) for each in zip(self._at, self._length, strict=True)
        ]
        # Which kinds of emphasis marks may close, weak and strong: two marks close no weak one.
        self._may_close = [
            (each != 2 and _closes(source, at, 1), each > 1 and _closes(source, at, 2))
            for each, at in zip(row, self._at, strict=True)
        ]
        # For what is open: the mark that closes the innermost of it, reading from a mark on.
        self._closing: dict[_Open, dict[int, int]] = {}

    def _find_close(self, state: _Open, place: int) -> int:
        """Find the mark that closes the innermost of what is open, reading from a mark on."""
        known = self._closing.get(state)
        if known is None:
            known = self._closing[state] = {len(self._at): _NONE}
        innermost = state[-1]
        passed: list[int] = []
        while place not in known:
            if self._mark[place] == innermost.mark and self._may_close[place][innermost.strong]:
                known[place] = place
                break
            passed.append(place)
            place = self._step(state, place)[0]
        close = known[place]
        for each in passed:
            known[each] = close
        return close

    def pairs(self) -> list[_Pair]:
        """Find the pairs, the outer one before those inside it."""
        found: list[_Pair] = []
        open_pairs: list[_Pair] = []
        state: _Open = ()
        place = 0
        while place < len(self._at):
            if open_pairs and open_pairs[-1].end == place:
                place += open_pairs.pop().length
                state = state[:-1]
                continue
            after, pair = self._step(state, place)
            if pair is None:
                place = after
                continue
            found.append(pair)
            open_pairs.append(pair)
            state += (_Element(pair.length == 2, self._mark[place]),)
            place += pair.length
        return found

    def _step(self, state: _Open, place: int) -> tuple[int, _Pair | None]:
        """Read the marks at a place, which close nothing.

        Returns:
            The place after all of it, and the pair if it is emphasis; else the marks are text.
        """
        length = self._length[place]
        strong = length == 2
        if not self._may_open[place] or any(element.strong == strong for element in state):
            return place + length, None
        close = self._close_of(state, place, length)
        if close != _NONE:
            return close + length, _Pair(place, close, length)
        if strong and not state:
            # `**a*`: emphasis that begins with a mark.
            close = self._close_of(state, place, 1)
            if close != _NONE:
                return close + 1, _Pair(place, close, 1)
        return place + length, None

    def _close_of(self, state: _Open, place: int, length: int) -> int:
        """Return the mark that closes what `length` marks at a place open."""
        state = (*state, _Element(length == 2, self._mark[place]))
        inside = place + length
        if inside < len(self._at) and self._at[inside] == self._at[place] + length:
            # A mark right behind them cannot close: there would be nothing inside.
            inside = self._step(state, inside)[0]
        return self._find_close(state, inside)
