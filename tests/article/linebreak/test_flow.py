"""What the layout takes out of a text before its lines are broken."""

from __future__ import annotations

from newsreader.article.document import Document, Paragraph
from newsreader.article.render.layout import layout
from tests.article.values import make_span


def drawn(text: str, width: int) -> list[str]:
    document = Document((Paragraph((make_span(text),)),))
    lines = layout(document, width).lines
    return ["".join(segment.text for segment in line) for line in lines]


def test_a_soft_hyphen_is_neither_drawn_nor_measured() -> None:
    assert drawn("Do\u00adnau\u00addampf\u00adschiff", 15) == ["Donaudampfschiff"[:15], "f"]
    assert drawn("Do\u00adnau\u00addampf", 10) == ["Donaudampf"]


def test_a_blank_that_no_terminal_draws_alike_is_a_space() -> None:
    assert drawn("甲\u2003乙\u3000丙\u00a0丁", 40) == ["甲 乙\u3000丙\u00a0丁"]
