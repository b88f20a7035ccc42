"""Parse the query language: a text becomes a `Search`, or an error that points at the place.

    query    = group
    group    = all { "OR" all }
    all      = part { part }
    part     = "-" part | "(" group ")" | [ field ":" ] ( word | '"' phrase '"' )

The full-width forms of `: " ( ) -` and of the space, and curly quotes, are the same: people who
write Chinese do not leave the input method for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal, TypeAlias
from unicodedata import normalize

from newsreader.frozen import dataclass
from newsreader.patterns import compile_late
from newsreader.problems import Problem
from newsreader.search.model import (
    And,
    Dated,
    Marked,
    Named,
    Not,
    Or,
    QueryError,
    Search,
    Words,
)
from newsreader.search.periods import read_period
from newsreader.search.tokens import fold_name, index_text

LONGEST: Final = 2_000
"""Characters of a query."""

MOST_TERMS: Final = 100
DEEPEST: Final = 20

FIELDS: Final = ("title", "category", "tag", "is", "after", "before", "on", "in")

_SPACE: Final = r"\s\u200b\ufeff"
_OPEN: Final = "(（"
_CLOSE: Final = ")）"
_QUOTES: Final = '"“”＂'
_MINUS: Final = "-－"
_COLON: Final = ":："

_LETTERS: Final = "A-Za-zＡ-Ｚａ-ｚ"
# An address is a word: its scheme names no field.
_FIELD: Final = compile_late(f"([{_LETTERS}]+)[{_COLON}](?!//)")
_WORD: Final = compile_late(f"[^{_SPACE}{_OPEN}{_CLOSE}{_QUOTES}]+")
_PHRASE: Final = compile_late(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_BLANK: Final = compile_late(f"[{_SPACE}]+")

_SHORTEST_PREFIX: Final = 3

MARKS: Final = {
    "unread": Marked("unread"),
    "read": Marked("read"),
    "bookmarked": Marked("bookmarked"),
    "duplicate": Marked("duplicate"),
}


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or a phrase, as written."""

    field: str
    value: str
    quoted: bool
    start: int
    value_start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Sign:
    """A parenthesis, a minus or an OR."""

    kind: Literal["(", ")", "-", "OR"]
    start: int
    end: int


_Piece: TypeAlias = _Term | _Sign


def parse_query(text: str, now: datetime) -> Search | None:
    """Parse a query; `None` if it is blank.

    Args:
        text: As the user wrote it.
        now: The time there, for `today`, `2w` and the like; only its date counts.

    Raises:
        QueryError: The query is wrong; says what and at which place.
    """
    if len(text) > LONGEST:
        raise QueryError(Problem("query-too-long", (LONGEST,)), LONGEST, len(text))
    pieces = _split(text)
    if not pieces:
        return None
    terms = [piece for piece in pieces if isinstance(piece, _Term)]
    if len(terms) > MOST_TERMS:
        raise QueryError(
            Problem("query-too-many-words", (MOST_TERMS, len(terms))),
            terms[MOST_TERMS].start,
            terms[-1].end,
        )
    return _Parser(pieces, now.date()).parse()


def _split(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    # Only what begins a word can be a minus: `covid-19` has none.
    fresh = True
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at, fresh = blank.end(), True
            continue
        sign = text[at]
        if sign in _OPEN:
            pieces.append(_Sign("(", at, at + 1))
        elif sign in _CLOSE:
            pieces.append(_Sign(")", at, at + 1))
        elif sign in _MINUS and fresh:
            pieces.append(_Sign("-", at, at + 1))
        else:
            piece = _word(text, at)
            pieces.append(piece)
            at, fresh = piece.end, False
            continue
        at, fresh = at + 1, True
    return pieces


def _word(text: str, start: int) -> _Piece:
    field, at = "", start
    if found := _FIELD.match(text, start):
        field, at = _field(found), found.end()
    if at < len(text) and text[at] in _QUOTES:
        phrase = _PHRASE.match(text, at)
        if phrase is None:
            raise QueryError(Problem("query-quote-open"), at, len(text))
        if not phrase[1].strip():
            raise QueryError(Problem("query-quote-empty"), *phrase.span())
        return _Term(field, phrase[1], True, start, at, phrase.end())
    word = _WORD.match(text, at)
    if word is None:
        raise QueryError(Problem("query-field-empty", (field,)), start, at)
    if not field and normalize("NFKC", word[0]) == "OR":
        return _Sign("OR", start, word.end())
    return _Term(field, word[0], False, start, at, word.end())


def _field(found: re.Match[str]) -> str:
    name = normalize("NFKC", found[1]).lower()
    if name in FIELDS:
        return name
    close = _close_match(name, FIELDS)
    raise QueryError(
        Problem("query-field-misspelt", (name, close[0]))
        if close
        else Problem("query-field-unknown", (name, *FIELDS)),
        *found.span(),
    )


def _close_match(name: str, known: Iterable[str]) -> list[str]:
    """The known name that a misspelt one is most like, if there is one."""
    import difflib  # noqa: PLC0415  (late: most queries are right)

    return difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)


