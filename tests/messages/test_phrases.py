"""Everything that the program says is said in every language."""

from __future__ import annotations

import itertools
from string import Formatter

import pytest

from newsreader.messages import choose_language, join_phrases, phrase, phrase_of, use_language
from newsreader.messages.chinese import PHRASES
from newsreader.text import EMPTY, clean_line
from tests.messages.phrases import MODULES, phrases_in, said


@pytest.mark.long
def test_every_phrase_stands_where_it_is_said() -> None:
    lost = [
        f"{name}:{line}"
        for name, text in MODULES.items()
        for line, words in phrases_in(text)
        if words is None
    ]

    assert lost == []


@pytest.mark.long
def test_no_phrase_lacks_its_chinese_and_no_chinese_its_phrase() -> None:
    assert sorted(said() - PHRASES.keys()) == []
    assert sorted(PHRASES.keys() - said()) == []


def fields(template: str) -> list[tuple[str, str]]:
    """What is filled in, by its number, with its format."""
    found = [(name, spec) for _, name, spec, _ in Formatter().parse(template) if name is not None]
    numbered = [(name or str(at), spec or "") for at, (name, spec) in enumerate(found)]
    return sorted(numbered)


@pytest.mark.parametrize("words", sorted(PHRASES))
def test_a_translation_fills_in_what_the_english_words_do(words: str) -> None:
    assert fields(PHRASES[words]) == fields(words)


@pytest.mark.parametrize("words", sorted(PHRASES))
def test_chinese_has_full_width_punctuation(words: str) -> None:
    translated = PHRASES[words]
    after_chinese = [mark for before, mark in itertools.pairwise(translated) if before > "\u4e00"]

    assert not {",", ";", "?", "!", "."} & set(after_chinese)


def test_what_a_language_lacks_stays_english() -> None:
    use_language("zh")

    assert phrase_of("words that nobody has translated") == "words that nobody has translated"
    assert phrase("{:,} posts", 1234) == "1,234 篇"
    assert phrase("Mark {} in “{}” read?", clean_line("3 篇"), clean_line("全部")) == (
        "将“全部”中的 3 篇标为已读？"
    )


def test_phrases_are_joined_by_the_comma_of_the_language() -> None:
    assert join_phrases([phrase("{:,} new", 2), EMPTY, phrase("{:,} removed", 1)]) == (
        "2 new, 1 removed"
    )
    use_language("zh")
    assert join_phrases([phrase("{:,} new", 2), EMPTY, phrase("{:,} removed", 1)]) == (
        "新增 2 篇，移除 1 篇"
    )


@pytest.mark.parametrize(
    ("setting", "environment", "language"),
    [
        ("auto", {}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("auto", {"LANG": "zh"}, "zh"),
        ("auto", {"LANG": "zh_TW.UTF-8"}, "zh"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ("auto", {"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ("auto", {"LANG": "de_DE.UTF-8", "LANGUAGE": "zh_CN:de"}, "zh"),
        ("auto", {"LANG": "C", "LANGUAGE": "zh_CN"}, "en"),
        ("auto", {"LC_ALL": "POSIX"}, "en"),
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_option_or_of_the_locale(
    setting: str, environment: dict[str, str], language: str
) -> None:
    assert choose_language(setting, environment) == language
