"""Every problem has its words, and every place that finds one gives what they need."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import newsreader
from newsreader.messages import describe
from newsreader.messages.english import ENGLISH, Wording
from newsreader.problems import Code, Problem

PACKAGE = Path(newsreader.__file__).parent
CODES: tuple[str, ...] = get_args(Code)
WORDS: dict[str, Wording] = {str(code): words for code, words in ENGLISH.items()}


def test_every_code_has_words_and_all_words_have_a_code() -> None:
    assert set(ENGLISH) == set(CODES)
    assert len(CODES) == len(set(CODES))


def fits(words: Wording, count: int) -> bool:
    """Whether words take so many arguments, no more and no fewer."""
    if isinstance(words, str):
        fields = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
        return fields == set(map(str, range(count)))
    try:
        inspect.signature(words).bind(*range(count))
    except TypeError:
        return False
    return True


def problems_made(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield each call that makes a problem."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Problem")):
                yield node


def wrong_problems(source: str) -> list[str]:
    """Where a problem is made without a code of its own, or with arguments that do not fit it."""
    wrong: list[str] = []
    for call in problems_made(ast.parse(source)):
        match call.args:
            case [ast.Constant(value=str(code))]:
                count = 0
            case [ast.Constant(value=str(code)), ast.Tuple(elts=arguments)]:
                # As many as you like fit only words that take any number.
                starred = any(isinstance(each, ast.Starred) for each in arguments)
                count = 100 if starred else len(arguments)
            case _:
                wrong.append(f"{call.lineno}: not Problem(code, (arguments))")
                continue
        if code not in WORDS or not fits(WORDS[code], count):
            wrong.append(f"{call.lineno}: {code} does not take {count}")
    return wrong


MODULES = {
    str(path.relative_to(PACKAGE)): path
    for path in sorted(PACKAGE.rglob("*.py"))
    # Where problems are put together out of others.
    if path.name != "problems.py" and "Problem(" in path.read_text(encoding="utf-8")
}


def test_a_problem_has_the_arguments_that_its_words_take() -> None:
    wrong = {
        name: wrong_problems(path.read_text(encoding="utf-8")) for name, path in MODULES.items()
    }

    assert {name: problems for name, problems in wrong.items() if problems} == {}


def test_every_code_is_made_somewhere() -> None:
    made = {
        call.args[0].value
        for path in MODULES.values()
        for call in problems_made(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call.args[0], ast.Constant)
    }

    assert set(CODES) - made == {"several"}  # made by `join_problems`


@pytest.mark.parametrize(
    "source",
    [
        "Problem('query-too-deep')",
        "Problem('query-too-deep', (1, 2))",
        "Problem('query-too-deep', numbers)",
        "Problem('query-too-deep', (*numbers,))",
        "Problem('no-such-code', ())",
        "Problem(code, (1,))",
        "Problem('query-quote-open', (1,))",
        "Problem('query-field-unknown', ())",
    ],
)
def test_a_problem_that_does_not_fit_is_found(source: str) -> None:
    assert len(wrong_problems(source)) == 1


LONG = "/a long path/" * 20
REASON = "disk full"
WIDTH = 55
REASONS = {
    "path-unreadable": 1,
    "folder-unreadable": 1,
    "file-unreadable": 1,
    "index-at-unusable": 1,
    "index-not-opened": 1,
    "index-temporary": 0,
    "state-unusable": 1,
    "state-not-written": 1,
    "state-damaged": 1,
    "nothing-saved": 1,
    "backup-not-restored": 1,
    "not-written": 1,
    "not-exported": 1,
    "not-imported": 1,
    "entry-unreadable": 2,
}
"""Where the reason stands among the arguments of messages that have one."""

TYPED = ("config-", "query-")
"""What the user wrote may come first: a line of the config by its place, as editors look for it."""

TEMPLATES = {
    code: words
    for code, words in ENGLISH.items()
    if isinstance(words, str) and not code.startswith(TYPED)
}


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_message_says_what_matters_before_paths_and_titles(code: Code) -> None:
    words = TEMPLATES[code]
    places = {int(place) for _, place, _, _ in Formatter().parse(words) if place}
    arguments = [
        REASON
        if REASONS.get(code) == place
        else 12
        if f"{{{place}:" in words or (code == "entry-unreadable" and place == 0)
        else LONG
        for place in range(max(places, default=-1) + 1)
    ]
    shown = words.format(*arguments)[:WIDTH]
    assert code not in REASONS or REASON in shown
    first = words.partition(":")[0].partition(".")[0]
    # A sentence may begin with another one, which is a message of this table.
    assert words.startswith(("{0} ", "{0}: {1}.")) or "{" not in first[:9], first


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        ("read", "Unread again"),
        ("bookmark", "The bookmark is removed again"),
        ("update", "Bookmark as before its update"),
        ("note", "Note as before"),
        ("import", "As before the import"),
    ],
)
def test_what_was_undone_is_said_before_the_title(kind: str, verb: str) -> None:
    said = f"Undone (^r redoes): {describe(Problem('undone', (kind, 0, 1, LONG)))}"
    assert verb in said[:WIDTH]
