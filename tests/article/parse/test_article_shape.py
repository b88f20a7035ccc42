"""What an article opens with, where it repeats the title."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TITLE = "他说：“好”，行 2"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # The title goes, and where it leads is the post's address
        ('[他说:"好",行２](http://h/s)\n------\n\n文', ["p 文", "source http://h/s"]),
        ("# [他说：“好”，行 2](http://h/s)\n\n文", ["p 文", "source http://h/s"]),
        ("[他说：“好”，行 2](http://h/s)\n\n文", ["p 文", "source http://h/s"]),
        (
            "<h2><a href=http://h/s>他说：“好”，行 2</a></h2><p>文</p>",
            ["p 文", "source http://h/s"],
        ),
        ("## 他说 ：「好」，行2\n\n文", ["p 文"]),
        ("**他说：“好”，行 2**\n\n---\n\n文", ["p 文"]),
        ("<p><strong>他说：“好”，行 2</strong></p><p>文</p>", ["p 文"]),
        ("![图](http://h/a.png)\n\n### 他说：“好”，行 2\n\n文", ["image http://h/a.png", "p 文"]),
        # An address at the end is the post's own all the same
        (
            "> 摘\n\n[他说：“好”，行 2](http://h/s)\n------\n\n<p>文</p>\n\n<http://h/t>",
            ["quote", "  p 摘", "p 文", "p ⟦http://h/t|d >http://h/t⟧", "source http://h/t"],
        ),
        # An anchor is no address, a heading that is linked in part leads nowhere
        ("## 他说：“好”，[行 2](http://h/s)\n\n文", ["p 文"]),
        # What is no title stays
        ("他说：“好”，行 2\n\n文", ["p 他说：“好”，行 2", "p 文"]),
        ("## 他说：“好”，行 3\n\n文", ["h2 他说：“好”，行 3", "p 文"]),
        ("文\n\n## 他说：“好”，行 2\n\n乙", ["p 文", "h2 他说：“好”，行 2", "p 乙"]),
        ("**他说：“好”，行 2**", ["p ⟦他说：“好”，行 2|b⟧"]),
        # But for a heading of level 1, wherever it is
        ("文\n\n# 他说：“好”，行 2\n\n乙", ["p 文", "p 乙"]),
    ],
)
def test_a_title_is_shown_once(body: str, expected: list[str]) -> None:
    assert dump(parse_body(body, title=TITLE)).splitlines() == expected


def test_a_title_without_letters_is_compared_by_its_signs() -> None:
    assert dump(parse_body("## ？！\n\n文", title="?!")).splitlines() == ["p 文"]
    assert dump(parse_body("## ？\n\n文", title="!")).splitlines() == ["h2 ？", "p 文"]


def test_a_dimmed_line_is_one_span_though_a_part_of_it_was_dim() -> None:
    assert dump(parse_body("<p>甲</p><p class=em_media>{{a}}中<i>乙</i></p>")) == dump(
        parse_body("<p>甲</p><p class=em_media>…中<i>乙</i></p>")
    )
