"""A few typed characters against a title."""

from __future__ import annotations

import pytest

from newsreader.search.fuzzy import fuzzy_match


@pytest.mark.parametrize(
    ("typed", "title", "places"),
    [
        ("book", "Bookmark", (0, 1, 2, 3)),
        ("bm", "Bookmark", (0, 4)),
        ("广东 机遇", "数字化转型为广东千行百业带来发展新机遇", (6, 7, 17, 18)),
        ("ab", "axxab", (3, 4)),
        ("ÉTÉ", "été", (0, 1, 2)),
        ("i", "İi", (1,)),
        ("", "title", None),
        ("x", "", None),
        ("ba", "ab", None),
        ("ab", "a" + "x" * 40 + "b", None),
    ],
)
def test_characters_match_in_their_order(
    typed: str, title: str, places: tuple[int, ...] | None
) -> None:
    match = fuzzy_match(typed, title)

    assert (match.places if match else None) == places


def test_what_stands_together_at_the_beginning_of_a_word_is_better() -> None:
    def score(title: str) -> float:
        match = fuzzy_match("note", title)
        assert match is not None
        return match.score

    assert score("Note") > score("The note") > score("Keynote") > score("No trees")
    assert score("Note") == 1.0


def test_a_title_of_one_letter_takes_no_time() -> None:
    assert fuzzy_match("a" * 50 + "b", "a" * 1_000) is None
