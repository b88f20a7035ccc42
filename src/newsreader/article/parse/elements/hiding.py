"""Decide what of a page is hidden, and find an article that waits for a script to show it.

A saved page keeps the state that its script would have changed: the container of the article is
`visibility: hidden` or `display: none`. Hiding that leaves a page (nearly) empty is not obeyed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.attributes import NOTHING, class_names, read_layout
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes

Hiding: TypeAlias = Literal["", "gone", "invisible", "visible"]
"""What an element says of its content: nothing; not there at all; not seen but for what is visible
inside; seen again."""

REVEALABLE: Final = frozenset(("form", "noscript"))
"""Elements that are left out of an article, unless it is inside of them."""

_HIDDEN_CLASSES: Final = frozenset(("sr-only", "visually-hidden", "element-invisible"))
# Without any of these nothing of a page is hidden.
_SIGNS: Final = (
    "display", "visibility", "hidden", "sr-only", "element-invisible", "<form", "<noscript",
    "<dialog",
)  # fmt: skip
ENOUGH: Final = 1_000
"""Visible characters of a page that is not empty, whatever it hides."""
_PICTURE: Final = 30
"""What an image or a player weighs, in characters."""
_MUCH: Final = 100
_TIMES: Final = 10
_LEVELS: Final = 3
_PICTURES: Final = frozenset(("img", "image", "video", "audio", "iframe", "embed", "object"))
FRAMING: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "nav"])
"""Elements whose text stands around an article."""
# Names of the element that holds an article: `js_content`, `article-body`, `post_content`.
_ARTICLE_NAME: Final = compile_late(
    r"(?:(?:js|article|post|entry|main|page|story|rich|media|node|blog|news|the|single|detail)"
    r"[-_]?){0,4}(?:content|article|post|entry|main|body|story|detail|text)",
    re.IGNORECASE,
)
_ARTICLE_TAGS: Final = frozenset(("article", "main"))
# One after the other they make an article, which no single one of them holds.
_SEQUENCE: Final = frozenset(
    ("p", "section", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figure", "span")
)


def read_hiding(tag: str, attributes: Attributes) -> Hiding:
    """Read whether an element is hidden by its style, its attributes or its class.

    `hidden=until-found` is none, as it is there to be found; `aria-hidden` hides from speech alone.
    """
    style = attributes.get("style")
    display = visibility = ""
    if style:
        display, visibility, _, _ = read_layout(style)
    if display == "none":
        return "gone"
    if not display:
        if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
            return "gone"
        if tag == "dialog" and "open" not in attributes:
            return "gone"
    if "class" in attributes and not _HIDDEN_CLASSES.isdisjoint(class_names(attributes)):
        return "gone"
    match visibility:
        case "hidden" | "collapse":
            return "invisible"
        case "visible":
            return "visible"
        case _:
            return ""


@dataclass(slots=True)
class _Hidden:
    """An outermost hidden element, and how much it holds."""

    node: LexborNode
    signature: tuple[str, str, str]
    is_article: bool
    size: int = 0


@dataclass(slots=True)
class _Measured:
    shown: int
    framing: int
    hidden: list[_Hidden]


def may_hide(lowered: str) -> bool:
    """Whether anything of a page may be hidden, by a look at its text in lower case."""
    return any(sign in lowered for sign in _SIGNS)


def find_hidden_article(
    body: LexborNode, lowered: str, token: CancellationToken = NEVER
) -> frozenset[int]:
    """Find the hidden elements that hold the article of a page.

    Args:
        body: The page's tree.
        lowered: Its text in lower case, of which most pages need one look.
        token: Looked at for every node.

    Returns:
        The `mem_id` of each element to show in spite of its hiding; empty for a page that shows
        enough. What else is hidden, outside and inside of them, stays so.

    Time is linear; of a page that shows enough, only the beginning is read.
    """
    found: set[int] = set()
    if not may_hide(lowered):
        return frozenset()
    for _ in range(_LEVELS):
        measured = _measure(body, found, token)
        more = set(_choose(measured)) if measured is not None else set()
        if not more:
            break
        found |= more
    return frozenset(found)


def _choose(measured: _Measured) -> Iterator[int]:
    """Yield the elements to show; none if enough is shown, or nothing better is hidden."""
    shown, framing = measured.shown, measured.framing
    eligible = [
        each
        for each in measured.hidden
        if each.size
        and (
            (not shown and each.size > 2 * framing)
            or (each.is_article and each.size > 2 * shown)
            or (each.size >= _MUCH and each.size > _TIMES * shown)
        )
    ]
    if not eligible and not shown:
        # A sequence of paragraphs, each of which is hidden.
        eligible = measured.hidden if sum(e.size for e in measured.hidden) > framing else []
    if not eligible:
        return
    best = max(eligible, key=lambda each: (each.is_article, each.size))
    yield best.node.mem_id
    alike = [each for each in measured.hidden if each.signature == best.signature]
    if best.signature[0] in _SEQUENCE or 2 * best.size < sum(each.size for each in alike):
        yield from (each.node.mem_id for each in alike)


def _measure(
    body: LexborNode, shown_anyway: set[int], token: CancellationToken
) -> _Measured | None:
    """Count what a page shows and hides; None as soon as it shows enough.

    Once an article was found, what is hidden inside of it may hold it, and nothing else.
    """
    measured = _Measured(0, 0, [])
    # An open element, then what was so around it: hidden by which, for good, in a heading, and in
    # an element that was found before.
    stack: list[tuple[LexborNode, _Hidden | None, bool, bool, bool]] = []
    hidden: _Hidden | None = None
    gone = framing = False
    is_candidate = not shown_anyway
    node = body.first_child
    while True:
        while node is None:
            if not stack:
                return measured
            parent, hidden, gone, framing, is_candidate = stack.pop()
            node = parent.next
        token.check()
        tag = node.tag or ""
        size = 0
        if tag == "-text":
            size = len("".join((node.text_content or "").split()))
        elif tag in _PICTURES:
            size = 0 if read_hiding(tag, node.attributes) else _PICTURE
        if size:
            if hidden is not None:
                hidden.size += size
            elif framing:
                measured.framing += size
            else:
                measured.shown += size
                if measured.shown >= ENOUGH:
                    return None
        child = None
        if tag not in NOTHING or tag in REVEALABLE:
            child = node.first_child
        if child is None:
            node = node.next
            continue
        stack.append((node, hidden, gone, framing, is_candidate))
        if node.mem_id in shown_anyway:
            is_candidate = True
        elif not gone:
            attributes = node.attributes
            hiding: Hiding = "gone" if tag in REVEALABLE else read_hiding(tag, attributes)
            if hiding == "visible":
                hidden = None
            elif hiding and hidden is None:
                hidden = _Hidden(node, _signature(tag, attributes), _is_article(tag, attributes))
                if is_candidate:
                    measured.hidden.append(hidden)
            gone = hiding == "gone"
        framing = framing or tag in FRAMING
        node = child


def _signature(tag: str, attributes: Attributes) -> tuple[str, str, str]:
    return tag, attributes.get("class") or "", attributes.get("style") or ""


def _is_article(tag: str, attributes: Attributes) -> bool:
    if tag in _ARTICLE_TAGS or (attributes.get("itemprop") or "").lower() == "articlebody":
        return True
    names = [attributes.get("id") or "", *(attributes.get("class") or "").split()[:20]]
    return any(len(name) < 60 and _ARTICLE_NAME.fullmatch(name) for name in names)
