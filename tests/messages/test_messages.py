"""Sentences out of problems."""

from __future__ import annotations

import pytest

from newsreader.messages import describe
from newsreader.problems import Problem, join_problems

NOT_CLOSED = Problem("front-matter-not-closed")
DAMAGED = Problem("characters-lost")


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (None, ""),
        (NOT_CLOSED, "The front matter is not closed."),
        (
            Problem("query-too-long", (2000,)),
            "A search can have 2,000 characters; this one is longer.",
        ),
        (
            Problem("query-field-unknown", ("x", "title", "tag", "in")),
            "There is no `x:`; there are `title:`, `tag:` and `in:`.",
        ),
        (
            Problem("query-mark-unknown", ("{0}", "read", "unread")),
            "`{0}` is nothing that a post can be; read and unread are.",
        ),
        (
            join_problems(DAMAGED, None, NOT_CLOSED),
            "Some characters of the file could not be read. The front matter is not closed.",
        ),
    ],
)
def test_a_problem_is_told_in_sentences(problem: Problem | None, sentence: str) -> None:
    assert describe(problem) == sentence
