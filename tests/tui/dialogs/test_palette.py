"""What the command palette offers, and that each line of it does its own thing."""

from __future__ import annotations

from collections.abc import Iterable

from newsreader.store import Counts, Everything, Labelled, View
from newsreader.text import clean_line
from newsreader.tui.dialogs.palette import PaletteCommand, palette_commands
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP
from newsreader.tui.keys import KEYS, MOVING, Key
from newsreader.tui.values import CategoryEntry

COUNTS = Counts(total=1234, unread=2, bookmarks=3)
EVERYTHING = CategoryEntry(clean_line("All posts"), COUNTS, Everything())
UNREAD = CategoryEntry(clean_line("Unread"), COUNTS, Everything(), View.UNREAD)
MARKUP = CategoryEntry(clean_line("[b]bold[/b]"), COUNTS, Labelled("category", "b"))
HEADING = CategoryEntry(clean_line("Categories"))


class Called:
    """What the commands have done."""

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self.themes = 0
        self.entries: list[CategoryEntry] = []

    def choose_theme(self) -> None:
        self.themes += 1

    def commands(self, entries: Iterable[CategoryEntry] = ()) -> list[PaletteCommand]:
        return [
            *palette_commands(
                entries,
                keymap=DEFAULT_KEYMAP,
                run_key=self.keys.append,
                choose_theme=self.choose_theme,
                go_to=self.entries.append,
            )
        ]


def test_each_key_that_does_more_than_move_can_be_chosen() -> None:
    called = Called()
    for command in called.commands():
        command.run()
    wanted = [key for key in KEYS if key.section != MOVING and key.id != "app.palette"]
    assert called.keys == wanted
    assert called.themes == 1
    assert called.entries == []


def test_a_line_for_a_list_goes_to_that_list_and_says_how_much_is_in_it() -> None:
    called = Called()
    lines = called.commands([EVERYTHING, HEADING, UNREAD, MARKUP])[-3:]
    assert [(line.title, line.help) for line in lines] == [
        ("Go to All posts", "1,234 posts"),
        ("Go to Unread", "2 posts"),
        ("Go to [b]bold[/b]", "1,234 posts"),
    ]
    for line in reversed(lines):
        line.run()
    assert called.entries == [MARKUP, UNREAD, EVERYTHING]
    assert called.keys == []
