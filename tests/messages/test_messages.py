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
        (("read", 0, 1, "T"), "Unread again: “T”."),
        (("read", 1, 1_300, "T"), "Read again: 1,300 posts."),
        (("unread", 0, 2, "T"), "Read again: 2 posts."),
        (("unread", 1, 1, "T"), "Unread again: “T”."),
        (("bookmark", 0, 1, "T"), "The bookmark is removed again: “T”."),
        (("bookmark", 1, 1, "T"), "The bookmark is back: “T”."),
        (("unbookmark", 0, 1, "T"), "The bookmark is back: “T”."),
        (("unbookmark", 1, 1, "T"), "The bookmark is removed again: “T”."),
        (("update", 0, 1, "T"), "Bookmark as before its update: “T”."),
        (("update", 1, 1, "T"), "Bookmark updated again: “T”."),
        (("note", 0, 1, "T"), "Note as before: “T”."),
        (("note", 1, 1, "T"), "Note changed again: “T”."),
        (("import", 0, 5, "T"), "As before the import: 5 posts."),
        (("import", 1, 1, "T"), "Imported again: “T”."),
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
