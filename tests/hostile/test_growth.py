"""What an article costs grows no faster than its size, whatever it is made of.

Processor time at a size is compared with that at four times the size; seconds are never looked at.
What seems to grow faster is measured again, for a machine that does other things as well.
"""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import TERMINAL_PALETTE
from tests.linear import processor_seconds

from .constructs import CONSTRUCTS

pytestmark = pytest.mark.long

MOST_GROWTH = 8.0
"""What is linear grows fourfold, what is quadratic sixteenfold."""
NOISE = 0.004
"""Seconds that a lexer's import or a cold cache may cost."""
TRIES = 4


def cost(body: str) -> float:
    """Processor time of one article."""
    return processor_seconds(lambda: layout(parse_body(body), 40, TERMINAL_PALETTE))


def growth(name: str, size: int) -> float:
    """How much more four times as much costs: the least of some measurements."""
    small, large = CONSTRUCTS[name](size), CONSTRUCTS[name](4 * size)
    if parse_body(small).cut != parse_body(large).cut:
        # Between the two lies the size from which text is shown as it is: what vanished before,
        # such as empty code, is laid out then. Above it both are.
        small, large = large, CONSTRUCTS[name](16 * size)
    costs = [cost(small) + NOISE]
    found = cost(large) / costs[0]
    for _ in range(TRIES):
        if found < MOST_GROWTH:
            break
        costs.append(cost(small) + NOISE)
        found = min(found, cost(large) / min(costs))
    return found


# A share of them, which is another one after each that is added; all are in tests/long.
@pytest.mark.parametrize("name", [*CONSTRUCTS][::9])
def test_time_grows_no_faster_than_an_article(name: str) -> None:
    assert growth(name, 3_000) < MOST_GROWTH


@pytest.mark.parametrize("kind", sorted({name.split()[0] for name in CONSTRUCTS}))
def test_no_line_of_any_construct_is_too_wide(kind: str) -> None:
    for name, construct in CONSTRUCTS.items():
        if name.split()[0] != kind:
            continue
        document = parse_body(construct(200))
        for width in (7, 40):
            for line in layout(document, width, TERMINAL_PALETTE).lines:
                assert cell_len("".join(segment.text for segment in line)) <= width, name
