"""How tables are aligned, and what they keep as records."""

import pytest

from newsreader.article.document import Cell, Document, Spans, Table
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE
from newsreader.article.render.placed import to_text
from tests.article.values import make_span


def spans(text: str) -> Spans:
    return (make_span(text),)


def head(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(spans(text), heading=True) for text in texts)


def row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(spans(text)) for text in texts)


def shown(*rows: tuple[Cell, ...], width: int = 60) -> list[str]:
    return to_text(layout(Document((Table(rows),)), width, PLAIN_PALETTE)).splitlines()


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "12"),
        ("1,237", "37"),
        ("+5.2%", "-12.25%", "—"),
        ("−3", "＋", "4")[::2],
        ("¥1.50", "US$12", "n/a"),
        ("3亿元", "12.5亿元"),
        ("5 km/h", "120 km/h"),
        ("10-20", "5~6"),
        ("(3)", "12"),
        ("约3万人", "12万人"),
        ("7.1↑", "12.3↓", ""),
        ("1 234", "5"),
        ("25℃", "5°C"),
    ],
)
def test_a_column_of_numbers_stands_at_the_right(numbers: tuple[str, ...]) -> None:
    lines = shown(head("名", "数目是多少"), *(row("甲", number) for number in numbers))
    assert lines[0] == "名  数目是多少"
    width = 14
    for line, number in zip(lines[2:], numbers, strict=True):
        assert line.endswith(number)
        wide = sum(1 for character in line if character > "\u2e80" or character in "℃＋")
        if number and not set(number) & set("℃—°−↑↓"):
            assert len(line) + wide == width


@pytest.mark.parametrize(
    "texts",
    [
        ("1", "甲"),
        ("2024-05-01", "2024-5-1"),
        ("第3名", "第12名"),
        ("1.2.3", "4"),
        ("3 apples", "4"),
        ("—", ""),
        ("6:30", "12:05"),
        ("1" * 25, "2"),
    ],
)
def test_a_column_of_anything_else_stands_at_the_left(texts: tuple[str, ...]) -> None:
    lines = shown(head("名", "数目是多少" * 4), *(row("甲", text) for text in texts))
    for line, text in zip(lines[2:], texts, strict=True):
        assert line == f"甲  {text}".rstrip()


def test_a_head_takes_the_alignment_of_its_column_unless_it_has_its_own() -> None:
    body = [
        (Cell(spans(text), align="right"), Cell(spans(text), align="center"), Cell(spans("9")))
        for text in ("甲乙丙丁", "戊己庚辛")
    ]
    heads = (
        Cell(spans("右"), heading=True),
        Cell(spans("中"), heading=True),
        Cell(spans("数字"), heading=True, align="center"),
    )
    assert shown(heads, *body)[0] == "      右     中     数字"
    mixed = [row("甲乙丙丁"), (Cell(spans("戊"), align="right"),)]
    assert shown((Cell(spans("题"), heading=True),), *mixed) == [
        "题",
        "────────",
        "甲乙丙丁",
        "      戊",
    ]


def test_a_cell_over_several_columns_keeps_its_own_alignment() -> None:
    rows = (head("甲", "乙"), row("1", "22"), (Cell(spans("合计见后页说明"), colspan=2),))
    assert shown(*rows)[-1] == "合计见后页说明"
    assert shown(*rows)[2].endswith("22")


def test_links_in_heads_are_links_in_records_too() -> None:
    address = "https://a.org/"
    heads = (
        Cell((make_span("很长的"), make_span("表头", link=address)), heading=True),
        Cell((make_span("另一个很长的表头\n两行", anchor="h"),), heading=True),
    )
    cells = [row("值" * 20, "乙" * 20), row("丙" * 20, "丁" * 20)]
    placed = layout(Document((Table((heads, *cells)),)), 16, TERMINAL_PALETTE)
    assert to_text(placed).startswith("很长的表头：值值\n")
    assert "另一个很长的表头\n两行：" in to_text(placed)
    assert [(link.text, link.target) for link in placed.links] == [("表头", address)] * 2
    assert [(anchor.line, anchor.name) for anchor in placed.anchors] == [(4, "h")]
    linked = [s.text for line in placed.lines for s in line if s.style and s.style.link == address]
    assert linked == ["表头", "表头"]


