"""Selecting text by keys and by the mouse."""

from __future__ import annotations

from bisect import bisect_right

import pytest

from newsreader.tui.control.reading.selecting import SelectionControl
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes, FakeMode

TEXT = "alpha beta, gamma " + "delta " * 20 + "\n\n数字化转型，带来机遇。\n\n> quoted\n"


async def selecting(text: str = TEXT) -> tuple[ControlsOnFakes, FakeMode, list[str]]:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = text
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    copied: list[str] = []
    control = SelectionControl(
        fakes.screen.parts, fakes.controls.messages, lambda text, _: copied.append(text)
    )
    lines = fakes.screen.article.laid_out
    assert lines is not None
    fakes.screen.article.visible_lines = 4
    fakes.screen.article.top_line = bisect_right(lines.offsets, 0) - 1  # below the header
    control.start()
    return fakes, fakes.screen.article.mode, copied


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        ("y", "a"),
        ("l l y", "alp"),
        ("right right enter", "alp"),
        ("w y", "alpha b"),
        ("w w w y", "alpha beta, g"),
        ("w w b y", "alpha b"),
        ("w v l l l y", "beta"),
        ("w l l l o v y", "a"),
        ("w l o l y", "lpha be"),
        ("$ 0 y", "a"),
        ("j 0 k y", "a"),
        ("G v y", "d"),
        ("G b y", None),
        ("G g y", None),
    ],
)
async def test_keys_move_and_the_selection_grows(keys: str, copied: str | None) -> None:
    _, mode, found = await selecting()
    mode.press(*keys.split())
    assert len(found) == 1
    assert copied is None or found == [copied]
    assert mode.taker is None


async def test_what_was_laid_out_on_several_lines_is_one_again() -> None:
    _, mode, copied = await selecting()
    mode.press("G", "y")
    assert copied == [
        "alpha beta, gamma " + "delta " * 19 + "delta\n\n数字化转型，带来机遇。\n\nquoted"
    ]


async def test_a_wide_character_is_one_step_and_h_goes_back_to_the_line_above() -> None:
    _, mode, copied = await selecting("数字\n\n化\n")
    mode.press("l", "l", "h", "h", "y")
    assert copied == ["数"]


async def test_the_page_follows_the_cursor() -> None:
    fakes, mode, _ = await selecting("text " * 200)
    top = fakes.screen.article.top_line
    mode.press("pagedown", "pagedown", "j", "j")
    assert fakes.screen.article.top_line > top
    mode.press("g")
    assert fakes.screen.article.top_line == 0


@pytest.mark.parametrize("key", ["escape", "V", "q"])
async def test_leaving_copies_nothing(key: str) -> None:
    fakes, mode, copied = await selecting()
    assert fakes.screen.keys.mode_keys
    mode.press("l", "x", key)
    assert (mode.taker, copied, fakes.screen.keys.mode_keys) == (None, [], ())


async def test_marks_stay_with_their_character() -> None:
    _, mode, copied = await selecting("e\u0301a\n")
    mode.press("v", "y")
    assert copied == ["e\u0301"]


async def test_the_mouse_selects_in_both_directions() -> None:
    fakes, mode, copied = await selecting()
    control = mode.taker
    assert isinstance(control, SelectionControl)
    top = fakes.screen.article.top_line
    control.drag((top, 6), (top, 9))
    mode.press("y")
    control.drag((top, 9), (top, 6))
    mode.press("y")
    control.drag((top, 6), (top + 500, 500))
    mode.press("y")
    assert copied[:2] == ["beta", "beta"]
    assert copied[2].endswith("quoted")
