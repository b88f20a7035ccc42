"""Programs on the terminal, while the reader has left it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsreader.tui.programs.command import ProgramError, describe_status
from newsreader.tui.programs.foreground import run_in_foreground


class Terminal:
    """A terminal that is left and taken back; `events` tells when."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @contextmanager
    def left(self) -> Iterator[None]:
        """As Textual has it, it is not taken back after an error."""
        self.events.append("left")
        yield
        self.events.append("taken back")


def test_a_program_gets_its_arguments_and_its_status_is_told(tmp_path: Path) -> None:
    terminal = Terminal()
    out = tmp_path / "out"

    status = run_in_foreground(["sh", "-c", f"echo $0 > {out}; exit 3", "a b"], terminal.left())

    assert (status, out.read_text()) == (3, "a b\n")
    assert terminal.events == ["left", "taken back"]


def test_a_line_is_run_by_the_shell_with_a_text_on_its_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "out"

    assert run_in_foreground(f"tr a b | cat > {out}", Terminal().left(), given="a中\n") == 0
    assert out.read_text(encoding="utf-8") == "b中\n"


def test_a_program_that_reads_nothing_of_much_is_no_failure() -> None:
    assert run_in_foreground("true", Terminal().left(), given="x" * 5_000_000) == 0


def test_a_program_that_a_signal_ends_has_the_status_of_shells() -> None:
    assert run_in_foreground(["sh", "-c", "kill -TERM $$"], Terminal().left()) == 143


def test_keys_that_end_programs_do_not_end_the_reader() -> None:
    before = signal.getsignal(signal.SIGINT)
    script = f"kill -INT {os.getpid()}; kill -QUIT {os.getpid()}; kill -INT $$; exit 7"

    assert run_in_foreground(["sh", "-c", script], Terminal().left()) == 130
    assert signal.getsignal(signal.SIGINT) is before


def test_the_terminal_is_taken_back_if_the_program_is_not_there() -> None:
    terminal = Terminal()
    with pytest.raises(ProgramError) as raised:
        run_in_foreground(["/no/such program"], terminal.left(), waits=True)

    assert raised.value.sentence == "/no/such program cannot be run: No such file or directory"
    assert terminal.events == ["left", "taken back"]


def test_how_a_program_ended_is_said() -> None:
    assert describe_status("wc -w", 0) == "wc -w is done"
    assert describe_status("a\x1bb", 2) == "ab: exit status 2"
