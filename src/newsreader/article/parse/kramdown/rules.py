"""Rules of markdown-it for what kramdown, Jekyll's Markdown, adds to CommonMark.

Attribute lists (`{: #name .class}`) are removed and the names in them become anchors that links
reach; headings get the names that kramdown gives them; `^`, comments, options and abbreviations
leave nothing; `$$…$$` is shown as code; `[x]` at the start of an item is a ticked box. Spans have
modules of their own.

Syntax: https://kramdown.gettalong.org/syntax.html.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from newsreader.article.parse.kramdown.emphasis import add_emphasis
from newsreader.article.parse.kramdown.links import add_links
from newsreader.article.parse.kramdown.spans import add_spans
from newsreader.article.parse.kramdown.typography import add_typography

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_LIST: Final = r"\{:[^{}\n]*+\}"
_LISTS: Final = re.compile(rf"(?:{_LIST})++")
_ONLY_LISTS: Final = re.compile(rf"[ \t]*+(?:{_LIST}[ \t]*+)++")
_LEADING_LIST: Final = re.compile(rf"{_LIST}[ \t]++")
_NAME: Final = re.compile(r"""(?:[\s:]#|\bid=["']?)([^\s{}#"']++)""")
_HEADING_NAME: Final = re.compile(rf"\{{#([^\s{{}}]++)\}}[ \t]*+$|{_LIST}[ \t]*+$")
_CONTENTS: Final = re.compile(r"^\{:[ ]*toc\b", re.MULTILINE)
_EXTENSION: Final = re.compile(r"\{::[a-z]++[^{}\n]*+\}|\{:/[a-z]*+\}")
# The end of a block, an empty autolink, an abbreviation, an option.
_VANISHING: Final = re.compile(r"\^|<>|\*\[[^\]\n]++\]:.*|\{::[a-z]++[^{}]*+/\}")
_AFTER_SPAN: Final = frozenset(("link_close", "em_close", "strong_close", "code_inline", "image"))
_BOXES: Final = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def add_kramdown(parser: MarkdownIt) -> None:
    """Add kramdown's rules to a parser."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "vanishing", _skip_line, interrupts)
    parser.block.ruler.before("fence", "math", _read_formula)
    parser.inline.ruler.before("backticks", "math", _read_inline_formula)
    parser.core.ruler.push("kramdown", _apply)
    add_spans(parser)
    add_emphasis(parser)
    add_links(parser)
    add_typography(parser)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _skip_line(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Skip a line that shows nothing and ends the block before it."""
    start = state.bMarks[line] + state.tShift[line]
    if state.src[start : start + 1] not in ("^", "<", "*", "{") or state.is_code_block(line):
        return False
    if _VANISHING.fullmatch(_line(state, line)) is None:
        return False
    if not silent:
        state.line = line + 1
    return True


def _read_formula(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read `$$` at the start of a line to `$$` at the end of one as a block of code in TeX."""
    first = _line(state, line)
    if not first.startswith("$$") or state.is_code_block(line):
        return False
    lines: list[str] = []
    last = line
    text = first[2:]
    while not text.endswith("$$"):
        lines.append(text)
        last += 1
        if last >= end or state.isEmpty(last) or state.sCount[last] < state.blkIndent:
            return False
        text = _line(state, last)
    lines.append(text[:-2])
    formula = "\n".join(lines).strip()
    if not formula or "$$" in formula:
        return False
    if not silent:
        token = state.push("fence", "code", 0)
        token.info, token.content, token.markup = "latex", formula + "\n", "$$"
        token.map = [line, last + 1]
        state.line = last + 1
    return True


def _read_inline_formula(state: StateInline, silent: bool) -> bool:
    """Read `$$…$$` amid text as code."""
    start = state.pos + 2
    if not state.src.startswith("$$", state.pos):
        return False
    end = state.src.find("$$", start, state.posMax)
    if end < 0 or not state.src[start:end].strip():
        return False
    if not silent:
        token = state.push("code_inline", "code", 0)
        token.content, token.markup = state.src[start:end].strip(), "$$"
    state.pos = end + 2
    return True


def _apply(state: StateCore) -> None:
    """Remove attribute lists, set anchors, and tick boxes."""
    tokens = state.tokens
    places: dict[int, list[str]] = {}
    dropped: list[int] = []
    names = Counter[str]()
    lines = state.src.split("\n") if "{:" in state.src else []
    root = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0:
            root = index
        if token.type != "inline" or not token.children:
            continue
        opener = tokens[index - 1]
        content = token.content
        if opener.type == "heading_open":
            _name_heading(token, opener, names)
        elif content[:1] == "[" and tokens[index - 2].type == "list_item_open":
            _tick(token.children[0])
        if "{" not in content or "\\{" in content:
            continue
        if (
            tokens[root].type.endswith("list_open")
            and "toc" in content
            and _CONTENTS.search(content)
        ):
            if not dropped or dropped[-1] != root:
                dropped.append(root)
            continue
        lists = _strip_lists(token)
        for name in lists.own:
            # At the margin, it belongs to the list or quote, not to the last line inside.
            flush = opener.level > 0 and opener.map and lines[opener.map[1] - 1][:1] == "{"
            places.setdefault(root if flush else index - 1, []).append(name)
        for name in lists.alone:
            places.setdefault(_neighbour(tokens, index), []).append(name)
    if places or dropped:
        state.tokens = _rebuild(tokens, places, dropped)


def _name_heading(token: Token, opener: Token, names: Counter[str]) -> None:
    """Give a heading the name it is written with, else those that kramdown would give it.

    kramdown has two: GitHub's way, which Jekyll's default parser follows, and its own.
    """
    last = (token.children or [token])[-1]
    if last.type == "text" and "{" in last.content:
        found = _HEADING_NAME.search(last.content)
        if found is not None:
            last.content = last.content[: found.start()].rstrip()
            name = found[1] or next(iter(_NAME.findall(found[0])), "")
            if name:
                opener.attrSet("id", name)
                return
    text = "".join(
        child.content for child in token.children or () if child.type in ("text", "code_inline")
    ).strip()
    common = re.sub(r"[^\w\- \t]", "", text.lower()).replace(" ", "-")
    own = re.sub(r"^[^a-zA-Z]+|[^a-zA-Z0-9 -]", "", text).replace(" ", "-").lower() or "section"
    for attribute, name in (("id", common), ("name", own)):
        if not name or (attribute == "name" and own == common):
            continue
        count = names[name]
        names[name] += 1
        opener.attrSet(attribute, f"{name}-{count}" if count else name)


def _tick(first: Token) -> None:
    box = _BOXES.get(first.content[:4]) if first.type == "text" else None
    if box is not None:
        first.content = box + first.content[4:]


class _Lists:
    """Names in attribute lists: of the paragraph around them, and of the block beside it."""

    __slots__ = ("alone", "own")

    def __init__(self) -> None:
        self.own: list[str] = []
        self.alone: list[str] = []


def _strip_lists(token: Token) -> _Lists:
    """Remove attribute lists from a paragraph; names of spans become anchors inside it."""
    lists = _Lists()
    children = token.children or []
    remaining: list[Token] = []
    for place, child in enumerate(children):
        if child.type != "text" or "{" not in child.content:
            remaining.append(child)
            continue
        before = children[place - 1].type if place else ""
        if before in ("", "softbreak", "hardbreak"):
            if _ONLY_LISTS.fullmatch(child.content) is not None:
                alone = len(children) == 1
                (lists.alone if alone else lists.own).extend(_NAME.findall(child.content))
                child.content = ""
                if before:
                    remaining.pop()
            elif not place and (leading := _LEADING_LIST.match(child.content)) is not None:
                lists.own.extend(_NAME.findall(leading[0]))
                child.content = child.content[leading.end() :]
        elif before in _AFTER_SPAN and (found := _LISTS.match(child.content)) is not None:
            child.content = child.content[found.end() :]
            remaining.extend(
                Token("html_inline", "", 0, content=_place(name))
                for name in _NAME.findall(found[0])
            )
        if "{:" in child.content:
            child.content = _EXTENSION.sub("", child.content)
        remaining.append(child)
    token.children = remaining
    return lists


def _place(name: str) -> str:
    return f'<a id="{html.escape(name)}"></a>'


def _neighbour(tokens: list[Token], index: int) -> int:
    """Find the block that an attribute list on lines of its own belongs to.

    That is the one right above it, or the one below if an empty line is in between.
    """
    opener = tokens[index - 1]
    above = index - 2
    if above >= 0 and tokens[above].level == opener.level and tokens[above].nesting <= 0:
        while tokens[above].nesting < 0 or tokens[above].level > opener.level:
            above -= 1
        lines, own = tokens[above].map, opener.map
        if lines is not None and own is not None and lines[1] == own[0]:
            return above
    return min(index + 2, len(tokens) - 1)


def _rebuild(tokens: list[Token], places: dict[int, list[str]], dropped: list[int]) -> list[Token]:
    """Insert anchors in front of blocks, and drop the table of contents that kramdown makes."""
    rebuilt: list[Token] = []
    starts = frozenset(dropped)
    skipping = False
    for index, token in enumerate(tokens):
        if index in starts:
            skipping = True
        if not skipping:
            for name in places.get(index, ()):
                place = Token("html_block", "", 0, content=_place(name), level=token.level)
                rebuilt.append(place)
            rebuilt.append(token)
        elif token.level == 0 and token.nesting < 0:
            skipping = False
    return rebuilt
