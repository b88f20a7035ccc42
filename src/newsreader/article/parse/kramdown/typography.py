"""Dashes, dots and quotation marks as kramdown sets them, in prose alone.

`--` and `---` become dashes, `...` an ellipsis, `<<` and `>>` guillemets; straight quotation marks
turn to one side by what stands around them, the rules of John Gruber's SmartyPants. Attribute lists
and Liquid are not prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from newsreader.article.parse.kramdown.html_blocks import options_in
from newsreader.article.parse.kramdown.spans import SPACES
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Each alternative begins with a single character, no class, so most texts are passed over in C.
_SYMBOL: Final = compile_late(r"""---?|\.\.\.|<<[ ]?|>>|"|'|\{[:{%][^{}\n]*+\}""")
_SYMBOLS: Final = {
    "--": "–",
    "---": "—",
    "...": "…",
    "<<": "«",
    "<< ": "«\xa0",
    ">>": "»",
}
_BEFORE_EMPHASIS: Final = compile_late(r"[_*]{1,2}\S")
_BEFORE_PUNCTUATION: Final = compile_late(r"[!-%'-/:-@\[-`{-~](?!\.\.)\B")
_DECADE: Final = compile_late(r"[0-9][0-9]s")
_AT_WORD_END: Final = compile_late(r"[ \t\n\v\f\r]|s\b|\Z")
_WORD: Final = compile_late(r"[A-Za-z0-9_]")
_OPENING: Final = {'"': "“", "'": "‘"}
_CLOSING: Final = {'"': "”", "'": "’"}
# After these a quotation begins.
_NEVER_CLOSED_AFTER: Final = frozenset(" \\\t\r\n[{(-")
_SPACES_AND_OPENERS: Final = SPACES | _NEVER_CLOSED_AFTER
# What stands in the source where these tokens are.
_SOURCE: Final = {
    "softbreak": "\n",
    "hardbreak": "\n",
    "image": "![",
    "link_open": "[",
    "link_close": "]",
    "code_inline": "`",
    "footnote_ref": "[^",
    "s_open": "~~",
    "s_close": "~~",
}
_MOST_AHEAD: Final = 4
_AS_SET: Final[Mapping[str, str]] = MappingProxyType({})


def add_typography(parser: MarkdownIt) -> None:
    """Let a parser set dashes, dots and quotation marks."""
    parser.inline.ruler.before("html_inline", "guillemets", _read_guillemets)
    parser.inline.ruler2.before("emphasis", "typography", _set_type)


def _read_guillemets(state: StateInline, silent: bool) -> bool:
    """Read `<<`, which begins no tag."""
    if not state.src.startswith("<<", state.pos):
        return False
    if not silent:
        state.append_pending("<<")
    state.pos += 2
    return True


def _set_type(state: StateInline) -> None:
    tokens = state.tokens
    wanted = dict(options_in(state.env).typography)
    is_address = False
    for place, token in enumerate(tokens):
        if token.type == "link_open":
            is_address = token.markup == "autolink"
        elif token.type == "link_close":
            is_address = False
        elif token.type == "text" and not is_address and _SYMBOL.search(token.content):
            before = tokens[place - 1].type if place else ""
            start = "\n" if before in ("softbreak", "hardbreak") else ""
            token.content = set_type(token.content, start, _source_after(tokens, place + 1), wanted)


def _source_after(tokens: Sequence[Token], place: int) -> str:
    """Return the first characters of the source behind a text."""
    ahead = ""
    for token in tokens[place : place + _MOST_AHEAD]:
        if token.type in ("text", "html_inline"):
            ahead += token.content[:_MOST_AHEAD]
        elif token.type == "text_special":
            ahead += token.markup
        else:
            ahead += _SOURCE.get(token.type, "")
        if len(ahead) >= _MOST_AHEAD:
            break
    return ahead


def set_type(
    text: str, before: str = "", after: str = "", wanted: Mapping[str, str] = _AS_SET
) -> str:
    """Set the dashes, dots and quotation marks of a text.

    Args:
        text: Prose, or a part of it that has no markup in it.
        before: A line feed if the text begins a line that is not the first of its block.
        after: The next characters of the source.
        wanted: What a site wants in the places of the marks set here.
    """
    whole = before + text + after
    copied, end = len(before), len(before) + len(text)
    pieces: list[str] = []
    # The end of the last symbol: a quotation mark is judged by plain text before it alone.
    done = 0
    for found in _SYMBOL.finditer(whole, copied, end):
        at, symbol = found.start(), found[0]
        if at < copied:
            continue
        has_space = symbol == ">>" and whole[at - 1 : at] == " " and at > copied
        pieces.append(whole[copied : at - has_space])
        copied = found.end()
        if symbol in _SYMBOLS:
            mark = "\xa0»" if has_space else _SYMBOLS[symbol]
            pieces.append(wanted.get(mark, mark))
            done = copied
        elif symbol in _OPENING:
            plain = whole[at - 1] if at > done else ""
            # Of two marks the second may stand behind the text: it is set with what it is in.
            marks = _turn_quotes(plain, symbol, whole[at + 1 : at + 1 + _MOST_AHEAD])[: end - at]
            pieces += [wanted.get(mark, mark) for mark in marks] if wanted else marks
            copied = done = at + len(marks)
        else:
            pieces.append(symbol)
    pieces.append(whole[copied:end])
    return "".join(pieces)


def _turn_quotes(before: str, mark: str, after: str) -> str:
    """Set a quotation mark, or two of them.

    Args:
        before: The character before it; empty if that was no plain text.
        mark: The straight mark.
        after: The characters behind it.
    """
    if before and before not in _SPACES_AND_OPENERS:
        return _CLOSING[mark]
    other = after[:1]
    is_word = _WORD.match(after) is not None
    is_free = not before or before in SPACES
    if not before and _BEFORE_EMPHASIS.match(after):
        return _OPENING[mark]
    if not before and _BEFORE_PUNCTUATION.match(after):
        return _CLOSING[mark]
    if is_free and other in _OPENING and other != mark and _WORD.match(after, 1):
        return _OPENING[mark] + _OPENING[other]
    if is_free and mark == "'" and _DECADE.match(after):
        return _CLOSING[mark]
    if before and is_free and is_word:
        return _OPENING[mark]
    if before and before not in _NEVER_CLOSED_AFTER:  # \v or \f
        return _CLOSING[mark]
    if not before and other in _OPENING:
        # kramdown takes the first for text, in front of the second.
        return mark + _CLOSING[other]
    if not before and _AT_WORD_END.match(after):
        return _CLOSING[mark]
    return _OPENING[mark]
