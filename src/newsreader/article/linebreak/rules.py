"""The rules of Unicode Standard Annex 14 for where lines may end, on class letters.

What depends on two neighbours alone is a table of pairs, asked only for the places near the end
of a line. What depends on more (numbers, flags, quotation marks, spaces after brackets) is found by
patterns for the whole paragraph: it either changes a letter or glues a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from newsreader.patterns import compile_late

HANGUL: Final = "jvthk"
WORD: Final = "AH9" + HANGUL
CLOSING: Final = ")]}"
EXCLAIMING: Final = "!f"
OPENING: Final = "(["
QUOTES: Final = "\"<>'"
HYPHENS: Final = "-bynx"
SPACES: Final = "szx"

NO_START: Final = frozenset(CLOSING + EXCLAIMING + HYPHENS + ",/NBio>'GWZJszMu%er")
"""Letters that start a line only if there is no other break, not even inside a word."""

NO_END: Final = frozenset(OPENING + "<GWJd$")
"""Letters that end a line only if there is no other break."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The elements of a paragraph: characters with the marks that belong to them.

    Attributes:
        letters: The class letter of every element.
        starts: Where in the text each element starts; one more for the end.
        glued: Places between elements, by number of the second, where no line ends although
            the two letters would allow it.
    """

    letters: str
    starts: Sequence[int]
    glued: frozenset[int]

    def may_end(self, place: int) -> bool:
        """Whether a line may end before element number `place`."""
        return PAIRS[self.letters[place - 1 : place + 1]] and place not in self.glued

    def between_clusters(self, place: int) -> bool:
        """Whether a line can be cut before an element without cutting what is drawn as one."""
        return CLUSTER_PAIRS[self.letters[place - 1 : place + 1]]


class _Pairs(dict[str, bool]):
    """A map from two class letters to whether a line may end between them."""

    def __missing__(self, pair: str) -> bool:
        self[pair] = may = _may_break(pair[0], pair[1])
        return may


class _ClusterPairs(dict[str, bool]):
    """A map from two class letters to whether they can be drawn apart."""

    def __missing__(self, pair: str) -> bool:
        before, after = pair[0], pair[1]
        self[pair] = may = not (
            before == "J"
            or after == "M"
            or (after == "J" and before not in "szZ")
            or before + after in _SYLLABLES
            or pair in ("Rr", "Ee", "Xe")
        )
        return may


PAIRS: Final = _Pairs()
CLUSTER_PAIRS: Final = _ClusterPairs()


def _may_break(before: str, after: str) -> bool:
    """Apply the rules of the annex that look at two classes, in its order."""
    if after in "szZ" or before in "zZ":  # LB7, LB8
        return after not in "szZ"
    if before == "J" or (after == "J" and before != "s"):  # LB8a, LB9
        return False
    if before in "WG" or after == "W":  # LB11, LB12
        return False
    if after == "G":  # LB12a
        return before in "s" + HYPHENS
    if after in CLOSING + EXCLAIMING + ",/u" or before in OPENING:  # LB13, LB14
        return False
    if before == after == "B":  # LB17
        return False
    if before == "s":  # LB18, but for what must not start a line
        return after not in ";:"
    if before in QUOTES or after in QUOTES:  # LB19
        return False
    if before == "C" or after == "C":  # LB20
        return True
    if after in HYPHENS + "Nm;Bo" or before == "d":  # LB21
        return False
    if after in "i:" or (before == "/" and after == "H"):  # LB22, LB21b
        return False
    return not _belongs_together(before, after)


def _belongs_together(before: str, after: str) -> bool:
    """Apply the rules of the annex for words, numbers, Hangul and emoji: LB23 to LB30."""
    match before:
        case "A" | "H" | "9" | "o":
            return after in WORD + "($%"
        case "$":
            return after in WORD + "IEeX"
        case "%" | ")":
            return after in WORD
        case "-":
            return after == "9"
        case ",":
            return after in "AH" + HANGUL
        case "E" | "X" if after == "e":
            return True
        case "R":
            return after == "r"
        case "I" | "E" | "e" | "X":
            return after == "%"
        case _ if before in HANGUL:  # Korean ends its lines at spaces, like Latin text
            return after in WORD + "($%"
        case _:
            return False


_SYLLABLES: Final = frozenset(
    # LB26: what forms one syllable, in a word of Hangul that is too wide for the line
    ("jj", "jv", "jh", "jk", "vv", "vt", "hv", "ht", "tt", "kt")
)


# Patterns for what is right of `before`; the place is where the match ends.
# Patterns are compiled on first use: importing them costs nothing.
_GLUE: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    # LB25 as in example 7 of section 8.2: 1,000.50 and 5.% and (5)% and $(5 and $-5
    (("9,", "9/"), r"9[,/]+(?=[9$%])"),
    (("9)", "9]", "9}", ",)", "/)"), r"9[,/]*[)\]}](?=[$%])"),
    (("$", "%"), r"[$%](?=[(\[-]9)"),
    # LB14 over spaces, LB15a: an opening mark takes what follows along
    (("(s", "[s"), r"[(\[]J?s+"),
    (("<s",), r"""(?<![^s(\["GZ])<+s+"""),
    # LB16
    ((")s", "]s", "}s"), r"[)\]}]s+(?=[mN])"),
    # LB17 over spaces; and no dash or dot starts a line that belongs to the text before it
    (("Bs",), r"Bs+(?=B)"),
    (("sB", "so"), r"s(?=[Bo]+(?:s|\Z))"),
    # A closing quotation mark after spaces, but not ’90s
    (("s>", "s'"), r"""s(?=[>']++(?![AH9jvthk"<]))"""),
    # LB20a: --all and -x stay whole. LB21a: so do Hebrew words
    (("-", "y"), r"(?<![^sZCG])[-y]+(?=[Ajvthk])"),
    (("H",), rf"H[{HYPHENS}]"),
    # 3–5; km/h
    (("9n",), r"9n(?=9)"),
    (("/A",), r"/(?=A{1,3}(?![AH9]))"),
)

_ASIAN: Final = r"[IEeX\[\]fNB;:x]"
"""Letters beside which a quotation mark acts as a bracket."""

_BESIDE_ASIAN: Final = (
    ("<", rf"(?<={_ASIAN})<++|(?<!<)<++(?={_ASIAN})"),
    (">", rf"(?<={_ASIAN})>++|(?<!>)>++(?={_ASIAN})"),
    ("'", rf"(?<={_ASIAN})'++(?![AH9])|(?<!')'++(?={_ASIAN})"),
)
_AS_BRACKETS: Final = str.maketrans("<>'", "[]]")

_AFTER_ZERO_WIDTH: Final = compile_late(r"Zs+")
_LEADING_POINT: Final = compile_late(r"(?<=[s(\[]),(?=9)")

_JOINED: Final = compile_late(r"J[MJ]")
_NOT_LAST: Final = compile_late(r"[Jw](?=[MJw])")
_MARKED_BLANK: Final = compile_late(r"x(?=M)")
_STRAY_MARK: Final = compile_late(r"(?<![^sZ])M")


def go_on() -> None:
    """Do nothing: the default `check` of work that cannot be cancelled."""


_compiled: Final = cache(re.compile)


def _as_brackets(quotes: re.Match[str]) -> str:
    return quotes[0].translate(_AS_BRACKETS)


def resolve_classes(letters: str, check: Callable[[], None] = go_on) -> Classes:
    """Apply every rule that looks at more than two neighbours.

    Args:
        letters: The class letters of one paragraph, without K; marks still apart.
        check: Called between two rules; may raise to stop the work.

    Returns:
        Its elements.
    """
    starts: Sequence[int] = range(len(letters) + 1)
    if "M" in letters or "J" in letters:
        letters, starts = _attach_marks(letters)
    if "RR" in letters:
        letters = letters.replace("RR", "Rr")  # LB30a
    if "Zs" in letters:
        letters = _AFTER_ZERO_WIDTH.sub(lambda run: "Z" + "z" * (len(run[0]) - 1), letters)
    if ",9" in letters:
        letters = _LEADING_POINT.sub("9", letters)
    for quote, pattern in _BESIDE_ASIAN:
        check()
        if quote in letters:
            letters = _compiled(pattern).sub(_as_brackets, letters)
    glued: set[int] = set()
    for gates, pattern in _GLUE:
        check()
        for gate in gates:
            if gate in letters:
                glued.update([match.end() for match in _compiled(pattern).finditer(letters)])
                break
    return Classes(letters, starts, frozenset(glued))


def _attach_marks(letters: str) -> tuple[str, Sequence[int]]:
    """Attach marks to the character before them: LB9 and LB10.

    A joiner stays an element, which glues what follows. One that a joiner stands before joins
    nothing on the screen: rich gives what follows it cells of its own. It is only a word joiner.
    """
    if "J" in letters:
        letters = _JOINED.sub(lambda two: "MM" if two[0] == "JM" else "Mw", letters)
        letters = _NOT_LAST.sub("M", letters).replace("w", "W")
    letters = _STRAY_MARK.sub("A", letters)
    letters = _MARKED_BLANK.sub("b", letters)  # it is seen, so it must not vanish
    if "M" not in letters:
        return letters, range(len(letters) + 1)
    starts = [at for at, letter in enumerate(letters) if letter != "M"]
    starts.append(len(letters))
    return letters.replace("M", ""), starts
