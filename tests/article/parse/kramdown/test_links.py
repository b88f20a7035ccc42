"""Links and images, by a table."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

SITE = "https://s.example"
DEFINED = '\n\n[1]: http://one/\n[x]: http://ex/ "t"\n[甲 乙]: http://cn/\n'

TABLE = [
    # Addresses with spaces, parentheses, other scripts.
    ("[x](/a b.pdf)。", f"p ⟦x|>{SITE}/a%20b.pdf⟧。"),
    ("![猫](/img/我的 图.png)", f"image {SITE}/img/%E6%88%91%E7%9A%84%20%E5%9B%BE.png alt=猫"),
    ("![x](/x.png =100x20)", f"image {SITE}/x.png alt=x"),
    ("![x](/x.png =100x)", f"image {SITE}/x.png alt=x"),
    ("![x](/x.png =50%x)", f"image {SITE}/x.png alt=x"),
    ("[x](/a(b)c)。", f"p ⟦x|>{SITE}/a(b)c⟧。"),
    ("[x](/（甲）)。", f"p ⟦x|>{SITE}/%EF%BC%88%E7%94%B2%EF%BC%89⟧。"),
    ("[x](</a b>)。[y](<http://h/>)", f"p ⟦x|>{SITE}/a%20b⟧。⟦y|>http://h/⟧"),
    ("[x]( http://h/ )。", "p ⟦x|>http://h/⟧。"),
    ("[x](http://h/\n)。", "p ⟦x|>http://h/⟧。"),
    ("[x](http://h/?a=1&amp;b=2)。", "p ⟦x|>http://h/?a=1&b=2⟧。"),
    ("[x](http://h/a\\_b)。", "p ⟦x|>http://h/a_b⟧。"),
    # Titles.
    ('[x](http://h/ "a "b" c")。', "p ⟦x|>http://h/⟧。"),
    ("[x](http://h/ 'a')。", "p ⟦x|>http://h/⟧。"),
    ('[x](http://h/\n"a (b) c" )。', "p ⟦x|>http://h/⟧。"),
    ('[x](/a b "t")。', f"p ⟦x|>{SITE}/a%20b⟧。"),
    ('[x](http://h/ "a) b', "p [x](http://h/ “a) b"),
    ('[x](http://h/ "a" b)', "p [x](http://h/ “a” b)"),
    # Two brackets, with white space between them.
    ("[字] [1]。", "p ⟦字|>http://one/⟧。"),
    ("[字]\n[1]。", "p ⟦字|>http://one/⟧。"),
    ("[1.9.3 patchlevel\n385] [1]。", "p ⟦1.9.3 patchlevel 385|>http://one/⟧。"),
    ("[x] []。[x][]。[X]。", "p ⟦x|>http://ex/⟧。⟦x|>http://ex/⟧。⟦X|>http://ex/⟧。"),
    ("[甲\n乙] 和 [字][甲  乙]", "p ⟦甲乙|>http://cn/⟧ 和 ⟦字|>http://cn/⟧"),
    ("![猫] [1]", "image http://one/ alt=猫"),
    ("[字] [没有] [1]", "p [字] ⟦没有|>http://one/⟧"),
    ("[字] (http://h/)", "p [字] (http://h/)"),
    # Brackets inside.
    ("[a [b] c](http://h/)。", "p ⟦a [b] c|>http://h/⟧。"),
    ("[a [b](http://i/) d](http://h/)。", "p ⟦a [b](http://i/) d|>http://h/⟧。"),
    ("[`]`](http://h/)，[\\]](http://h/)。", "p ⟦]|c >http://h/⟧，⟦]|>http://h/⟧。"),
    ("[![猫](http://i/)](http://h/)", "image http://i/ alt=猫 link=http://h/"),
    ("[a [b](http://h/)", "p [a ⟦b|>http://h/⟧"),
    ("[](http://h/)甲", "p 甲"),
    ("[甲](javascript:x)", "p 甲"),
    ("![^1](http://h/i.png)", "p ![^1](http://h/i.png)"),
    ("![*甲* &amp; \\*](http://h/)", "image http://h/ alt=*甲* & *"),
    ("[甲][", "p [甲]["),
    ("[甲](", "p [甲]("),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line"), TABLE)
def test_links_and_images_lead_where_kramdown_says(text: str, line: str) -> None:
    assert dump(parse_body(text + DEFINED, site_url=SITE)) == f"{line}\n"


def test_a_text_with_many_definitions_keeps_them_apart() -> None:
    body = "[a] [b]\n\n[a][c] [a]\n\n[a]: http://a/\n[b]: http://b/"
    assert dump(parse_body(body)) == "p ⟦a|>http://b/⟧\np [a]⟦c|>http://a/⟧\n"
