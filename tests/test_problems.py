"""Problems as values."""

from __future__ import annotations

import pytest

from newsreader.problems import Problem, join_problems, problem_from_json, problem_to_json

NOT_CLOSED = Problem("front-matter-not-closed")
DAMAGED = Problem("characters-lost")


@pytest.mark.parametrize(
    "problem",
    [
        NOT_CLOSED,
        Problem("query-too-many-words", (100, 101)),
        Problem("query-date-unknown", ("题 “\n\udc80\0",)),
        Problem("several", (Problem("several", (NOT_CLOSED, DAMAGED)), DAMAGED)),
    ],
)
def test_a_problem_comes_back_out_of_its_json(problem: Problem) -> None:
    text = problem_to_json(problem)

    assert problem_from_json(text) == problem
    assert text.isascii()
    assert "\n" not in text


def test_problems_are_put_together_only_if_there_are_several() -> None:
    assert join_problems() is None
    assert join_problems(None, None) is None
    assert join_problems(None, DAMAGED) is DAMAGED
    assert join_problems(DAMAGED, None, NOT_CLOSED) == Problem("several", (DAMAGED, NOT_CLOSED))


def test_a_log_can_say_which_problem_it_was() -> None:
    assert (
        str(Problem("query-field-misspelt", ("titel", "title")))
        == "query-field-misspelt titel title"
    )


def test_a_problem_in_a_sentence_is_a_mistake_that_shows() -> None:
    with pytest.raises(TypeError, match="characters-lost"):
        f"Not shown: {DAMAGED}"
