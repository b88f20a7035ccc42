"""Split texts into tokens that SQLite's FTS5 takes without splitting them further.

FTS5's own tokenizers cannot split Chinese: `unicode61` makes one token of a whole run, `trigram`
finds nothing shorter than three characters. So every Han character, kana and hangul syllable is a
token here, and a word of them a phrase. FTS5's `ascii` tokenizer takes what comes out as it is.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize

from newsreader.patterns import compile_late
from newsreader.search.variant_table import SIMPLIFIED, TRADITIONAL

BREAK: Final = "¶"
"""The token between two CJK characters that something separates: no word of a search holds it."""

# Iteration marks, jamo, kana, bopomofo, Han with all its extension planes, hangul. None is
# punctuation: `・` and the like separate.
CJK: Final = (
    "\u1100-\u11ff々〆〇〻〼ぁ-ゖゝ-ゟァ-ヺー-ヿㄅ-ㄯㄱ-ㆎㆠ-ㆿㇰ-ㇿ㐀-䶿一-鿿"
    "\ua960-\ua97c가-힣\ud7b0-\ud7fb\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003fffd"
)
"""For a character class of a regular expression."""

WORD: Final = rf"[^\W_{CJK}]"
"""One character of a word in letters and digits."""

SEPARATOR: Final = "\n"
"""The character that every one outside of tokens is folded to."""

_COMPOSING: Final = "\0"
"""What a character folds to that may be one with its neighbours: then these are put together."""

# The only pattern of these classes, since each takes 3 ms to compile.
_RUNS: Final = compile_late(f"([{CJK} ]+)|({WORD}+)")

# Kana and its voicing mark, full and half width, and the jamo of one syllable.
_CLUSTER: Final = compile_late(
    "[か-ヽ\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
_CLUSTERS: Final = compile_late(f"{_CLUSTER.pattern}|.", re.DOTALL)
_IS_COMPOSING: Final = compile_late("[\u3099\u309a\uff9e\uff9f\u1161-\u1175]")

# Seen by nobody: soft hyphen, joiners, direction marks, fillers, variation selectors, tags.
_IS_INVISIBLE: Final = compile_late(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

_VARIANTS: Final = dict(zip(map(ord, TRADITIONAL), SIMPLIFIED, strict=True))
_REMEMBERED: Final = 50_000


class _Folds(dict[int, str]):
    """The folded form of each character, computed when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


_FOLDS: Final = _Folds()


def index_text(text: str) -> str:
    """The tokens of a text, joined by single spaces: what FTS5 gets.

    One token a CJK character (Han, kana, hangul), words of other letters and digits whole; between
    two CJK characters that stand apart in the text, by whatever it is, one token `BREAK`, so that
    `国人` is not found in `中国，人民`. What counts as equal: see `fold`. Never raises; time is
    linear, 0.08 ms for 1,200 characters of Chinese.
    """
    tokens: list[str] = []
    after_cjk = False
    for run, word in _RUNS.findall(fold(text)):
        if run:
            if after_cjk:
                tokens.append(f"{BREAK} ")
            tokens.append(run)
            after_cjk = True
        else:
            tokens.append(f"{word} ")
            after_cjk = False
    return "".join(tokens)[:-1]


def fold(text: str) -> str:
    """A text with everything folded that a search does not tell apart.

    That is: full and half width and other compatibility forms (NFKC), case, diacritics and vowel
    marks, characters that nobody sees, and traditional characters with one simplified form
    (`variant_table`). A CJK character comes out followed by a space; what belongs to no token comes
    out as `SEPARATOR`; there are no other spaces.
    """
    folded = text.translate(_FOLDS)
    if _COMPOSING in folded:
        folded = "".join(map(_fold_cluster, _CLUSTERS.findall(text)))
    return folded


def fold_pieces(text: str) -> tuple[list[str], list[str]]:
    """The pieces of a text and what each is folded to; joined they are `text` and `fold(text)`."""
    pieces = _CLUSTERS.findall(text) if _IS_COMPOSING.search(text) else list(text)
    return pieces, list(map(_fold_cluster, pieces))


def _fold_cluster(cluster: str) -> str:
    whole = normalize("NFKC", cluster) if len(cluster) > 1 else cluster
    return whole.translate(_FOLDS).replace(_COMPOSING, "")


def _fold_character(character: str) -> str:
    if _IS_INVISIBLE.match(character):
        return ""
    if _IS_COMPOSING.match(character):
        return _COMPOSING
    composed = normalize("NFKC", normalize("NFKC", character).casefold())
    return "".join(map(_fold_part, composed))


def _fold_part(part: str) -> str:
    if is_cjk(part):
        return f"{_VARIANTS.get(ord(part), part)} "
    letters = [letter for letter in normalize("NFKD", part) if category(letter)[0] != "M"]
    return "".join(letter if _is_in_word(letter) else SEPARATOR for letter in letters)


def is_cjk(character: str) -> bool:
    """Whether a character is a token by itself."""
    run = _RUNS.match(character)
    return run is not None and run[1] is not None and character != " "


def _is_in_word(character: str) -> bool:
    run = _RUNS.match(character)
    return run is not None and run[2] is not None


def fold_name(name: str) -> str:
    """A name of a category, tag or source as names are compared.

    Folded as `fold` does, but punctuation stays: `C` and `C++` are two names. Spaces at the ends
    go, others become one.
    """
    pieces, folds = fold_pieces(name)
    folded_pieces = (
        normalize("NFKC", piece).casefold() if SEPARATOR in folded else folded.rstrip(" ")
        for piece, folded in zip(pieces, folds, strict=True)
    )
    return " ".join("".join(folded_pieces).split())
