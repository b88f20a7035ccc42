"""Links and images as kramdown reads them.

An address in parentheses may hold spaces, and reaches to the parenthesis that closes the first one;
a title may hold quotation marks. White space may stand between the parts of `[text] [name]`, and a
text holds whatever brackets it closes. What is no link stays text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.token import Token

from newsreader.article.parse.kramdown.spans import angle_end, code_span
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_ATOM: Final = compile_late(
    r"""\\.|(`)|\$\$(?:(?!\$\$).)*+\$\$|<(?:[A-Za-z/!](?:[^<>"'`]|"[^"<>]*+"|'[^'<>]*+')*+>)|([\[\]])""",
    re.DOTALL,
)
_PLAIN_ADDRESS: Final = compile_late(r"""\(([^\s()<>"'\\&]*+)\)""")
_ANGLE_ADDRESS: Final = compile_late(r"\(<([^>\n]*+)>(\))?")
_NAME: Final = compile_late(r"\s*\[([^\]]*+)\]", re.ASCII)
_TITLE_START: Final = compile_late(r"""\s*+(["'])""", re.ASCII)
_SPACE_BEFORE_TITLE: Final = compile_late(r"""\s(?=["'])""", re.ASCII)
_TITLE_END: Final = compile_late(r"""["'](?=\s*+\))""", re.ASCII)
_PARENTHESIS: Final = compile_late(r"[()]")
_TITLE_CLOSE: Final = compile_late(r"\s*+\)", re.ASCII)
# The size of an image, behind its address: a way of writing it that other Markdown has.
_SIZE: Final = compile_late(r"\s+=[0-9]*%?x?[0-9]*%?\Z")
_SPACES: Final = compile_late(r"\s+")
_KEY: Final = "newsreader.brackets"


class _Target(NamedTuple):
    """Where a link leads, and where it ends in the source."""

    address: str
    title: str
    end: int


def add_links(parser: MarkdownIt) -> None:
    """Let a parser read links and images by kramdown's rules."""
    parser.inline.ruler.at("link", _read_link)
    parser.inline.ruler.at("image", _read_image)


def _read_link(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "[" or state.linkLevel:
        return False
    found = _read_parts(state, start)
    if found is None:
        return False
    close, target = found
    if not silent:
        most = state.posMax
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(target.address)}
        if target.title:
            token.attrSet("title", target.title)
        state.pos, state.posMax = start + 1, close
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = most
        state.push("link_close", "a", -1)
    state.pos = target.end
    return True


def _read_image(state: StateInline, silent: bool) -> bool:
    start = state.pos + 1
    if not state.src.startswith("![", state.pos):
        return False
    found = _read_parts(state, start)
    if found is None:
        return False
    close, target = found
    if not silent:
        address = _SIZE.sub("", target.address)
        token = state.push("image", "img", 0)
        token.attrs = {"src": state.md.normalizeLink(address), "alt": ""}
        words = Token("text", "", 0, content=unescapeAll(state.src[start + 1 : close]))
        token.content, token.children = words.content, [words]
        if target.title:
            token.attrSet("title", target.title)
    state.pos = target.end
    return True


def _read_parts(state: StateInline, start: int) -> tuple[int, _Target] | None:
    """Read a link from its bracket on: where its text ends, and where it leads."""
    source = state.src
    if source.startswith("^", start + 1):
        return None
    brackets = _brackets_of(state)
    close = brackets.close.get(start, -1)
    if close < 0 or close >= state.posMax:
        return None
    target = _read_target(state, brackets, start, close)
    return None if target is None or target.end > state.posMax else (close, target)


def _read_target(state: StateInline, brackets: _Brackets, start: int, close: int) -> _Target | None:
    source, after = state.src, close + 1
    name = _NAME.match(source, after)
    if name is not None or not source.startswith("(", after):
        label = (name[1] if name else "") or source[start + 1 : close]
        known = state.env.get("references", {}).get(normalizeReference(label))
        if known is None:
            return None
        return _Target(known["href"], known.get("title", ""), name.end() if name else after)
    plain = _PLAIN_ADDRESS.match(source, after)
    if plain is not None:
        return _Target(plain[1], "", plain.end())
    angled = _ANGLE_ADDRESS.match(source, after) if angle_end(state, after) else None
    if angled is not None:
        address, at = angled[1], angled.end()
        if angled[2]:
            return _Target(unescapeAll(address), "", at)
    else:
        at = brackets.title_after(after)
        end = brackets.parenthesis(after)
        if end >= 0 and (at < 0 or end < at):
            return _Target(_clean(source[after + 1 : end]), "", end + 1)
        if at < 0:
            return None
        address = source[after + 1 : at]
    mark = _TITLE_START.match(source, at)
    if mark is None:
        return None
    end = brackets.title_end(mark[1], mark.end() + 1)
    if end < 0:
        return None
    closing = _TITLE_CLOSE.match(source, end + 1)
    if closing is None:
        return None
    return _Target(_clean(address), html.unescape(source[mark.end() : end]), closing.end())


def _clean(address: str) -> str:
    return _SPACES.sub(" ", unescapeAll(address.strip()))


def _brackets_of(state: StateInline) -> _Brackets:
    """Return the brackets of a text, which are found once for each source."""
    known = state.env.get(_KEY)
    if not isinstance(known, _Brackets) or known.source is not state.src:
        known = state.env[_KEY] = _Brackets(state)
    return known


class _Brackets:
    """Which bracket closes which in a text, and where titles may begin and end.

    Attributes:
        source: The text.
        close: The place of the bracket that closes each square one; those in code, tags and
            formulas do not count.
    """

    def __init__(self, state: StateInline) -> None:
        self.source = state.src
        self.close = self._pair_square(state)
        self._round: dict[int, int] | None = None
        self._titles: list[int] = []
        self._title_ends: dict[str, list[int]] = {'"': [], "'": []}

    def _pair_square(self, state: StateInline) -> dict[int, int]:
        source = self.source
        close: dict[int, int] = {}
        stack: list[int] = []
        at = 0
        while (atom := _ATOM.search(source, at)) is not None:
            at = atom.end()
            if atom[1]:
                length, end = code_span(state, atom.start())
                at = end or atom.start() + length
            elif atom[2] == "[":
                stack.append(atom.start())
            elif atom[2] and stack:
                close[stack.pop()] = atom.start()
        return close

    def _scan(self) -> dict[int, int]:
        """Find the other places, on the first question for one."""
        pairs: dict[int, int] = {}
        stack: list[int] = []
        for found in _PARENTHESIS.finditer(self.source):
            if found[0] == "(":
                stack.append(found.start())
            elif stack:
                pairs[stack.pop()] = found.start()
        self._titles = [found.start() for found in _SPACE_BEFORE_TITLE.finditer(self.source)]
        for found in _TITLE_END.finditer(self.source):
            self._title_ends[found[0]].append(found.start())
        return pairs

    def parenthesis(self, start: int) -> int:
        """Return the place of the parenthesis that closes one; -1 if none does."""
        if self._round is None:
            self._round = self._scan()
        return self._round.get(start, -1)

    def title_after(self, start: int) -> int:
        """Return the first place after another where a title may begin; -1 if there is none."""
        if self._round is None:
            self._round = self._scan()
        return _next(self._titles, start)

    def title_end(self, mark: str, start: int) -> int:
        """Return the first place where a title in such marks may end; -1 if there is none."""
        if self._round is None:
            self._round = self._scan()
        return _next(self._title_ends[mark], start)


def _next(places: Sequence[int], start: int) -> int:
    place = bisect_left(places, start)
    return places[place] if place < len(places) else -1
