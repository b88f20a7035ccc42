"""Line breaking classes of characters, one letter each, so that a text becomes a string.

The classes are those of Unicode Standard Annex 14, split if a rule looks at more than that:

    A  AL AI SG XX, letters and symbols          H  HL, Hebrew letters     9  NU, digits
    I  ID, ideographs, kana, emoji               E  EB, X (ID to come) and e, EM: emoji modifiers
    N  CJ and NS, wide   m  NS   ;  NS, ： and ；     :  the ellipsis   i  IN   o  middle dot
    (  OP   [  OP, wide                          )  CP   }  CL   ]  CL and CP, wide
    <  QU that opens by itself (Pi)              >  QU that closes (Pf)    "  QU without a side
    '  the apostrophe, U+2019, which is Pf       !  EX   f  EX, wide
    ,  IS, full stop, comma, colon               /  SY                     %  PO   $  PR
    -  HY   y  U+2010   n  U+2013                x  BA, blanks   b  BA     B  B2   d  BB   C  CB
    h  H2   k  H3   j  JL   v  JV   t  JT        R  RI, halves of flags
    M  CM   J  ZWJ   G  GL   W  WJ   Z  ZW       s  SP, U+3000         K  BK CR LF NL

SA, the letters of Thai, Lao, Khmer, Burmese and their relatives, are A, but M where they belong to
the letter before them. Others are put in by the rules: `r`, the second half of a flag; `z`, a space
after a zero width space; `U` and `u`, the inside of a web address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from newsreader.article.linebreak.class_table import RUNS
from newsreader.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDE_SPACE: Final = "\u3000"
_BLANKS_OF_BA: Final = "\t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f"

BLANKS: Final = " " + _WIDE_SPACE + _BLANKS_OF_BA
"""The spaces that vanish at the end of a line."""

# Characters whose class here differs from the one in the annex, or is a part of it.
_TAILORED: Final = {
    _WIDE_SPACE: "s",  # BA in the annex, which would tie what follows to what is before
    "\u00b7": "o",  # · in names, never at the start of a line; else like a letter
    "\u2015": "B",  # ― stands for — in many Chinese and Japanese texts
    **dict.fromkeys(_BLANKS_OF_BA, "x"),
    "\u2010": "y",
    "\u2013": "n",
    "\u2019": "'",
    "\u2026": ":",
    "\u22ef": ":",
    "\uff5e": "N",  # ～ is 〜, which is NS, in all but name
    "\uff1a": ";",
    "\uff1b": ";",
}

# Letters of scripts without spaces that may be parts of clusters; each becomes A or M.
_COMPLEX: Final = "S"
_COMPLEX_LETTERS: Final = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e45\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec4\u0edc-\u0edf"
    "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"
    "\u1780-\u17b3\u17dc\u1950-\u196d\u1970-\u1974\u1980-\u19ab\u19b0-\u19c9\u1a20-\u1a54"
    "\ua9e0-\ua9e4\ua9e6-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa76\uaa7a\uaa7e-\uaaaf\uaab1\uaab5\uaab6"
    "\uaab9-\uaabd\uaac0\uaac2\uaadb-\uaadd"
)
_TAILORED.update(
    (code, _COMPLEX)
    for first, last in re.findall("(.)(?:-(.))?", _COMPLEX_LETTERS)
    for code in map(chr, range(ord(first), ord(last or first) + 1))
)
# Signs of repetition: a space may stand before one, a line end must not.
_TAILORED.update(dict.fromkeys("\u0e46\u0ec6\u17d7", "!"))
# What Unicode calls Logical_Order_Exception: written before the consonant that they follow in
# speech.
_LEADING: Final = "\u0e40-\u0e44\u0ec0-\u0ec4\u19b5-\u19b7\u19ba\uaab5\uaab6\uaab9\uaabb\uaabc"
# Vowels that are letters, and signs of abbreviation: they stand behind something.
_FOLLOWING: Final = (
    "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0eaf\u0eb0\u0eb2\u0eb3\u0ebd"
    "\u19b0-\u19b4\u19b8\u19b9\u19bb-\u19c9\uaab1\uaaba\uaabd\uaac0\uaac2\uaadd"
)
_BELONGS: Final = compile_late(
    rf"[{_FOLLOWING}]"
    # The consonant of a leading vowel
    rf"|(?<=[{_LEADING}])[{_COMPLEX_LETTERS}]"
    # A consonant below another, as Khmer and Burmese stack them
    r"|(?<=[\u17d2\u1039\u1a60])."
    # A final consonant: with the sign that silences it, or after a vowel that needs one
    r"|[\u0e01-\u0e2e](?=\u0e4c)|[\u1000-\u102a\u103f](?=[\u1037\u1038]?[\u1039\u103a])"
    r"|(?<=[\u0e31\u0e37\u0e47])[\u0e01-\u0e2e]|(?<=[\u0e31\u0e37\u0e47][\u0e48-\u0e4b])[\u0e01-\u0e2e]"
    r"|(?<=\u0eb1)[\u0e81-\u0eae]|(?<=\u0eb1[\u0ec8-\u0ecb])[\u0e81-\u0eae]"
)

_TOKEN: Final = compile_late(r"(\S)([0-9a-f]+)")


@lru_cache(maxsize=1)
def _ranges() -> tuple[list[int], str]:
    """Return the ends of ranges of one class, ascending, and the letter of each."""
    found = _TOKEN.findall(RUNS)
    ends = list(accumulate(int(length, 16) for _, length in found))
    return ends, "".join(letter for letter, _ in found)


class _ClassTable(dict[int, str]):
    """A map from character code to class letter; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        ends, letters = _ranges()
        self[code] = letter = letters[bisect_right(ends, code)]
        return letter


