"""Fitting excerpts into lines."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from newsreader.search.excerpts import Excerpt
from newsreader.text import clean_line
from newsreader.tui.panes.excerpts import fit_excerpt


def excerpt_of(marked: str) -> Excerpt:
    """An excerpt whose matches stand in square brackets."""
    spans, text = [], ""
    for piece in marked.split("["):
        match, bracket, rest = piece.rpartition("]")
        if bracket:
            spans.append((len(text), len(text) + len(match)))
        text += match + rest
    return Excerpt(clean_line(text), tuple(spans))


@pytest.mark.parametrize(
    ("marked", "width", "fitted"),
    [
        ("a [b] c", 20, "a [b] c"),
        ("one two three four [five] six seven", 20, "…four [five] six seven"),
        ("河边的小镇修好了旧[水车]，孩子们说真好看", 20, "…了旧[水车]，孩子们说…"),
        ("before [a very long match indeed] after", 12, "…[a very lon]…"),
        ("before [match]", 4, "…[ma]…"),
        ("[水车]转[起来]了", 7, "[水车]转…"),
        ("a [b]", 1, "…"),
        ("a [b]", 0, ""),
    ],
)
def test_the_first_match_is_in_sight(marked: str, width: int, fitted: str) -> None:
    text, spans = fit_excerpt(excerpt_of(marked), width)
    assert cell_len(text) <= width
    for start, end in reversed(spans):
        text = clean_line(f"{text[:start]}[{text[start:end]}]{text[end:]}")
    assert text == fitted
