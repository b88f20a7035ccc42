"""Copying links and texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.text import literal
from newsreader.tui.control.reading.copying import CopyControl
from newsreader.tui.programs.clipboard import MOST_FOR_TERMINAL, osc52
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes


async def reading(text: str, command: str = "") -> tuple[ControlsOnFakes, CopyControl]:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = text
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    return fakes, CopyControl(fakes.screen.parts, fakes.controls.messages, command, {})


@pytest.fixture
def command(tmp_path: Path) -> str:
    path = tmp_path / "clip"
    path.write_text(f"#!/bin/sh\ncat > {tmp_path / 'copied'}\n")
    path.chmod(0o755)
    return str(path)


async def test_the_posts_link_is_copied_by_the_terminal() -> None:
    fakes, copying = await reading("Text.\n\n<https://h.example/1>\n")
    copying.copy_source()
    await fakes.settle()
    assert fakes.screen.services.written == [osc52("https://h.example/1", {})]
    assert fakes.screen.status.message == "Copied https://h.example/1"


async def test_a_post_without_a_link_says_so() -> None:
    fakes, copying = await reading("Text.\n")
    copying.copy_source()
    await fakes.settle()
    assert fakes.screen.services.written == []
    assert fakes.screen.status.message == "This post has no link of its own"


async def test_the_command_of_the_config_gets_the_text_too(tmp_path: Path, command: str) -> None:
    fakes, copying = await reading("Text.\n", command)
    copying.copy("甲\n", literal("Copied"))
    await fakes.settle()
    assert (tmp_path / "copied").read_text(encoding="utf-8") == "甲\n"
    assert fakes.screen.services.written == [osc52("甲\n", {})]


async def test_a_command_that_is_not_there_is_told_and_the_terminal_has_it_all_the_same() -> None:
    fakes, copying = await reading("Text.\n", "no-such-command")
    copying.copy("a", literal("Copied"))
    await fakes.settle()
    services = fakes.screen.services
    assert services.notified == ["clipboard: there is no program no-such-command"]
    assert services.written == [osc52("a", {})]


async def test_a_text_that_the_terminal_does_not_take_is_for_the_program_alone(
    tmp_path: Path, command: str
) -> None:
    long = "x" * (MOST_FOR_TERMINAL + 1)
    fakes, copying = await reading("Text.\n", command)
    copying.copy(long, literal("Copied"))
    await fakes.settle()
    assert (tmp_path / "copied").read_text() == long
    assert fakes.screen.services.written == []
    assert fakes.screen.status.message == "Copied"


async def test_a_text_that_nobody_takes_is_told() -> None:
    fakes, copying = await reading("Text.\n")
    copying.copy("x" * (MOST_FOR_TERMINAL + 1), literal("Copied"))
    copying.copy("x" * MOST_FOR_TERMINAL, literal("Copied all"))
    await fakes.settle()
    copying.copy("中" * MOST_FOR_TERMINAL, literal("Copied"))
    await fakes.settle()
    assert len(fakes.screen.services.written) == 1
    assert fakes.screen.services.notified == [
        "Too long to copy: 224,982 bytes, and the clipboard takes 74,994. s saves the article"
    ]
