import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsreader.article.linebreak import break_anywhere, break_lines
from tests.linear import expect_linear_in

NO_START = set("，。！？；：、”’」』）】》〉…—％々ーっゃ")
NO_END = set("“‘「『（【《〈")


def broken(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, width, cell_len)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        # Full lines of Chinese
        ("北京冬奥会闭幕日", 8, ["北京冬奥", "会闭幕日"]),
        ("北京冬奥会闭幕日", 9, ["北京冬奥", "会闭幕日"]),
        ("", 8, [""]),
        ("   ", 8, [""]),
        # Nothing starts with a closing mark or ends with an opening one
        ("北京冬奥，会闭幕日", 8, ["北京冬", "奥，会闭", "幕日"]),
        ("北京冬“奥会”闭幕", 7, ["北京冬", "“奥会”", "闭幕"]),
        ("他说（“是”）。", 8, ["他说", "（“是”）", "。"]),
        ("他说：《书》！？好", 10, ["他说：", "《书》！？", "好"]),
        ("中文 ，中文", 5, ["中", "文 ，", "中文"]),
        ("破折号——在这里", 6, ["破折", "号——在", "这里"]),
        ("省略号……在这里", 6, ["省略", "号……在", "这里"]),
        ("ファミリーは", 8, ["ファミ", "リーは"]),
        # Words, numbers and units stay whole; a border of Latin and Chinese may part
        ("今年GDP增长", 6, ["今年", "GDP增", "长"]),
        ("增长5.2%以上", 6, ["增长", "5.2%以", "上"]),
        ("约3,000.5亿元", 8, ["约", "3,000.5", "亿元"]),
        ("共100%。对", 6, ["共", "100%。", "对"]),
        ("于2022年底", 6, ["于2022", "年底"]),
        ("用$100买", 5, ["用", "$100", "买"]),
        ("用G20峰会", 5, ["用G20", "峰会"]),
        ("以km/h计", 5, ["以", "km/h", "计"]),
        ("COVID-19 is here", 9, ["COVID-19", "is here"]),
        ("state-of-the-art", 9, ["state-of-", "the-art"]),
        ("don’t go", 6, ["don’t", "go"]),
        ("don't (we) go", 6, ["don't", "(we)", "go"]),
        ("see --all now", 6, ["see", "--all", "now"]),
        ("a fox — it ran", 6, ["a", "fox —", "it ran"]),
        ("中\u00a0👩‍👩‍👧", 2, ["中", "\u00a0", "👩‍👩‍👧"]),
        ("☎\u2060\ufe0f☎", 2, ["☎\u2060\ufe0f", "☎"]),
        ("1\u200d\u200d。", 2, ["1\u200d\u200d", "。"]),
        ("10\u00a0km away", 6, ["10\u00a0km", "away"]),
        ("foo bar    baz", 7, ["foo bar", "baz"]),
        ("said “hello” to", 9, ["said", "“hello”", "to"]),
        # What is longer than the column breaks anywhere
        ("internationalization", 8, ["internat", "ionaliza", "tion"]),
        ("。。。。。。", 4, ["。。", "。。", "。。"]),
        ("““““““", 4, ["““““", "““"]),
        ("“internationalization”", 8, ["“interna", "tionaliz", "ation”"]),
        # Addresses break anywhere, but not before a dot
        ("见https://ex.org/abc", 10, ["见https://", "ex.org/abc"]),
        ("https://a.org/b.c", 8, ["https://", "a.org/b.", "c"]),
        ("（http://a.b/c）。", 14, ["（http://a.b/", "c）。"]),
        # Clusters stay whole
        ("👩‍👩‍👧👩‍👩‍👧", 2, ["👩‍👩‍👧", "👩‍👩‍👧"]),
        ("🇨🇳🇯🇵🇫🇷", 5, ["🇨🇳🇯🇵", "🇫🇷"]),
        ("❤️❤️", 3, ["❤️", "❤️"]),
        ("👍🏽👍🏽", 3, ["👍🏽", "👍🏽"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("中\u0301文", 2, ["中\u0301", "文"]),
        # A Korean word is parted between syllables only if it fits no line
        ("우리는 공원에 갔다", 10, ["우리는", "공원에", "갔다"]),
        ("집적회로설계자동화", 8, ["집적회로", "설계자동", "화"]),
        ("각각각", 2, ["각", "각", "각"]),
        # Thai, Lao, Khmer, Burmese: between syllables of what fits no line
        ("เราไปเล่น", 6, ["เราไป", "เล่น"]),
        ("ใกล้ ๆ สาธารณะ", 5, ["ใกล้ ๆ", "สาธาร", "ณะ"]),
        ("เเก่น้ำ", 3, ["เเก่", "น้ำ"]),
        ("การันต์", 4, ["กา", "รันต์"]),
        ("ໄປຍ່າງ", 3, ["ໄປ", "ຍ່າງ"]),
        ("ភ្នំពេញ", 2, ["ភ្នំ", "ពេញ"]),
        ("မြန်မာ", 2, ["မြန်", "မာ"]),
        ("အင်္ဂလိပ်", 3, ["အင်္ဂ", "လိပ်"]),
        # Line feeds
        ("甲\n乙", 8, ["甲", "乙"]),
        ("甲\n\n乙\n", 8, ["甲", "", "乙", ""]),
        ("中文中\n文", 4, ["中文", "中", "文"]),
        ("中\u2003\u0301", 2, ["中", "\u2003\u0301"]),
        # Wide spaces vanish at the end as well; the zero width space may part a word
        ("中文\u3000\u3000中文", 4, ["中文", "中文"]),
        ("abc\u200bdef", 4, ["abc\u200b", "def"]),
        # Narrower than a character
        ("中文", 1, ["中", "文"]),
        ("中", 0, ["中"]),
    ],
)
def test_lines_end_where_a_typesetter_would_end_them(
    text: str, width: int, expected: list[str]
) -> None:
    assert broken(text, width) == expected


