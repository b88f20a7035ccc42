"""What holds of every layout, and what single blocks and measures come to."""

import io
from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from newsreader.article.document import (
    Block,
    Cell,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout, layout_steps
from newsreader.article.render.palette import PLAIN_PALETTE, TERMINAL_PALETTE, Palette
from newsreader.article.render.placed import (
    Layout,
    anchor_of,
    render_lines,
    to_text,
)
from newsreader.text import clean_text
from tests.article.values import make_code, make_figure, make_header, make_span
from tests.linear import expect_linear

ROLES = [role.name for role in fields(Palette) if role.name != "code_theme"]
NAMED = Palette(**{name: Style(meta={name: True}) for name in ROLES}, code_theme="")
OURS = {"bullet", "quote_bar", "mark", "rule", "table_rule"}


def spans(text: str) -> Spans:
    return (make_span(text),)


def said(text: str) -> Paragraph:
    return Paragraph(spans(text))


def rows(placed: Layout) -> list[str]:
    return to_text(placed).splitlines()


def laid(width: int, *blocks: Block) -> list[str]:
    return rows(layout(Document(blocks), width))


def roles(segment: Segment) -> set[str]:
    return set(segment.style.meta) if segment.style else set()


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---- Documents of every kind


words = st.text("中文，。“”（）—…ab1.,- \u0301❤\ufe0f\u200d👩", max_size=24)
styles = st.sampled_from([Emphasis.NONE, Emphasis.BOLD, Emphasis.CODE | Emphasis.DIM])
targets = st.sampled_from(["", "", "https://example.com/", "#note"])
anchors = st.sampled_from(["", "", "", "note", "top"])
texts = st.lists(st.builds(Span, words, styles, targets, anchors), max_size=3).map(tuple)
code = st.text("ab {}\n\t中", max_size=40)


def nested(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    inside = st.lists(blocks, max_size=2).map(tuple)
    items = st.lists(st.builds(Item, inside, texts), min_size=1, max_size=3).map(tuple)
    kinds = st.sampled_from(["bullet", "number", "definition"])
    return st.builds(Quote, inside) | st.builds(
        List, kinds, items, st.sampled_from([0, 1, 99]), st.booleans()
    )


simple = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(Heading, st.integers(1, 6), texts),
    st.builds(CodeBlock, code, st.sampled_from(["", "ruby", "nonsense"])),
    st.builds(Figure, st.just("image"), targets, words, texts),
    st.just(Rule()),
)
blocks = st.recursive(simple, nested, max_leaves=8)
documents = st.lists(blocks, max_size=3).map(lambda found: Document(tuple(found)))
cells = st.builds(
    Cell,
    texts,
    st.integers(1, 3),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from(["left", "center", "right"]),
)
tables = st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4).map(
    lambda found: Table(tuple(found))
)


