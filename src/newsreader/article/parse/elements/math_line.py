"""Write MathML on one line, as one writes a formula in running text: `x²`, `(a+b)/2`, `√2`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from newsreader.patterns import compile_late
from newsreader.text import Clean, clean_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SUPERSCRIPTS: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ACCENTS: Final = {
    "¯": "\u0304", "‾": "\u0304", "_": "\u0304", "\u0304": "\u0304", "^": "\u0302", "ˆ": "\u0302",
    "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307", ".": "\u0307",
    "¨": "\u0308", "ˇ": "\u030c", "\u0302": "\u0302",
}  # fmt: skip
_ROOTS: Final = {"2": "√", "3": "∛", "4": "∜"}
_PRIMES: Final = frozenset("′″‴⁗'*†∗⋆°")
_TOKENS: Final = frozenset(("mi", "mn", "mo", "mtext", "ms"))
_NOTHING: Final = frozenset(
    ("annotation", "annotation-xml", "mphantom", "none", "malignmark", "maligngroup", "-comment")
)
# A part that needs no brackets: a number, a name, one letter with what is raised at it.
_ATOM: Final = compile_late(r"[\w.′″∞%]{1,30}|\([^()]{0,200}\)|[√∛∜][\w.]{1,20}")
_FACTOR: Final = compile_late(
    r"[0-9.]{1,30}|[^\W\d_][\u0300-\u036f\u20d7²³¹⁰-₟]{0,8}|\([^()]{0,200}\)|[√∛∜][\w.]{1,20}"
)
_SHORT: Final = 20
_ALPHABETS: Final = compile_late("[\U0001d400-\U0001d7ff]+")


def math_line(math: LexborNode) -> Clean:
    """Write a `math` element on one line.

    Time is linear in its size, times the depth of its tree. `http://www.w3.org/TR/MathML3/`.
    """
    # An open element, and what of its children is written so far.
    stack: list[tuple[LexborNode, list[str]]] = [(math, [])]
    node = math.first_child
    while True:
        while node is None:
            done, parts = stack.pop()
            text = _write(done, parts)
            if not stack:
                return plain_letters(text)
            stack[-1][1].append(text)
            node = done.next
        tag = node.tag or ""
        if tag == "-text":
            text = clean_line(node.text_content or "")
            if text:
                stack[-1][1].append(text)
        elif tag == "mspace":
            stack[-1][1].append(" ")
        elif tag == "mprescripts":
            stack[-1][1].append("\0")
        elif tag == "none":
            stack[-1][1].append("")
        elif tag not in _NOTHING:
            child = node.first_child
            if child is not None:
                stack.append((node, []))
                node = child
                continue
            stack[-1][1].append("")
        node = node.next


def plain_letters(text: str) -> Clean:
    """Write a line with the usual letters for those of Unicode's mathematical alphabets."""
    return clean_line(_ALPHABETS.sub(lambda run: normalize("NFKC", run[0]), text))


def _write(node: LexborNode, parts: list[str]) -> str:
    tag = node.tag or ""
    if tag in _TOKENS:
        return "".join(parts)
    first, second, third = (*parts, "", "", "")[:3]
    match tag:
        case "mfrac":
            if (node.attributes.get("linethickness") or "").strip().rstrip("px") == "0":
                return f"{first}; {second}"
            above = first if _ATOM.fullmatch(first) else f"({first})"
            below = second if _FACTOR.fullmatch(second) else f"({second})"
            return f"{above}/{below}"
        case "msqrt":
            return f"√{_factor(_join(parts))}"
        case "mroot":
            root = _ROOTS.get(second) or f"{_script(second, _SUPERSCRIPTS, '')}√"
            return f"{root}{_factor(first)}"
        case "msup":
            return _base(first) + _raise(second)
        case "msub":
            return _base(first) + _lower(second)
        case "msubsup" | "munderover":
            return _base(first) + _lower(second) + _raise(third)
        case "mover":
            if len(first) == 1 and second in _ACCENTS:
                return first + _ACCENTS[second]
            return _base(first) + ("" if second in "⏞︷⎴" else _raise(second))
        case "munder":
            return _base(first) + ("" if second in "⏟︸⎵_" else _lower(second))
        case "mmultiscripts":
            return _scripts(parts)
        case "mtable":
            return "; ".join(part for part in parts if part)
        case "mtr" | "mlabeledtr":
            return ", ".join(part for part in parts if part)
        case "mfenced":
            attributes = node.attributes
            opening, closing = attributes.get("open", "("), attributes.get("close", ")")
            return f"{opening or ''}{', '.join(parts)}{closing or ''}"
        case "semantics" | "maction":
            return first
        case _:
            return _join(parts)


def _join(parts: list[str]) -> str:
    """Join the parts of a row, with a space where two words would become one."""
    joined: list[str] = []
    last = ""
    for part in parts:
        if (
            part[:1].isalpha()
            and last[-1:].isalpha()
            and (_is_word(last[-2:]) or _is_word(part[:2]))
        ):
            joined.append(" ")
        joined.append(part)
        last = part or last
    return "".join(joined)


def _is_word(text: str) -> bool:
    return len(text) == 2 and text.isalpha() and text.isascii()


def _factor(text: str) -> str:
    return text if _FACTOR.fullmatch(text) else f"({text})"


def _base(text: str) -> str:
    return text if len(text) <= 1 or _ATOM.fullmatch(text) else f"({text})"


def _raise(text: str) -> str:
    return text if text and set(text) <= _PRIMES else _script(text, _SUPERSCRIPTS, "^")


def _lower(text: str) -> str:
    return _script(text, _SUBSCRIPTS, "_")


def _script(text: str, table: dict[int, int], mark: str) -> str:
    if not text:
        return ""
    if len(text) <= _SHORT and all(ord(character) in table for character in text):
        return text.translate(table)
    return mark + (text if _ATOM.fullmatch(text) else f"({text})")


def _scripts(parts: list[str]) -> str:
    """Write the pairs of indices after a base, and those before it."""
    at = parts.index("\0") if "\0" in parts else len(parts)
    base, after, before = parts[:1], parts[1:at], parts[at + 1 :]

    def pairs(scripts: list[str]) -> str:
        return "".join(
            _raise(each) if number % 2 else _lower(each) for number, each in enumerate(scripts)
        )

    return pairs(before) + "".join(base) + pairs(after)
