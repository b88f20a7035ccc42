"""Rules of markdown-it for HTML amid Markdown, in lists and quotes as well, as kramdown reads it.

They take the place of CommonMark's rules for HTML blocks and tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline.html_inline import html_inline

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.html_tags import VOID
from newsreader.article.parse.kramdown.html_elements import (
    ElementEnds,
    content_model,
    marked_model,
    may_interrupt,
    part_markdown,
    starts_run,
)
from newsreader.article.parse.kramdown.lines import CANCELLATION
from newsreader.article.parse.kramdown.paragraphs import read_paragraph
from newsreader.patterns import compile_late
from newsreader.posts.model import KramdownOptions

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.utils import EnvType

OPTIONS: Final = "newsreader.options"
"""The key in `state.env` of the `KramdownOptions` in force; options in the text change them."""
_ENDS: Final = "newsreader.ends"
_UNCLOSED: Final = "newsreader.unclosed"
# Markdown in elements that are nested deeper than this is shown as written. markdown-it would drop
# what is nested deeper than 20.
_MAX_LEVEL: Final = 16

_OPEN_TAG: Final = compile_late(
    r"""<([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])(?:[^<>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+>"""
)
_OPTION_LINE: Final = compile_late(r"\{::options[ ]((?:[^{}\n/]|/(?!\}))*+)/\}[ \t]*+")
_OPTION: Final = compile_late(r"""(\w++)=(?:"([^"]*+)"|'([^']*+)')""")
# The others take effect before any text is read.
_INLINE_OPTIONS: Final = frozenset(("parse_block_html", "parse_span_html", "smart_quotes"))
_EXTENSION: Final = compile_late(r"\{::nomarkdown(?:[ ]([^{}\n]*+))?\}")
_EXTENSION_END: Final = compile_late(r"\{:/(?:nomarkdown)?\}")
_EXTENSION_END_LINE: Final = compile_late(r"^[ ]{0,3}\{:/(?:nomarkdown)?\}[ \t]*$", re.MULTILINE)
_DEFAULTS: Final = KramdownOptions()
_TYPE: Final = compile_late(r"""type=["']([^"']*+)["']""")


