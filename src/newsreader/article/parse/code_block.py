"""Read preformatted text: its exact characters and its language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.attributes import NOTHING, is_gutter
from newsreader.article.parse.elements.hiding import read_hiding
from newsreader.article.parse.html_tags import BLOCK
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes

_LANGUAGE: Final = compile_late(r"(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]+)")
_BRUSH: Final = compile_late(r"brush:\s*([\w+#.-]+)")


def exact_text(top: LexborNode, token: CancellationToken = NEVER) -> str:
    """Return the exact characters of an element; `br` and the end of a block are line feeds."""
    parts: list[str] = []
    stack: list[LexborNode] = []
    node = top.first_child
    while True:
        while node is None:
            if not stack:
                return "".join(parts)
            parent = stack.pop()
            if parent.tag in BLOCK and parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            node = parent.next
        token.check()
        if node.tag == "-text":
            parts.append(node.text_content or "")
        elif node.tag == "br":
            parts.append("\n")
        elif _is_shown(node):
            child = node.first_child
            if child is not None:
                stack.append(node)
                node = child
                continue
        node = node.next


def _is_shown(node: LexborNode) -> bool:
    tag = node.tag or ""
    if tag in NOTHING:
        return False
    attributes = node.attributes
    if not attributes:
        return True
    return read_hiding(tag, attributes) in ("", "visible") and not is_gutter(tag, attributes)


def code_language(pre: LexborNode, attributes: Attributes) -> Clean:
    """Return the language named by a `pre`, its `code`, or the box around it."""
    named = [attributes]
    child = pre.first_child
    if child is not None and child.tag == "code":
        named.append(child.attributes)
    parent = pre.parent
    for _ in range(2):
        if parent is None or parent.tag not in ("div", "figure"):
            break
        named.append(parent.attributes)
        parent = parent.parent
    for each in named:
        classes = (each.get("class") or "").lower()
        found = _LANGUAGE.search(classes) or _BRUSH.search(classes)
        if found is not None:
            return clean_line(found[1])
        language = each.get("lang") or each.get("data-lang")
        if language and each is not attributes:
            return clean_line(language.lower())
    return EMPTY