class _Parser:
    """Reads pieces by recursive descent; each method takes what it stands for."""

    def __init__(self, pieces: list[_Piece], today: date) -> None:
        self._pieces = pieces
        self._today = today
        self._at = 0

    def parse(self) -> Search:
        found = self._group(0)
        piece = self._next()
        if piece is not None:
            # Only a parenthesis ends a group early.
            raise QueryError(Problem("query-parenthesis-alone"), piece.start, piece.end)
        return found

    def _next(self) -> _Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _group(self, depth: int) -> Search:
        parts = [self._all(depth)]
        while isinstance(sign := self._next(), _Sign) and sign.kind == "OR":
            self._at += 1
            if self._is_end():
                raise QueryError(Problem("query-or-without-right"), sign.start, sign.end)
            parts.append(self._all(depth))
        return _flat(parts, Or)

    def _is_end(self) -> bool:
        piece = self._next()
        return piece is None or (isinstance(piece, _Sign) and piece.kind in {")", "OR"})

    def _all(self, depth: int) -> Search:
        piece = self._next()
        if isinstance(piece, _Sign) and piece.kind == "OR":
            raise QueryError(Problem("query-or-without-left"), piece.start, piece.end)
        if isinstance(piece, _Sign) and piece.kind == ")":
            raise QueryError(Problem("query-parenthesis-alone"), piece.start, piece.end)
        parts: list[Search] = []
        while not self._is_end():
            parts.append(self._part(depth))
        return _flat(parts, And)

    def _part(self, depth: int) -> Search:
        piece = self._pieces[self._at]
        self._at += 1
        if depth > DEEPEST:
            raise QueryError(Problem("query-too-deep", (DEEPEST,)), piece.start, piece.end)
        if isinstance(piece, _Term):
            return self._term(piece)
        if piece.kind == "-":
            return self._negation(piece, depth)
        return self._parenthesis(piece, depth)

    def _negation(self, sign: _Sign, depth: int) -> Search:
        following = self._next()
        if following is None or following.start != sign.end or self._is_end():
            raise QueryError(Problem("query-minus-without-word"), sign.start, sign.end)
        return Not(self._part(depth + 1))

    def _parenthesis(self, opening: _Sign, depth: int) -> Search:
        following = self._next()
        if isinstance(following, _Sign) and following.kind == ")":
            raise QueryError(Problem("query-parenthesis-empty"), opening.start, following.end)
        if following is None:
            raise QueryError(Problem("query-parenthesis-open"), opening.start, opening.end)
        found = self._group(depth + 1)
        if self._next() is None:
            raise QueryError(Problem("query-parenthesis-open"), opening.start, opening.end)
        self._at += 1
        return found

    def _term(self, term: _Term) -> Search:
        match term.field:
            case "is":
                return _marked(term)
            case "after" | "before" | "on":
                return self._dated(term)
            case "category" | "tag":
                return Named("tag" if term.field == "tag" else "category", _name(term))
            case "in":
                return Named("source", _name(term))
            case _:
                return _words(term)

    def _dated(self, term: _Term) -> Search:
        period = read_period(normalize("NFKC", term.value).strip().lower(), self._today)
        if period is None:
            raise QueryError(
                Problem("query-date-unknown", (term.value,)),
                term.value_start,
                term.end,
            )
        match term.field:
            case "after":
                return Dated(period.first, None)
            case "before":
                return Dated(None, period.first)
            case _:
                return Dated(period.first, period.end)


def _flat(parts: list[Search], kind: type[And | Or]) -> Search:
    """The parts as one: none of `kind` within `kind`, none of a single part."""
    flat: list[Search] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _words(term: _Term) -> Words:
    tokens = tuple(index_text(term.value).split())
    if not tokens:
        raise QueryError(
            Problem("query-nothing-to-find", (term.value.strip(),)), term.value_start, term.end
        )
    prefix = not term.quoted and _may_go_on(tokens[-1])
    return Words(tokens, prefix, "title" if term.field == "title" else "any")


def _may_go_on(token: str) -> bool:
    """Whether an unquoted word finds longer ones: three letters or more, and not a number.

    So it is not CJK, of which every character is a token.
    """
    return len(token) >= _SHORTEST_PREFIX and not token.isdigit()


def _name(term: _Term) -> str:
    name = fold_name(term.value)
    if not name:
        raise QueryError(Problem("query-name-missing", (term.field,)), term.value_start, term.end)
    return name


def _marked(term: _Term) -> Marked:
    name = normalize("NFKC", term.value).strip().lower()
    marked = MARKS.get(name)
    if marked is None:
        close = _close_match(name, MARKS)
        raise QueryError(
            Problem("query-mark-misspelt", (term.value, close[0]))
            if close
            else Problem("query-mark-unknown", (term.value, *MARKS)),
            term.value_start,
            term.end,
        )
    return marked
