"""The Latin key of a character of another layout."""

from __future__ import annotations

import pytest

from newsreader.tui.keyboard.layouts import LATIN_KEYS
from newsreader.tui.keys import KEYS


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("йцукенгшщзхъ", "qwertyuiop[]"),
        ("фывапролджэ", "asdfghjkl;'"),
        ("ячсмитьбю", "zxcvbnm,."),
        ("ОЛПШЖ", "JKGI:"),
        ("іїІ", "s]S"),
        ("ξκγγηλ", "jkgghl"),
        ("ΞΚΓΣ", "JKGS"),
        ("ｊＧ？：／", "jG?:/"),
        ("、【】", "/[]"),
    ],
)
def test_the_same_keys_work_under_other_layouts(typed: str, keys: str) -> None:
    assert "".join(LATIN_KEYS[character] for character in typed) == keys


def test_every_letter_of_the_table_has_a_key_under_a_cyrillic_layout() -> None:
    reached = {latin for other, latin in LATIN_KEYS.items() if "Ѐ" <= other <= "ӿ"}
    letters = {key for row in KEYS for key in row.keys if len(key) == 1 and key.isalpha()}

    assert letters <= reached
