"""Fetches that are killed at random moments, as few of them as a suite has time for.

`python -m tests.long.killed_fetches --kills 200` is the long form.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.long.killed_fetches import kill_fetches

pytestmark = pytest.mark.long


def test_a_fetch_after_killed_ones_ends_as_if_nobody_had_disturbed_it(tmp_path: Path) -> None:
    seed = int.from_bytes(os.urandom(2), "big")

    assert kill_fetches(tmp_path, 6, seed) > 0
