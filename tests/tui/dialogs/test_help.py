"""The help."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from newsreader.tui.dialogs.help import help_lines
from newsreader.tui.keys import KEYS, Pane


@pytest.mark.parametrize("width", [30, 51, 69])
@pytest.mark.parametrize("pane", Pane)
def test_the_help_names_every_key_once_within_its_width(pane: Pane, width: int) -> None:
    text = help_lines(pane, "", width).plain
    assert all(cell_len(line) <= max(width, 34) for line in text.splitlines())
    flat = " ".join(text.split())
    assert all(flat.count(f"{key.label} {key.help}") == 1 for key in KEYS if width == 69)
