"""Lines and marks in ASCII."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from newsreader.tui.looks.glyphs import GlyphFilter, ascii_table

BLACK = Color(0, 0, 0)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("╭─ All ─╮", "+- All -+"),
        ("╔═ All ═╗", "+= All =+"),
        ("│ ● 水车 │", "| o 水车 |"),
        ("║ ★ a ║", "| * a |"),
        ("├┼┤┴┬", "+++++"),
        ("━━╸", "---"),
        ("▁▂▅", "   "),
        ("█░", "##"),
        ("“a” – ‘b’ … ×5 ↪", "\"a\" - 'b' . x5 >"),
        ("plain", "plain"),
        ("中文é", "中文é"),
    ],
)
def test_lines_and_marks_become_ascii(text: str, drawn: str) -> None:
    style = Style(bold=True)
    (segment,) = GlyphFilter(ascii_table()).apply([Segment(text, style)], BLACK)
    assert segment == Segment(drawn, style)


def test_nothing_moves() -> None:
    for code, replacement in ascii_table().items():
        assert cell_len(replacement) == cell_len(chr(code)), chr(code)
        assert replacement.isascii()


def test_what_the_encoding_has_is_left() -> None:
    table = ascii_table("gbk")
    assert ord("─") not in table
    assert ord("★") not in table
    assert ord("╭") in ascii_table("latin-1")
    assert ord("·") not in ascii_table("latin-1")
    assert ascii_table("utf-8") == {}
    assert ascii_table("no such encoding") == ascii_table()


def test_texts_keep_their_punctuation_where_only_lines_are_wanted() -> None:
    table = ascii_table(lines_only=True)
    assert ord("“") not in table
    assert ord("─") in table
    assert ord("●") in table