SOUTH_EAST_ASIAN = st.lists(
    st.sampled_from(
        [
            *("เ", "แ", "ไ", "ก", "น", "ร", "า", "ะ", "ำ", "ๆ", "ฯ", "\u0e31", "\u0e35", "\u0e48"),
            *("\u0e4c", "ເ", "ກ", "າ", "\u0eb1", "ຽ", "ក", "រ", "\u17d2", "\u17b6", "\u17c6", "ៗ"),
            *("က", "င", "\u1039", "\u103a", "\u1031", "\u102c", "\u1037", " ", "a", "中", "5"),
        ]
    ),
    max_size=60,
).map("".join)
DEPENDENT = re.compile(
    "[ะาำๅๆฯະາຳຽໆៗ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u17b4-\u17d3]"
)
LEADING = re.compile("[เแโใไເແໂໃໄ]")


@given(SOUTH_EAST_ASIAN, st.integers(4, 40))
@example("เราไม่ได้พบกันมานานหลายปีแล้วประสบการณ์", 12)
@example("ព្រះរាជាណាចក្រកម្ពុជាមានទីក្រុងភ្នំពេញ", 10)
@example("เเเเก", 4)
def test_no_line_of_thai_and_its_relatives_ends_inside_a_cluster(text: str, width: int) -> None:
    lines = break_lines(text, width, cell_len)
    for (start, end), (after, _) in pairwise(lines):
        if end != after or cell_len(text[start:end]) < width // 2:
            continue  # a space parts them, or a cluster is wider than the column
        assert not DEPENDENT.match(text[after]) or cell_len(text[start:end]) == width
        if not all(map(LEADING.match, text[start:end])):  # such a line has no other place
            assert not (LEADING.match(text[end - 1]) and re.match("[ก-ฮກ-ຮ]", text[after]))


alphabet = st.sampled_from(
    [
        *"中文日本，。！？“”‘’（）《》…—ーっ ab12.,-/%$'\"\n\u3000\u00a0e\u0301·～",
        *(
            "👩‍👩‍👧",
            "❤️",
            "🇨🇳",
            "👍🏽",
            "\u200d",
            "\ufe0f",
            "\u200b",
            "한국",
            "https://a.b/",
            "word ",
        ),
    ]
)
texts = st.lists(alphabet, max_size=60).map("".join)


@given(texts, st.integers(1, 40))
@example("\u200d", 1)  # for which rich 14.3.1 has no width
def test_a_line_is_never_wider_than_the_column_and_nothing_but_spaces_is_lost(
    text: str, width: int
) -> None:
    ranges = break_lines(text, width, cell_len)
    at = 0
    for start, end in ranges:
        assert at <= start <= end
        assert not text[at:start].strip()
        line = text[start:end]
        # A character that fits into no line has one of its own.
        assert cell_len(line) <= width or (width < 2 and len(re.findall(r"\S", line)) <= 8)
        at = end
    assert not text[at:].strip()


@pytest.mark.long
@given(st.text(max_size=80), st.integers(2, 40))
def test_any_text_at_all_fits(text: str, width: int) -> None:
    lines = broken(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(
    st.lists(st.sampled_from("中文字，。！？”“（）《》…—"), max_size=60).map("".join),
    st.integers(12, 30),
)
@example("中（中，，，…，", 12)
def test_chinese_lines_keep_the_rules_wherever_there_is_another_place(
    text: str, width: int
) -> None:
    lines = broken(text, width)
    for number, (before, after) in enumerate(pairwise(lines)):
        if after[0] in NO_START or before[-1] in NO_END:
            # Only inside what may not be parted at all and is longer than the line.
            whole = before + "".join(lines[number + 1 :])
            places = [
                place
                for place in range(1, len(whole))
                if whole[place] not in NO_START and whole[place - 1] not in NO_END
            ]
            start = max((place for place in places if place < len(before)), default=0)
            end = min((place for place in places if place > len(before)), default=len(whole))
            assert cell_len(whole[start:end]) > width


@given(texts, st.integers(1, 40))
def test_code_breaks_after_the_last_cell_and_loses_no_space(text: str, width: int) -> None:
    ranges = break_anywhere(text, width, cell_len)
    assert "".join(text[start:end] for start, end in ranges) == text.replace("\n", "")
    if width > 1:
        assert all(cell_len(text[start:end]) <= width for start, end in ranges)


LONG = [
    "a" * 1_000_000,
    "。" * 1_000_000,
    "“" * 1_000_000,
    " " * 1_000_000,
    "a" + " " * 500_000 + "b" + " " * 500_000,
    "“ " * 300_000,
    "a." * 500_000,
    "/aaa" * 250_000,
    "中 " * 400_000 + "，",
    "\u0301" * 1_000_000,
    "a\u200d" * 500_000,
    "🇨" * 500_000,
    "http://" * 150_000,
    "\u200b" * 1_000_000,
    "a\u2060" * 500_000,
    "☎\ufe0f" * 300_000,
    "เ" * 1_000_000,
    "ก\u0e4c" * 500_000,
    "က\u1039" * 500_000,
    "韓한 （" * 250_000,
]


# The others are in tests/long.
@pytest.mark.long
@pytest.mark.parametrize("text", LONG[::2], ids=lambda text: ascii(text[:4]))
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    expect_linear_lines(text)


def expect_linear_lines(text: str) -> None:
    """Expect a text to be broken into lines in linear time."""
    expect_linear_in(lambda part: break_lines(part, 80, cell_len), text)
    expect_linear_in(lambda part: break_anywhere(part, 80, cell_len), text)
