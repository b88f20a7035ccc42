"""Read formulas: the TeX that a page was made of, once, or MathML on one line.

KaTeX writes a formula three times (MathML, its source, and boxes that draw it), MathJax up to four.
What has no source left is written as one would on one line: `1/2`, `√2`, `x²`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from newsreader.article.parse.elements.math_line import math_line, plain_letters
from newsreader.article.parse.html_tags import tame_html
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_text, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes

_SIGNS: Final = ("katex", "mathjax", "<mjx-", "<math", "math/", "mwe-math")
_DISPLAY_STYLE: Final = compile_late(r"\{\s*\\(?:display|text|script)style\b\s*(.*)\}", re.DOTALL)
_TEX: Final = compile_late(r"(?:application/x-|text/)?(?:la)?tex\b", re.IGNORECASE)
_SOURCE_HOSTS: Final = compile_late(
    r"//(?:[a-z0-9.]*wp\.com/latex\.php|latex\.codecogs\.com/|www\.zhihu\.com/equation\?"
    r"|(?:chart|chart\.apis)\.google(?:apis)?\.com/chart\?[^#]*cht=tx)"
)
_IMAGE_CLASSES: Final = frozenset(("latex", "tex", "mwe-math-fallback-image-inline", "ee_img"))
_AHEAD: Final = 4
# kramdown hides TeX with `<` or `&` from readers of XML.
_CDATA: Final = compile_late(r"%?\s*<!\[CDATA\[(.*?)(?:%\s*)?\]\]>", re.DOTALL)
_DRAWN: Final = compile_late(r"mjx-c([0-9A-F]{2,6})")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; an empty text draws one that stands beside it.

    Attributes:
        text: TeX, or what is read on one line.
        is_tex: Which of both.
        is_display: Whether it stands on a line of its own.
    """

    text: Clean
    is_tex: bool = False
    is_display: bool = False


def has_formulas(lowered: str) -> bool:
    """Whether a page in lower case may hold formulas; one look spares most pages any other."""
    return any(sign in lowered for sign in _SIGNS)


def read_formula(node: LexborNode, tag: str, attributes: Attributes) -> Formula | None:
    """Read the formula that an element holds; None if it is no formula."""
    match tag:
        case "math":
            return _read_math(node, attributes)
        case "script":
            return _read_script(node, attributes)
        case "mjx-container":
            return _read_container(node, attributes)
        case _:
            classes = attributes.get("class") if attributes else None
            return _read_boxes(node, classes.split()) if classes else None


def formula_image(attributes: Mapping[str, str | None]) -> Clean:
    """Return the TeX that an image of a formula was drawn from; empty for any other image."""
    alt = (attributes.get("alt") or "").strip()
    if not alt:
        return EMPTY
    classes = (attributes.get("class") or "").split()
    if (
        not _IMAGE_CLASSES.isdisjoint(classes)
        or "eeimg" in attributes
        or _SOURCE_HOSTS.search((attributes.get("src") or "")[:200])
    ):
        return _settle_tex(alt)
    return EMPTY


def _settle_tex(source: str) -> Clean:
    text = source.strip()
    found = _DISPLAY_STYLE.fullmatch(text)
    text = (found[1] if found is not None else text).strip()
    for mark in ("$$", "$"):
        if text.startswith(mark) and text.endswith(mark) and len(text) > 2 * len(mark):
            text = text[len(mark) : -len(mark)].strip()
    return clean_text(text)


def _read_math(node: LexborNode, attributes: Attributes) -> Formula:
    is_display = attributes.get("display") == "block" or attributes.get("mode") == "display"
    for annotation in node.css("annotation"):
        if _TEX.match(annotation.attributes.get("encoding") or ""):
            tex = _settle_tex(annotation.text())
            if tex:
                return Formula(tex, is_tex=True, is_display=is_display)
    tex = _settle_tex(attributes.get("alttext") or attributes.get("data-tex") or "")
    if tex:
        return Formula(tex, is_tex=True, is_display=is_display)
    return Formula(math_line(node), is_display=is_display)


