"""The labels of list items."""

from __future__ import annotations

import pytest

from newsreader.article.document import Item, List, Numeral
from newsreader.article.numerals import item_label, item_numbers


@pytest.mark.parametrize(
    ("numeral", "number", "label"),
    [
        ("1", 4, "4."), ("1", -3, "-3."), ("a", 1, "a."), ("a", 26, "z."), ("a", 27, "aa."),
        ("A", 703, "AAA."), ("a", 0, "0."), ("i", 4, "iv."), ("I", 1999, "MCMXCIX."),
        ("i", 4000, "4000."), ("一", 3, "三、"), ("一", 10, "十、"), ("一", 21, "二十一、"),
        ("一", 105, "一百零五、"), ("一", 1010, "一千零一十、"), ("一", 110, "一百一十、"),
        ("一", 0, "0."),
    ],
)  # fmt: skip
def test_an_item_is_labelled_as_in_a_browser(numeral: Numeral, number: int, label: str) -> None:
    assert item_label(number, numeral) == label


def test_an_item_counts_on_from_its_own_number() -> None:
    items = (Item(()), Item((), number=10), Item(()))

    assert item_numbers(List("number", items, 5)) == [5, 10, 11]
