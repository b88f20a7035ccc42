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


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("read", 0, 1, "T"), "“T” is unread again."),
        (("read", 1, 1_300, "T"), "1,300 posts are read again."),
        (("unread", 0, 2, "T"), "2 posts are read again."),
        (("unread", 1, 1, "T"), "“T” is unread again."),
        (("bookmark", 0, 1, "T"), "The bookmark of “T” is removed again."),
        (("bookmark", 1, 1, "T"), "The bookmark of “T” is back."),
        (("unbookmark", 0, 1, "T"), "The bookmark of “T” is back."),
        (("unbookmark", 1, 1, "T"), "The bookmark of “T” is removed again."),
        (("update", 0, 1, "T"), "The bookmark of “T” is as it was before its update."),
        (("update", 1, 1, "T"), "The bookmark of “T” is updated again."),
        (("note", 0, 1, "T"), "The note on “T” is as it was before."),
        (("note", 1, 1, "T"), "The note on “T” is changed again."),
        (("import", 0, 5, "T"), "The bookmarks of 5 posts are as before the import."),
        (("import", 1, 1, "T"), "The bookmark of “T” is imported again."),
    ],
)
def test_what_was_undone_or_done_again_is_told(
    arguments: tuple[str | int, ...], sentence: str
) -> None:
    assert describe(Problem("undone", arguments)) == sentence


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "One of its images is too large to be kept."),
        (2, "2 of its images are too large to be kept."),
    ],
)
def test_images_that_are_left_out_are_counted(count: int, sentence: str) -> None:
    assert describe(Problem("images-left-out", (count,))) == sentence