def _read_script(node: LexborNode, attributes: Attributes) -> Formula | None:
    kind = (attributes.get("type") or "").lower()
    if not kind.startswith("math/"):
        return None
    is_display = "mode=display" in kind.replace(" ", "")
    text = node.text()
    if (hidden := _CDATA.fullmatch(text.strip())) is not None:
        text = hidden[1]
    if kind.startswith("math/tex"):
        return Formula(_settle_tex(text), is_tex=True, is_display=is_display)
    if kind.startswith("math/mml"):
        return _parse_math(text, is_display=is_display)
    return Formula(clean_text(text.strip()), is_display=is_display)


def _parse_math(markup: str, *, is_display: bool) -> Formula | None:
    math = LexborHTMLParser(f"<body>{tame_html(markup)[0]}").css_first("math")
    if math is None:
        return None
    found = _read_math(math, math.attributes)
    return Formula(found.text, found.is_tex, found.is_display or is_display)


def _read_container(node: LexborNode, attributes: Attributes) -> Formula:
    """Read what MathJax 3 drew: its hidden MathML, else the characters of its boxes."""
    is_display = attributes.get("display") in ("true", "block")
    tex = attributes.get("data-latex") or attributes.get("data-tex")
    if not tex and (child := node.css_first("[data-latex]")) is not None:
        tex = child.attributes.get("data-latex")
    if tex:
        return Formula(_settle_tex(tex), is_tex=True, is_display=is_display)
    math = node.css_first("math")
    if math is not None:
        found = _read_math(math, math.attributes)
        return Formula(found.text, found.is_tex, is_display or found.is_display)
    codes: list[str] = []
    for drawn in node.css("mjx-c, [data-c]"):
        own = drawn.attributes
        found_class = _DRAWN.search(own.get("class") or "")
        codes.append(found_class[1] if found_class else own.get("data-c") or "")
    characters = [chr(int(code, 16)) for code in codes if re.fullmatch("[0-9A-Fa-f]{2,5}", code)]
    text = plain_letters("".join(characters))
    return Formula(text or literal("[公式]"), is_display=is_display)


def _read_boxes(node: LexborNode, classes: list[str]) -> Formula | None:
    """Read what KaTeX, MathJax 2 or MediaWiki put around a formula."""
    if "katex" in classes or "katex-display" in classes or "katex-error" in classes:
        if "katex-error" in classes:
            return Formula(_settle_tex(node.text()), is_tex=True)
        math = node.css_first("math")
        if math is None:
            return None
        found = _read_math(math, math.attributes)
        is_display = found.is_display or "katex-display" in classes
        return Formula(found.text, found.is_tex, is_display)
    if "mwe-math-element" in classes:
        math = node.css_first("math")
        if math is not None:
            return _read_math(math, math.attributes)
        image = node.css_first("img")
        tex = _settle_tex(image.attributes.get("alt") or "") if image is not None else EMPTY
        return Formula(tex, is_tex=True) if tex else None
    if any(name.startswith("MathJax") for name in classes):
        return _read_mathjax(node, classes)
    return None


def _read_mathjax(node: LexborNode, classes: list[str]) -> Formula | None:
    if _is_before_script(node):
        return Formula(EMPTY)
    if "MathJax_Preview" in classes:
        return None
    is_display = any(name.endswith("_Display") for name in classes)
    math = node.css_first("math")
    if math is not None:
        found = _read_math(math, math.attributes)
        return Formula(found.text, found.is_tex, is_display or found.is_display)
    holder = node if "data-mathml" in node.attributes else node.css_first("[data-mathml]")
    if holder is not None:
        return _parse_math(holder.attributes.get("data-mathml") or "", is_display=is_display)
    return None


def _is_before_script(node: LexborNode) -> bool:
    """Whether the source of what MathJax 2 drew stands in a script after it."""
    after = node.next
    for _ in range(_AHEAD):
        if after is None:
            return False
        if after.tag == "script":
            return (after.attributes.get("type") or "").lower().startswith("math/")
        if after.tag == "-text" and (after.text_content or "").strip():
            return False
        after = after.next
    return False
