"""Unicode's own test of its line breaking algorithm, and where this reader parts from it."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from newsreader.article.linebreak import break_places
from newsreader.article.linebreak.class_table import VERSION
from newsreader.article.linebreak.classes import class_letters

FIXTURE = Path(__file__).parent / "line_break_tests.txt.gz"


class Case(NamedTuple):
    """A text and the places where the annex lets a line end."""

    text: str
    places: list[int]


class Tailoring(NamedTuple):
    """A deliberate difference: what stands before and after a place, as class letters."""

    reason: str
    before: str
    after: str
    breaks: bool


TAILORINGS = (
    Tailoring("no line starts with a dash", "[^s]", "B", breaks=False),
    Tailoring("nor with one that spaces stand around", "s", "B(?:s|$)", breaks=False),
    Tailoring(
        "a hyphen that starts a word stays with it", "(?:^|[KsZGC])-M?", "[Ajvthk]", breaks=False
    ),
    Tailoring("short words after a slash are units", "/M?", "A{1,3}(?![AH9])", breaks=False),
    Tailoring("addresses break anywhere", "A{4},//.*", ".", breaks=True),
    Tailoring('" and spaces glue no bracket', '"M?s', r"[\[(]", breaks=True),
    Tailoring("an opening quotation mark takes what follows along", r"\(<s", ".", breaks=False),
    Tailoring("a closing one does not start a line", "s", r">[^AH9]", breaks=False),
    Tailoring("“ glues only where it opens", "A<s", r"[\[({]", breaks=True),
    Tailoring("Korean ends lines at spaces", "[jvthk]M*", r"[AH9($%jvthk]", breaks=False),
    Tailoring("and Hangul clings to Latin", "[AH9o%),]M*", "[jvthk]", breaks=False),
    Tailoring("and to a mark that stands alone", "(?:^|[KsZ])[MJ]M*", "[jvthk]", breaks=False),
    Tailoring("a point that starts a number belongs to it", "s", ",9", breaks=True),
    Tailoring("a point that starts a number belongs to it", "s,", "9", breaks=False),
)


def cases() -> list[Case]:
    found: list[Case] = []
    for line in gzip.decompress(FIXTURE.read_bytes()).decode("utf-8").splitlines():
        if line.startswith("#"):
            continue
        words = line.split()
        text = "".join(chr(int(code, 16)) for code in words[1::2])
        signs = words[2::2]
        found.append(Case(text, [at for at, sign in enumerate(signs, 1) if sign == "÷"]))
    return found


def explanation(text: str, place: int, *, breaks: bool) -> Tailoring | None:
    """The tailoring that makes a place of a text differ from the annex."""
    letters = class_letters(text)
    for tailoring in TAILORINGS:
        if (
            tailoring.breaks == breaks
            and re.search(f"(?:{tailoring.before})$", letters[:place])
            and re.match(tailoring.after, letters[place:])
        ):
            return tailoring
    return None


def test_every_case_of_unicode_comes_out_but_for_the_tailorings() -> None:
    used: set[Tailoring] = set()
    differing = 0
    for text, places in cases():
        found = break_places(text)
        differing += found != places
        for place in set(found) ^ set(places):
            tailoring = explanation(text, place, breaks=place in found)
            assert tailoring, (ascii(text), class_letters(text), place, found, places)
            used.add(tailoring)
    assert used == set(TAILORINGS)
    assert differing == 434


def test_the_fixture_is_whole_and_of_the_version_of_the_table() -> None:
    head = gzip.decompress(FIXTURE.read_bytes()).decode("utf-8").splitlines()[0]
    assert VERSION in head
    assert len(cases()) == 7654


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # Quotation marks are brackets beside Chinese, whatever else they stand beside
        ("说“你好”了", "说 “你 好” 了"),
        ("说“Hello”了", "说 “Hello” 了"),
        ("GDP“增长”GDP", "GDP “增 长” GDP"),
        ("“‘好’”了", "“‘好’” 了"),
        ("——“好”——好", "—— “好”—— 好"),
        ("……”好", "……” 好"),
        ("“好”“好”", "“好” “好”"),
        ("好。”“好", "好。” “好"),
        ("“ 好", "“␣好"),
        ("好 ”好", "好␣” 好"),
        ("中国’s好", "中 国’s 好"),
        ("‘中国’好", "‘中 国’ 好"),
        ("don’t“no”yes", "don’t“no”yes"),
        ("„Hallo“ sagte", "„Hallo“␣ sagte"),
        ("»Hallo« sagte", "»Hallo«␣ sagte"),
        ("the ’90s", "the␣ ’90s"),
        ("he (“we”) said", "he␣ (“we”)␣ said"),
        ('said "foo" (bar)', 'said␣ "foo"␣ (bar)'),
        ('说"好"了', '说"好"了'),
        # Numbers, units, signs, ranges
        ("5.2%以", "5.2% 以"),
        ("G20峰", "G20 峰"),
        ("约$5买", "约 $5 买"),
        ("重10kg了", "重 10kg 了"),
        ("100℃的", "100℃ 的"),
        ("2022年", "2022 年"),
        ("3-5年", "3-5 年"),
        ("3–5年", "3–5 年"),
        ("a–b", "a– b"),
        ("3～5年", "3～ 5 年"),
        ("-5 ±3 +8", "-5␣ ±3␣ +8"),
        ("$-5 (5)% $(5)", "$-5␣ (5)%␣ $(5)"),
        ("1,000.50元", "1,000.50 元"),
        ("is .35 cents", "is␣ .35␣ cents"),
        ("a, 5", "a,␣ 5"),
        ("24/7 km/h 元/吨", "24/7␣ km/h␣ 元/ 吨"),
        ("input/output", "input/ output"),
        ("COVID-19 state-of", "COVID-19␣ state- of"),
        ("-x --all a-", "-x␣ --all␣ a-"),
        # Dashes, dots
        ("号——在……这", "号—— 在…… 这"),
        ("a — b—c", "a␣—␣ b— c"),
        ("说 —dijo", "说␣ — dijo"),
        ("阿·史a·b", "阿· 史 a·b"),
        ("甲 · 乙", "甲␣·␣ 乙"),
        ("中 ：文 …文", "中␣： 文␣… 文"),
        # Korean ends its lines at spaces, whatever is in a word; Chinese around it does not
        ("날씨가 좋아서 2022년에 갔다.", "날씨가␣ 좋아서␣ 2022년에␣ 갔다."),
        ("大韓民國은 民主共和國이다.", "大韓民國은␣ 民主共和國이다."),
        ("한국（韓國）은 “강”이라고", "한국（韓國）은␣ “강”이라고"),
        ("미국(USA)의 CPU를 5%만 ㅋㅋㅋ", "미국(USA)의␣ CPU를␣ 5%만␣ ㅋㅋㅋ"),
        ("서울，부산。그리고 -는", "서울， 부산。 그리고␣ -는"),
        ("听김치的歌“사랑”了", "听 김치 的 歌 “사랑” 了"),
        ("각각 각각", "각각␣ 각각"),
        # Strict: small kana and iteration marks start no line
        ("ファッション々", "ファッ ショ ン々"),
        ("スーパー", "スー パー"),
        # Spaces that glue and spaces that part
        ("a\u00a0b\u202fc", "a\u00a0b\u202fc"),
        ("中\u2060文", "中\u2060文"),
        ("ab\u200bcd", "ab\u200b cd"),
        ("中\u3000\u3000文", "中\u3000\u3000 文"),
        ("中\u3000“文", "中\u3000 “文"),
        ("（\u3000中", "（\u3000中"),
        ("ab\u00adcd", "ab\u00ad cd"),
        # Clusters
        ("👩‍👩‍👧👍🏽🇨🇳🇯🇵🇫", "👩‍👩‍👧 👍🏽 🇨🇳 🇯🇵 🇫"),
        ("e\u0301e\u0301", "e\u0301e\u0301"),
        ("1\ufe0f\u20e3中", "1\ufe0f\u20e3 中"),
        # Addresses
        ("见https://a.b/c。好", "见 https:// a. b/ c。 好"),
        ("www.a-b.c", "www. a- b. c"),
    ],
)
def test_a_text_parts_where_it_should(text: str, parts: str) -> None:
    places = [0, *break_places(text)]
    found = [text[start:end] for start, end in pairwise(places)]
    assert " ".join(part.replace(" ", "␣") for part in found) == parts
