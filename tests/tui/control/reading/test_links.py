"""The links of an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.text import literal
from newsreader.tui.control.reading.links import LinkControl
from newsreader.tui.programs.command import ProgramError
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes

ADDRESS = "http://example.org/7"


@pytest.fixture
def browser(tmp_path: Path) -> str:
    """A command that writes down what it is to open."""
    path = tmp_path / "browser"
    path.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path / "opened"}\n')
    path.chmod(0o755)
    return str(path)


def opened(tmp_path: Path) -> list[str]:
    path = tmp_path / "opened"
    return path.read_text().splitlines() if path.exists() else []


async def reading(text: str, browser: str) -> tuple[ControlsOnFakes, LinkControl]:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = text
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    return fakes, LinkControl(fakes.screen.parts, fakes.controls.messages, browser)


async def test_the_own_link_of_the_post_is_opened(tmp_path: Path, browser: str) -> None:
    fakes, links = await reading(f"Text.\n\n<{ADDRESS}>\n", browser)
    links.open_source()
    await fakes.settle()
    assert opened(tmp_path) == [ADDRESS]
    assert fakes.screen.status.message == f"Opening {ADDRESS}"


async def test_a_post_without_a_link_says_so(tmp_path: Path, browser: str) -> None:
    fakes, links = await reading("Text.\n", browser)
    links.open_source()
    await fakes.settle()
    assert opened(tmp_path) == []
    assert fakes.screen.status.message == "This post has no link of its own"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "", "#part", "-x", "data:text/html,a", "a b"],
)
async def test_what_may_not_be_opened_is_not(tmp_path: Path, browser: str, address: str) -> None:
    fakes, links = await reading("Text.\n", browser)
    links.open(address)
    await fakes.settle()
    assert opened(tmp_path) == []
    assert fakes.screen.status.message == "This link may not be opened"


async def test_a_browser_that_is_not_there_gives_a_sentence() -> None:
    fakes, links = await reading(f"<{ADDRESS}>\n", "no-such-browser")
    links.open(ADDRESS)
    await fakes.settle()
    assert fakes.screen.services.notified == [
        "browser: there is no program no-such-browser. y copies the link"
    ]


async def test_a_text_browser_gets_the_terminal(tmp_path: Path, browser: str) -> None:
    lynx = Path(browser).with_name("lynx")
    lynx.symlink_to("browser")
    fakes, links = await reading("Text.\n", str(lynx))
    links.open(ADDRESS)
    await fakes.settle()
    assert fakes.screen.services.ran == [((str(lynx), ADDRESS), None, False)]
    fakes.screen.services.unable = ProgramError(literal("It cannot be left"))
    links.open(ADDRESS)
    await fakes.settle()
    assert fakes.screen.services.notified == ["It cannot be left. y copies the link"]


async def test_the_key_waits_for_the_post_that_is_selected() -> None:
    fakes, _ = await reading(f"<{ADDRESS}>\n", "")
    fakes.controls.article.post_id = PostId(2)
    fakes.controls.reading.by_id()["article.open-source"]()
    assert fakes.screen.status.message == "This post is still being read"
