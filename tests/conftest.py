"""The installed command in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import StartCommand, Terminal


@pytest.fixture
def start(tmp_path: Path) -> Iterator[StartCommand]:
    """Starts the command in a home folder of its own; what still runs at the end is stopped."""
    running: list[Terminal] = []

    def start_command(*arguments: str, **variables: str) -> Terminal:
        terminal = Terminal(list(arguments), tmp_path, **variables)
        running.append(terminal)
        return terminal

    yield start_command
    for terminal in running:
        terminal.close()
