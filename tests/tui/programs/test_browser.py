"""The browser that opens links."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.tui.programs import browser
from newsreader.tui.programs.browser import find_browser, open_in_background
from newsreader.tui.programs.command import Program, ProgramError

ADDRESS = "https://example.org/a?b=c&d=%20e"

MakeProgram = Callable[..., str]


@pytest.fixture
def make_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProgram:
    """Put a script into `PATH`; it is all that is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for variable in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)

    def make(name: str, body: str = "") -> str:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


def test_the_command_of_the_config_comes_first(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("mine")
    monkeypatch.setenv("BROWSER", make_program("other"))

    assert find_browser("mine --tab", ADDRESS) == Program(("mine", "--tab", ADDRESS))
    assert find_browser("mine '--at=%s' -x", ADDRESS) == Program(("mine", f"--at={ADDRESS}", "-x"))


@pytest.mark.parametrize(
    ("variable", "arguments"),
    [
        ("show", ("show", ADDRESS)),
        ("show %s -q", ("show", ADDRESS, "-q")),
        ("show -n &", ("show", "-n", ADDRESS)),
        ("not-here:show", ("show", ADDRESS)),
        (":show", ("show", ADDRESS)),
    ],
)
def test_the_variable_is_read_as_python_reads_it(
    make_program: MakeProgram,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    arguments: tuple[str, ...],
) -> None:
    make_program("show")
    monkeypatch.setenv("BROWSER", variable)

    assert find_browser("", ADDRESS).arguments == arguments


def test_a_browser_that_is_not_there_is_named(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program("show")
    monkeypatch.setenv("BROWSER", "not-here")
    with pytest.raises(ProgramError) as of_variable:
        find_browser("", ADDRESS)
    with pytest.raises(ProgramError) as of_config:
        find_browser("gone %s", ADDRESS)

    assert of_variable.value.sentence == "$BROWSER: there is no program not-here"
    assert of_config.value.sentence == "browser: there is no program gone"


@pytest.mark.parametrize("name", ["w3m", "lynx", "links2"])
def test_a_text_browser_takes_the_terminal_also_by_another_name(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = Path(make_program(name))
    path.with_name("web").symlink_to(path)

    assert find_browser("web", ADDRESS) == Program(("web", ADDRESS), takes_terminal=True)
    monkeypatch.setenv("BROWSER", f"{name} -x")
    assert find_browser("", ADDRESS) == Program((name, "-x", ADDRESS), takes_terminal=True)


def test_where_there_is_none_a_sentence_says_what_to_do(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_here(_: object = None) -> None:
        raise __import__("webbrowser").Error

    monkeypatch.setattr("webbrowser.get", none_here)
    with pytest.raises(ProgramError) as raised:
        find_browser("", ADDRESS)

    assert raised.value.sentence.startswith("No browser is found here")


def test_what_the_system_has_is_asked_by_another_process(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fake:
        name = "xdg-open"

    monkeypatch.setattr("webbrowser.get", Fake)
    program = find_browser("", ADDRESS)

    assert program.arguments[-1] == ADDRESS
    assert not program.takes_terminal
    Fake.name = make_program("w3m")
    assert find_browser("", ADDRESS) == Program((Fake.name, ADDRESS), takes_terminal=True)


def test_the_browser_gets_the_address_as_one_word_and_no_terminal(
    make_program: MakeProgram, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    show = make_program("show", f'echo noise; echo noise >&2; echo "$#:$1" > {out}; read x; true')

    open_in_background(find_browser(show, ADDRESS))

    assert out.read_text() == f"1:{ADDRESS}\n"


def test_a_browser_that_fails_gives_a_sentence(make_program: MakeProgram) -> None:
    show = make_program("show", "exit 3")
    with pytest.raises(ProgramError) as raised:
        open_in_background(find_browser(show, ADDRESS))
    with pytest.raises(ProgramError) as unreadable:
        open_in_background(Program(("/",)))

    assert raised.value.sentence == "show failed with status 3"
    assert unreadable.value.sentence == "/ cannot be run: Permission denied"


def test_a_browser_that_runs_on_is_not_waited_for(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser, "PATIENCE_SECONDS", 0.2)
    end = tmp_path / "end"
    show = make_program("show", f"while [ ! -e {end} ]; do /bin/sleep 0.05; done")
    before = time.monotonic()

    open_in_background(find_browser(show, ADDRESS))

    assert time.monotonic() - before < 10
    end.touch()
