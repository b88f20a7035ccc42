"""A quick line is a line of Textual's."""

from __future__ import annotations

import copy

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newsreader.tui.textual_private.strips import QuickStrip

SEGMENTS = [Segment("中文", Style(bold=True)), Segment(" and ", None), Segment("more", Style())]


def test_a_quick_line_does_what_others_do() -> None:
    quick, other = QuickStrip(list(SEGMENTS), 13), Strip(SEGMENTS, 13)
    assert list(quick.crop(2, 8)) == list(other.crop(2, 8))
    assert quick.divide([3, 13]) == other.divide([3, 13])
    assert quick.adjust_cell_length(20) == other.adjust_cell_length(20)
    assert (quick.text, quick.cell_length, quick.link_ids) == (other.text, 13, other.link_ids)
    assert quick == other


def test_what_no_line_has_a_quick_one_has_not_either() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        getattr(QuickStrip([], 0), "nothing")  # noqa: B009  (the checker knows that it is not there)
    assert copy.copy(QuickStrip(list(SEGMENTS), 13)) == Strip(SEGMENTS, 13)
