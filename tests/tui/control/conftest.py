"""What tests of controllers on fakes share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _waits_for_fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait until a fake store has answered, however busy the machine is."""
    monkeypatch.setattr("newsreader.tui.background.MAX_WAIT_SECONDS", 60.0)
