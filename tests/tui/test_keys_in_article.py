"""Every key that is for the article, pressed."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest

from newsreader.config.model import Config
from newsreader.tui.control.reading.links import LinkControl
from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, SECOND, OpenReader, open_folder, write_post

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


MANY_LINKS = (
    "A [first](https://h.example/1), 中 [second](https://h.example/2), note[^1].\n\n"
    + "A long text.\n\n" * 60
    + "[^1]: The note.\n"
)


async def test_f_shows_codes_and_a_code_opens_its_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    site = write_post(tmp_path / "site", MANY_LINKS)
    async with open_folder(site, tmp_path, (100, 30)) as reader:
        monkeypatch.setattr(LinkControl, "open", lambda _, address: opened.append(address))
        await reader.press("f")
        assert reader.pane() is Pane.ARTICLE
        assert "A airst, 中 second"[:9] in reader.article_text
        assert "".join(reader.marked("link-code")).startswith("asd")
        assert "Esc leave" in reader.footer
        await reader.press("ｓ")
        assert opened == ["https://h.example/2"]
        assert "A first, 中 second, note" in reader.article_text
        assert "Esc leave" not in reader.footer
        await reader.press("f", "j", "q", "escape")
        assert reader.pane() is Pane.ARTICLE
        assert reader.screen.article.top_line == 0
        await reader.press("f", "d")
        assert reader.screen.article.top_line > 30
        assert len(opened) == 1


async def test_codes_go_when_the_focus_does(tmp_path: Path) -> None:
    site = write_post(tmp_path / "site", MANY_LINKS)
    async with open_folder(site, tmp_path, (100, 30)) as reader:
        await reader.press("f")
        await reader.pilot.click("#posts", offset=(5, 1))
        await reader.settle()
        assert not reader.screen.article.mode.is_active
        assert "A first, 中 second, note" in reader.article_text
        await reader.press("f", "ctrl+c")
        assert not reader.screen.article.mode.is_active
        await reader.press("f")
        await reader.pilot.resize_terminal(70, 30)
        await reader.settle()
        assert not reader.screen.article.mode.is_active


@pytest.mark.parametrize(
    ("keys", "copied"),
    [
        (("y",), "http://example.org/12"),
        (("enter", "Y"), "# The article"),
        (("enter", "G", "F", "a"), "http://example.org/12"),
    ],
)
async def test_copies_go_to_the_terminal(
    open_reader: OpenReader,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    copied: str,
) -> None:
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    written: list[str] = []
    async with open_reader() as reader:
        driver = reader.app._driver
        monkeypatch.setattr(driver, "write", written.append)
        await reader.press(*keys)
        message = reader.screen.status.message
    [sequence] = [each for each in written if each.startswith("\x1b]52;")]
    text = b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode()
    if copied.startswith("http"):
        assert text == copied
        assert message == f"Copied {copied}"
    else:
        assert text.startswith(f'---\ntitle: "{NEWEST}"\n')
        assert message.startswith("Copied the article: ")


async def test_s_saves_into_the_folder_that_is_typed(
    open_reader: OpenReader, tmp_path: Path
) -> None:
    async with open_reader() as reader:
        await reader.press("s", "ctrl+u", *str(tmp_path / "out.md"), "enter")
        assert reader.screen.status.message == f"Saved as {tmp_path / 'out.md'}"
        await reader.press("s", "escape", "|", "escape")
        assert reader.dialog() is None
    assert f'title: "{NEWEST}"' in (tmp_path / "out.md").read_text(encoding="utf-8")


async def test_a_terminal_that_cannot_be_left_says_so(open_reader: OpenReader) -> None:
    async with open_reader(config=Config(editor="cat")) as reader:
        await reader.press("e", "|", *"cat", "enter")
        assert reader.notifications() == ["This terminal cannot be left to another program"] * 1
        assert reader.article == NEWEST


async def test_the_border_says_how_long_the_rest_takes(open_reader: OpenReader) -> None:
    async with open_reader((140, 16)) as reader:
        pane = reader.screen.article
        assert str(pane.border_subtitle) == "1 min"
        await reader.press("enter", "space")
        assert re.fullmatch(r"[0-9]+% · 1 min left", str(pane.border_subtitle))
        await reader.press("G")
        assert str(pane.border_subtitle) == "end"


async def test_n_is_the_next_match_until_escape_and_the_footer_says_which(
    open_reader: OpenReader,
) -> None:
    async with open_reader((140, 30)) as reader:
        await reader.press("enter", "slash", *"水聲", "enter", "n")
        assert "2/60" in str(reader.screen.article.border_subtitle)
        assert "n next match" in reader.footer
        await reader.press("escape")
        assert "n next unread" in reader.footer
        await reader.press("n")
        assert reader.article == SECOND


async def test_after_escape_n_is_the_next_unread_also_in_what_a_search_found(
    open_reader: OpenReader,
) -> None:
    async with open_reader((140, 30)) as reader:
        await reader.press("slash", *"水声", "enter", "enter", "n")
        assert reader.article == NEWEST
        assert "n next match" in reader.footer
        await reader.press("slash", *"木头", "enter", "n", "escape")
        assert reader.marked("match-here") == []
        assert "n next unread" in reader.footer
        await reader.press("n")
        assert reader.article == SECOND
        assert "n next match" in reader.footer
