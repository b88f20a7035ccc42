"""The palette: what of its commands what is typed finds, and how a line is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.command import CommandInput, CommandList, CommandPalette

from newsreader.store import PostStore
from newsreader.text import clean_line
from newsreader.tui.dialogs.palette import draw_command, match_command
from newsreader.tui.keys import KEYS, Pane
from newsreader.tui.looks.terminal_answers import BackgroundTold
from newsreader.tui.values import PaletteCommand, Sort
from tests.tui.driving import NEWEST, OLDEST, SECOND, OpenReader, Reader


def command(title: str, beside: str = "", also: str = "") -> PaletteCommand:
    return PaletteCommand(clean_line(title), lambda: None, clean_line(beside), also)


def best(typed: str, commands: Sequence[PaletteCommand]) -> str:
    """The title of the command that what is typed finds first; empty if it finds none."""
    found = [
        (match.score, each.title) for each in commands if (match := match_command(typed, each))
    ]
    return max(found, default=(0.0, ""))[1]


COMMANDS = [
    command("Next unread", "n", "next unread post, or the next match post.next-unread"),
    command("Bookmark", "m", "bookmark the post, or remove its bookmark post.bookmark"),
    command("Update the bookmark", "U", "keep the bookmark as its file is now"),
    command("Undo", "u", "undo the last mark"),
    command("Go to 南方网新闻", "57", "nanfangwang"),
]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("book", "Bookmark"),
        ("bkm", "Bookmark"),
        ("up bm", "Update the bookmark"),
        ("nu", "Next unread"),
        ("U", "Update the bookmark"),
        ("南方", "Go to 南方网新闻"),
        ("nanf", "Go to 南方网新闻"),
        ("post.bookmark", "Bookmark"),
        ("xyzzy", ""),
    ],
)
def test_what_is_typed_finds_a_command(typed: str, title: str) -> None:
    assert best(typed, COMMANDS) == title


def test_keys_stand_beside_the_titles_in_one_column() -> None:
    lines = [draw_command(each).plain for each in COMMANDS]

    assert [line.split() for line in lines][1] == ["Bookmark", "m"]
    assert {draw_command(each).cell_length - len(each.beside) for each in COMMANDS} == {36}


def test_markup_in_a_title_is_text() -> None:
    assert {draw_command(each, room=20).cell_length - len(each.beside) for each in COMMANDS} == {22}
    assert draw_command(command("[b]bold[/b]"), (0, 1)).plain == "[b]bold[/b]"


def test_every_key_that_the_palette_offers_has_a_short_title() -> None:
    assert all(len(key.title) <= 28 for key in KEYS)


async def type_into(reader: Reader, text: str) -> list[str]:
    """Open the palette, type, and give its lines."""
    await reader.press("colon")
    palette = reader.dialog()
    assert isinstance(palette, CommandPalette)
    await reader.commit(text)
    commands = palette.query_one(CommandList)
    for _ in range(50):
        if commands.option_count or not text:
            break
        await reader.pilot.pause(0.05)
    await reader.settle()
    options = [commands.get_option_at_index(at) for at in range(commands.option_count)]
    return [str(each.prompt.plain) for each in options if hasattr(each.prompt, "plain")]


async def choose_first(reader: Reader) -> None:
    palette = reader.dialog()
    assert palette is not None
    assert palette.query_one(CommandInput).has_focus
    await reader.press("enter")
    if reader.dialog() is palette:
        await reader.press("enter")
    await reader.settle()


async def test_a_post_is_found_by_its_title_and_opened(
    open_reader: OpenReader, store: PostStore
) -> None:
    async with open_reader() as reader:
        await reader.press("h", "G")  # a category that does not hold the post
        lines = await type_into(reader, "车记11")
        assert SECOND in "".join(lines)
        await choose_first(reader)
        assert (reader.article, reader.pane()) == (SECOND, Pane.ARTICLE)
        assert reader.list_title.startswith("All")


async def test_a_read_post_is_found_from_the_view_of_unread_ones(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await reader.press("r", "2")
        await type_into(reader, NEWEST)
        await choose_first(reader)
        assert reader.article == NEWEST


async def test_a_category_is_found_by_its_code(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        lines = await type_into(reader, "malu")
        assert "马路" in lines[0]
        await choose_first(reader)
        assert reader.list_title.startswith("马路")


async def test_an_order_is_chosen(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await type_into(reader, "oldest first")
        await choose_first(reader)
        assert reader.screen.controls.lists.sort is Sort.OLDEST
        assert reader.title != OLDEST  # undated posts stay last


async def test_a_theme_is_chosen(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        await type_into(reader, "theme")
        await choose_first(reader)
        await reader.commit("dracula")
        await reader.press("enter")
        assert reader.app.theme == "dracula"
        assert reader.dialog() is None
        await type_into(reader, "theme")
        await choose_first(reader)
        await reader.commit("background")
        await reader.press("enter")
        assert (reader.app.theme, reader.app.theme_choice) == ("inkwell", "auto")
        reader.app.post_message(BackgroundTold(is_dark=False))
        await reader.settle()
        assert reader.app.theme == "newsprint"
