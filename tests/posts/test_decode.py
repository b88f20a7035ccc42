"""Rule 7: bytes of any kind become text."""

from __future__ import annotations

import codecs

import pytest

from newsreader.posts.decode import DAMAGED, decode_text
from newsreader.posts.front_matter_start import has_front_matter
from newsreader.posts.parse_post import parse_post
from newsreader.problems import Problem

TEXT = "---\ntitle: 题目\n---\n北京冬奥会闭幕日，百万个冰墩墩周边在网上架，引发新一轮抢购。\n"
TRADITIONAL = (
    "---\ntitle: 題目\n---\n臺灣與廣東的數字經濟發展，學習藝術與體育，讓國際關係變得複雜。\n"
)
RUSSIAN = "---\ntitle: x\n---\nСегодня вышла новая версия языка, и мы рассказываем о ней.\n"
FRENCH = "---\ntitle: x\n---\nL'été dernier, à la fête du café, Hélène a crié très fort.\n"


@pytest.mark.parametrize(
    ("raw", "text", "problem"),
    [
        pytest.param(TEXT.encode(), TEXT, None, id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), TEXT, None, id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), TEXT, None, id="UTF-16"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, None, id="UTF-16 BE"),
        pytest.param(TEXT.encode("gb18030"), TEXT, None, id="GB18030"),
        pytest.param(TRADITIONAL.encode("gbk"), TRADITIONAL, None, id="traditional in GBK"),
        pytest.param(("😀" + TEXT).encode("gb18030"), "😀" + TEXT, None, id="four-byte GB18030"),
        pytest.param(
            TEXT.encode("gb18030") + b"\xff\n", TEXT + "\ufffd\n", DAMAGED, id="damaged GB18030"
        ),
        pytest.param(TEXT.encode() + b"\xe4\xb8\n", TEXT + "\ufffd\n", DAMAGED, id="damaged UTF-8"),
        pytest.param(
            FRENCH.encode("latin-1"),
            FRENCH.encode("latin-1").decode(errors="replace"),
            DAMAGED,
            id="Latin-1",
        ),
        pytest.param(
            RUSSIAN.encode("cp1251"),
            RUSSIAN.encode("cp1251").decode(errors="replace"),
            DAMAGED,
            id="Cyrillic",
        ),
        pytest.param(b"\xff\xfea", "\ufffd", DAMAGED, id="half a character of UTF-16"),
        pytest.param(b"\xef\xbb\xbfa\xff", "a\ufffd", DAMAGED, id="damage behind a mark"),
        pytest.param(b"a\x00b", "a\x00b", None, id="NUL"),
        pytest.param("\ufffd".encode(), "\ufffd", None, id="a written U+FFFD"),
        pytest.param(b"a\r\nb\rc\n", "a\nb\nc\n", None, id="newlines"),
        pytest.param(b"\xff", "\ufffd", DAMAGED, id="one byte"),
        pytest.param(b"", "", None, id="nothing"),
    ],
)
def test_rule_7_what_bytes_say(raw: bytes, text: str, problem: Problem | None) -> None:
    assert decode_text(raw) == (text, problem)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_rule_7_a_post_shows_in_any_encoding(encoding: str, newline: str) -> None:
    raw = TEXT.replace("\n", newline).encode(encoding)
    post = parse_post(raw, "x.md")
    assert has_front_matter(raw[:60])
    assert post.title == "题目"
    assert post.body == TEXT.rpartition("---\n")[2]
    assert post.problem is None


def test_rule_7_damage_is_named_and_the_post_shows() -> None:
    post = parse_post("---\ntitle: 题\n---\n正文正文正文".encode() + b"\xff", "x.md")
    assert post.title == "题"
    assert post.body == "正文正文正文\ufffd"
    assert post.problem == DAMAGED


def test_rule_7_a_nul_spoils_nothing() -> None:
    post = parse_post("---\ntitle: 题\0目\ntags: a\0b\n---\n正\0文".encode(), "x.md")
    assert (post.title, post.tags, post.body, post.problem) == ("题目", ("ab",), "正\0文", None)


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        (b"---\n", True),
        (b"---\r\n", True),
        (b"--- \t\nx", True),
        (b"---", True),
        (b"\xef\xbb\xbf---\n", True),
        (codecs.BOM_UTF16_LE + "---\nx".encode("utf-16-le"), True),
        (codecs.BOM_UTF16_BE + "---\nx".encode("utf-16-be"), True),
        (codecs.BOM_UTF16_LE + "---\nx".encode("utf-16-le") + b"\x00", True),
        (b"----\n", False),
        (b"--- x\n", False),
        (b"--", False),
        (b"\n---\n", False),
        (b" ---\n", False),
        (b"", False),
        (b"\xff\xfe", False),
        (b"\x00\xd8", False),
    ],
)
def test_front_matter_is_told_by_the_first_line(start: bytes, answer: bool) -> None:
    assert has_front_matter(start) is answer
