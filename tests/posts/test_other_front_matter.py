"""Front matter of Hugo, Zola, Hexo and Obsidian."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.posts.front_matter import UNREADABLE, closed_body, split_front_matter
from newsreader.posts.front_matter_start import has_front_matter
from newsreader.posts.other_front_matter import SIZE_LIMIT
from newsreader.posts.parse_post import parse_post, read_body
from tests.linear import expect_linear_in

DATE = datetime.fromisoformat("2022-02-25T11:01:44+08:00")

HEADS = {
    "hugo": '+++\ntitle = "他说\\"好\\""\ndate = 2022-02-25T11:01:44+08:00\n'
    'tags = ["一", "二 三"]\ncategories = ["四"]\nauthors = ["五"]\n+++\n正文\n',
    "zola": '+++\ntitle = "他说\\"好\\""\ndate = "2022-02-25T11:01:44+08:00"\n[taxonomies]\n'
    'tags = ["一", "二 三"]\ncategories = ["四"]\n[extra]\nauthor = "五"\n+++\n正文\n',
    "named toml": "---toml\ntitle = '他说\"好\"'\ndate = 2022-02-25T11:01:44+08:00\n"
    "tags = ['一', '二 三']\ncategories = '四'\nauthor = '五'\n---\n正文\n",
    "hexo": 'title: 他说"好"\ndate: 2022-02-25 11:01:44 +0800\ntags:\n- 一\n- 二 三\n'
    "categories: 四\nauthor: 五\n---\n正文\n",
    "hexo json": '"title": "他说\\"好\\"",\n"date": "2022-02-25 11:01:44 +0800",\n'
    '"tags": ["一", "二 三"],\n"categories": "四",\n"author": "五"\n',
    "hugo json": json.dumps(
        {
            "title": '他说"好"',
            "date": "2022-02-25T11:01:44+08:00",
            "tags": ["一", "二 三"],
            "categories": ["四"],
            "author": "五",
        },
        indent=2,
    )
    + "\n正文\n",
}
HEADS["hexo json"] = f";;;\n{HEADS['hexo json']};;;\n正文\n"
HEADS["open json"] = HEADS["hexo json"].removeprefix(";;;\n")
HEADS["json on a line"] = (
    json.dumps(json.loads(HEADS["hugo json"].rpartition("\n正")[0])) + "\n正文\n"
)
HEADS["json of one end"] = HEADS["hugo json"].replace("\n}\n正", " }\n正")
HEADS["own key first"] = "abbrlink: 12\n" + HEADS["hexo"]
HEADS["named json"] = HEADS["hexo json"].replace(";;;", "---json", 1).replace(";;;", "---")
HEADS["broken toml"] = HEADS["hugo"].replace("+++\n正文", "x = = y\n+++\n正文")


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_head_of_another_generator_is_read(head: str) -> None:
    post = parse_post(head.encode(), "_posts/a.md")
    assert (post.title, post.date, post.body) == ('他说"好"', DATE, "正文\n")
    assert (post.tags, post.categories, post.author) == (("一", "二 三"), ("四",), "五")
    assert post.problem is None
    assert read_body(head.encode()) in (None, "正文\n")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("date = 2022-02-25", "2022-02-25"),
        ("date = 2022-02-25 09:05:00", "2022-02-25"),
        ("date = 2022-02-25T09:05:00.5Z", "2022-02-25"),
        ("date = 20220225", "2022-02-25"),
        ("date = 09:05:00", None),
        ("date = true", None),
    ],
)
def test_a_date_of_toml_has_a_type(written: str, day: str | None) -> None:
    date = parse_post(f"+++\n{written}\n+++\n".encode(), "_posts/a.md").date
    assert (date and date.date().isoformat()) == day


def test_a_draft_is_not_listed() -> None:
    assert not parse_post(b"+++\ntitle = 'a'\ndraft = true\n+++\n", "a.md").published
    assert parse_post(b"+++\ntitle = 'a'\ndraft = false\n+++\n", "a.md").published


@pytest.mark.parametrize(
    "text",
    [
        "+++\n甲\n",
        "+++ 甲\n+++\n",
        ";;;\n甲\n",
        "title: 甲\n---\n乙\n",
        "title: 甲\n\n乙\n---\n丙\n",
        "date: 2022-02-25\n甲\ntags: a\n---\n",
        "Note: 甲\ntitle: 乙\n---\n",
        "tags: a\nlayout: b\n---\n",
        "title: 甲\ndate: 2022-02-25\n",
        "{ 甲 }\n",
        '{\n"a": 1\n}\n',
        "{\n甲\n}\n",
        "{% include a.html %}\n",
        "---yml\ntitle: a\n---\n",
        '"甲": 乙\n;;;\n',
        '"a": "b"\n;;;\n丙',
        '"甲"，他说\n',
        '{"title": "a"} 甲\n',
        '{"title": "a"',
    ],
)
def test_what_is_not_certain_is_body(text: str) -> None:
    front = split_front_matter(text)
    assert (front.values, front.body, front.problem) == ({}, text, None)
    assert closed_body(text) in (None, text)


def test_what_cannot_be_read_is_told() -> None:
    for text in ("+++\n= =\n+++\n甲", ";;;\n[1]\n;;;\n甲"):
        front = split_front_matter(text)
        assert (front.body, front.problem) == ("甲", UNREADABLE)


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        (b"+++\n", True), (b"+++\r\ntitle", True), (b";;;\n", True), (b"---toml\n", True),
        (b"--- json\n", True), (b"\xef\xbb\xbf+++\n", True),
        (b"+++a\n", False), (b"++++\n", False), (b"title: a\n", False), (b"{\n", False),
    ],
)  # fmt: skip
def test_a_few_bytes_show_front_matter(start: bytes, begins: bool) -> None:
    assert has_front_matter(start) == begins


PIECES = st.sampled_from(
    [
        *("+++", ";;;", "---", "---toml", "{", "}", "[", "]", "=", ":", ",", '"', "'", "\n", " "),
        *("title", "date", "tags", "draft", "true", "1", "2022-02-25", "9" * 5000, "[taxonomies]"),
        *("甲", "\\u0000", "\x1b", ".", "#"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_head_makes_a_post(text: str) -> None:
    post = parse_post(text.encode(), "_posts/a.md")
    assert text.endswith(post.body)
    assert "\x1b" not in post.title + "".join(post.tags)


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", ["[", "a.", "a=[", "{", '"', "a = 1\n", "[a]\n", "a: b\n", '"a":', "[[a]]\n", "\\"]
)
@pytest.mark.parametrize(
    "frame", ["+++\ntitle = {}\n+++\n", ";;;\n{}\n;;;\n", "{{\n{}\n}}\n", "title: a\n{}\n---\n"]
)
def test_hostile_heads_cost_no_more_than_their_length(frame: str, unit: str) -> None:
    for size in (SIZE_LIMIT - 100, 400_000):
        text = frame.replace("{}", unit * (size // len(unit))).replace("{{", "{").replace("}}", "}")
        expect_linear_in(split_front_matter, text)
