"""Emphasis, by a table and beside a parser that tries every mark as kramdown does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.parse.markdown import render_markdown
from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    ("**“好”**了，**对。**然后*“慢”*走", "⟦“好”|b⟧了，⟦对。|b⟧然后⟦“慢”|i⟧走"),
    ("**（一）**后 **注意：**看", "⟦（一）|b⟧后 ⟦注意：|b⟧看"),
    ("a*b*c 2**3**4 2 * 3 * 4", "a⟦b|i⟧c 2⟦3|b⟧4 2 * 3 * 4"),
    ("a_b_c 中_文_字 snake_case_name _a_b", "a_b_c 中_文_字 snake_case_name _a_b"),
    ("1_a_ x-_a_ (_a_)，_文_。", "1⟦a|i⟧ x-_a_ (⟦a|i⟧)，⟦文|i⟧。"),
    ("***a*** **a*b*c** *a**b**c*", "⟦a|bi⟧ ⟦a|b⟧⟦b|bi⟧⟦c|b⟧ ⟦a|i⟧⟦b|bi⟧⟦c|i⟧"),
    ("*a*b*c*", "⟦a|i⟧b⟦c|i⟧"),
    ("*a _b_ c* **a __b__ c**", "⟦a _b_ c|i⟧ ⟦a __b__ c|b⟧"),
    ("**a* *b**", "⟦a* *b|b⟧"),
    ("**a* b", "⟦*a|i⟧ b"),
    ("*a [*b](http://h/) c", "*a ⟦*b|>http://h/⟧ c"),
    ("*a `*` b* <b>*</b>", "⟦a |i⟧⟦*|ic⟧⟦ b|i⟧ ⟦*|b⟧"),
    ("\\__dir__ \\*a* *a\\*", "__dir__ *a* *a*"),
    ("* * *a", None),
    ("甲*　乙　*丙 **\xa0丁**", "甲⟦ 乙 |i⟧丙 ⟦丁|b⟧"),
    ("甲*乙\n丙*丁", "甲⟦乙丙|i⟧丁"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans"), TABLE)
def test_marks_become_emphasis(text: str, spans: str | None) -> None:
    if spans is not None:
        assert dump(parse_body(text)) == f"p {spans}\n"
    else:
        assert "⟦" not in dump(parse_body(text))


def try_marks(text: str) -> str:
    """Read emphasis by trying each mark and going back, as kramdown does; no other spans."""

    def read(at: int, open_: tuple[tuple[int, str], ...]) -> tuple[str, int | None]:
        begin, made = at, ""
        while at < len(text):
            char = text[at]
            if char not in "*_":
                made, at = made + char, at + 1
                continue
            if open_ and at > begin and _stops(*open_[-1], at):
                return made, at
            size = 2 if text.startswith(char * 2, at) else 1
            pieces, after = None, at
            blocked = (
                (char == "_" and re.search(r"[^\W\d_]-?\Z", text[:at]))
                or text[at + size : at + size + 1].isspace()
                or any(length == size for length, _ in open_)
            )
            if not blocked:
                sizes = [size] + ([1] if size == 2 and not (open_ and open_[-1][0] == 1) else [])
                for length in sizes:
                    inside, close = read(at + length, (*open_, (length, char)))
                    if close is not None:
                        tag = "em" if length == 1 else "strong"
                        pieces, after = f"<{tag}>{inside}</{tag}>", close + length
                        break
            if pieces is None:
                pieces, after = char * size, at + size
            made, at = made + pieces, after
        return made, None

    def _stops(length: int, mark: str, at: int) -> bool:
        if not text.startswith(mark * length, at) or (at and text[at - 1].isspace()):
            return False
        if length == 1 and re.match(re.escape(mark) * 2 + f"(?!{re.escape(mark)})", text[at:]):
            return False
        return mark == "*" or not text[at + length : at + length + 1].isalnum()

    return read(0, ())[0]


MARKS = st.lists(
    st.sampled_from(["*", "*", "**", "_", "__", "***", "a", "中", " ", "，", "1", "-a"]),
    max_size=12,
)


@given(MARKS.map("".join))
def test_marks_are_read_as_if_each_were_tried(marks: str) -> None:
    text = f"甲{marks}乙"
    assert render_markdown(text) == f"<p>{try_marks(text)}</p>\n"
