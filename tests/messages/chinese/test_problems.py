"""Every problem has its Chinese sentence, which takes what the English one does."""

from __future__ import annotations

from typing import get_args

import pytest

from newsreader.messages import describe, use_language
from newsreader.messages.chinese import PROBLEMS
from newsreader.messages.english import ENGLISH
from newsreader.problems import Code, Problem
from tests.messages.test_english import fits

CODES: tuple[Code, ...] = get_args(Code)


def test_every_code_has_chinese_words() -> None:
    assert set(PROBLEMS) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_chinese_sentence_takes_what_the_english_one_does(code: Code) -> None:
    for count in range(6):
        assert fits(PROBLEMS[code], count) == fits(ENGLISH[code], count), count


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem("lost", (Problem("not-marked"), Problem("disk-full"))), "没有标记：磁盘已满。"),
        (Problem("undone", ("read", 0, 1, "标题")), "重新标为未读：“标题”。"),
        (Problem("undone", ("bookmark", 1, 12, "")), "收藏已恢复：12 篇。"),
        (
            Problem("config-choice-unknown", ("theme", "norf", "nord", "auto", "nord")),
            "`theme` 不能是 `norf`；是否指 `nord`？可用的有 `auto`、`nord`。",
        ),
        (
            Problem("config-action-unknown", ("move.dwn", "move.down")),
            "没有可绑定按键的操作 `move.dwn`；是否指 `move.down`？",
        ),
        (Problem("config-key-unknown", ("", "", "", "theme")), "未知选项。可用的有 `theme`。"),
    ],
)
def test_problems_are_told_in_chinese(problem: Problem, sentence: str) -> None:
    use_language("zh")

    assert describe(problem) == sentence