def add_html_blocks(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.at("html_block", _read_run, interrupts)
    parser.block.ruler.before("vanishing", "extension", _read_extension, interrupts)
    parser.inline.ruler.at("html_inline", _read_element)
    parser.inline.ruler.before("backticks", "extension", _read_inline_extension)
    parser.core.ruler.push("hard_wrap", _wrap_hard)


def options_in(env: EnvType) -> KramdownOptions:
    """Return the options in force."""
    options = env.get(OPTIONS)
    return options if isinstance(options, KramdownOptions) else _DEFAULTS


def _token(env: EnvType) -> CancellationToken:
    token = env.get(CANCELLATION)
    return token if isinstance(token, CancellationToken) else NEVER


def _ends_in(state: StateBlock) -> ElementEnds:
    """Return the ends of the elements of a text, the same ones for all of its lines."""
    known: dict[int, ElementEnds] = state.env.setdefault(_ENDS, {})
    key = id(state.src)
    if key not in known:
        known[key] = ElementEnds(state.src, _token(state.env))
    return known[key]


def _read_run(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read an HTML run; text behind it in its last line is a paragraph."""
    source = state.src
    start = state.bMarks[line] + state.tShift[line]
    if source[start : start + 1] != "<" or state.is_code_block(line):
        return False
    ends = _ends_in(state)
    line_end = state.eMarks[line] + 1
    if not starts_run(source, start, line_end, ends):
        return False
    if silent:
        return may_interrupt(source, start)
    run_end, closed = ends.run_end(start, line_end)
    after = line + 1
    while after < end and state.bMarks[after] < run_end:
        if state.sCount[after] < state.blkIndent and not state.isEmpty(after):
            # The block around it ends before the run does.
            closed = False
            break
        after += 1
    else:
        closed = closed and run_end <= state.eMarks[after - 1] + 1
    if not closed:
        # As in CommonMark, it ends at an empty line.
        after = line + 1
        while after < end and state.sCount[after] >= state.blkIndent and not state.isEmpty(after):
            after += 1
    run = state.getLines(line, after, state.blkIndent, False)
    last = after - 1
    rest = state.eMarks[last] - run_end if closed else 0
    state.line = after
    _push_run(state, run[:-rest] if rest > 0 else run)
    if rest > 0:
        marks = state.bMarks[last], state.tShift[last], state.sCount[last]
        state.bMarks[last], state.tShift[last], state.sCount[last] = run_end, 0, state.blkIndent
        read_paragraph(state, last, end, False)
        state.bMarks[last], state.tShift[last], state.sCount[last] = marks
    return True


def _push_run(state: StateBlock, run: str) -> None:
    """Add the tokens of an HTML run, with the Markdown that its elements hold."""
    env = state.env
    for model, text in part_markdown(
        run, _token(env), reads_blocks=options_in(env).parse_block_html
    ):
        if model == "raw" or state.level > _MAX_LEVEL:
            state.push("html_block", "", 0).content = text
        elif model == "span":
            token = state.push("inline", "", 0)
            token.content, token.children = text.strip(), []
        else:
            _push_blocks(state, text)


def _push_blocks(state: StateBlock, text: str) -> None:
    """Add the tokens of blocks that stand in an element."""
    inner = StateBlock(text, state.md, state.env, state.tokens)
    inner.level = state.level + 1
    count = len(state.tokens)
    state.md.block.tokenize(inner, 0, inner.lineMax)
    state.env[_ENDS].pop(id(inner.src), None)
    for token in state.tokens[count:]:
        # Their lines are not those of the text around them.
        token.map = None


def _read_extension(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Read `{::options … /}`, and HTML between `{::nomarkdown}` and `{:/}`."""
    source = state.src
    start = state.bMarks[line] + state.tShift[line]
    if not source.startswith("{::", start) or state.is_code_block(line):
        return False
    line_end = state.eMarks[line]
    settings = _OPTION_LINE.fullmatch(source, start, line_end)
    if settings is not None:
        if not silent:
            options = options_in(state.env)
            for name, quoted, value in _OPTION.findall(settings[1]):
                if name in _INLINE_OPTIONS:
                    options = options.with_option(name, quoted or value)
            state.env[OPTIONS] = options
            state.line = line + 1
        return True
    opened = _EXTENSION.match(source, start, line_end)
    if opened is None or source[opened.end() : line_end].strip():
        return False
    stop = _EXTENSION_END_LINE.search(source, line_end)
    if stop is None or stop.end() > state.eMarks[state.lineMax - 1]:
        return False
    if not silent:
        after = line + 1
        while state.eMarks[after] < stop.start():
            after += 1
        if _is_for_html(opened[1]):
            run = state.getLines(line + 1, after, state.blkIndent, True)
            state.push("html_block", "", 0).content = run
        state.line = after + 1
    return True


def _is_for_html(attributes: str | None) -> bool:
    """Whether raw text is for HTML: kramdown's also go to LaTeX and others."""
    kinds = _TYPE.search(attributes or "")
    return kinds is None or "html" in kinds[1].split()


def _read_inline_extension(state: StateInline, silent: bool) -> bool:
    """Read HTML between `{::nomarkdown}` and `{:/}` amid text."""
    opened = _EXTENSION.match(state.src, state.pos)
    if opened is None:
        return False
    stop = _EXTENSION_END.search(state.src, opened.end())
    if stop is None:
        return False
    if not silent and _is_for_html(opened[1]):
        state.push("html_inline", "", 0).content = state.src[opened.end() : stop.start()]
    state.pos = stop.end()
    return True


def _read_element(state: StateInline, silent: bool) -> bool:
    """Read a tag; what is in `<code>`, `<kbd>` and unknown elements is no Markdown."""
    opened = _OPEN_TAG.match(state.src, state.pos)
    if opened is not None and opened[1].lower() not in VOID:
        name = opened[1].lower()
        model = content_model(name) if options_in(state.env).parse_span_html else "raw"
        if (marked_model(opened[0], name) or model) == "raw":
            end = _close_of(state, name, opened.end())
            if end >= 0:
                if not silent:
                    state.push("html_inline", "", 0).content = state.src[state.pos : end]
                state.pos = end
                return True
    return html_inline(state, silent)


def _close_of(state: StateInline, name: str, at: int) -> int:
    """Return the end of the next end tag of a name, -1 if there is none.

    Remembers which names nothing closes, so that time is linear.
    """
    unclosed: set[str]
    source, unclosed = state.env.get(_UNCLOSED, ("", set()))
    if source is not state.src:
        unclosed = set()
        state.env[_UNCLOSED] = state.src, unclosed
    if name in unclosed:
        return -1
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(state.src, at)
    if found is None:
        unclosed.add(name)
        return -1
    return found.end()


def _wrap_hard(state: StateCore) -> None:
    """Make every line end of a paragraph a line break, as the option `hard_wrap` says."""
    if not options_in(state.env).hard_wrap:
        return
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"
