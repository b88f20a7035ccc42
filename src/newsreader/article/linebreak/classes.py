"""Line breaking classes of characters, one letter each, so that a text becomes a string.

The classes are those of Unicode Standard Annex 14, split if a rule looks at more than that:

    A  AL AI SG XX SA, letters and symbols       H  HL, Hebrew letters     9  NU, digits
    I  ID, ideographs, kana, emoji               E  EB, X (ID to come) and e, EM: emoji modifiers
    N  CJ and NS, wide   m  NS   ;  NS, ： and ；     :  the ellipsis   i  IN   o  middle dot
    (  OP   [  OP, wide                          )  CP   }  CL   ]  CL and CP, wide
    <  QU that opens by itself (Pi)              >  QU that closes (Pf)    "  QU without a side
    '  the apostrophe, U+2019, which is Pf       !  EX   f  EX, wide
    ,  IS, full stop, comma, colon               /  SY                     %  PO   $  PR
    -  HY   y  U+2010   n  U+2013                x  BA, blanks   b  BA     B  B2   d  BB   C  CB
    h  H2   k  H3   j  JL   v  JV   t  JT        R  RI, halves of flags
    M  CM   J  ZWJ   G  GL   W  WJ   Z  ZW       s  SP, U+3000         K  BK CR LF NL

Others are put in by the rules: `r`, the second half of a flag; `z`, a space after a zero width
space; `U` and `u`, the inside of a web address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Final

from newsreader.article.linebreak.class_table import RUNS

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

_TOKEN: Final = re.compile(r"(\S)([0-9a-f]+)")


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


_CLASSES: Final = _ClassTable({ord(character): letter for character, letter in _TAILORED.items()})


def class_letters(text: str) -> str:
    """Return the class letters of the characters of a text."""
    return text.translate(_CLASSES)
