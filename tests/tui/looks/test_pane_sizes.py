"""The sizes of panes, and what they may be."""

from __future__ import annotations

import pytest

from newsreader.tui.looks.pane_sizes import (
    Arrangement,
    Divider,
    PaneSizes,
    clamp,
    limits,
    sizes_from,
)


def test_sizes_are_written_and_read_by_name() -> None:
    sizes = PaneSizes().with_size(Arrangement.WIDE, Divider.POSTS, 50)
    sizes = sizes.with_size(Arrangement.MEDIUM, Divider.CATEGORIES, 30)
    assert sizes.names() == {"wide_posts": 50, "medium_categories": 30}
    assert sizes_from(sizes.names()) == sizes
    assert sizes.of(Arrangement.WIDE, Divider.POSTS) == 50
    assert sizes.of(Arrangement.MEDIUM, Divider.POSTS) == 0


def test_what_is_no_size_is_left_out() -> None:
    assert sizes_from({"wide_moon": 3, "wide_posts": -5, "medium_posts": 0}) == PaneSizes()


def test_an_arrangement_gets_its_usual_sizes_again_and_the_other_keeps_its_own() -> None:
    sizes = sizes_from({"wide_posts": 50, "wide_categories": 20, "medium_posts": 12})
    assert sizes.without(Arrangement.WIDE).names() == {"medium_posts": 12}


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("divider", Divider)
@pytest.mark.parametrize("width", [20, 80, 120, 200, 400])
@pytest.mark.parametrize("height", [8, 22, 60])
def test_no_pane_can_be_made_unreadable(
    arrangement: Arrangement, divider: Divider, width: int, height: int
) -> None:
    allowed = limits(arrangement, divider, width=width, height=height, categories=20)
    for size in (-5, 0, 20, 1_000):
        assert clamp(size, allowed) in allowed
    is_lines = (arrangement, divider) == (Arrangement.MEDIUM, Divider.POSTS)
    assert allowed.start == (5 if is_lines else 12 if divider is Divider.CATEGORIES else 24)
    if len(allowed) > 1:
        taken = 20 if (arrangement, divider) == (Arrangement.WIDE, Divider.POSTS) else 0
        room = height if is_lines else width - taken
        assert room - (allowed.stop - 1) >= (7 if is_lines else 30)
