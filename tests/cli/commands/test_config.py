"""`newsreader config`."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from newsreader.config.example import example_config
from newsreader.text import clean_line
from tests.cli.conftest import Configure, Run


def test_the_path_is_printed_whether_the_file_is_there_or_not(run: Run, home: Path) -> None:
    assert run("config", "path").out == f"{home}/config/newsreader/config.yaml\n"
    assert run("config", "path", "--config", "/no/such.yaml").out == "/no/such.yaml\n"


def test_the_file_is_shown_as_it_is(run: Run, configure: Configure) -> None:
    assert run("config", "show").code == 1
    configure("# mine\ntheme: nord\n")
    assert run("config", "show").out == "# mine\ntheme: nord\n"


def test_every_mistake_is_said_with_its_line(run: Run, configure: Configure) -> None:
    assert (run("config", "check").code, run("config", "check").err) == (0, "")
    file = configure("them: nord\nlayout: wide\ntext-width: x\n")
    done = run("config", "check")

    assert done.code == 2
    first, second = done.err.splitlines()
    assert first.startswith(f"newsreader: {clean_line(str(file))}:1: unknown option `them`; did")
    assert second.endswith("config.yaml:3: `text-width` is a number from 20 to 400.")


def test_an_option_is_set_and_taken_away(run: Run, configure: Configure) -> None:
    file = configure("# mine\ntheme: nord  # dark\n")
    assert run("config", "set", "theme", "dracula").code == 0
    assert run("config", "set", "text-width", "72").code == 0
    assert file.read_text() == "# mine\ntheme: dracula  # dark\ntext-width: 72\n"
    assert run("config", "set", "theme", "").code == 0
    assert file.read_text() == "# mine\ntext-width: 72\n"


def test_every_mistake_in_keys_is_said_with_its_line(run: Run, configure: Configure) -> None:
    configure("keys:\n  move.dwn: x\n  search: gg\n  app.undo: [u, ctrl+x]\n")
    done = run("config", "check")

    assert done.code == 2
    first, second = done.err.splitlines()
    assert first.endswith(
        ":2: there is no action `move.dwn` that keys could have; did you mean `move.down`?"
    )
    assert second.endswith(":3: `gg` of `search` is no key; did you mean `g g`?")


def test_keys_of_an_action_are_set_and_checked(run: Run, configure: Configure) -> None:
    file = configure("# mine\n")
    assert run("config", "set", "keys.move.down", "j, ctrl+n").code == 0
    text = file.read_text()
    assert text.startswith("# mine\n")
    assert "move.down: 'j, ctrl+n'" in text
    done = run("config", "set", "keys.move.up", "j")

    assert done.code == 2
    assert "`j` is a key of `move.down` already" in done.err
    assert file.read_text() == text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("theme", "norf"), "`theme` cannot be `norf`; did you mean `nord`?"),
        (("thme", "nord"), "unknown option `thme`; did you mean `theme`?"),
        (("theme",), "set needs an OPTION and its VALUE"),
        ((), "set needs an OPTION and its VALUE"),
    ],
)
def test_a_wrong_option_is_said_and_nothing_is_changed(
    run: Run, configure: Configure, words: tuple[str, ...], sentence: str
) -> None:
    file = configure("theme: nord\n")
    done = run("config", "set", *words)

    assert done.code == 2
    assert sentence in done.err
    assert file.read_text() == "theme: nord\n"


def editor(folder: Path, lines: str) -> str:
    """A program that edits its file in Python."""
    program = folder / "my editor"
    program.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{lines}\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"'{program}' --wait"


def test_the_editor_gets_the_example_and_what_it_wrote_is_checked(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "config" / "newsreader" / "config.yaml"
    lines = "assert '--wait' in sys.argv\nfile.write_text(file.read_text() + 'theme: norf\\n')"
    monkeypatch.setenv("VISUAL", editor(tmp_path, lines))
    done = run("config", "edit")

    assert done.code == 2
    assert "`theme` cannot be `norf`" in done.err
    assert file.read_text() == f"{example_config()}theme: norf\n"


def test_the_editor_of_the_config_goes_before_that_of_the_environment(
    run: Run, configure: Configure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = editor(tmp_path, "file.write_text(file.read_text() + 'text-width: 60\\n')")
    file = configure(f'editor: "{command} %s"\n')
    monkeypatch.setenv("VISUAL", "false")

    assert run("config", "edit").code == 0
    assert file.read_text().endswith("text-width: 60\n")


@pytest.mark.parametrize("command", ["/no/such/editor", "'", "false"])
def test_an_editor_that_fails_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", command)
    done = run("config", "edit")

    assert done.code == 1
    assert "ditor" in done.err


def test_a_variable_names_the_config(
    run: Run, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "other.yaml"
    monkeypatch.setenv("NEWSREADER_CONFIG", str(file))
    assert run("list").code == 2
    assert run("config", "set", "theme", "nord").code == 0
    assert file.read_text() == "theme: nord\n"
    file.write_text(f"sources: ['{library}']\n")
    assert len(run("list", "--format", "paths").out.splitlines()) == 3


@pytest.mark.parametrize("text", ["a: [", "sources: ~/news\n", "sourcs: [/tmp]\n"])
def test_a_wrong_config_never_opens_the_samples(
    run: Run, configure: Configure, library: Path, text: str
) -> None:
    configure(text)
    done = run("list")

    assert (done.code, done.out) == (2, "")
    assert "No source is left in the config file" in done.err
    assert run("list", "--source", library).code == 0
