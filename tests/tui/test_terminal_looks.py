"""How cells look: styles, and the fewest bytes from one to the next."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.style import Style

from newsreader.tui.terminal_looks import MAX_KNOWN, PLAIN, TRANSITIONS, Look, Looks

LOOKS = Looks(ColorSystem.TRUECOLOR)


def look(style: str) -> Look:
    return LOOKS.of(Style.parse(style))


def codes(before: str, after: str) -> str:
    """What is sent between two styles."""
    _, state = TRANSITIONS[PLAIN, look(before).state]
    return TRANSITIONS[state, look(after).state][0].replace("\x1b", "^")


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("", "", ""),
        ("", "bold", "^[1m"),
        ("#0000ff on #102030", "bold #0000ff on #102030", "^[1m"),
        ("bold #0000ff on #102030", "#0000ff on #102030", "^[22m"),
        ("bold dim #0000ff on #102030", "bold #0000ff on #102030", "^[22;1m"),
        ("#0000ff on #102030", "#0000fe on #102030", "^[38;2;0;0;254m"),
        ("#0000ff on #102030", "#0000ff on #102031", "^[48;2;16;32;49m"),
        ("bold italic #0000ff on #102030", "", "^[0m"),
        ("bold italic #0000ff on #102030", "red", "^[0;31m"),
        ("red", "", "^[0m"),
        ("underline", "underline2", "^[0;21m"),
        ("", "link https://a.example/", "^]8;id=1374035484;https://a.example/^\\"),
        ("link https://a.example/", "", "^]8;;^\\"),
    ],
)
def test_only_what_differs_is_sent(before: str, after: str, sent: str) -> None:
    assert codes(before, after) == sent


def test_a_blank_has_a_background_and_whatever_can_be_seen_of_it() -> None:
    assert look("bold red on blue").blank is look("italic green on blue").blank
    assert look("red on blue").blank is not look("red on black").blank
    underlined = look("underline red")
    assert underlined.blank is underlined
    assert look("link https://a.example/").blank is not look("").blank


def test_a_blank_takes_the_foreground_that_is_set() -> None:
    blank = look("#0000ff").blank

    sent, state = TRANSITIONS[look("bold reverse red").state, blank.state]

    assert (sent, state[1]) == ("\x1b[27m", "31")


def test_colours_are_those_that_the_terminal_has() -> None:
    style = Style.parse("#ff0000 on #00ff00")

    few = Looks(ColorSystem.STANDARD).of(style)
    many = Looks(ColorSystem.EIGHT_BIT).of(style)

    assert few.state[1:3] == ("31", "42")
    assert many.state[1:3] == ("38;5;196", "48;5;46")


def test_equal_styles_have_one_look_and_there_is_an_end_to_them() -> None:
    looks = Looks(ColorSystem.TRUECOLOR)
    first = looks.of(Style.parse("bold"))
    assert looks.of(Style(bold=True, meta={"a": 1})) is first
    assert not looks.is_full
    for number in range(MAX_KNOWN + 1):
        looks.of(Style.parse(f"rgb({number % 256},{number // 256},7)"))
    assert looks.is_full
