"""Keys that come in one burst, while a dialog opens or closes."""

from __future__ import annotations

import gc
import random
from contextlib import suppress

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import WaitForScreenTimeout
from textual.strip import Strip

from newsreader.tui.main_screen import MainScreen
from tests.tui.driving import OpenReader

pytestmark = pytest.mark.long

DIALOGS = {
    "help": "question_mark",
    "palette": "ctrl+p",
    "commands": "colon",
    "sort": "S",
    "confirm": "A",
    "note": "N",
    "outline": "T",
}
KEYS = [
    "enter",
    "escape",
    "q",
    "?",
    "f1",
    "ctrl+p",
    "y",
    "n",
    "j",
    "down",
    "S",
    "ctrl+s",
    "：",
    "m",
]
BURSTS = 2


def key_event(key: str) -> events.Key:
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, "\r" if key == "enter" else None)


@pytest.mark.parametrize("dialog", DIALOGS)
async def test_no_burst_of_keys_ends_the_reader(open_reader: OpenReader, dialog: str) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    async with open_reader() as reader:
        bursts = [["enter", "enter"], ["enter"] * 3, ["escape", "escape"], ["escape", "enter"]]
        bursts += [chance.choices(KEYS, k=chance.randint(1, 5)) for _ in range(BURSTS)]
        for burst in bursts:
            await reader.press(DIALOGS[dialog])
            for key in burst:
                reader.app.post_message(key_event(key))
            with suppress(WaitForScreenTimeout):  # of an app that has ended
                await reader.settle()
            if reader.app.return_code is not None:
                assert "q" in burst
                break
            for _ in range(8):  # a dialog that has opened another one
                if reader.dialog() is not None:
                    await reader.press("escape")
            assert reader.dialog() is None, burst
        assert reader.app.failure is None, burst
        assert reader.app.return_code in {None, 0}


async def test_what_is_chosen_by_two_enters_is_done_once(
    open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(MainScreen, "action_command", lambda _, command: done.append(command))
    async with open_reader() as reader:
        reader.app.action_command_palette()
        await reader.settle()
        await reader.press(*"or remove its bookmark")
        for _ in range(3):
            reader.app.post_message(key_event("enter"))
        await reader.settle()
        assert reader.dialog() is None
    assert done == ["post.bookmark"]


async def test_a_dialog_that_closes_leaves_nothing_behind(open_reader: OpenReader) -> None:
    async with open_reader() as reader:

        async def strips() -> int:
            for _ in range(2):
                await reader.press("question_mark", "escape")
            gc.collect()
            return sum(isinstance(each, Strip) for each in gc.get_objects())

        await strips()
        before = await strips()
        assert await strips() <= before + 50  # the help has 400 lines


async def test_a_palette_opens_while_the_one_before_it_closes(open_reader: OpenReader) -> None:
    async with open_reader() as reader:
        for key in ["ctrl+p", "escape"] * 5:
            reader.app.post_message(key_event(key))
        await reader.settle()
        assert reader.app.failure is None
