"""Clean texts in which `newsreader.text` has seen something suspicious.

Apart from it because most starts see no such text, and these patterns take 7 ms to compile.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import category

from newsreader.patterns import compile_late

# C0 but tab and line feed, DEL, C1, the line and paragraph separators, bidi embeddings,
# overrides and isolates, the byte order mark, and lone surrogates, which no terminal can encode.
_UNSAFE: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_UNSAFE_RUN: Final = compile_late(f"[{_UNSAFE}]+")
_INSTEAD: Final = {ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n"} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)

# The rest of Default_Ignorable_Code_Point in Unicode's DerivedCoreProperties.txt, and the anchors
# of interlinear annotations.
_IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IGNORABLE_RUN: Final = compile_late(f"[{_IGNORABLE}]+")
_BLANK_BRAILLE: Final = "\u2800"
_HIDDEN: Final = compile_late(f"[{_UNSAFE}{_IGNORABLE}{_BLANK_BRAILLE}]")

# One of these may follow a character if its script needs it (see `_needed`).
_VARIATION: Final = compile_late("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MONGOLIAN_VARIATION: Final = compile_late("[\u180b-\u180d\u180f]")
_JOINER: Final = compile_late("[\u200b-\u200d\u180e\u1160]")
_BLACK_FLAG: Final = "\U0001f3f4"
_FLAG_TAGS: Final = compile_late("[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Scripts whose letters a joiner shapes: from Hebrew to Mongolian, the later Indic ones, Arabic's
# presentation forms. And those that write no spaces, where one of no width separates words.
_SHAPED: Final = compile_late("[\u0590-\u1cff\ua800-\uabff\ufb1d-\ufdff\U00010800-\U00011fff]")
_SPACELESS: Final = compile_late(
    "[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\uaadf]"
)
_MONGOLIAN: Final = compile_late("[\u1820-\u18aa]")
_VOWEL_JAMO: Final = compile_late("[\u1161-\u11a7\ud7b0-\ud7c6]")

# What has no cells of its own beside marks: jamo of the middle and the end, the colours of skin.
_PILING: Final = "\u1161-\u11ff\ud7b0-\ud7fb\U0001f3fb-\U0001f3ff"
# A run that holds no letter, digit or sign of the usual blocks may be one of marks; those marks
# that such a block holds are named again.
_PILE: Final = compile_late(
    r"(?:[^\w\x00-\x7f\u2000-\u2bff\u3000-\u9fff\uac00-\ud7a3\uff00-\uffff]"
    rf"|[\u20d0-\u20f0\u302a-\u302f\u3099\u309a{_PILING}]){{9,}}+"
)
_PILES: Final = compile_late(f"[{_PILING}]")
_REMEMBERED_RUN: Final = 8
MOST_MARKS: Final = 8
"""Most marks on one character; Tibetan needs seven at times. 100,000 would be drawn in one cell."""


def remove_unsafe(text: str) -> str:
    """Remove what `text.clean_text` says, from any text."""
    cleaned = text.replace(_BLANK_BRAILLE, " ")
    if _UNSAFE_RUN.search(cleaned):
        cleaned = _UNSAFE_RUN.sub(_replace_unsafe, cleaned.replace("\r\n", "\n"))
    return _PILE.sub(_without_pile, _IGNORABLE_RUN.sub(_needed, cleaned))


def _replace_unsafe(run: re.Match[str]) -> str:
    return "".join(_INSTEAD.get(ord(character), "") for character in run[0])


def _needed(run: re.Match[str]) -> str:
    """Return those of some ignorable characters that the text around them needs."""
    text, (start, end) = run.string, run.span()
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    decide = _needed_between if end - start <= _REMEMBERED_RUN else _needed_between.__wrapped__
    return decide(before, run[0], after)


@lru_cache(maxsize=1_000)
def _needed_between(before: str, run: str, after: str) -> str:
    if run.endswith("\u115f") and _VOWEL_JAMO.match(after):
        return "\u115f"  # stands for the first letter of an old Korean syllable
    if not before or before.isspace():
        return ""
    if before == _BLACK_FLAG and (tags := _FLAG_TAGS.match(run)):
        return tags[0]
    needed = ""
    pattern = _MONGOLIAN_VARIATION if _MONGOLIAN.match(before) else _VARIATION
    if (variation := pattern.search(run)) and category(before)[0] != "M":
        needed = variation[0]
    joiner = _JOINER.search(run)
    if joiner and after and _joins(joiner[0], before, after):
        needed += joiner[0]
    return needed


def _joins(joiner: str, before: str, after: str) -> bool:
    """Whether a joiner, or a space of no width, has an effect between two characters.

    Never between two marks: they could be piled up with it.
    """
    left, right = category(before)[0], category(after)[0]
    if left == right == "M":
        return False
    match joiner:
        case "\u200d" if _is_symbol(before):
            return _is_symbol(after)
        case "\u200d":
            return bool(_SHAPED.match(before)) and (left == "M" or right in "LM")
        case "\u200c":
            return left in "LMN" and right in "LMN"
        case "\u200b":
            return bool(_SPACELESS.match(before) and _SPACELESS.match(after)) and right == "L"
        case "\u180e":
            return bool(_MONGOLIAN.match(before) and _MONGOLIAN.match(after))
        case _:
            return "\u1100" <= before <= "\u115e" and "\u11a8" <= after <= "\u11ff"


def _is_symbol(character: str) -> bool:
    """Whether a character may be an emoji; this Python may be older than it."""
    return character > "\u2000" and (
        category(character)[0] == "S" or "\U0001f000" <= character <= "\U0001faff"
    )


def _without_pile(run: re.Match[str]) -> str:
    """Cut a run to at most eight marks or their like one after the other."""
    parts: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if is_piling(character) else 0
        if marks <= MOST_MARKS:
            parts.append(character)
    return "".join(parts)


def is_piling(character: str) -> bool:
    """Whether a character is drawn on the one before it: a mark, or its like."""
    return category(character)[0] == "M" or bool(_PILES.match(character))


def escape_hidden(text: str) -> str:
    r"""Write what `remove_unsafe` would remove of some JSON as `\uXXXX`."""
    return _PILE.sub(_escape_pile, _HIDDEN.sub(_json_escape, text))


def _escape_pile(run: re.Match[str]) -> str:
    return run[0] if _without_pile(run) == run[0] else _json_escape(run)


def _json_escape(characters: re.Match[str]) -> str:
    units = characters[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
