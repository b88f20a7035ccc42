"""The rules of markdown-it that make it read kramdown, Jekyll's Markdown, instead of CommonMark.

Blocks are read by kramdown's grammar, each in a module of its own; headings get the names that
kramdown gives them; `^`, comments, options and abbreviations leave nothing; `$$…$$` is shown as
code; `[x]` at the start of an item is a ticked box.

Syntax: https://kramdown.gettalong.org/syntax.html.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import hr
from markdown_it.token import Token

from newsreader.article.parse.kramdown.attribute_lists import (
    BlockAttributes,
    anchor,
    definitions_of,
    place_span_attributes,
    read_attribute_list,
    read_span_attributes,
)
from newsreader.article.parse.kramdown.contents import contents_ranges
from newsreader.article.parse.kramdown.definition_lists import read_definition_list
from newsreader.article.parse.kramdown.definitions import (
    read_abbreviation,
    read_footnote,
    read_link_definition,
)
from newsreader.article.parse.kramdown.emphasis import add_emphasis
from newsreader.article.parse.kramdown.lines import watch
from newsreader.article.parse.kramdown.links import add_links
from newsreader.article.parse.kramdown.lists import read_list
from newsreader.article.parse.kramdown.paragraphs import (
    read_paragraph,
    read_underlined_heading,
)
from newsreader.article.parse.kramdown.quotes import read_quote
from newsreader.article.parse.kramdown.spans import add_spans
from newsreader.article.parse.kramdown.tables import read_table
from newsreader.article.parse.kramdown.typography import add_typography
from newsreader.article.parse.kramdown.unclosed_tags import settle_unclosed_tags
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_HEADING_NAME: Final = compile_late(r"\{#([^\s{}]++)\}[ \t]*+$")
# The end of a block, an empty autolink, an option.
_VANISHING: Final = compile_late(r"\^|<>|\{::[a-z]++[^{}]*+/\}")
_EXTENSION: Final = compile_late(r"\{::[a-z]++[^{}\n]*+\}|\{:/[a-z]*+\}")
_BOXES: Final = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def add_kramdown(parser: MarkdownIt) -> None:
    """Add kramdown's rules to a parser."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    rules = parser.block.ruler
    rules.before("fence", "vanishing", _skip_line, interrupts)
    rules.before("fence", "math", _read_formula)
    rules.before("fence", "attribute_list", read_attribute_list, interrupts)
    rules.at("blockquote", read_quote, interrupts)
    rules.at("hr", hr)
    rules.at("list", read_list, interrupts)
    rules.after("list", "definition_list", read_definition_list, interrupts)
    rules.at("footnote_def", read_footnote)
    rules.at("reference", read_link_definition)
    rules.after("reference", "abbreviation", read_abbreviation)
    rules.at("lheading", read_underlined_heading)
    rules.before("paragraph", "kramdown_table", read_table, interrupts)
    rules.at("paragraph", read_paragraph)
    parser.inline.ruler.before("backticks", "math", _read_inline_formula)
    parser.inline.ruler.before("text", "attribute_list", read_span_attributes)
    parser.core.ruler.before("inline", "boxes", _tick_boxes)
    parser.core.ruler.push("unclosed_tags", settle_unclosed_tags)
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
    """Apply attribute lists, name headings, tick boxes, and leave out tables of contents."""
    definitions = definitions_of(state.env)
    attributes = BlockAttributes(state.tokens, definitions)
    tokens = attributes.tokens
    names = Counter[str]()
    for index, token in enumerate(watch(state.env, tokens)):
        if token.type != "inline" or not token.children:
            continue
        if "{:" in token.content:
            token.children = place_span_attributes(token.children, definitions)
            for child in token.children:
                if child.type == "text" and "{:" in child.content:
                    child.content = _EXTENSION.sub("", child.content)
        opener = tokens[index - 1]
        if opener.type == "heading_open":
            _name_heading(token, opener, names)
    state.tokens = tokens
    if attributes.ids or attributes.contents:
        state.tokens = _rebuild(
            tokens, attributes.ids, contents_ranges(tokens, attributes.contents)
        )


def _name_heading(token: Token, opener: Token, names: Counter[str]) -> None:
    """Give a heading the name it is written with, else those that kramdown would give it.

    kramdown has two: GitHub's way, which Jekyll's default parser follows, and its own.
    """
    last = (token.children or [token])[-1]
    if last.type == "text" and "{" in last.content:
        found = _HEADING_NAME.search(last.content)
        if found is not None:
            last.content = last.content[: found.start()].rstrip()
            opener.attrSet("id", found[1])
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


def _tick_boxes(state: StateCore) -> None:
    """Tick the boxes that items begin with, before `[x]` may be taken for a link."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.content[:1] == "[" and index > 1 and tokens[index - 2].type == "list_item_open":
            token.content = _BOXES.get(token.content[:4], token.content[:4]) + token.content[4:]


def _rebuild(
    tokens: list[Token], places: dict[int, list[str]], dropped: list[tuple[int, int]]
) -> list[Token]:
    """Insert anchors in front of blocks, and drop ranges of tokens."""
    rebuilt: list[Token] = []
    at = 0
    for start, end in [*dropped, (len(tokens), len(tokens))]:
        for index in range(at, start):
            token = tokens[index]
            rebuilt.extend(
                Token("html_block", "", 0, content=anchor(name), level=token.level)
                for name in places.get(index, ())
            )
            rebuilt.append(token)
        at = max(at, end)
    return rebuilt
