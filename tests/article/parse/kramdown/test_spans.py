"""Escapes, code, addresses and struck text, by a table."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    ("\\* \\_ \\` \\~ \\| \\# \\\\ \\{ \\!", "* _ ` ~ | # \\ { !"),
    ("\\a \\& \\% \\@ C:\\dir", "\\a \\& \\% \\@ C:\\dir"),
    ("甲\\\n乙\\\\\n丙  \n丁 \n戊", "甲⏎乙⏎丙⏎丁戊"),
    ("`a` ``b ` c`` `` `d` ``", "⟦a|c⟧ ⟦b ` c|c⟧ ⟦`d`|c⟧"),
    ("a ` b ` c", "a ` b ` c"),
    ("`a``b` `c", "⟦ab|c⟧ `c"),
    ("`a\nb` `<b>&amp;`", "⟦a b|c⟧ ⟦<b>&amp;|c⟧"),
    ("<http://h/a>，<http://h/a b>。", "⟦http://h/a|>http://h/a⟧，⟦http://h/a b|>http://h/a%20b⟧。"),
    ("<a@b.example>。", "⟦a@b.example|>mailto:a@b.example⟧。"),
    ("<mailto:a@b.example>。", "⟦a@b.example|>mailto:a@b.example⟧。"),
    ("http://h/a www.a.example", "http://h/a www.a.example"),
    ("~~a~~ ~~ b~~ ~~c ~~d~~", "⟦a|s⟧ ~~ b~~ ⟦c ~~d|s⟧"),
    ("~~a *b* `c` [d](http://h/)~~", "⟦a|s⟧ ⟦b|is⟧ ⟦c|cs⟧ ⟦d|s >http://h/⟧"),
    ("*a ~~b* c~~ ~x~ ~~~y", "*a ⟦b* c|s⟧ ~x~ ~~~y"),
    ("H~2~O x^2^", "H~2~O x^2^"),
    ("&amp; &copy; &#20013; &#x4e2d; AT&T &没; &nope;", "& © 中 中 AT&T &没; &nope;"),
    ('<code>"w" -- *v*</code> <kbd>a--b</kbd>', '⟦"w" -- *v*|c⟧ ⟦a--b|c⟧'),
    ("<code>*a* `b`", "⟦a|ic⟧ ⟦b|c⟧"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans"), TABLE)
def test_spans_are_read_as_kramdown_reads_them(text: str, spans: str) -> None:
    assert dump(parse_body(text)) == f"p {spans}\n"


def test_a_mark_at_the_end_of_a_text_is_text() -> None:
    for mark in ("\\", "`", "~~", "<", "*", "_", "[", "!", "&"):
        assert dump(parse_body(f"甲{mark}")) == f"p 甲{mark}\n"
