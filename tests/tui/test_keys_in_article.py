"""Every key that is for the article, pressed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.config.model import Config
from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, OpenReader, open_folder, write_post

pytestmark = pytest.mark.long

SECTIONS = "".join(f"## Part {part}\n\n" + "A long text.\n\n" * 40 for part in "ABC")


async def test_brackets_step_through_the_sections(tmp_path: Path) -> None:
    site = write_post(tmp_path / "site", f"Before.\n\n{SECTIONS}")
    async with open_folder(site, tmp_path, (100, 30)) as reader:
        await reader.press("]")
        assert (reader.pane(), reader.first_line) == (Pane.ARTICLE, "Part A")
        await reader.press("】")
        assert reader.first_line == "Part B"
        await reader.press("［")
        assert reader.first_line == "Part A"


@pytest.fixture
def browser(tmp_path: Path) -> Config:
    """A config whose browser writes down what it is to open."""
    path = tmp_path / "show"
    path.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path / "opened"}\n')
    path.chmod(0o755)
    return Config(browser=str(path))


@pytest.mark.parametrize("keys", [("o",), ("enter", "o"), ("enter", "ｏ"), ("h", "o")])
async def test_o_opens_the_posts_link_from_every_pane(
    open_reader: OpenReader, tmp_path: Path, browser: Config, keys: tuple[str, ...]
) -> None:
    async with open_reader(config=browser) as reader:
        await reader.press(*keys)
        assert reader.article == NEWEST
    assert (tmp_path / "opened").read_text() == "http://example.org/12\n"
