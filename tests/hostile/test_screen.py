"""The reader in a terminal, on posts and bookmarks that attack: every one opens, none gets through.

What was written is held to the list of `sequences`, to the last byte; the frames of the panes are
looked at after each post, as anything that is wider or narrower than it seems would move them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsreader.tui.keys import KEYS
from tests.hostile.conftest import Hostile
from tests.hostile.make_hostile import config_text
from tests.hostile.sequences import SCREEN, read_stream
from tests.terminal import COLUMNS, ESCAPE, ROWS, StartCommand, Terminal

pytestmark = pytest.mark.long

TITLE = re.compile("P[0-9]{3}")
END = re.compile("(end|all) ─╯$")
"""What the border of an article says when all of it was seen."""

BYTES = {
    "down": "\x1b[B", "up": "\x1b[A", "left": "\x1b[D", "right": "\x1b[C",
    "pagedown": "\x1b[6~", "pageup": "\x1b[5~", "home": "\x1b[H", "end": "\x1b[F",
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "escape": ESCAPE,
    "f1": "\x1bOP", "f5": "\x1b[15~",
}  # fmt: skip


def bytes_of(key: str) -> str:
    """What a terminal sends for a key."""
    if key.startswith("ctrl+"):
        return chr(ord(key[-1]) & 0x1F)
    return BYTES.get(key, key)


def edges(terminal: Terminal) -> list[int]:
    """The columns that the panes begin in."""
    return [x for x in range(COLUMNS) if terminal.screen.buffer[1][x].data in "╭┌"]


def article(terminal: Terminal) -> str:
    """What stands in the last of the panes."""
    begin = edges(terminal)[-1]
    lines = (terminal.screen.buffer[y] for y in range(1, ROWS - 1))
    return "\n".join("".join(line[x].data for x in range(begin, COLUMNS)) for line in lines)


def wait_for_frames(terminal: Terminal, begins: Iterable[int]) -> None:
    """Wait until the sides of the panes stand where they stood at the beginning."""

    def are_framed(_: str) -> bool:
        rows = [terminal.screen.buffer[y] for y in range(2, ROWS - 2)]
        return {row[x].data for x in begins for row in rows} == {"│"}

    terminal.wait(are_framed, f"frames at {begins}")


def check_written(terminal: Terminal) -> set[str]:
    """Hold all that was written to the list; the targets of the links in it."""
    stream = read_stream(terminal.written, SCREEN, rows=ROWS, columns=COLUMNS)
    assert stream.attacks == []
    assert "Traceback" not in stream.text
    return stream.links


def read_all(terminal: Terminal, count: int) -> set[str]:
    """Open each post of the list, go to its end; give their titles."""
    found: set[str] = set()
    terminal.wait_for(f"1 of {count}")
    begins = edges(terminal)
    terminal.press("\r")
    terminal.wait_for("back")  # the article's keys
    for number in range(1, count + 1):
        terminal.wait_for(f"{number} of {count}")
        terminal.wait(
            lambda _: bool(set(TITLE.findall(article(terminal))) - found), f"post {number}"
        )
        title = TITLE.findall(article(terminal))[0]
        assert title not in found
        found.add(title)
        wait_for_frames(terminal, begins)
        terminal.press("G")
        terminal.wait(lambda screen: bool(END.search(screen.splitlines()[ROWS - 2])), title)
        wait_for_frames(terminal, begins)
        terminal.press("J")
    return found


def end(terminal: Terminal) -> set[str]:
    """Quit, and hold all that was written to the list; the targets of the links in it."""
    for _ in range(5):
        terminal.press("qqq")
        # Keys are lost on a dialog that closes; one too many would be echoed by the terminal.
        still = time.monotonic() + 5
        while terminal.process.isalive() and time.monotonic() < still:
            terminal.read()
        if not terminal.process.isalive():
            break
    assert terminal.end() == 0
    assert terminal.is_restored
    return check_written(terminal)


def read_posts(hostile: Hostile, start: StartCommand) -> None:
    """Read every post."""
    terminal = start(str(hostile.source))
    assert len(read_all(terminal, hostile.posts)) == hostile.posts
    assert any(link.startswith("https://h.example/") for link in end(terminal))


def read_bookmarks(hostile: Hostile, start: StartCommand) -> None:
    """Import the bookmarks and read every one."""
    imported = start("bookmarks", "import", str(hostile.export))
    assert imported.end() == 0
    assert read_stream(imported.written, ()).attacks == []
    terminal = start(str(hostile.source))
    terminal.wait_for(f"1 of {hostile.posts}")
    terminal.press("3")
    assert len(read_all(terminal, hostile.bookmarks)) == hostile.bookmarks
    end(terminal)


def go_back(terminal: Terminal, all_posts: str) -> None:
    """Close what is open and list all posts; again if keys came before a dialog had opened."""
    for _ in range(5):
        terminal.press(f"{ESCAPE}{ESCAPE}{ESCAPE}")
        # All posts, in all panes; from below, as a cursor that is on the first row selects nothing.
        terminal.press("hhhjg1")
        still = time.monotonic() + 5
        while time.monotonic() < still:
            terminal.read()
            if all_posts in terminal.text:
                return
    terminal.wait_for(all_posts)


def press_keys(hostile: Hostile, start: StartCommand, folder: Path, keys: Iterable[str]) -> None:
    """Press some keys, each with all posts listed; the config names and searches attack, too."""
    config = folder / "config.yaml"
    config.write_text(config_text([hostile.source]), encoding="utf-8")
    terminal = start("--config", str(config))
    terminal.wait_for(f"1 of {hostile.posts}")
    begins = edges(terminal)
    for key in keys:
        terminal.press(key)
        # Whatever dialog that opened gets some words and is closed again.
        terminal.press("P0[/b]&#27;")
        go_back(terminal, f" of {hostile.posts}")
        wait_for_frames(terminal, begins)
    end(terminal)


CATEGORIES, POSTS, ARTICLE = "hhh", "hhhl", "hhhll"
LEAVING = {"app.back", "app.suspend"}
NAMES = [bytes_of(name) for key in KEYS if key.id not in LEAVING for name in key.keys]
"""Every key of the table but those that leave the reader."""


def test_posts_that_attack_are_read_and_none_gets_through(
    few: Hostile, start: StartCommand
) -> None:
    read_posts(few, start)


def test_bookmarks_that_attack_are_read_and_none_gets_through(
    few: Hostile, start: StartCommand
) -> None:
    read_bookmarks(few, start)


@pytest.mark.parametrize("share", range(3))
def test_keys_on_posts_that_attack_write_only_what_is_on_the_list(
    few: Hostile, start: StartCommand, tmp_path: Path, share: int
) -> None:
    # Each key in one of the panes; each in all of them in tests/long.
    pane = (CATEGORIES, POSTS, ARTICLE)[share]
    press_keys(few, start, tmp_path, (pane + name for name in NAMES[share::3]))
