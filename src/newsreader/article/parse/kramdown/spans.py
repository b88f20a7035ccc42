"""Escapes, code spans, addresses, tags and struck text as kramdown (GFM) reads them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

SPACES: Final = frozenset(" \t\n\v\f\r")
"""White space to kramdown: the ideographic space and others are characters like any."""
_ESCAPE: Final = compile_late(r"""\\(?:\\?\n[ \t]*+|(<<|>>|[\\.*_+`<>()\[\]{}#!:|"'$=~-]))""")
_ADDRESS: Final = compile_late(r"<((?:mailto|https?|ftps?):[^\n>]++|[\w.-]++@[\w.-]++)>")
_STRIKE_END: Final = compile_late(r"(?<=[^\s~])~~", re.ASCII)
_RAW: Final = compile_late(r"<(code|kbd|samp|var)(?:\s[^<>]*+)?>", re.IGNORECASE)
_PREFIXED_TAG: Final = compile_late(
    r"<(?:/[A-Za-z][\w-]{0,30}:[A-Za-z][\w.-]{0,60}\s*+>"
    r"|([A-Za-z][\w-]{0,30}):[A-Za-z][\w.-]{0,60}"
    r"(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'=<>`]++))?+)*+\s*+/?>)"
)
# Schemes of addresses that may stand between the same brackets.
_SCHEME_NAMES = (
    "http https ftp ftps sftp mailto tel sms irc news urn doi xmpp skype magnet javascript data "
    "file ssh git about"
)
_SCHEMES: Final = frozenset(_SCHEME_NAMES.split())
_ANGLE_OR_LINE_END: Final = compile_late(r"[>\n]")
_ANGLE_END: Final = "newsreader.angle_end"
_STRIKE_ENDS: Final = "newsreader.strike_ends"


def add_spans(parser: MarkdownIt) -> None:
    """Let a parser read these spans by kramdown's rules."""
    rules = parser.inline.ruler
    rules.at("escape", _read_escape)
    rules.at("backticks", _read_code)
    rules.at("autolink", _read_address)
    rules.at("strikethrough", _read_struck)
    rules.before("html_inline", "raw_element", _read_raw_element)
    rules.before("autolink", "prefixed_tag", _read_prefixed_tag)
    parser.inline.ruler2.disable("strikethrough")


def _read_escape(state: StateInline, silent: bool) -> bool:
    r"""Read a backslash: in front of a mark, of a line end, or alone.

    At the end of a line, one is what GitHub takes for a line break, and two are kramdown's.
    """
    if state.src[state.pos] != "\\":
        return False
    found = _ESCAPE.match(state.src, state.pos, state.posMax)
    if not silent:
        if found is None:
            state.append_pending("\\")
        elif found[1] is None:
            state.push("hardbreak", "br", 0)
        else:
            token = state.push("text_special", "", 0)
            token.content, token.markup, token.info = found[1], found[0], "escape"
    state.pos = state.pos + 1 if found is None else found.end()
    return True


def code_span(state: StateInline, start: int) -> tuple[int, int]:
    """Measure the code that the backticks at a place begin.

    Returns:
        How many backticks there are, and where the code ends, behind those that end it; 0 if they
        are text.
    """
    source = state.src
    inside = start + 1
    while source.startswith("`", inside):
        inside += 1
    length = inside - start
    is_alone = (
        length == 1
        and source[inside : inside + 1] in SPACES
        and (not start or source[start - 1] in SPACES)
    )
    marks = source[start:inside]
    if is_alone or state.html_terminator_last(marks) < inside:
        return length, 0
    return length, source.find(marks, inside) + length


def _read_code(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "`":
        return False
    length, end = code_span(state, start)
    if not end or end > state.posMax:
        if not silent:
            state.append_pending("`" * length)
        state.pos = min(start + length, state.posMax)
        return True
    if not silent:
        content = state.src[start + length : end - length]
        if length > 1:
            content = content.removeprefix(" ").removesuffix(" ")
        token = state.push("code_inline", "code", 0)
        token.content, token.markup = content, "`" * length
    state.pos = end
    return True


def _read_address(state: StateInline, silent: bool) -> bool:
    """Read `<http://…>` or `<name@host>`; an address may hold spaces."""
    if state.src[state.pos] != "<" or not angle_end(state, state.pos):
        return False
    found = _ADDRESS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        address = found[1]
        target = address if ":" in address else f"mailto:{address}"
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(target)}
        token.markup, token.info = "autolink", "auto"
        state.push("text", "", 0).content = address.removeprefix("mailto:")
        token = state.push("link_close", "a", -1)
        token.markup, token.info = "autolink", "auto"
    state.pos = found.end()
    return True


def angle_end(state: StateInline, start: int) -> int:
    """Return the place behind the first `>` after a place, if it is in the same line; else 0."""
    source, first, end = state.env.get(_ANGLE_END, ("", 0, 0))
    if source is not state.src or not first <= start < end:
        found = _ANGLE_OR_LINE_END.search(state.src, start)
        end = found.end() if found else len(state.src) + 1
        state.env[_ANGLE_END] = (state.src, start, end)
    return end if state.src[end - 1 : end] == ">" else 0


def _read_raw_element(state: StateInline, silent: bool) -> bool:
    """Read an HTML element for code, which holds no Markdown."""
    start = state.pos
    if state.src[start] != "<":
        return False
    found = _RAW.match(state.src, start, state.posMax)
    if found is None:
        return False
    close = f"</{found[1]}>"
    if state.html_terminator_last(close) < found.end():
        return False
    end = state.src.find(close, found.end()) + len(close)
    if end > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[start:end]
    state.pos = end
    return True


def _read_struck(state: StateInline, silent: bool) -> bool:
    """Read `~~…~~`: the first end counts, whatever it stands in."""
    source, start = state.src, state.pos
    if not source.startswith("~~", start):
        return False
    end = -1
    if source[start + 2 : start + 3].strip(" \t\n~"):
        ends = _strike_ends(state)
        place = bisect_left(ends, start + 3)
        end = ends[place] if place < len(ends) else -1
    if end < 0 or end + 2 > state.posMax:
        return False
    if not silent:
        most = state.posMax
        state.push("s_open", "s", 1).markup = "~~"
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.posMax = most
        state.push("s_close", "s", -1).markup = "~~"
    state.pos = end + 2
    return True


def _strike_ends(state: StateInline) -> list[int]:
    """Find all places where struck text may end, once for each source."""
    known = state.env.get(_STRIKE_ENDS)
    if known is None or known[0] is not state.src:
        ends = [found.start() for found in _STRIKE_END.finditer(state.src)]
        known = state.env[_STRIKE_ENDS] = (state.src, ends)
    found: list[int] = known[1]
    return found


def _read_prefixed_tag(state: StateInline, silent: bool) -> bool:
    """Read a tag with a colon in its name: `<st1:City>` and `<o:p>` of word processors.

    CommonMark takes `<st1:City>` for an address of a scheme `st1` and shows the others as text;
    kramdown and browsers take them for elements.
    """
    found = _PREFIXED_TAG.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if (found[1] or "").lower() in _SCHEMES:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True
