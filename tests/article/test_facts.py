"""What a document says about itself."""

from __future__ import annotations

import pytest

from newsreader.article.facts import count_words, headings, links, plain_text, reading_minutes
from newsreader.article.parse.parse_article import parse_body

BODY = """# 题

甲[乙**丙**](http://h/)，`x`。

> 引

- 一
- 二

| a | b |
|---|---|
| 1 | 2 |

![灯塔](http://h/i)

```
code
```

[见题](#t)
"""


def test_plain_text_is_all_that_is_seen_without_markers() -> None:
    text = "题\n甲乙丙，x。\n引\n一\n二\na\nb\n1\n2\n灯塔\ncode\n见题"
    assert plain_text(parse_body(BODY)) == text


def test_headings_are_those_of_the_article_itself() -> None:
    document = parse_body("# 甲\n\n> # 引\n\n## 乙\n\n文")
    assert [(heading.level, heading.spans[0].text) for heading in headings(document)] == [
        (1, "甲"),
        (2, "乙"),
    ]


def test_a_link_of_several_styles_is_one_link() -> None:
    assert links(parse_body(BODY)) == (("乙丙", "http://h/"),)


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ("![甲](/a.png)", ("甲", "/a.png")),
        ("![](图/a.png)", ("image", "%E5%9B%BE/a.png")),
        ("<p><img data-src='/a.jpg'></p>", ("image", "/a.jpg")),
        ("<amp-img src='a.png' alt='乙'></amp-img>", ("乙", "a.png")),
        ("<video src='/a.mp4'></video>", ("video", "/a.mp4")),
        ("<iframe src='/a'></iframe>", ("frame", "/a")),
    ],
)
def test_media_of_a_site_without_an_address_have_their_own(
    body: str, link: tuple[str, str]
) -> None:
    assert links(parse_body(body), with_media=True) == (link,)


@pytest.mark.parametrize(
    "body", ["![甲](data:image/png;base64,AAAA)", "![甲]({{ page.x }})", "![甲](javascript:x)"]
)
def test_an_image_whose_address_is_none_has_no_link(body: str) -> None:
    assert links(parse_body(body), with_media=True) == ()


def test_two_links_to_one_place_are_two_links() -> None:
    body = "<ul><li><a href=http://h/>甲</a></li><li><a href=http://h/>乙</a></li></ul>"
    assert links(parse_body(body)) == (("甲", "http://h/"), ("乙", "http://h/"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("中文", 2),
        ("hello world", 2),
        ("Ruby 3.2.9 发布", 4),
        ("don't e-mail", 2),
        ("中a文b", 4),
        ("한국 어", 2),
        ("かなカナ", 4),
        ("——，。", 0),
    ],
)
def test_a_cjk_character_counts_as_a_word(text: str, words: int) -> None:
    assert count_words(parse_body(f"<p>{text}</p>")) == words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("中" * 100, 1),
        ("中" * 2_000, 5),
        ("word " * 660, 3),
        ("中" * 800 + " word" * 440, 4),
    ],
)
def test_reading_takes_whole_minutes(text: str, minutes: int) -> None:
    assert reading_minutes(parse_body(f"<p>{text}</p>")) == minutes
