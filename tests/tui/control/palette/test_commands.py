"""What the palette offers, and that each line of it does its own thing."""

from __future__ import annotations

import pytest

from newsreader.store import Counts, Everything, Labelled, View
from newsreader.text import clean_line
from newsreader.tui.control.palette import commands
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.keys import KEYS, MOVING, Key, Pane
from newsreader.tui.values import CategoryEntry, PaletteCommand, PostId, Sort
from tests.tui.control.fakes import ControlsOnFakes

COUNTS = Counts(total=1234, unread=2, bookmarks=3)
EVERYTHING = CategoryEntry(clean_line("All posts"), COUNTS, Everything())
UNREAD = CategoryEntry(clean_line("Unread"), COUNTS, Everything(), View.UNREAD)
MARKUP = CategoryEntry(clean_line("[b]bold[/b]"), COUNTS, Labelled("category", "code"))
HEADING = CategoryEntry(clean_line("Categories"))


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "PAUSE_SECONDS", 0.0)


def offered(fakes: ControlsOnFakes, pressed: list[Key] | None = None) -> list[PaletteCommand]:
    keys: list[Key] = [] if pressed is None else pressed
    return [*fakes.controls.palette.commands(keys.append)]


async def test_each_key_that_does_more_than_move_can_be_chosen() -> None:
    pressed: list[Key] = []
    wanted = [key for key in KEYS if key.section != MOVING and key.id != "app.palette"]
    for command in offered(ControlsOnFakes(), pressed)[: len(wanted)]:
        command.run()

    assert pressed == wanted


async def test_keys_stand_beside_as_they_are_bound() -> None:
    fakes = ControlsOnFakes()
    fakes.screen.keys.keymap = Keymap({"post.bookmark": ("g b", "ctrl+b")})

    assert ("Bookmark", "gb ^b") in [(each.title, each.beside) for each in offered(fakes)]


async def test_a_line_for_a_list_goes_to_that_list_and_says_how_much_is_in_it() -> None:
    fakes = ControlsOnFakes()
    fakes.screen.categories.entries = [EVERYTHING, HEADING, UNREAD, MARKUP]
    lines = offered(fakes)[-3:]

    assert [(line.title, line.beside, line.also) for line in lines] == [
        ("Go to All posts", "1,234", ""),
        ("Go to Unread", "2", ""),
        ("Go to [b]bold[/b]", "1,234", "code"),
    ]
    lines[-1].run()
    assert fakes.controls.lists.query.scope == Labelled("category", "code")


async def test_orders_are_offered_when_something_is_typed() -> None:
    fakes = ControlsOnFakes()
    orders = [each for each in offered(fakes) if each.title.startswith("Sort: ")]

    assert len(orders) == len(Sort)
    assert not any(each.common for each in orders)
    orders[1].run()
    assert fakes.controls.lists.sort is Sort.OLDEST


async def test_posts_are_found_by_their_titles_and_opened() -> None:
    fakes = ControlsOnFakes()
    title = fakes.store.rows[PostId(2)].title
    found = [each async for step in fakes.controls.palette.posts(title) for each in step]

    assert [each.title for each in found] == [title]
    found[0].run()
    assert fakes.screen.layout.pane is Pane.ARTICLE
    await fakes.settle()


@pytest.mark.parametrize("typed", ["", "  ", "a"])
async def test_a_single_letter_finds_no_posts(typed: str) -> None:
    fakes = ControlsOnFakes()

    assert [step async for step in fakes.controls.palette.posts(typed)] == []
