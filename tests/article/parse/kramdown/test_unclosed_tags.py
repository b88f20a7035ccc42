"""Tags that nothing closes, by a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    # What would take in all that follows is the word for itself.
    ("<title> 与 <script>、<select>\n\n*后*", ["p <title> 与 <script>、<select>", "p ⟦后|i⟧"]),
    ("用 <div>、<p> 和 <h1>\n\n后", ["p 用 <div>、<p> 和 <h1>", "p 后"]),
    ("- <svg> 甲\n- **<video> 乙**", ["bullet", "  -", "    p <svg> 甲", "  -",
                                     "    p ⟦<video> 乙|b⟧"]),
    ("<b>甲 <iframe> 乙</b> 丙", ["p ⟦甲 <iframe> 乙|b⟧ 丙"]),
    ("甲 <div>乙</div> <button>", ["p 甲", "p 乙", "p <button>"]),
    # Running text ends with its block.
    ("甲<b>乙\n\n丙", ["p 甲⟦乙|b⟧", "p 丙"]),
    ("# <i>甲\n\n- <u>乙\n- 丙", ["h1 ⟦甲|i⟧", "bullet", "  -", "    p ⟦乙|u⟧", "  -", "    p 丙"]),
    ("<i class='x'/> 甲\n\n乙 <em/>丙", ["p 甲", "p 乙 丙"]),
    ("<u a=/b/>甲 <b c/>乙", ["p ⟦甲 乙|u⟧"]),
    ("<code>甲\n\n乙", ["p ⟦甲|c⟧", "p 乙"]),
    # What is closed is as before.
    ("<ul><li>甲<li>乙</ul>", ["bullet", "  -", "    p 甲", "  -", "    p 乙"]),
    ("文 <ul><li>甲<li>乙</ul>", ["p 文", "bullet", "  -", "    p 甲", "  -", "    p 乙"]),
    ("甲 <title>乙</title> 丙", ["p 甲 丙"]),
    ("<ruby>漢<rt>かん</ruby>字", ["p 漢(かん)字"]),
    # A tag or comment that is cut off begins no HTML.
    ('<div class="x>甲</div>\n\n*后*', ["p <div class=”x>甲", "p ⟦后|i⟧"]),
    ("<!-- 甲\n\n*后*", ["p <!– 甲", "p ⟦后|i⟧"]),
    ("> <p title='甲\n\n*后*", ["quote", "  p <p title=’甲", "p ⟦后|i⟧"]),
    ("<div\n\n*后*", ["p <div", "p ⟦后|i⟧"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), TABLE)
def test_a_tag_takes_in_nothing_behind_its_text(text: str, lines: list[str]) -> None:
    assert dump(parse_body(text)).splitlines() == lines


TAGS = st.sampled_from(
    ["<title>", "<div>", "<b>", "</b>", "<p>", "<select>", "<svg>", "<i/>", "</div>", "甲", " ",
     "<pre>", "<textarea>", "<code>", "*", '<a href="', "<!-- "]
)  # fmt: skip


@given(st.lists(TAGS, max_size=8).map("".join))
def test_the_next_paragraph_is_always_seen(text: str) -> None:
    assert dump(parse_body(f"文 {text}\n\n末段\n")).endswith("p 末段\n")
