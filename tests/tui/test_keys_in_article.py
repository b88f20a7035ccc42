"""Every key that is for the article, pressed."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
from textual import events

from newsreader.config.model import Config
from newsreader.tui.control.reading.links import LinkControl
from newsreader.tui.keys import Pane
from tests.tui.driving import NEWEST, SECOND, OpenReader, Reader, open_folder, write_post

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


async def test_keys_of_one_burst_are_for_the_mode_that_the_first_of_them_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    site = write_post(tmp_path / "site", MANY_LINKS)
    async with open_folder(site, tmp_path, (100, 30)) as reader:
        monkeypatch.setattr(LinkControl, "open", lambda _, address: opened.append(address))
        await reader.press("enter")
        await reader.commit("fs")
        assert (reader.dialog(), opened) == (None, ["https://h.example/2"])
        await reader.commit("Vjj")
        assert reader.screen.article.top_line == 0


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


def clipboard(written: list[str]) -> list[str]:
    """What was copied by OSC 52."""
    found = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", "".join(written))
    return [b64decode(each).decode() for each in found]


async def test_v_selects_with_the_keyboard_and_y_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    written: list[str] = []
    site = write_post(tmp_path / "site", "很长的一段话，" * 30 + "\n\n> 引文。\n")
    async with open_folder(site, tmp_path, (100, 30)) as reader:
        monkeypatch.setattr(reader.app._driver, "write", written.append)
        await reader.press("enter", "V", "j", "j", "j", "v")
        assert "y copy" in reader.footer
        await reader.press("G", "$", "ｙ")
        assert clipboard(written) == ["很长的一段话，" * 30 + "\n\n引文。"]
        assert reader.screen.status.message == "Copied 215 characters"
        await reader.press("V", "l", "escape")
        assert reader.pane() is Pane.ARTICLE
        assert len(clipboard(written)) == 1


async def drag(reader: Reader, selector: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Move the mouse with its button pressed."""
    await reader.pilot.mouse_down(selector, offset=start)
    await reader.pilot._post_mouse_events([events.MouseMove], selector, end, button=1)
    await reader.settle()
    await reader.pilot.mouse_up(selector, offset=end)
    await reader.settle()


async def test_the_mouse_selects_within_the_article_alone(
    open_reader: OpenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    written: list[str] = []
    async with open_reader((140, 30)) as reader:
        monkeypatch.setattr(reader.app._driver, "write", written.append)
        await reader.press("enter")
        await drag(reader, "#article", (3, 5), (8, 5))
        await reader.press("y")
        assert clipboard(written) == ["第12天"]
        await drag(reader, "#posts", (3, 4), (9, 4))
        assert not reader.screen.article.mode.is_active
        assert reader.screen.get_selected_text() is None
