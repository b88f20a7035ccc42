"""The reader has sources updated by a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.cli.update_process import UpdateProgress, UpdateService
from newsreader.config.model import ConfiguredSource
from newsreader.text import literal
from tests.cli.conftest import Configure

pytestmark = pytest.mark.long


def test_an_update_tells_how_far_it_is(configure: Configure, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    config = configure(
        f"sources:\n  - {{path: '{one}', name: One, update: echo done}}\n"
        f"  - {{path: '{two}', name: Two, update: 'sh -c \"echo bad; exit 3\"'}}\n"
    )
    sources = [ConfiguredSource(one), ConfiguredSource(two)]
    steps = list(UpdateService(sources, 0, config).update())

    assert steps[:2] == [UpdateProgress(0, 2), UpdateProgress(1, 2, literal("One"))]
    assert (steps[2].done, steps[2].name) == (2, "Two")
    assert steps[2].problem.endswith(" bad")
    assert len(steps) == 3


def test_an_update_that_cannot_begin_says_why(configure: Configure, tmp_path: Path) -> None:
    service = UpdateService([ConfiguredSource(tmp_path)], 0, configure("sources: []\n"))
    with pytest.raises(OSError, match=f"There is no source {tmp_path}"):
        list(service.update())
