"""What a terminal and a system do to the reader: odd bytes, bursts of keys, signals."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest

from newsreader.tui.signals import ENDING_SIGNALS
from tests.terminal import ESCAPE, PATIENCE_SECONDS, StartCommand, Terminal, is_running

pytestmark = pytest.mark.long

BOUND_SECONDS = 10.0
"""How long nothing may take, on a machine that does much else."""


def opened(start: StartCommand, *arguments: str, **variables: str) -> Terminal:
    terminal = start(*arguments, **variables)
    terminal.wait_for("1 of 2")
    return terminal


def test_the_start_draws_each_row_once(start: StartCommand, tmp_path: Path) -> None:
    folder = tmp_path / "site" / "_posts"
    folder.mkdir(parents=True)
    for day in range(10, 22):
        (folder / f"2024-03-{day}-p.md").write_text(f"---\ntitle: Row-{day}\n---\n\nAll of it.\n")
    indexed = start("index", "--source", str(folder.parent))
    assert indexed.end() == 0
    terminal = start(str(folder.parent))
    terminal.wait_for("All of it.")
    assert terminal.leave() == 0
    assert [terminal.written.count(f"Row-{day}".encode()) for day in range(10, 21)] == [1] * 11


def test_two_enters_in_one_burst_close_a_dialog_once(start: StartCommand) -> None:
    terminal = opened(start)
    for opening in ("?", ":", "\x10", "S", "\x1bOP"):
        terminal.press(f"{opening}\r\r")
        terminal.wait_until_taken()
        for _ in range(2):  # keys are lost on a dialog that closes
            terminal.press(f"{ESCAPE}{ESCAPE}hhh")
            terminal.wait_until_taken()
        terminal.wait_for(" of 2")
    assert terminal.leave() == 0
    assert b"Error" not in terminal.written


def test_keys_of_one_burst_go_where_those_before_them_lead(start: StartCommand) -> None:
    terminal = opened(start)
    terminal.press("\rqhlj")
    terminal.wait_for("2 of 2")
    assert terminal.leave() == 0


def test_bytes_that_are_no_text_are_left_out(start: StartCommand) -> None:
    terminal = opened(start)
    terminal.press("金融".encode("gbk"))
    terminal.press(b"\xff\xfe\xe4\xb8j")
    terminal.wait_for("2 of 2")
    terminal.press("q")
    assert terminal.end() == 0
    assert b"Traceback" not in terminal.written


def test_a_terminal_may_speak_gbk(start: StartCommand) -> None:
    terminal = start(PYTHONUTF8="0", PYTHONIOENCODING="gbk")
    terminal.wait_for("1 of 2")
    terminal.press("/")
    terminal.wait_for("-without")  # what can be typed: the line is open
    typed = "金融".encode("gbk")
    terminal.press(typed[:1])
    terminal.wait_until_taken()  # a character may come in two pieces
    terminal.press(typed[1:])
    terminal.wait(lambda screen: "金 融" in screen or "金融" in screen, "what was typed")
    assert terminal.leave() == 0


def test_each_signal_ends_the_reader_as_q_does(start: StartCommand) -> None:
    terminal = opened(start)
    moves = cycle((("j", "2 of 2"), ("k", "1 of 2")))
    for number, (key, selected) in zip(ENDING_SIGNALS, moves, strict=False):
        terminal.press(key)
        terminal.wait_for(selected)
        end = time.monotonic() + PATIENCE_SECONDS
        while not (children := terminal.children()) and time.monotonic() < end:
            terminal.read()
        assert children, f"{number}: {terminal.told()}"
        end = time.monotonic() + BOUND_SECONDS
        os.kill(terminal.process.pid, number)
        assert terminal.end() == 128 + number, terminal.told()
        assert terminal.is_restored, number
        while any(map(is_running, children)) and time.monotonic() < end:
            time.sleep(0.02)
        assert not any(map(is_running, children)), number

        terminal = start()
        terminal.wait_for(selected)  # where it was left
    terminal.press("q")
    assert terminal.end() == 0


def test_the_reader_ends_if_its_terminal_is_gone(start: StartCommand, tmp_path: Path) -> None:
    terminal = opened(start)
    process, children = terminal.process.pid, terminal.children()
    terminal.press("j")
    terminal.wait_for("2 of 2")
    terminal.process.ptyproc.fileobj.close()
    end = time.monotonic() + BOUND_SECONDS
    while any(map(is_running, {process, *children})) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_running, {process, *children}))
    terminal.process.closed = True


def test_a_terminal_that_takes_no_more_output_does_not_hold_up_a_signal(
    start: StartCommand,
) -> None:
    terminal = opened(start)
    process = terminal.process.pid
    terminal.process.delaybeforesend = None  # faster than anyone types
    for _ in range(200):  # nobody reads what is drawn for these keys
        terminal.press("jk?\x1b")
        time.sleep(0.005)
    os.kill(process, signal.SIGTERM)
    end = time.monotonic() + BOUND_SECONDS
    while is_running(process) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_running(process)
    assert terminal.end() == 128 + signal.SIGTERM
    assert terminal.echoes


HEAVY = {
    "a table": "<table>"
    + ("<tr>" + "<td>一</td><td>二三 four</td>" * 30 + "</tr>") * 400
    + "</table>",
    "a paragraph": "<p>" + "字和words，" * 120_000 + "</p>",
    "code": "<pre><code class='language-cpp'>" + 'R"(' * 200_000 + "</code></pre>",
}
"""Posts of about 1 MB, each of one block, which takes a second or more to lay out."""


@pytest.mark.parametrize("what", HEAVY)
def test_q_ends_the_process_though_an_article_is_being_laid_out(
    start: StartCommand, tmp_path: Path, what: str
) -> None:
    posts = tmp_path / "site" / "_posts"
    posts.mkdir(parents=True)
    for day in (1, 2, 3):
        text = f"---\ntitle: Heavy {day}\n---\n{HEAVY[what]}\n"
        (posts / f"2026-01-0{day}-a.md").write_text(text, encoding="utf-8")
    terminal = start(str(tmp_path / "site"))
    terminal.wait_for("Heavy 2")
    terminal.press("jkj")
    asked = time.monotonic()
    terminal.press("q")
    assert terminal.end() == 0
    # A second on a quiet machine; an article alone takes several times as long on a busy one.
    assert time.monotonic() - asked < BOUND_SECONDS


def test_the_reader_ends_though_the_state_is_locked_and_says_what_is_lost(
    start: StartCommand, tmp_path: Path
) -> None:
    terminal = opened(start)
    terminal.press("\r")
    terminal.wait_for("back")
    with closing(sqlite3.connect(tmp_path / "data" / "newsreader" / "state.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.press("m")
        terminal.press("q")
        terminal.wait_for("quit")  # the screen does not wait
        terminal.press("j")
        terminal.wait_for("2 of 2")
        asked = time.monotonic()
        terminal.press("q")
        assert terminal.end() == 0
        assert time.monotonic() - asked < BOUND_SECONDS  # SQLite would wait for 20 s
    assert "is not saved: another" in terminal.text or "not remembered: another" in terminal.text


def test_a_mark_that_meets_a_lock_says_so_while_the_screen_goes_on(
    start: StartCommand, tmp_path: Path
) -> None:
    terminal = opened(start)
    with closing(sqlite3.connect(tmp_path / "data" / "newsreader" / "state.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.press("m")
        for row in (2, 3, 4):
            terminal.press("j")
            terminal.wait_for(f"{row} of 2")
        terminal.wait_for("Not bookmarked: another process is using the database.")
        other.execute("ROLLBACK")
    terminal.press("m")
    terminal.wait_for("★ Bookmarked")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_source_that_vanishes_and_comes_back_ends_nothing(
    start: StartCommand, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "_posts").mkdir(parents=True)
    for day in range(1, 6):
        text = f"---\ntitle: Post {day}\n---\nA text.\n"
        (site / "_posts" / f"2026-01-0{day}-a.md").write_text(text, encoding="utf-8")
    terminal = start(str(site))
    terminal.wait_for("1 of 5")
    terminal.press("m")
    terminal.wait_for("★ Bookmarked")
    site.rename(tmp_path / "elsewhere")
    terminal.wait_for("the file is gone")
    terminal.press("j\r")
    terminal.wait_for("back")
    terminal.press("q")
    (tmp_path / "elsewhere").rename(site)
    (site / "_posts" / "2026-02-01-a.md").write_text(
        "---\ntitle: A new one\n---\nA text.\n", encoding="utf-8"
    )
    terminal.wait_for("A new one")
    terminal.press("qq")
    assert terminal.end() == 0


LIGHT_ANSWER = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
PAPER, INK = b"48;2;247;243;232", b"48;2;23;26;33"
"""The backgrounds of `newsprint` and `inkwell`."""


def test_the_theme_follows_the_background_of_the_terminal_and_is_there_at_once_the_next_time(
    start: StartCommand,
) -> None:
    terminal = opened(start)
    terminal.wait_for_output(b"\x1b]11;?\x1b\\")
    assert INK in terminal.written
    assert PAPER not in terminal.written
    terminal.press(LIGHT_ANSWER)
    terminal.wait_for_output(PAPER)
    terminal.press("j")
    terminal.wait_for("2 of 2")  # the answer was no key
    assert terminal.leave() == 0

    again = start()
    again.wait_for("2 of 2")
    assert PAPER in again.written
    assert INK not in again.written
    assert again.leave() == 0


def test_the_environment_tells_the_background_of_a_terminal_that_does_not_answer(
    start: StartCommand,
) -> None:
    terminal = opened(start, COLORFGBG="0;15")
    assert PAPER in terminal.written
    assert terminal.leave() == 0


COLOURS = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:[349][0-7]|10[0-7]|[34]8)(?:;[0-9]+)*m")
"""What asks for a colour."""


@pytest.mark.parametrize(("ambiguous", "lines"), [(2, "+"), (1, "╭"), (None, "╭")])
def test_a_terminal_is_asked_how_wide_quotation_marks_are(
    start: StartCommand, ambiguous: int | None, lines: str
) -> None:
    terminal = start()
    terminal.ambiguous = ambiguous
    terminal.press("?")  # nothing that is typed meanwhile is lost
    terminal.wait_for("type to search")
    assert lines in terminal.text
    assert terminal.leave() == 0


def test_with_no_color_no_colour_is_written_and_the_focus_can_be_seen(start: StartCommand) -> None:
    terminal = opened(start, NO_COLOR="1")
    terminal.wait_for("╔═ All")
    terminal.press("h")
    terminal.wait_for("╔═ Categories")
    terminal.press("?")
    terminal.wait_for("╔═ Keys")
    terminal.press(ESCAPE)
    assert terminal.leave() == 0
    assert not COLOURS.search(terminal.written)
    assert b"\x1b[7" in terminal.written  # reversed


@pytest.mark.parametrize("variables", [{"TERM": "linux"}, {"TERM": "xterm"}])
def test_a_terminal_of_16_colours_is_asked_for_no_others(
    start: StartCommand, variables: dict[str, str]
) -> None:
    terminal = opened(start, **variables, COLORTERM="")
    terminal.press("l")
    terminal.wait_for("+= Article" if variables["TERM"] == "linux" else "╔═ Article")
    assert terminal.leave() == 0
    assert not re.search(rb"[34]8;[25];", terminal.written)
    assert COLOURS.search(terminal.written)
    assert (b"\x1b]11" in terminal.written) is (variables["TERM"] == "xterm")


def test_the_linux_console_gets_lines_and_marks_of_ascii(start: StartCommand) -> None:
    terminal = start(TERM="linux", COLORTERM="")
    terminal.wait_for("+= All")
    terminal.wait_for("| o ")
    terminal.press("?")
    terminal.wait_for("+= Keys")
    terminal.press(ESCAPE)
    assert terminal.leave() == 0
    drawn = terminal.written.decode()
    assert not set(drawn) & set("╭╮╰╯│─═║●★…")
