"""How far an article is read."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import PLAIN_PALETTE
from newsreader.tui.panes.article_position import describe_position

LONG = layout(parse_body("Some words of a text.\n\n" * 50), 40, PLAIN_PALETTE)


@pytest.mark.parametrize(
    ("top", "minutes", "said"),
    [
        (0, 6, "6 min"),
        (0, 0, ""),
        (1, 6, "1% · 6 min left"),
        (20, 6, "25% · 5 min left"),
        (50, 6, "63% · 3 min left"),
        (50, 0, "63%"),
        (78, 6, "98% · 2 min left"),
        (78, 1, "98% · 1 min left"),
        (79, 6, "end"),
        (90, 6, "end"),
    ],
)
def test_the_rest_is_told_in_minutes(top: int, minutes: int, said: str) -> None:
    assert len(LONG.lines) == 99
    assert describe_position(LONG, top, 20, minutes) == said


def test_what_fits_is_seen_at_once_and_nothing_is_no_position() -> None:
    empty = layout(parse_body(""), 40, PLAIN_PALETTE)
    assert describe_position(LONG, 0, 99, 6) == "all"
    assert describe_position(LONG, 0, 0, 6) == ""
    assert describe_position(empty, 0, 20, 1) == ""