# Korean text: Hangul, and a space after every few characters, which Chinese text lacks.
_HANGUL: Final = compile_late("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb]")
_HANJA: Final = compile_late("[\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_BRACKETS: Final = compile_late("[（［｛「『【《〈〔〖）］｝」』】》〉〕〗]")
_LONGEST_WORD: Final = 12
"""Characters of Chinese and Hangul per space, at most, of a Korean text with Hanja in it."""
_LEAST_HANGUL: Final = 5
"""One of so many of them is Hangul, at least: Hanja for the nouns leave the endings."""

CLASSES: Final = _ClassTable({ord(character): letter for character, letter in _TAILORED.items()})


def all_letters() -> str:
    """Return the class letters that single characters have, each once."""
    return "".join(sorted({*_ranges()[1], *_TAILORED.values()}))


def class_letters(text: str) -> str:
    """Return the class letters of the characters of a text.

    Where words end in Thai and its relatives, only a dictionary knows; but clusters of theirs stay
    whole. Hanja in Korean text are letters of its words, and brackets are as in Latin text.
    """
    return settle_classes(text.translate(CLASSES), text)


def settle_classes(letters: str, text: str) -> str:
    """Settle the classes that depend on more of a text than their characters."""
    if _COMPLEX in letters:
        letters = _replace(letters, text, _BELONGS, {_COMPLEX: "M"}).replace(_COMPLEX, "A")
    if ("k" in letters or "h" in letters or "j" in letters) and _is_korean(text):
        letters = _replace(letters, text, _HANJA, {"I": "A"})
        letters = _replace(letters, text, _BRACKETS, {"[": "(", "]": ")"})
    return letters


def _replace(letters: str, text: str, places: re.Pattern[str], to: Mapping[str, str]) -> str:
    """Replace the letters of the characters that a pattern finds, each if `to` has it."""
    changed = list(letters)
    for found in places.finditer(text):
        at = found.start()
        changed[at] = to.get(changed[at], changed[at])
    return "".join(changed)


def _is_korean(text: str) -> bool:
    """Whether a text with Hangul is Korean, so that words end at spaces; not Korean names alone."""
    hanja = len(_HANJA.findall(text))
    hangul = len(_HANGUL.findall(text))
    return hangul * _LEAST_HANGUL >= hanja + hangul <= _LONGEST_WORD * text.count(" ")
