"""Changes of the config file on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.config.edit_yaml import Record
from newsreader.config.example import example_config
from newsreader.config.load_config import load_config
from newsreader.config.model import ConfiguredFeed, ConfiguredSource
from newsreader.config.write_config import (
    ConfigError,
    add_record,
    change_record,
    create_config,
    remove_record,
    set_option,
)
from newsreader.messages import describe


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "made" / "config.yaml"


def refusal(error: pytest.ExceptionInfo[ConfigError]) -> str:
    return " ".join(describe(problem) for problem in error.value.problems)


def test_the_first_change_makes_the_file_for_its_owner_alone(file: Path) -> None:
    set_option(file, "theme", "nord")
    assert file.read_text() == "theme: nord\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_the_example_is_written_once(file: Path) -> None:
    create_config(file)
    assert file.read_text() == example_config()
    set_option(file, "layout", "narrow")
    create_config(file)
    assert file.read_text() == f"{example_config()}layout: narrow\n"
    set_option(file, "layout", "")
    assert file.read_text() == example_config()


def test_feeds_and_sources_come_and_go(file: Path) -> None:
    first: Record = {"url": "http://h/", "tags": ("芯片", "no"), "images": True}
    add_record(file, "feeds", first, {"url": "http://i/"})
    add_record(file, "sources", {"path": "posts"})
    assert load_config(file).feeds == (
        ConfiguredFeed("http://h/", tags=("芯片", "no"), images=True),
        ConfiguredFeed("http://i/"),
    )
    assert change_record(
        file, "sources", lambda each: each.texts["path"] == "posts", {"name": "财经"}
    )
    assert load_config(file).sources == (ConfiguredSource(file.parent / "posts", "财经"),)
    assert remove_record(file, "feeds", lambda each: each.texts["url"] == "http://h/")
    assert not remove_record(file, "feeds", lambda each: each.texts["url"] == "http://h/")
    assert not change_record(file, "feeds", lambda _: False, {"name": "x"})
    assert load_config(file).feeds == (ConfiguredFeed("http://i/"),)
    assert load_config(file).problems == ()


def test_the_mode_and_a_link_to_the_file_stay(tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles.yaml"
    dotfiles.write_text("theme: nord\n")
    dotfiles.chmod(0o640)
    link = tmp_path / "config.yaml"
    link.symlink_to(dotfiles)
    set_option(link, "theme", "dracula")
    assert link.is_symlink()
    assert dotfiles.read_text() == "theme: dracula\n"
    assert dotfiles.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("them", "nord", "unknown option `them`; did you mean `theme`? Allowed are "),
        ("theme", "norf", "`theme` cannot be `norf`; did you mean `nord`? Allowed are "),
        ("theme.x", "nord", "`theme` has no single value; edit the file to change it."),
        ("text-width", "wide", "`text-width` is a number from 20 to 400."),
        ("sources", "~/news", "`sources` has no single value; edit the file to change it."),
    ],
)
def test_a_wrong_value_changes_nothing(file: Path, name: str, value: str, sentence: str) -> None:
    create_config(file)
    with pytest.raises(ConfigError) as error:
        set_option(file, name, value)
    assert refusal(error).startswith(sentence)
    assert file.read_text() == example_config()


@pytest.mark.parametrize("text", ["a: [", "- a\n", "theme: nord\n---\na: b\n", "\x00"])
def test_a_file_that_cannot_be_changed_is_left_alone(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(ConfigError) as error:
        set_option(file, "layout", "narrow")
    assert refusal(error)
    assert file.read_text() == text


def test_what_was_wrong_before_stays_wrong_and_is_no_hindrance(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("them: nord  # oh\nsources: [a, a]\n")
    set_option(file, "layout", "narrow")
    assert file.read_text() == "them: nord  # oh\nsources: [a, a]\nlayout: narrow\n"


def test_a_feed_that_is_there_is_not_added_again(file: Path) -> None:
    add_record(file, "feeds", {"url": "http://h/"})
    with pytest.raises(ConfigError, match="config-feed-twice"):
        add_record(file, "feeds", {"url": "http://h/"})


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigError) as error:
        set_option(tmp_path / "config.yaml", "theme", "nord")
    assert "cannot be written: Permission denied." in refusal(error)


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        set_option(tmp_path, "theme", "nord")
    assert "cannot be" in refusal(error)
