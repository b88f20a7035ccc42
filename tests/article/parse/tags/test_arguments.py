from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.parse.tags.arguments import read_arguments


@pytest.mark.parametrize(
    ("written", "words", "named"),
    [
        ("", (), {}),
        ("a.html b=\"c d\" E='f'", ("a.html",), {"b": "c d", "e": "f"}),
        ("a, 'b c' lang:ruby", ("a,", "b c"), {"lang": "ruby"}),
        ("http://h/a?b=c d", ("http://h/a?b=c", "d"), {}),
        ("a = 'b'", (), {"a": "b"}),
        ("a=page.b c=known d=1", (), {"c": "value", "d": "1"}),
        ("a=\"it's\" 'x", ("x",), {"a": "it's"}),
        ("鲁迅, 书名", ("鲁迅,", "书名"), {}),
    ],
)
def test_arguments_are_words_and_named_words(
    written: str, words: tuple[str, ...], named: dict[str, str]
) -> None:
    read = read_arguments(written, {"known": "value"})
    assert (read.words, read.named) == (words, named)


@given(st.text(alphabet="ab=:\"' ,\n{%", max_size=60))
def test_any_text_can_be_read(written: str) -> None:
    read = read_arguments(written, {})
    assert all(read.words)
