"""All that is drawn can be read, in every state of the screen and every theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.looks.test_themes import STATES, TRUE_COLOUR, faint_in
from tests.tui.looks.test_themes import folder as folder  # noqa: PLC0414  (a fixture)


@pytest.mark.parametrize("state", STATES)
async def test_all_that_is_drawn_can_be_read(folder: Path, tmp_path: Path, state: str) -> None:
    found = await faint_in(folder, tmp_path, STATES[state], TRUE_COLOUR)
    assert found == {theme: set() for theme in TRUE_COLOUR}
