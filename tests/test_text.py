"""Rules 10 and 12: what reaches the terminal, and which links may be opened."""

from __future__ import annotations

import json
import re
from itertools import groupby
from unicodedata import category
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text import clean_line, clean_text, escape_json, safe_link
from tests.linear import expect_linear_in

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        pytest.param("a\x1b[31mb", "a[31mb", id="escape"),
        pytest.param("a\x1b[2Jb\x07", "a[2Jb", id="clear screen and bell"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and line feed stay"),
        pytest.param("a\x7fb\x9b31mc\x85", "ab31mc", id="DEL and C1"),
        pytest.param("a\x00b\x0bc\x0cd\x1fe", "abcde", id="other C0"),
        pytest.param("a\r\nb\rc\n\rd", "a\nb\nc\n\nd", id="carriage returns"),
        pytest.param("a\u2028b\u2029c", "a\nb\nc", id="line and paragraph separators"),
        pytest.param("\u202aa\u202bb\u202cc\u202dd\u202e", "abcd", id="bidi embeddings, overrides"),
        pytest.param("\u2066a\u2067b\u2068c\u2069", "abc", id="bidi isolates"),
        pytest.param("\ufeffa\ufeff", "a", id="byte order mark"),
        pytest.param("a\ud800b\udfff", "a\ufffdb\ufffd", id="lone surrogates"),
        pytest.param("中文 👩\u200d👩\u200d👧 e\u0301 א", None, id="joiners and marks stay"),
        pytest.param("a\u200e\u200fb\u061cc", "abc", id="direction marks"),
        pytest.param("a\U000e0041\U000e0001b\U000e007f", "ab", id="tag characters"),
        pytest.param(
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            None,
            id="the tags of a flag stay",
        ),
        pytest.param("\U0001f3f4\U000e0067\U000e0062", "\U0001f3f4", id="tags that no flag has"),
        pytest.param(
            "甲\u200b\u200b乙" + "\u200d" * 9 + "丙\u2060\u00ad\u034f",
            "甲乙丙",
            id="floods of no width",
        ),
        pytest.param("a\u3164\uffa0\u115f\u1160b", "ab", id="fillers"),
        pytest.param("a\u2800b", "a b", id="the blank Braille cell"),
        pytest.param("a>\u200d<b \u2212\u200d+", "a><b \u2212+", id="joiners between signs"),
        pytest.param("a\ufff9b\ufffac\ufffb", "abc", id="annotation anchors"),
        pytest.param(
            "می\u200cخواهم क्\u200dष श्री\u200cमान र\u200d्य", None, id="joiners that shape letters"
        ),
        pytest.param("می\u200c\u200cخ \u200cب", "می\u200cخ ب", id="joiners that shape nothing"),
        pytest.param(
            "❤\ufe0f\u200d🔥 👩🏽\u200d🚀 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3 葛\U000e0100",
            None,
            id="emoji and variants",
        ),
        pytest.param("\ufe0fa\ufe0f\ufe0f \ufe0f", "a\ufe0f ", id="variants of nothing"),
        pytest.param("ภาษา\u200bไทย ဘာ\u200bသာ", None, id="words of scripts without spaces"),
        pytest.param("ᠮᠣᠩᠭᠣᠯ\u180eᠠ ᠠ\u180bᠠ", None, id="Mongolian"),
        pytest.param("\u115fᅡ ᄀ\u1160ᆨ", None, id="old Korean syllables"),
        pytest.param("e" + "\u0301" * 1_000 + "x", "e" + "\u0301" * 8 + "x", id="a tower of marks"),
        pytest.param("ᄀ" + "ᅡ" * 1_000, "ᄀ" + "ᅡ" * 8, id="a tower of jamo"),
        pytest.param("e" + "\u0301\u200d" * 1_000, "e" + "\u0301" * 8, id="a tower with joiners"),
        pytest.param("བརྒྱུད་ སྐྱོང་ हिन्दी שָׁלוֹם tiếng Việt", None, id="marks of scripts"),
        pytest.param("[b]x[/b] :fire: &#27;", None, id="markup and entities stay"),
        pytest.param("a\u3000b\u00a0c", None, id="wide and no-break spaces stay"),
        pytest.param("", "", id="empty"),
    ],
)
def test_rule_10_what_the_sanitiser_takes_out(dirty: str, clean: str | None) -> None:
    assert clean_text(dirty) == (dirty if clean is None else clean)


