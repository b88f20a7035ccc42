"""A few seconds of `tests.long.soak`."""

from __future__ import annotations

import random

import pytest

from tests.long.soak import end, grown, soak
from tests.terminal import StartCommand


@pytest.mark.long
def test_random_keys_and_bytes_end_nothing_and_take_no_more_and_more(start: StartCommand) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    terminal = start()
    terminal.wait_for("1 of 2")
    terminal.draws = False
    samples = list(soak(terminal, random.Random(seed), keys=300, resizes=6))

    assert end(terminal) == 0
    assert grown(samples) == []
