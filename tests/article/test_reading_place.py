"""Where a reader stopped is found again, at another width and in an edited text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.document import Document, Paragraph, Table
from newsreader.article.facts import reading_text
from newsreader.article.parse.parse_article import parse_article, parse_body
from newsreader.article.reading_place import CONTEXT, ReadingPlace, find_place, place_at
from newsreader.article.render.layout import layout
from newsreader.article.render.placed import to_text
from newsreader.posts.parse_post import parse_post
from tests.article.render.test_layout import documents, squeezed, tables
from tests.article.values import make_span
from tests.linear import expect_linear_in

SAMPLES = sorted((Path(__file__).parents[2] / "sample_posts" / "_posts").iterdir())
END = "尾"

# No two characters are the same, so every piece of the text is where it is and nowhere else.
TEXT = "".join(map(chr, range(0x4E00, 0x4E00 + 2_000)))
STRANGE = "".join(map(chr, range(0x8E00, 0x8E00 + 2_000)))
BEHIND = len(TEXT) - CONTEXT


def counted(document: Document, width: int) -> int:
    """The visible characters that a layout counts in a document."""
    whole = layout(Document((*document.blocks, Paragraph((make_span(END),)))), width)
    return whole.offsets[-1]


@pytest.mark.long
@given(documents, st.integers(1, 60))
def test_places_count_as_layouts_do(document: Document, width: int) -> None:
    assert len(reading_text(document)) == counted(document, width)


@pytest.mark.long
@given(tables, st.sampled_from([3, 12, 30, 80]))
def test_places_in_tables_count_as_layouts_do(table: Table, width: int) -> None:
    document = Document((table,))
    assert len(reading_text(document)) == counted(document, width)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_words_of_a_place_stand_on_its_line(path: Path) -> None:
    document = parse_article(parse_post(path.read_bytes(), path.name))
    text = reading_text(document)
    for width in (30, 80):
        placed = layout(document, width)
        rows = to_text(placed).split("\n")
        for line in range(0, len(placed.lines), 7):
            place = place_at(text, placed.offsets[line])
            assert find_place(text, place) == placed.offsets[line]
            if place.context and squeezed(rows[line])[:1] == place.context[:1]:
                # Another width shows the same words at the top.
                other = layout(document, 41)
                top = other.line_at(place.offset)
                below = "".join(to_text(other).split("\n")[top : top + 4])
                assert place.context[0] in below


@given(
    st.integers(0, BEHIND),
    st.integers(0, len(TEXT)),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_a_place_goes_with_its_words(offset: int, at: int, gone: int, new: int) -> None:
    place = place_at(TEXT, offset)
    edited = TEXT[:at] + STRANGE[:new] + TEXT[at + gone :]
    if at + gone <= offset or at >= offset + CONTEXT:
        moved = new - len(TEXT[at : at + gone]) if at + gone <= offset else 0
        assert find_place(edited, place) == offset + moved
        assert edited.startswith(place.context, find_place(edited, place))
    else:
        assert 0 <= find_place(edited, place) <= len(edited)


@given(st.integers(400, BEHIND), st.integers(0, CONTEXT - 1), st.integers(0, 3), st.integers(0, 3))
def test_an_edit_inside_the_words_moves_a_place_by_no_more_than_itself(
    offset: int, inside: int, gone: int, new: int
) -> None:
    at = offset + inside
    edited = STRANGE[:200] + TEXT[:at] + STRANGE[200 : 200 + new] + TEXT[at + gone :]
    assert abs(find_place(edited, place_at(TEXT, offset)) - (offset + 200)) <= gone + new


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("", ReadingPlace(5, "甲"), 0),
        ("甲乙丙", ReadingPlace(99), 3),
        ("甲乙丙", ReadingPlace(99, "丁"), 3),
        ("甲乙丙", ReadingPlace(-4, "乙丙"), 1),
        ("甲乙丙丁", ReadingPlace(1, "乙"), 1),
        (f"{TEXT[:50]}{TEXT[:50]}{TEXT[:50]}", ReadingPlace(60, TEXT[:CONTEXT]), 50),
        (f"{TEXT[:50]}{TEXT[:50]}{TEXT[:50]}", ReadingPlace(80, TEXT[:CONTEXT]), 100),
        (TEXT, ReadingPlace(10, STRANGE[:CONTEXT]), 10),
        # A few characters stand anywhere: far from where they were they say nothing.
        ("甲乙" + TEXT[:500], ReadingPlace(400, "甲乙"), 400),
        ("甲乙" + TEXT[:500], ReadingPlace(60, "甲乙"), 0),
    ],
)
def test_the_nearest_words_count_else_the_number(
    text: str, place: ReadingPlace, found: int
) -> None:
    assert find_place(text, place) == found


@given(st.text(max_size=80), st.integers(-5, 90), st.text(max_size=40))
def test_any_place_is_found_in_any_text(text: str, offset: int, context: str) -> None:
    assert 0 <= find_place(text, ReadingPlace(offset, context)) <= len(text)
    assert find_place(text, place_at(text, offset)) == max(0, min(offset, len(text)))


def test_an_edited_article_opens_where_it_was_left() -> None:
    before = parse_body(
        "".join(f"<p>第{number}段说的是第{number}件事。</p>" for number in range(90))
    )
    after = parse_body(
        "> 新的摘要，原来没有。\n\n"
        + "".join(f"<p>第{number}段说的是第{number}件事。</p>" for number in range(2, 90))
    )
    first, second = layout(before, 40), layout(after, 40)
    line = next(at for at, row in enumerate(to_text(first).split("\n")) if "第70段" in row)
    place = place_at(reading_text(before), first.offsets[line])
    top = second.line_at(find_place(reading_text(after), place))
    assert "第70段" in to_text(second).split("\n")[top]


@pytest.mark.long
@pytest.mark.parametrize("text", ["甲" * 400_000, ("甲" * 15 + "乙") * 25_000, TEXT * 200])
def test_a_place_in_a_very_long_article_is_found_in_linear_time(text: str) -> None:
    def find(text: str) -> None:
        find_place(text, ReadingPlace(len(text) // 2, "甲" * (CONTEXT - 1) + "丙"))
        find_place(text, ReadingPlace(len(text) // 2, "丙" + "甲" * (CONTEXT - 1)))

    expect_linear_in(find, text)