def test_a_colon_is_as_wide_as_the_words_before_it() -> None:
    wide = shown(head("Name", "价格A"), row("x" * 40, "乙" * 40), width=20)
    assert wide[0].startswith("Name: x")
    assert any(line.startswith("价格A：乙") for line in wide)


def wide(columns: int, rows: int = 2) -> Document:
    """A table of one row of heads, each with its number, and `rows - 1` rows of values."""
    heads = head(*(f"h{number}" for number in range(columns)))
    values = row(*(f"v{number}" for number in range(columns)))
    return Document((Table((heads, *[values] * (rows - 1))),))


@pytest.mark.parametrize("columns", [59, 60, 61, 100, 1_600])
def test_every_value_of_a_wide_table_is_labelled_with_its_own_head(columns: int) -> None:
    lines = to_text(layout(wide(columns), 80, PLAIN_PALETTE)).splitlines()
    assert lines == [f"h{number}: v{number}" for number in range(columns)]


def test_a_head_over_very_many_columns_labels_each_of_them() -> None:
    heads = (Cell(spans("all"), heading=True, colspan=100), *head("last"))
    lines = shown(heads, row(*(f"v{number}" for number in range(101))))
    assert lines == [*(f"all: v{number}" for number in range(100)), "last: v100"]


def test_a_long_head_is_whole_once_and_cut_where_it_is_said_again() -> None:
    long = "很长的表头" * 100
    lines = shown(head(long, "b"), *(row("甲" * 40, "乙") for _ in range(3)))
    text = "".join(lines)
    assert text.count("很长的表头") == 100 + 2 * 12
    assert text.count("…：甲") == 2


def test_a_long_cell_that_several_records_share_is_whole_once() -> None:
    rows = [
        (Cell(spans("共" * 1_000), rowspan=3), Cell(spans("a" * 90))),
        row("b" * 90),
        row("c" * 90),
    ]
    assert "".join(shown(*rows)).count("共") == 1_000 + 2 * 60


def test_spans_that_claim_more_than_a_table_can_have_cover_what_is_left() -> None:
    claims = tuple((Cell(spans("x"), rowspan=1_000, colspan=100),) for _ in range(2_000))
    placed = layout(Document((Table(claims),)), 60, PLAIN_PALETTE)
    assert "".join(to_text(placed).split()).count("x") >= 2_000
    assert len(placed.lines) < 40_000


def test_a_cell_of_very_many_lines_costs_the_cells_beside_it_nothing() -> None:
    high = (*row(*["a"] * 20), Cell(spans("x\n" * 2_000 + "y")))
    placed = layout(Document((Table((high, row(*["b"] * 21))),)), 80, PLAIN_PALETTE)
    assert len(placed.lines) == 2_003
    assert sum(map(len, placed.lines)) < 3 * 2_003


def test_links_in_a_high_cell_stand_on_their_lines() -> None:
    links = tuple(
        part
        for number in range(50)
        for part in (make_span("x", link=f"https://h/{number}"), make_span("\n"))
    )
    placed = layout(
        Document((Table(((*row("a"), Cell(links[:-1])), row("b", "c"))),)), 60, TERMINAL_PALETTE
    )
    assert [(link.line, link.target) for link in placed.links] == [
        (number, f"https://h/{number}") for number in range(50)
    ]


def test_a_line_parts_the_bodies_of_a_table_and_its_footer() -> None:
    rows = (head("名", "数"), row("甲", "1"), row("乙", "2"), row("共", "3"))
    table = Table(rows, groups=(2, 3))
    assert to_text(layout(Document((table,)), 60, PLAIN_PALETTE)).splitlines() == [
        "名  数",
        "──  ──",
        "甲   1",
        "──  ──",
        "乙   2",
        "──  ──",
        "共   3",
    ]
