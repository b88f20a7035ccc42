"""All that is wrong in a config file is told at once, with its line."""

from __future__ import annotations

from pathlib import Path

from newsreader.cli.checked_config import load_checked_config
from newsreader.messages import describe


def test_keys_are_checked_with_all_the_rest_in_the_order_of_lines(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(
        "theme: drakula\nkeys:\n  move.dwn: x\n  move.top: g g\n  search: nokey\nlayout: tall\n",
        encoding="utf-8",
    )

    config = load_checked_config(file)

    told = [str(describe(problem)).removeprefix(f"{file}:") for problem in config.problems]
    assert [each.split(":")[0] for each in told] == ["1", "3", "5", "6"]
    assert "did you mean `move.down`?" in told[1]


def test_a_file_without_keys_is_what_was_loaded(tmp_path: Path) -> None:
    assert load_checked_config(tmp_path / "none.yaml").problems == ()
