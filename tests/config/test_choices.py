"""What was chosen in the reader is there at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.config.choices import ChoiceFile
from newsreader.config.load_config import load_config
from newsreader.config.model import Config
from newsreader.messages import describe


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    return tmp_path / "data" / "choices.json"


def start(file: Path, aside: Path) -> ChoiceFile:
    return ChoiceFile(load_config(file), aside)


def test_a_choice_is_written_into_the_config_with_its_comments_kept(
    tmp_path: Path, aside: Path
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("# mine\ntheme: nord  # dark\nlayout: wide\n", encoding="utf-8")

    assert start(file, aside).keep("theme", "dracula") is None
    assert file.read_text("utf-8") == "# mine\ntheme: dracula  # dark\nlayout: wide\n"
    assert start(file, aside).config.theme == "dracula"
    assert not aside.exists()


def test_a_config_that_is_not_there_is_made(tmp_path: Path, aside: Path) -> None:
    file = tmp_path / "config.yaml"

    assert start(file, aside).keep("theme", "dracula") is None
    assert start(file, aside).config.theme == "dracula"


def test_a_choice_is_kept_aside_where_the_config_cannot_be_written(
    tmp_path: Path, aside: Path
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("[theme, nord]\n", encoding="utf-8")  # nothing that a line could be added to
    told = start(file, aside).keep("theme", "dracula")

    assert str(describe(told)).startswith("It is kept in a file of its own.")
    assert str(aside) in describe(told)
    assert start(file, aside).config.theme == "dracula"


def test_a_choice_that_is_kept_aside_ends_when_the_config_says_something_else(
    tmp_path: Path, aside: Path
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("? theme\n: nord\n", encoding="utf-8")
    choices = ChoiceFile(Config(theme="nord", path=tmp_path), aside)
    choices.keep("theme", "dracula")

    assert ChoiceFile(Config(theme="nord", path=file), aside).config.theme == "dracula"
    assert ChoiceFile(Config(theme="gruvbox", path=file), aside).config.theme == "gruvbox"


def test_a_choice_that_can_be_kept_nowhere_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    told = ChoiceFile(Config(path=tmp_path), tmp_path / "data" / "choices.json").keep(
        "theme", "dracula"
    )

    assert str(describe(told)).startswith("It holds until you quit.")
    assert ChoiceFile(Config(), tmp_path / "x").keep("theme", "nord") is not None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"theme": 1}', '{"theme": {"value": "none", "instead of": "auto"}}', "\xff",
     '{"theme": {"value": ["x"], "instead of": "auto"}, "keys": {"value": "x"}}', "[" * 10_000],
)  # fmt: skip
def test_a_damaged_file_changes_nothing(tmp_path: Path, text: str) -> None:
    aside = tmp_path / "choices.json"
    aside.write_text(text, encoding="latin-1")

    assert ChoiceFile(Config(), aside).config == Config()
