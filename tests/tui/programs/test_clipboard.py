"""The clipboards of the terminal and of the system."""

from __future__ import annotations

import re
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.tui.programs import clipboard
from newsreader.tui.programs.clipboard import clipboard_program, give_to_program, osc52
from newsreader.tui.programs.command import ProgramError

TEXT = "数字化 https://example.org/?a=b\n"

MakeProgram = Callable[..., str]


@pytest.fixture
def make_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProgram:
    """Put a script into `PATH`; it is all that is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, body: str = "") -> str:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


def decoded(sequence: str) -> str:
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found is not None
    return b64decode(found[1]).decode()


def test_the_terminal_is_told_by_osc_52() -> None:
    assert decoded(osc52(TEXT, {})) == TEXT
    assert decoded(osc52("a\udc80", {})) == "a?"


def test_tmux_is_told_and_passes_on() -> None:
    sequence = osc52(TEXT, {"TMUX": "/tmp/tmux-0/default,1,0", "STY": "1.pts-0"})
    direct, passed = sequence.split("\x1bPtmux;")

    assert decoded(direct) == TEXT
    assert passed.endswith("\x1b\\")
    assert decoded(passed.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == TEXT


def test_screen_passes_on_pieces_that_it_has_room_for() -> None:
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", osc52(TEXT * 200, {"STY": "1.pts-0"}), re.DOTALL)

    assert max(map(len, pieces)) <= 700
    assert decoded("".join(pieces)) == TEXT * 200


@pytest.mark.parametrize(
    ("variables", "programs", "chosen"),
    [
        ({}, ("wl-copy", "xclip", "xsel"), ()),
        ({"DISPLAY": ":0"}, ("xclip", "xsel"), ("xclip", "-selection", "clipboard")),
        ({"DISPLAY": ":0"}, ("xsel",), ("xsel", "--clipboard", "--input")),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, ("wl-copy", "xsel"), ("wl-copy",)),
        ({"WAYLAND_DISPLAY": "w"}, ("xclip",), ()),
        ({"WSL_DISTRO_NAME": "Debian"}, ("clip.exe",), ("clip.exe",)),
        ({"DISPLAY": ":0"}, (), ()),
    ],
)
def test_the_systems_program_is_chosen_by_the_display(
    make_program: MakeProgram,
    variables: dict[str, str],
    programs: tuple[str, ...],
    chosen: tuple[str, ...],
) -> None:
    for program in programs:
        make_program(program)

    assert clipboard_program("", variables) == chosen


def test_a_mac_has_its_own(make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    make_program("pbcopy")
    monkeypatch.setattr(sys, "platform", "darwin")

    assert clipboard_program("", {}) == ("pbcopy",)


def test_the_command_of_the_config_comes_first(make_program: MakeProgram) -> None:
    make_program("xclip")
    make_program("mine")

    assert clipboard_program("mine -x 'a b'", {"DISPLAY": ":0"}) == ("mine", "-x", "a b")
    with pytest.raises(ProgramError) as raised:
        clipboard_program("gone", {"DISPLAY": ":0"})
    assert raised.value.sentence == "clipboard: there is no program gone"


def test_a_program_gets_the_text(make_program: MakeProgram, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, encoding in (("take", "utf-8"), ("clip.exe", "utf-16")):
        give_to_program((make_program(name, f"/bin/cat > {out}; echo noise >&2"),), TEXT)
        assert out.read_bytes().decode(encoding) == TEXT


def test_a_program_that_fails_or_hangs_gives_a_sentence(
    make_program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE_SECONDS", 0.2)
    sentences = []
    for arguments in (
        (make_program("fail", "exit 4"),),
        (make_program("hang", "exec /bin/sleep 30"),),
        ("/",),
    ):
        with pytest.raises(ProgramError) as raised:
            give_to_program(arguments, TEXT)
        sentences.append(raised.value.sentence)

    assert sentences == [
        "fail failed with status 4",
        "The clipboard does not answer",
        "/ cannot be run: Permission denied",
    ]
