"""What a terminal and a system do to the reader: odd bytes, bursts of keys, signals."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from newsreader.tui.signals import ENDING_SIGNALS
from tests.terminal import StartCommand, Terminal, is_running

pytestmark = pytest.mark.long

BOUND_SECONDS = 10.0
"""How long nothing may take, on a machine that does much else."""


def opened(start: StartCommand, *arguments: str, **variables: str) -> Terminal:
    terminal = start(*arguments, **variables)
    terminal.wait_for("1 of 2")
    return terminal


@pytest.mark.parametrize("opening", ["?", ":", "\x10", "S", "\x1bOP"])
def test_two_enters_in_one_burst_close_a_dialog_once(start: StartCommand, opening: str) -> None:
    terminal = opened(start)
    terminal.press(f"{opening}\r\r")
    terminal.press("\x1b")
    time.sleep(0.3)  # an escape that nothing follows
    terminal.press("\x1b")
    time.sleep(0.3)
    terminal.press("qqq")
    assert terminal.end() == 0
    assert b"Error" not in terminal.written


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
    typed = "金融".encode("gbk")
    terminal.press(typed[:1])
    time.sleep(0.2)  # a character may come in two pieces
    terminal.press(typed[1:])
    terminal.wait(lambda screen: "金 融" in screen or "金融" in screen, "what was typed")
    terminal.press("\x1b")
    time.sleep(0.3)
    terminal.press("qq")
    assert terminal.end() == 0


@pytest.mark.parametrize("number", ENDING_SIGNALS, ids=lambda each: each.name)
def test_a_signal_ends_the_reader_as_q_does(start: StartCommand, number: signal.Signals) -> None:
    terminal = opened(start)
    terminal.press("j")
    terminal.wait_for("2 of 2")
    end = time.monotonic() + BOUND_SECONDS
    while not (children := terminal.children()) and time.monotonic() < end:
        terminal.read()
    assert children
    os.kill(terminal.process.pid, number)
    assert terminal.end() == 128 + number
    assert terminal.is_restored
    while any(map(is_running, children)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_running, children))

    again = start()
    again.wait_for("2 of 2")  # where it was left
    again.press("q")
    assert again.end() == 0


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
