"""Tags amid text that nothing closes: each ends with its text, or is no tag but a word.

A browser would take in all that follows: behind a `<title>` or `<select>` that a text merely names,
the rest of the post would be gone. kramdown closes elements of running text where their text ends,
and publishes the tags of blocks as they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from newsreader.article.parse.html_tags import BLOCK, SELF_ENDING, VOID
from newsreader.article.parse.kramdown.html_elements import HOLDING
from newsreader.article.parse.kramdown.lines import check_cancelled
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_WORDS: Final = BLOCK | HOLDING
_PAIRED: Final = _WORDS - SELF_ENDING
# The slash at the end of `href=/a/` is part of the value.
_SELF_CLOSING: Final = compile_late(r"""(?:["'\s]|<[A-Za-z][A-Za-z0-9-]*+|\s[^\s"'=<>/]++)/>\Z""")
_ONE_TAG: Final = compile_late(
    r"""<(/?)([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>"""
)


def settle_unclosed_tags(state: StateCore) -> None:
    """Close the tags of each text of a parsed body, or make text of them; a core rule."""
    for token in state.tokens:
        if token.children and "<" in token.content:
            check_cancelled(state.env)
            _settle(token.children)


def _settle(children: list[Token]) -> None:
    stack: list[tuple[str, Token]] = []
    count: dict[str, int] = {}
    for child in children:
        if child.type != "html_inline":
            continue
        found = _ONE_TAG.fullmatch(child.content)
        if found is None:
            continue
        name = found[2].lower()
        if name in VOID:
            continue
        if not found[1] and _SELF_CLOSING.search(child.content) is not None:
            child.content += f"</{name}>"
        elif not found[1]:
            stack.append((name, child))
            count[name] = count.get(name, 0) + 1
        elif count.get(name):
            ends: list[str] = []
            while (opened := stack.pop())[0] != name:
                count[opened[0]] -= 1
                if opened[0] in _PAIRED:
                    opened[1].type = "text"
                else:
                    ends.append(f"</{opened[0]}>")
            count[name] -= 1
            child.content = "".join([*ends, child.content])
    for name, tag in reversed(stack):
        if name in _WORDS:
            tag.type = "text"
        else:
            children.append(Token("html_inline", "", 0, content=f"</{name}>"))