def text_of(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def words_of(block: Block) -> str:
    """What a reader must find of a block, in order."""
    match block:
        case Paragraph(found) | Heading(_, found):
            return text_of(found)
        case Quote(inside):
            return "".join(map(words_of, inside))
        case List(kind, items):
            return "".join(
                (text_of(item.term) if kind == "definition" else "")
                + "".join(map(words_of, item.blocks))
                for item in items
            )
        case CodeBlock(text):
            return text
        case Figure(_, _, alt, caption):
            return (f"[图: {alt}]" if alt.split() else "[图]") + text_of(caption)
        case Table(found, caption):
            return text_of(caption) + "".join(text_of(cell.spans) for row in found for cell in row)
        case _:
            return ""


@pytest.mark.long
@given(documents, st.integers(2, 120))
@settings(max_examples=100)
def test_every_line_fits_and_no_character_is_lost_invented_or_moved(
    document: Document, width: int
) -> None:
    placed = layout(document, width, NAMED)
    shown = ""
    for line in placed.lines:
        assert sum(segment.cell_length for segment in line) <= width
        shown += "".join(segment.text for segment in line if not roles(segment) & OURS)
    assert all(cell_len(row) <= width for row in rows(placed))
    expected = "".join(map(words_of, document.blocks))
    if width >= 12:
        assert squeezed(shown) == squeezed(expected)


def test_markers_of_empty_items_in_items_fill_lines_of_their_own() -> None:
    inner = List("number", (Item(()),), start=0)
    for _ in range(3):
        inner = List("number", (Item((inner,)),), start=0)
    placed = layout(Document((List("number", (Item((inner,)),), start=99),)), 10, NAMED)
    assert [row.split() for row in rows(placed)] == [["99.", "0.", "0."], ["0.", "0."]]


@pytest.mark.long
@given(documents, st.integers(12, 80), st.integers(12, 80))
@settings(max_examples=100)
def test_a_reading_place_survives_a_change_of_width(
    document: Document, width: int, other: int
) -> None:
    before, after = layout(document, width, NAMED), layout(document, other, NAMED)
    assert list(before.offsets) == sorted(before.offsets)
    assert len(before.offsets) == len(before.lines)
    total = len(squeezed("".join(map(words_of, document.blocks))))
    for number, offset in enumerate(before.offsets):
        assert 0 <= offset <= total
        line = before.line_at(offset)
        assert before.offsets[line] == offset
        assert line >= number or offset == 0
        found = after.line_at(offset)
        assert after.offsets[found] <= offset
        assert found + 1 == len(after.lines) or offset == 0 or after.offsets[found + 1] > offset


@pytest.mark.long
@given(tables, st.integers(2, 120))
@settings(max_examples=100)
def test_a_table_fits_and_keeps_all_of_its_text(table: Table, width: int) -> None:
    placed = layout(Document((table,)), width, NAMED)
    shown = ""
    for line in placed.lines:
        assert sum(segment.cell_length for segment in line) <= width
        shown += "".join(segment.text for segment in line if not roles(segment) & OURS)
    for character in set(squeezed(words_of(table))):
        assert shown.count(character) >= words_of(table).count(character)


@pytest.mark.long
@given(tables)
@settings(max_examples=50)
def test_a_table_counts_the_same_as_a_grid_and_as_records(table: Table) -> None:
    document = Document((table, said("后")))
    counts = {layout(document, width, NAMED).offsets[-1] for width in (14, 40, 400)}
    assert counts == {len(squeezed(words_of(table)))}


@pytest.mark.long
@given(documents, st.integers(8, 80), st.integers(-1, 12), st.booleans())
@settings(max_examples=100)
def test_laying_out_bit_by_bit_comes_to_the_same(
    document: Document, width: int, first: int, cut: bool
) -> None:
    header, footer = make_header("题", ("甲",)), clean_text("Cut." if cut else "")
    whole = layout(document, width, header=header, footer=footer)
    steps = list(layout_steps(document, width, header=header, footer=footer, first_lines=first))
    assert steps[-1] == whole
    for step, after in pairwise(steps):
        assert len(step.lines) < len(after.lines) or step.lines == after.lines
        height = len(step.lines)
        assert step.lines == whole.lines[:height]
        assert step.offsets == whole.offsets[:height]
        assert step.headings == tuple(each for each in whole.headings if each.line < height)
        assert step.links == tuple(each for each in whole.links if each.line < height)
        assert step.anchors == tuple(each for each in whole.anchors if each.line < height)


def test_a_long_article_shows_its_first_lines_before_the_others_are_made() -> None:
    document = Document(tuple(said("文") for _ in range(5_000)))
    heights = [len(step.lines) for step in layout_steps(document, 40, first_lines=50)]
    assert heights == [51, 511, 5111, 9999]
    assert [len(step.lines) for step in layout_steps(Document((said("短"),)), 40)] == [1]


@pytest.mark.long
@given(documents, st.integers(1, 3))
def test_a_column_of_one_cell_is_safe(document: Document, width: int) -> None:
    placed = layout(document, width, header=make_header("题", ("甲",)))
    assert all(cell_len(row) <= width for row in rows(placed))


# ---- Single rules


def test_an_empty_document_has_no_lines() -> None:
    placed = layout(Document(()), 40)
    assert (placed.lines, placed.offsets, to_text(placed)) == ((), (), "")
    assert placed.line_at(7) == 0


def test_the_header_is_no_part_of_the_reading_place() -> None:
    placed = layout(
        Document((said("甲乙"), said("丙"))), 40, header=make_header("题目", ("今天", "南方"))
    )
    assert rows(placed) == ["题目", "今天 · 南方", "", "甲乙", "", "丙"]
    assert placed.offsets == (0, 0, 0, 0, 2, 2)
    assert [placed.line_at(offset) for offset in (-1, 0, 1, 2, 99)] == [0, 0, 3, 5, 5]


def test_a_long_title_is_balanced_and_facts_are_kept_whole() -> None:
    title = "北京冬奥会闭幕日百万个冰墩墩"
    placed = layout(
        Document(()), 24, header=make_header(title, ("2022-02-25 11:01", "南方网新闻", "5 min"))
    )
    assert rows(placed) == [
        "北京冬奥会闭幕",
        "日百万个冰墩墩",
        "2022-02-25 11:01",
        "南方网新闻 · 5 min",
    ]


def test_a_header_without_title_or_facts_leaves_no_gap() -> None:
    assert rows(layout(Document((said("甲"),)), 20, header=make_header("", ("", "")))) == ["甲"]


def test_headings_are_placed_and_told_apart_by_style_and_space() -> None:
    document = Document(
        (Heading(2, spans("上\n下")), said("文"), Heading(3, spans("小")), said("文"))
    )
    placed = layout(document, 20, NAMED)
    assert rows(placed) == ["上", "下", "", "文", "", "小", "文"]
    assert [(h.line, h.level, h.text) for h in placed.headings] == [(0, 2, "上 下"), (5, 3, "小")]
    assert "heading_major" in roles(placed.lines[0][0])
    assert "heading_major" in roles(placed.lines[1][0])
    assert "heading_minor" in roles(placed.lines[5][0])
    bold = layout(document, 20)
    assert all(bold.lines[line][0].style.bold for line in (0, 1, 5))  # type: ignore[union-attr]


def test_more_space_stands_above_a_major_heading() -> None:
    assert laid(20, said("文"), Heading(2, spans("题")), said("文")) == [
        *("文", "", "", "题", "", "文"),
    ]


def test_levels_of_headings_are_told_apart_even_without_styles() -> None:
    document = Document(
        (
            Heading(1, spans("大标题")),
            said("文"),
            Heading(2, spans("中")),
            said("文"),
            Heading(3, spans("小")),
            Quote((said("引"), Heading(1, spans("里")))),
        )
    )
    assert rows(layout(document, 20, PLAIN_PALETTE)) == [
        *("大标题", "━━━━━━", "", "文", "", "", "中", "", "文", "", "小"),
        *("▎ 引", "▎", "▎ 里", "▎ ━━"),
    ]
    styled = layout(Document((Heading(3, spans("三")), Heading(4, spans("四")))), 20)
    third, fourth = styled.lines[0][0].style, styled.lines[2][0].style
    assert third is not None
    assert fourth is not None
    assert (third.bold, third.italic, fourth.bold, fourth.italic) == (True, None, True, True)


def test_links_are_placed_where_they_begin_and_open_in_the_terminal() -> None:
    document = Document(
        (
            said("一二三四五"),
            Paragraph(
                (
                    make_span("甲乙丙丁"),
                    make_span("这里", link="https://a.org/"),
                    make_span("就是", Emphasis.BOLD, "https://a.org/"),
                    make_span("注", link="#n1"),
                    make_span("信", link="mailto:a@b.org"),
                )
            ),
            make_figure("image", "https://a.org/x.png", "图表"),
        )
    )
    placed = layout(document, 10)
    assert [(link.line, link.text, link.target) for link in placed.links] == [
        (2, "这里就是", "https://a.org/"),
        (3, "注", "#n1"),
        (3, "信", "mailto:a@b.org"),
        (5, "[图: 图表]", "https://a.org/x.png"),
    ]
    opened = {
        segment.text: segment.style.link
        for line in placed.lines
        for segment in line
        if segment.style and segment.style.link
    }
    assert opened["这"] == "https://a.org/"
    assert "注" not in opened
    ids = {
        segment.style.link_id
        for line in placed.lines
        for segment in line
        if segment.style and segment.style.link == "https://a.org/" and not segment.style.bold
    }
    assert len(ids) == 1  # a terminal lights up both halves of a broken link


def test_links_inside_the_article_lead_to_lines_and_never_reach_the_terminal() -> None:
    note = Paragraph((make_span("见上", anchor="n1"), make_span("↩", link="#top")))
    head = (Cell((make_span("列", anchor="c1"),), heading=True), Cell(spans("值"), heading=True))
    body = (
        Cell((make_span("甲", anchor="c2"), make_span("注", link="#n1"))),
        Cell(spans("乙" * 40)),
    )
    table = Table((head, body, (Cell(spans("丙")), Cell(spans("丁")))))
    document = Document(
        (
            Heading(2, (make_span("题", anchor="top"),)),
            Paragraph(
                (
                    make_span("一二三四五六"),
                    make_span("七", link="#n1"),
                    make_span("八", anchor="mid"),
                )
            ),
            Quote((List("number", (Item((note,)),)),)),
            List("definition", (Item((said("义"),), (make_span("词", anchor="term"),)),)),
            make_figure("image", "", "图", (make_span("说明", anchor="fig"),)),
            table,
        )
    )
    for width in (14, 40):
        placed = layout(document, width)
        found = {anchor.name: anchor.line for anchor in placed.anchors}
        assert len(found) == len(placed.anchors) == 7
        shown = rows(placed)
        starts = {"top": "题", "mid": "八", "n1": "见上", "term": "词", "fig": "说明", "c2": "甲"}
        for name, text in (starts | {"c1": "列"}).items():
            assert text in shown[found[name]]
            assert placed.line_of_anchor(name) == found[name]
        assert placed.line_of_anchor("nowhere") is None
        inner = [(link.text, link.inner) for link in placed.links if link.inner]
        assert inner == [("七", "n1"), ("↩", "top"), ("注", "n1")]
        clicked = {
            segment.text: anchor_of(segment.style)
            for line in placed.lines
            for segment in line
            if anchor_of(segment.style)
        }
        assert clicked == {"七": "n1", "↩": "top", "注": "n1"}
        assert all(not s.style.link for line in placed.lines for s in line if s.style)
    assert anchor_of(None) == ""
    console = Console(force_terminal=True, file=io.StringIO(), width=40)
    for line in render_lines(layout(document, 40)):
        console.print(line)
    assert isinstance(console.file, io.StringIO)
    assert "\x1b]8" not in console.file.getvalue()


def test_struck_out_text_is_marked_where_no_style_shows_it() -> None:
    old = Paragraph(
        (
            make_span("价"),
            make_span("10", Emphasis.STRIKE),
            make_span("元", Emphasis.STRIKE | Emphasis.BOLD),
            make_span("\u030120元"),
        )
    )
    document = Document((old, said("后")))
    plain, styled = layout(document, 40, PLAIN_PALETTE), layout(document, 40)
    assert rows(plain) == ["价~~10元\u0301~~20元", "", "后"]
    assert rows(styled) == ["价10元\u030120元", "", "后"]
    assert plain.offsets == styled.offsets  # the marks are ours: a reading place skips them
    ends = Document((Paragraph((make_span("旧", Emphasis.STRIKE),)), said("新")))
    assert rows(layout(ends, 40, PLAIN_PALETTE)) == ["~~旧~~", "", "新"]


def test_text_is_never_markup() -> None:
    text = "[bold]题[/x] :fire: [@click=app.quit]y[/] `a`"
    placed = layout(Document((said(text),)), 80, header=make_header("[red]t[/] :smile:", ("[b]",)))
    assert rows(placed) == ["[red]t[/] :smile:", "[b]", "", text]
    assert [text.plain for text in render_lines(placed)] == rows(placed)


def test_a_tab_takes_the_cells_it_is_drawn_with() -> None:
    assert laid(20, said("a\tb"), make_code("\ta\n中\tb")) == ["a b", "", "      a", "  中   b"]


def test_a_mark_in_a_style_of_its_own_stays_with_its_letter() -> None:
    document = Document((Paragraph((make_span("❤"), make_span("\ufe0f好", Emphasis.BOLD))),))
    placed = layout(document, 4)
    assert rows(placed) == ["❤\ufe0f好"]
    assert [segment.text for segment in placed.lines[0]] == ["❤\ufe0f", "好"]

    family = Paragraph(
        (make_span("👩\u200d"), make_span("👩", Emphasis.BOLD), make_span("\u200d👧好"))
    )
    assert rows(layout(Document((family,)), 2)) == ["👩\u200d👩\u200d👧", "好"]


def test_code_keeps_its_spaces_and_says_where_a_line_was_broken() -> None:
    long = make_code("def f(a, b):\n    return a  +  b", "nonsense")
    assert laid(18, long) == ["  def f(a, b):", "      return a  +", "  ↪  b"]
    assert laid(8, make_code("abcdefghij")) == ["abcdefgh", "↪ ij"]


def test_code_with_a_background_fills_the_column() -> None:
    palette = Palette(
        **{name: Style() for name in ROLES if name != "code_block"},
        code_block=Style(bgcolor="#333333"),
        code_theme="monokai",
    )
    placed = layout(Document((make_code("puts 1\n\nif x", "ruby"),)), 20, palette)
    for line in placed.lines:
        assert sum(segment.cell_length for segment in line) == 20
        assert all(s.style and s.style.bgcolor == palette.code_block.bgcolor for s in line)
    assert any(segment.style and segment.style.color for segment in placed.lines[0])


def test_code_in_a_known_language_is_coloured_and_the_same_text() -> None:
    block = make_code("# hi\nputs 'a'\n\n  x", "ruby")
    coloured, plain = layout(Document((block,)), 30), layout(Document((block,)), 30, PLAIN_PALETTE)
    assert to_text(coloured) == to_text(plain)
    assert len({segment.style for line in coloured.lines for segment in line}) > 2
    assert len({segment.style for line in plain.lines for segment in line}) == 1


def test_deep_nesting_drops_indentation_before_it_drops_text() -> None:
    block: Block = said("深处的文字")
    for _ in range(30):
        block = Quote((List("bullet", (Item((block,)),)),))
    for width in (12, 20, 40):
        shown = laid(width, block)
        assert all(cell_len(row) <= width for row in shown)
        assert "深处的文字" in squeezed("".join(shown)).replace("▎", "").replace("•", "")


def test_a_mark_that_begins_an_item_does_not_cling_to_its_bullet() -> None:
    item = Item((Paragraph((make_span(""), make_span("\u0301甲"))),))
    line = layout(Document((List("bullet", (item,)),)), 10, NAMED).lines[0]
    assert [(segment.text, roles(segment)) for segment in line] == [
        ("• ", {"bullet", "text"}),
        ("\u0301甲", {"text"}),
    ]


def test_a_number_without_room_of_its_own_leads_its_text() -> None:
    items = tuple(Item((said("甲乙丙丁"),)) for _ in range(2))
    assert laid(10, List("number", items, 9)) == ["9. 甲乙丙", "丁", "10. 甲乙丙", "丁"]
    code_only = List("number", (Item((make_code("x"),)),))
    assert laid(10, code_only) == ["1.", "x"]


def hostile_document(size: int) -> Document:
    """A document whose every part is as deep, long or wide as `size` says."""
    deep: Block = said("深")
    lists: Block = said("深")
    for _ in range(size):
        deep = Quote((deep,))
        lists = List("number", (Item((lists,)),), 1)
    cell = Cell(spans("中文"), 100, 1000)
    return Document(
        (
            deep,
            lists,
            said("a" * 12 * size + "，" * 12 * size),
            Paragraph(tuple(make_span("中", Emphasis.BOLD) for _ in range(2 * size))),
            Paragraph(tuple(make_span("中", link=f"https://a.org/{n}") for n in range(size))),
            Table(tuple((cell, cell) for _ in range(size // 8))),
            Table(tuple(tuple(Cell(spans("a")) for _ in range(100)) for _ in range(size // 40))),
            make_code("x" * 12 * size, "ruby"),
        )
    )


@pytest.mark.long
@pytest.mark.parametrize("palette", [TERMINAL_PALETTE, PLAIN_PALETTE])
def test_hostile_documents_are_laid_out_in_linear_time(palette: Palette) -> None:
    expect_linear(lambda size: layout(hostile_document(size), 80, palette), 8_000)
    placed = layout(hostile_document(1_000), 80, palette)
    assert all(cell_len(row) <= 80 for row in rows(placed))


def test_marks_in_spans_of_their_own_do_not_pile_up_without_end() -> None:
    body = "e" + "<b>\u0301\u0301</b><i>\u0301</i>" * 1_000 + "x"
    placed = layout(parse_body(f"<p>{body}</p>"), 40)
    assert to_text(placed).count("\u0301") <= 16
    assert to_text(placed).replace("\u0301", "") == "ex\n"


@pytest.mark.parametrize(
    "texts",
    [
        ("，\u200d\u200d", "\u200d中👩a"),
        ("中\u200d", "\u200d\u200d", "\u200d中a"),
        ("a\u200d", "中中"),
        ("a\u200d\u200d", "中中"),
        ("中", *["\u200d中"] * 30),
    ],
)
def test_no_letter_is_lost_where_joiners_stand_between_styles(texts: tuple[str, ...]) -> None:
    bold = [Emphasis.BOLD, Emphasis.NONE]
    joined = tuple(Span(make_span(text).text, bold[n % 2]) for n, text in enumerate(texts))
    table = Table(((Cell(joined), Cell(spans("b"))),))
    for document in (Document((table,)), Document((Paragraph(joined),))):
        placed = layout(document, 2, NAMED)
        assert all(sum(each.cell_length for each in line) <= 2 for line in placed.lines)
        shown = "".join(segment.text for line in placed.lines for segment in line)
        assert shown.replace("\u200d", "").startswith("".join(texts).replace("\u200d", ""))
