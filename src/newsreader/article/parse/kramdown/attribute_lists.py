"""Take in kramdown's attribute lists: `{: #id .class key="value"}` and definitions of such.

Syntax: https://kramdown.gettalong.org/syntax.html#attribute-list-definitions. A list at a block or
at a span is never shown; the ids in it become anchors that links reach. One after plain text
belongs to nothing, and is shown only if it could be something else, as `{:a=>1}` is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from newsreader.article.parse.kramdown.lines import (
    BEFORE_BLOCK,
    OPTIONAL_INDENT,
    is_after_boundary,
    line_text,
)
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

ATTRIBUTES: Final = "attribute_list"
"""The type of the tokens that stand for attribute lists until they are applied."""
_DEFINITIONS: Final = "newsreader.attributes"
# Most lines of a list, so that many which nothing closes are told in linear time.
_MOST_LINES: Final = 12

_BLOCK: Final = compile_late(r"\{:(?![:/])((?:\\\}|[^}])++)\}\s*+")
_DEFINITION: Final = compile_late(r"(\w[\w-]*+):(.*+)", re.DOTALL)
_SPAN: Final = compile_late(r"\{:(?![:/])((?:\\\}|[^}]){1,2000}+)\}")
_ID: Final = compile_late(r"""(?:(?:^|\s)(?:\.[^\s.#]++)*+#|\bid=["']?)([^\s{}#."']++)""")
_REFERENCE: Final = compile_late(r"(?:^|(?<=\s))\w[\w-]*+(?=\s|$)")
_START: Final = compile_late(r"\bstart=[\"']?([0-9]{1,9})\b")
# What can be nothing else than a list of attributes: classes, ids and values, no bare word alone.
_CERTAIN: Final = compile_late(
    r"""\s*+(?:(?:[.#][^\s.#=>]++)++|\w[\w-]*+=(?:"[^"]*+"|'[^']*+'))
        (?:\s++(?:(?:[.#][^\s.#=>]++)++|\w[\w-]*+(?:=(?:"[^"]*+"|'[^']*+'))?))*+\s*+""",
    re.VERBOSE,
)
_AFTER_SPAN: Final = frozenset(
    ("link_close", "em_close", "strong_close", "s_close", "code_inline", "image", ATTRIBUTES)
)


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribute list of a block: its text, and whether it belongs to the block above it."""

    text: str
    is_above: bool


def ids_of(text: str) -> list[str]:
    """Return the ids in the text of an attribute list."""
    return _ID.findall(text) if text else []


def attribute_list_end(state: StateBlock, line: int) -> int | None:
    """Return the line behind the attribute list that begins at a line; `None` if none does."""
    found = _read(state, line)
    return None if found is None else found[1]


def _read(state: StateBlock, line: int) -> tuple[str, int] | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("{:", start) or state.sCount[line] > OPTIONAL_INDENT:
        return None
    text = line_text(state, line)
    last = line
    while "}" not in text and last - line < _MOST_LINES and last + 1 < state.lineMax:
        last += 1
        text += "\n" + line_text(state, last)
    found = _BLOCK.fullmatch(text)
    return None if found is None else (found[1], last + 1)


def read_attribute_list(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Read an attribute list on lines of its own, or a definition of one."""
    read = _read(state, line)
    if read is None:
        return False
    if silent:
        return True
    text, after = read
    definition = _DEFINITION.fullmatch(text)
    if definition is not None:
        state.env.setdefault(_DEFINITIONS, {}).setdefault(definition[1], definition[2])
    else:
        is_above = not is_after_boundary(state, line)
        token = Token(ATTRIBUTES, "", 0, level=state.level)
        token.meta = {"found": _Found(text, is_above), BEFORE_BLOCK: not is_above}
        state.tokens.append(token)
    state.line = after
    return True


def read_span_attributes(state: StateInline, silent: bool) -> bool:
    """Read an attribute list amid text; `place_span_attributes` tells what it belongs to."""
    if not state.src.startswith("{:", state.pos):
        return False
    found = _SPAN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(ATTRIBUTES, "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def place_span_attributes(children: list[Token], definitions: dict[str, str]) -> list[Token]:
    """Replace the attribute lists of spans by anchors, and others by their text."""
    placed: list[Token] = []
    before = ""
    for child in children:
        if child.type == ATTRIBUTES:
            text = child.content[2:-1]
            is_certain = _CERTAIN.fullmatch(text) is not None
            if before in _AFTER_SPAN or is_certain:
                if before not in _AFTER_SPAN and placed and placed[-1].type == "text":
                    placed[-1].content = placed[-1].content.rstrip(" ")
                placed.extend(
                    Token("html_inline", "", 0, content=anchor(name))
                    for name in _all_ids(text, definitions)
                )
                before = ATTRIBUTES if before in _AFTER_SPAN else before
                continue
            placed.append(Token("text", "", 0, content=child.content))
            before = "text"
            continue
        placed.append(child)
        if child.type != "text" or child.content:
            before = child.type
    return placed


def anchor(name: str) -> str:
    """Return the HTML of a place that a link leads to."""
    return f'<a id="{html.escape(name)}"></a>'


def definitions_of(env: object) -> dict[str, str]:
    """Return the attribute lists that a text defines, by their names."""
    found = env.get(_DEFINITIONS) if isinstance(env, dict) else None
    return found if isinstance(found, dict) else {}


def _all_ids(text: str, definitions: dict[str, str]) -> list[str]:
    """Return the ids in an attribute list and in those that it refers to by name."""
    found = ids_of(text)
    if definitions:
        for name in dict.fromkeys(_REFERENCE.findall(text)):
            found += ids_of(definitions.get(name, ""))
    return found


class BlockAttributes:
    """The attribute lists of the blocks of a text, found by one walk over its tokens.

    Attributes:
        tokens: The tokens without those that stand for attribute lists.
        ids: The ids of the blocks that begin at these tokens.
        contents: The tokens at which lists begin that stand for a table of contents.
    """

    def __init__(self, tokens: list[Token], definitions: dict[str, str]) -> None:
        self.tokens: list[Token] = []
        self.ids: dict[int, list[str]] = {}
        self.contents: list[int] = []
        # The last block at each level.
        last: dict[int, int] = {}
        waiting: list[str] = []
        for token in tokens:
            if token.type == ATTRIBUTES:
                found = token.meta["found"]
                at = last.get(token.level) if found.is_above else None
                if at is None:
                    waiting.append(found.text)
                else:
                    self._apply(at, found.text, definitions)
                continue
            if token.nesting >= 0 and token.type != "inline":
                at = last[token.level] = len(self.tokens)
                if token.nesting:
                    last.pop(token.level + 1, None)
            self.tokens.append(token)
            if waiting and token.nesting >= 0:
                for text in waiting:
                    self._apply(len(self.tokens) - 1, text, definitions)
                waiting = []

    def _apply(self, at: int, text: str, definitions: dict[str, str]) -> None:
        ids = _all_ids(text, definitions)
        if ids:
            self.ids.setdefault(at, []).extend(ids)
        token = self.tokens[at]
        if token.type.endswith("list_open"):
            if "toc" in _REFERENCE.findall(text):
                self.contents.append(at)
            if token.tag == "ol" and (start := _START.search(text)) is not None:
                token.attrSet("start", start[1])
