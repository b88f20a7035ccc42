"""Whether two texts say the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.search.sketches import (
    are_copies,
    make_sketch,
    sketch_from_bytes,
    sketch_to_bytes,
)

STORY = (
    "港口在夜里接到了第一艘电动渡轮。它从对岸出发用了四十分钟。船长说水面平得像一面镜子。\n"
    "码头上等着两百多名乘客和一支乐队。市长剪彩之后第一批车辆开上了甲板。\n"
    "船上的电池够来回三趟。充电桩装在候船室的后面。明年春天还有两艘要下水。\n"
    "旧船会送到上游的博物馆。老船员在广播里念了每一个码头的名字。\n"
)
OTHER = (
    "山里的气象站今年换了新仪器。值班的人说雪比去年来得早。路在十一月就封了。\n"
    "学校把冬天的课提前了一周。邮递员改骑马送信。村里的面包房每天只开半天。\n"
)
ENGLISH = (
    "The harbour took its first electric ferry at night. It crossed the water in forty minutes. "
    "The captain said that the sea lay like a mirror. Two hundred people and a band were waiting. "
    "The old ship goes to a museum up the river."
)

COPIES = {
    "itself": (STORY, STORY),
    "a paper of its own at the end": (STORY, STORY + "（责任编辑：王小明）来源于本报综合报道。"),
    "a line before it": (STORY, "本报讯，记者昨天在码头看到了这一幕。\n" + STORY),
    "one sentence in other words": (STORY, STORY.replace("平得像一面镜子", "没有一点波浪")),
    "other paragraphs": (STORY, STORY.replace("\n", "").replace("。", "。\n")),
    "blanks between characters": (STORY, " ".join(STORY)),
    "English with other line ends": (ENGLISH, ENGLISH.replace(" captain", "\ncaptain")),
    "a short text": ("第一艘电动渡轮昨天夜里到了港口，两百多名乘客和一支乐队在码头上等着它。",) * 2,
}
OTHERS = {
    "another story": (STORY, OTHER),
    "a story that quotes one": (STORY, OTHER + STORY[:60]),
    "two that end alike": (
        STORY + "本网站所有内容均受版权保护，转载请注明出处。",
        OTHER + "本网站所有内容均受版权保护，转载请注明出处。",
    ),
    "nothing": ("", ""),
    "next to nothing": ("图片", "图片"),
    "a short text and another": ("第一艘电动渡轮" * 6, "第一艘电动渡船" * 6),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies_are_known(name: str) -> None:
    one, other = map(make_sketch, COPIES[name])
    assert one
    assert are_copies(one, other)
    assert are_copies(other, one)


@pytest.mark.parametrize("name", OTHERS)
def test_other_texts_are_not_taken_for_copies(name: str) -> None:
    one, other = map(make_sketch, OTHERS[name])
    assert not (one and other and are_copies(one, other))


@given(st.text(max_size=3000))
def test_every_text_has_a_sketch_that_is_read_back(text: str) -> None:
    sketch = make_sketch(text)
    assert list(sketch) == sorted(set(sketch))
    assert len(sketch) <= 12
    assert sketch_from_bytes(sketch_to_bytes(sketch)) == sketch
    assert not sketch or are_copies(sketch, sketch)


@given(st.integers(0, 2**32), st.integers(20, 200))
def test_a_text_that_shares_nothing_is_never_a_copy(seed: int, size: int) -> None:
    chance = random.Random(seed)
    one = tuple(sorted(chance.sample(range(0, 2**32, 2), 12)))
    other = tuple(sorted(chance.sample(range(1, 2**32, 2), min(12, size))))
    assert not are_copies(one, other)


def test_of_a_huge_text_the_beginning_counts() -> None:
    assert make_sketch(STORY * 1000) == make_sketch(STORY)
    assert are_copies(make_sketch(STORY + "x" * 3_000_000), make_sketch(STORY))
