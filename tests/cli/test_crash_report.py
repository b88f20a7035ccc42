"""Errors that nobody expected: what is written down of them, and the terminal after them."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader import __version__
from newsreader.cli.commands import list as list_command
from newsreader.cli.crash_report import KEPT_REPORTS, list_reports, report_text, write_report
from tests.cli.conftest import Run
from tests.terminal import StartCommand

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SECRET = "机密的正文"


def failure(error: Exception) -> Exception:
    """An error that was raised, so that it has a way it came."""
    try:
        raise error
    except type(error) as raised:
        return raised


def test_a_report_has_versions_and_the_way_but_neither_texts_nor_words() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"cannot read {SECRET}") from error
    except ValueError as error:
        text = report_text(error, ["list", SECRET, "--sort", "title", f"--config={SECRET}"], NOW)

    assert SECRET not in text
    assert f"newsreader {__version__} " in text
    assert re.search(r"textual \d+\.", text)
    assert "2026-01-02 03:04:05Z" in text
    assert "command   list --sort --config\n" in text
    assert "builtins.ValueError: (a message of 17 characters, left out)" in text
    assert text.index("ValueError") < text.index("KeyError")
    assert "test_crash_report.py" in text


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (AttributeError("'int' object has no attribute 'x'"), "no attribute 'x'"),
        (FileNotFoundError(2, "No such file or directory", SECRET), "[2] No such file"),
        (UnicodeEncodeError("ascii", SECRET, 0, 1, SECRET), "a character that this encoding"),
        (ZeroDivisionError(), "builtins.ZeroDivisionError: \n"),
    ],
)
def test_a_message_is_told_if_it_can_quote_nothing(error: Exception, told: str) -> None:
    text = report_text(failure(error), [], NOW)

    assert told in text
    assert SECRET not in text
    assert "command   the reader\n" in text


def test_groups_and_circles_of_errors_come_to_an_end() -> None:
    one, two = failure(ValueError("a")), failure(IndexError("list index out of range"))
    one.__cause__, two.__cause__ = two, one

    assert report_text(one, [], NOW).count("IndexError") == 1
    group = ExceptionGroup("several", [one, two])
    assert "one of them:" in report_text(group, [], NOW)


def test_reports_are_for_their_owner_alone_and_only_the_newest_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    for _ in range(KEPT_REPORTS + 3):
        path = write_report(failure(ValueError("a")), [], folder)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(list_reports(folder)) == KEPT_REPORTS
    assert list_reports(folder)[0] == path


def test_doctor_names_the_newest_report(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(list_command, "open_store", fail)
    done = run("list", "--source", library)
    report = Path(done.err.splitlines()[1].rpartition(" is in ")[2].removesuffix("."))

    assert SECRET not in report.read_text(encoding="utf-8")
    assert str(report) in run("doctor").out


# The fault comes with the interpreter of the installed command, which is left as it is.
FAULT = """
import newsreader.tui.control.{module} as module

def fail(*arguments, **options):
    raise ValueError("".join(map(chr, {codes})))

async def fail_later(*arguments, **options):
    fail()

module.{place} = {how}
"""


@pytest.mark.parametrize(
    ("place", "how", "keys"),
    [
        ("lists ListControl.choose_sort", "fail", "S"),  # on the loop, by a key
        ("marks MarkControl._ask_to_mark_all", "fail_later", "A"),  # in a worker
        ("article load_article", "fail", "j"),  # on the loop, before a thread
        ("counts CountControl.update", "fail", ""),  # while the screen is set up
    ],
)
def test_an_error_in_the_reader_gives_the_terminal_back_and_is_written_down(
    start: StartCommand, tmp_path: Path, place: str, how: str, keys: str
) -> None:
    (tmp_path / "fault").mkdir()
    module, name = place.split()
    fault = FAULT.format(module=module, place=name, how=how, codes=list(map(ord, SECRET)))
    (tmp_path / "fault/sitecustomize.py").write_text(fault, encoding="utf-8")
    terminal = start(PYTHONPATH=str(tmp_path / "fault"), XDG_STATE_HOME=str(tmp_path / "state"))
    if keys:
        terminal.wait_for("newsreader FOLDER")  # the line that says that these are the samples
        terminal.press(keys)

    assert terminal.end() == 1
    assert terminal.is_restored
    assert terminal.echoes
    left = terminal.written.decode().rpartition("\x1b[?1049l")[2]
    lines = re.findall(r"newsreader: .*", left)
    assert len(lines) == 2
    assert "Something unexpected happened: ValueError" in lines[0]
    assert "A report of it, without any text of posts" in lines[1]
    assert "Traceback" not in left
    (report,) = (tmp_path / "state").rglob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert "in fail" in text
    assert SECRET not in text