_AWKWARD = st.lists(
    st.one_of(
        st.sampled_from(
            "a中😀👩🏴🏽❤क्ाمیᠠไทย각 \u0301\u20d0\u200b\u200c\u200d\ufe0f\u180b"
            "\u180e\u115f\u1160\u3164"
            "\U000e0067\U000e007f\U000e0100\u2800\x1b\n\u202e"
        ),
        st.characters(),
    ),
    max_size=60,
).map("".join)


@given(_AWKWARD)
def test_rule_10_nothing_that_is_seen_is_lost_and_little_that_is_not_stays(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    seen = [character for character in text if category(character)[0] in "LNPS"]
    left = set(cleaned)
    assert all(
        character in left
        or character in "\u115f\u1160\u2800\u3164\uffa0"
        or "\u1161" <= character < "\u1200"
        or "\ud7b0" <= character <= "\ud7fb"
        for character in seen
    )
    assert not re.search("[\u200b-\u200d\u180e]{2}|^[\u200b-\u200d\ufe00-\ufe0f]", cleaned)
    piled = [len(list(run)) for is_mark, run in groupby(cleaned, _is_mark) if is_mark]
    assert max(piled, default=0) <= 9  # eight, and a variation selector


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"


@given(st.text(st.characters()))
def test_rule_10_clean_text_is_clean_and_stays_so(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    for character in cleaned:
        code = ord(character)
        assert character in "\t\n" or not (code < 0x20 or 0x7F <= code < 0xA0)
        assert code not in {0xFEFF, *range(0x2028, 0x202F), *range(0x2066, 0x206A)}
        assert not 0xD800 <= code < 0xE000
        assert code not in {0xAD, 0x34F, 0x61C, 0x200E, 0x200F, 0x3164, 0xFFA0}
    cleaned.encode()


def test_clean_text_hands_clean_text_back_itself() -> None:
    text = "中文\nabc" * 100
    assert clean_text(text) is text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("  a \t\n b\u3000\u00a0c ", "a b c"),
        ("a\r\nb", "a b"),
        ("\x1b\u3000\ufeff\n", ""),
        ("a\u2028b", "a b"),
    ],
)
def test_a_clean_line_is_one_line_with_single_spaces(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("http://a.cn/x?y=1&z=2#q", "http://a.cn/x?y=1&z=2#q"),
        ("https://a.cn", "https://a.cn"),
        ("HTTPS://a.cn/X", "https://a.cn/X"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("mailto:a@b.cn?subject=a b", "mailto:a@b.cn?subject=a%20b"),
        ("MailTo:", ""),
        ("//h/p", "https://h/p"),
        (r"\\h\p", "https://h/p"),
        ("/p", "https://example.org/p"),
        ("p/q.html", "https://example.org/p/q.html"),
        ("../p", "https://example.org/p"),
        ("?a=1", "https://example.org/?a=1"),
        ("/a b", "https://example.org/a%20b"),
        (r"/\evil.org", "https://evil.org"),
        ("#x", "#x"),
        ("#中文", "#中文"),
        ("#a b", "#a%20b"),
        ("#", ""),
        ("", ""),
        (" \n", ""),
        ("  http://a.cn/ \n", "http://a.cn/"),
        ("ht\ntp://a.cn/a\tb", "http://a.cn/ab"),
        ("http://a.cn/\x1b]8;;\x07x", "http://a.cn/]8;;x"),
        ("http://a.cn/中", "http://a.cn/%E4%B8%AD"),
        ("http://a.cn/%E4%B8%AD", "http://a.cn/%E4%B8%AD"),
        ('http://a.cn/<"> \u3000', "http://a.cn/%3C%22%3E"),
        (r"http://a.cn\b?c\d", "http://a.cn/b?c%5Cd"),
        ("http://a.cn/\ud800", "http://a.cn/%EF%BF%BD"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://u@a.cn:8080/", "http://u@a.cn:8080/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("\ufeffjavascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ruby-talk:124413", ""),
        ("http://[", ""),
        ("http://[x]/", ""),
        ("http://", ""),
        ("http:", ""),
        ("http:a", ""),
        ("http:///", ""),
        ("http://:80/", ""),
        ("http://a:port/", ""),
        ("http://a:99999/", ""),
        ("//", ""),
        ("//[", ""),
    ],
)
def test_rule_12_where_a_link_leads(target: str, address: str) -> None:
    assert safe_link(target, SITE) == address


@pytest.mark.parametrize("site_url", ["", "javascript:1", "x", "http://[", "mailto:a@b.cn", "#x"])
@pytest.mark.parametrize("target", ["/p", "p", "../p", "?q"])
def test_rule_12_a_relative_link_without_a_site_leads_nowhere(target: str, site_url: str) -> None:
    assert safe_link(target, site_url) == ""


def test_rule_12_a_path_below_the_sites_url_is_kept() -> None:
    assert safe_link("p", "https://example.org/blog/") == "https://example.org/blog/p"
    assert safe_link("/p", "https://example.org/blog/") == "https://example.org/p"


_ADDRESS_PARTS = st.lists(
    st.sampled_from(
        [
            *("http", "https", "javascript", "mailto", ":", "//", "/", "\\", "[", "]", "@", "#"),
            *("?", "a.cn", "..", " ", "\n", "\x1b", "%", "中", "::1", "\ud800", "℀", "80", ";"),
        ]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(st.text(st.characters()), _ADDRESS_PARTS), st.sampled_from(["", SITE]))
def test_rule_12_every_link_is_safe_to_write_and_to_open(target: str, site_url: str) -> None:
    address = safe_link(target, site_url)
    if address.startswith("#"):
        assert clean_line(address) == address
        assert " " not in address
    elif address:
        assert address.isascii()
        assert address.isprintable()
        assert " " not in address
        assert urlsplit(address).scheme in {"http", "https", "mailto"}
        assert safe_link(address) == address


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "\r",
        "\x1b",
        "\ud800",
        "a",
        "a\x1b",
        "a\r\n",
        "\u200b",
        "\u0301",
        "e\u0301\u200d",
        "a\ufe0f",
        "ᅡ",
        "\U000e0041",
        "क्\u200d",
        "//",
        "\\?",
        "../",
        "中",
        "[",
        "a:",
        "%",
    ],
)
def test_a_megabyte_takes_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    expect_linear_in(clean_line, text)
    expect_linear_in(lambda part: safe_link(part, SITE), text)
    expect_linear_in(lambda part: safe_link(f"http://{part}", SITE), text)


@given(st.text(st.characters(), max_size=50))
def test_json_with_escapes_is_clean_and_means_the_same(text: str) -> None:
    written = escape_json(json.dumps({"a": text + "\u0301" * 20}, ensure_ascii=False))
    assert json.loads(written) == {"a": text + "\u0301" * 20}
    # A joiner at the end of a text may be one that only a letter after it needs.
    assert not re.search("[\x7f-\x9f\u200b-\u200f\u202a-\u202e\u3164\ud800-\udfff]", written)
    assert clean_text(written) == written


def test_json_that_anybody_can_read_stays_as_it_is() -> None:
    text = json.dumps({"题": ["中文，“好”。\u3000é 😀", "a\tb\n"]}, ensure_ascii=False, indent=1)
    assert escape_json(text) is text
