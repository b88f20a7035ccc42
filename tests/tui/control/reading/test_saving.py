"""Saving a text as a new file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.tui.control.reading.saving import folders, save_new
from newsreader.tui.programs.command import ProgramError


def name(number: int) -> str:
    return f"Post {number}.md" if number > 1 else "Post.md"


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    saved = [save_new(str(tmp_path), name, f"text {at}") for at in range(3)]

    assert [path.name for path in saved] == ["Post.md", "Post 2.md", "Post 3.md"]
    assert [path.read_text() for path in saved] == ["text 0", "text 1", "text 2"]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "Post.md").symlink_to(tmp_path / "elsewhere")

    assert save_new(str(tmp_path), name, "text").name == "Post 2.md"
    assert not (tmp_path / "elsewhere").exists()


def test_the_folder_may_be_below_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes").mkdir()

    assert save_new("~/notes ", name, "中\n") == tmp_path / "notes" / "Post.md"
    assert (tmp_path / "notes" / "Post.md").read_bytes() == "中\n".encode()


def test_a_name_may_be_typed_instead(tmp_path: Path) -> None:
    for expected in ("mine.md", "mine 2.md"):
        assert save_new(str(tmp_path / "mine.md"), name, "text") == tmp_path / expected
    (tmp_path / "folder.md").mkdir()
    assert save_new(str(tmp_path / "folder.md"), name, "text").parent.name == "folder.md"


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("gone", "There is no folder {0}/gone"),
        ("file", "{0}/file is no folder"),
        ("gone/x.md", "There is no folder {0}/gone"),
        ("~nobody-here", "~nobody-here: there is no such user"),
    ],
)
def test_what_is_no_folder_gets_a_sentence(tmp_path: Path, place: str, sentence: str) -> None:
    (tmp_path / "file").touch()
    given = place if place.startswith("~") else str(tmp_path / place)
    with pytest.raises(ProgramError) as raised:
        save_new(given, name, "text")

    assert raised.value.sentence == sentence.format(tmp_path)


def test_a_folder_that_cannot_be_written_gets_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(ProgramError) as raised:
        save_new(str(tmp_path), name, "text")

    assert raised.value.sentence == f"Not saved: No space left on device: {tmp_path}"
    assert list(tmp_path.iterdir()) == []


def test_the_last_folder_is_offered_then_downloads_then_this_one(tmp_path: Path) -> None:
    assert folders(tmp_path, "") == str(Path.cwd())
    (tmp_path / "Downloads").mkdir()
    assert folders(tmp_path, "") == str(tmp_path / "Downloads")
    assert folders(tmp_path, "~/mine") == "~/mine"
