"""Write the numbers of the items of a list as a browser does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from newsreader.text import Clean, clean_line

if TYPE_CHECKING:
    from newsreader.article.document import List, Numeral

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN: Final = 3_999
_DIGITS: Final = "〇一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_MOST_CHINESE: Final = 9_999


def item_numbers(block: List) -> list[int]:
    """Return the number of each item of a list: one more than the one before, or its own."""
    numbers: list[int] = []
    number = block.start - 1
    for item in block.items:
        number = number + 1 if item.number is None else item.number
        numbers.append(number)
    return numbers


def item_label(number: int, numeral: Numeral) -> Clean:
    """Write the label of an item: `4.`, `d.`, `IV.`, `四、`.

    What letters or numerals cannot write (0, -1, 4,000 in Roman ones) is written in digits.
    """
    match numeral:
        case "1":
            text = ""
        case "a" | "A":
            text = _letters(number)
        case "i" | "I":
            text = _roman(number)
        case "一":
            text = _chinese(number)
        case _:
            assert_never(numeral)
    if text and numeral == "一":
        return clean_line(f"{text}、")
    text = text.upper() if numeral in ("A", "I") else text
    return clean_line(f"{text or number}.")


def _letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        letters = "abcdefghijklmnopqrstuvwxyz"[place] + letters
    return letters


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return ""
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _chinese(number: int) -> str:
    if not 0 < number <= _MOST_CHINESE:
        return ""
    text = ""
    digits = str(number)
    for place, digit in enumerate(digits):
        unit = _UNITS[len(digits) - 1 - place]
        if digit != "0":
            text += _DIGITS[int(digit)] + unit
        elif text and not text.endswith("〇"):
            text += "〇"
    text = text.rstrip("〇").replace("〇", "零")
    return text.removeprefix("一") if text.startswith("一十") else text
