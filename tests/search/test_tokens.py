"""What the index holds of a text."""

from __future__ import annotations

import re
import sqlite3
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.search.tokens import BREAK, CJK, SEPARATOR, WORD, fold, fold_pieces, index_text
from newsreader.search.variant_table import SIMPLIFIED, TRADITIONAL

B = BREAK

CASES = [
    ("", ""),
    ("…… —— ", ""),
    ("中国人民", "中 国 人 民"),
    ("中国，人民", f"中 国 {B} 人 民"),
    ("中国 人民", f"中 国 {B} 人 民"),
    ("中国\n人民", f"中 国 {B} 人 民"),
    ("“中国”（人民）。", f"中 国 {B} 人 民"),
    ("，中国，，\n ，人", f"中 国 {B} 人"),
    ("中_国", f"中 {B} 国"),
    # Letters and digits stay together; they part CJK characters themselves.
    ("5G手机", "5g 手 机"),
    ("5G，手机", "5g 手 机"),
    ("中国GDP人民", "中 国 gdp 人 民"),
    ("hello, wide world", "hello wide world"),
    ("don't snake_case 1,204", "don t snake case 1 204"),
    ("2022年2月", "2022 年 2 月"),
    # Width, case, compatibility forms.
    ("ＡＢＣ１２", "abc12"),
    ("Straße ΣΑΣ ﬁn", "strasse σασ fin"),
    ("①㎏½", "1kg1 2"),
    ("㍿", "株 式 会 社"),
    ("⼈⼝", "人 口"),
    ("\uf900", "岂"),
    # Diacritics and vowel marks, written as one character or as two.
    ("Café naïve Ἀθῆναι", "cafe naive αθηναι"),
    ("cafe\u0301 x\u0304y", "cafe xy"),
    ("İstanbul", "istanbul"),
    ("مُحَمَّد", "محمد"),
    # Kana keeps its voicing marks, however they are written.
    ("がぎ ｶﾞｷﾞ か\u3099", f"が ぎ {B} ガ ギ {B} が"),
    ("コーヒー・パン", f"コ ー ヒ ー {B} パ ン"),
    ("한국어", "한 국 어"),
    (unicodedata.normalize("NFD", "한국각"), "한 국 각"),
    # Traditional characters.
    ("臺灣線上戰爭復興", "台 湾 线 上 战 争 复 兴"),
    ("著名 乾坤 覆盖", f"着 名 {B} 干 坤 {B} 覆 盖"),
    # Outside the Basic Multilingual Plane.
    ("𠀀𪜀𰀀", "𠀀 𪜀 𰀀"),
    ("𠀀𪜀，𰀀", f"𠀀 𪜀 {B} 𰀀"),
    ("𝐀𝟙", "a1"),
    ("人😀民", f"人 {B} 民"),
    # What nobody sees does not part anything.
    ("中\u200b国\u00ad人\ufeff民", "中 国 人 民"),
    ("葛\U000e0100飾", "葛 饰"),
    ("hyphen\u00adated", "hyphenated"),
    # The token itself cannot be written.
    (f"中{B}国", f"中 {B} 国"),
    ("a\0b\ud800c", "a b c"),
]


@pytest.mark.parametrize(("text", "tokens"), CASES)
def test_a_text_becomes_tokens(text: str, tokens: str) -> None:
    assert index_text(text) == tokens


TEXTS = st.text() | st.text(
    st.sampled_from("中国戰が\u3099ｶﾞ\u1100\u1161\u11a8é\u0301aB5_ ，\n\0\u200b𠀀¶ﷺ￼")
)


@given(TEXTS)
@example("\u3099")
@example("\u1161\u11a8")
def test_only_tokens_come_out_of_any_text(text: str) -> None:
    tokens = index_text(text)

    assert tokens == " ".join(tokens.split())
    for token in tokens.split():
        assert token == BREAK or re.fullmatch(f"[{CJK}]|{WORD}+", token)
        assert token == BREAK or not any(unicodedata.category(each)[0] == "M" for each in token)
    words = tokens.split()
    for before, token, after in zip(words, words[1:], words[2:], strict=False):
        if token == BREAK:
            assert index_text(before + after) == f"{before} {after}"
    assert BREAK not in words[:1] + words[-1:]


@given(TEXTS)
def test_tokens_stay_as_they_are(text: str) -> None:
    for token in index_text(text).replace(BREAK, "").split():
        assert index_text(token) == token


@given(TEXTS)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    pieces, folded = fold_pieces(text)

    assert "".join(pieces) == text
    assert "".join(folded) == fold(text)


@given(st.lists(st.sampled_from(["中", "国", B, "gdp", "5g", "が", "𠀀"]), max_size=20))
def test_fts5_takes_the_tokens_as_they_are(tokens: list[str]) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE fts USING fts5(body, content='', tokenize='ascii')")
        db.execute("CREATE VIRTUAL TABLE words USING fts5vocab(fts, instance)")
        db.execute("INSERT INTO fts (rowid, body) VALUES (1, ?)", (" ".join(tokens),))
        found = db.execute('SELECT term FROM words ORDER BY "offset"').fetchall()

    assert [term for (term,) in found] == tokens


@pytest.mark.parametrize(
    "pair",
    [
        "宣佈=宣布",
        "佔領=占领",
        "徵收=征收",
        "乾淨=干净",
        "這裏=这里",
        "這裡=这里",
        "週末=周末",
        "遊戲=游戏",
        "鑑定=鉴定",
        "餵養=喂养",
        "諮詢=咨询",
        "委託=委托",
        "瞭解=了解",
        "臺灣=台湾",
        "羣眾=群众",
        "麵包=面包",
        "綫上=线上",
        "說明=说明",
        "看著=看着",
        "著名=著名",
        "衞生=卫生",
    ],
)
def test_everyday_words_fold_to_what_is_written_for_them(pair: str) -> None:
    traditional, simplified = pair.split("=")
    assert index_text(traditional) == index_text(simplified)


def test_traditional_characters_fold_to_ones_that_stay() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) > 5000
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    for traditional, simplified in zip(TRADITIONAL, SIMPLIFIED, strict=True):
        assert index_text(traditional) == index_text(simplified) == simplified


def test_what_the_reader_sees_as_one_character_of_a_run_is_one_token() -> None:
    for first, last in (("㐀", "䶿"), ("一", "鿿"), ("가", "힣"), ("\U00020000", "\U0002a6df")):
        for code in range(ord(first), ord(last) + 1, 7):
            assert len(index_text(chr(code) * 2).split()) == 2


@pytest.mark.long
def test_a_long_run_of_marks_costs_no_more_than_its_length() -> None:
    text = "a" + "\u0301\u0323" * 200_000 + "か" + "\u3099" * 200_000

    assert index_text(text) == "a が"
    assert SEPARATOR not in index_text(text)
