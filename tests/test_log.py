"""The log."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader import log
from newsreader.log import close_log, open_log, stray_messages_logged, write_log
from newsreader.text import clean_text


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "state" / "newsreader.log"
    close_log()


def test_no_file_is_made_before_there_is_something_to_write(file: Path) -> None:
    open_log(str(file), "warning")
    assert write_log("info", "below") == ""
    assert not file.exists()

    assert write_log("warning", "at it") == ""
    (line,) = file.read_text().splitlines()
    assert line.endswith("newsreader: at it")
    assert " WARNING " in line


def test_without_a_file_nothing_happens() -> None:
    close_log()
    assert write_log("error", "to nowhere") == ""


def test_what_is_written_is_clean(file: Path) -> None:
    open_log(str(file), "debug")
    write_log("debug", "a \x1b[2J \x9b \u202e b")
    written = file.read_text()
    assert clean_text(written) == written
    assert "b" in written


def test_a_full_log_is_put_aside_and_few_are_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MAX_LOG_BYTES", 1000)
    open_log(str(file), "info")
    for number in range(200):
        write_log("info", f"{number} {'x' * 50}")

    names = sorted(path.name for path in file.parent.iterdir())
    assert names == ["newsreader.log", *(f"newsreader.log.{each}" for each in (1, 2, 3))]
    assert "199 x" in file.read_text()
    assert all(path.stat().st_size <= 1000 for path in file.parent.iterdir())


def test_a_log_that_cannot_be_written_gives_the_reason_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    open_log(str(tmp_path / "taken" / "newsreader.log"), "info")
    assert write_log("info", "lost").lower() in {"not a directory", "file exists"}
    close_log()
    open_log("~/.newsreader/newsreader.log", "info")
    assert write_log("info", "lost") == "There is no home folder"
    close_log()


def test_what_would_go_to_standard_error_goes_into_the_log(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing:
        def __del__(self) -> None:
            raise ValueError("while it was thrown away")

    def fail() -> None:
        raise ValueError("in a thread")

    open_log(str(file))
    before = threading.excepthook, sys.unraisablehook
    with stray_messages_logged():
        logging.getLogger("asyncio").warning("a library says so")
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(True)  # pytest has taken their way out
            warnings.warn_explicit("a warning", UserWarning, "file.py", 1)
        thread = threading.Thread(target=fail, name="worker")
        thread.start()
        thread.join()
        Failing()
        gc.collect()

    assert (threading.excepthook, sys.unraisablehook) == before
    assert capsys.readouterr().err == ""
    written = file.read_text()
    for said in ("a library says so", "in the thread worker", "in a thread", "thrown away"):
        assert said in written


@pytest.mark.long
def test_a_command_that_logs_nothing_does_not_import_logging() -> None:
    program = "import sys, newsreader.cli.entry, newsreader.cli.arguments, newsreader.log\n"
    program += "print('logging' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"False\n"
