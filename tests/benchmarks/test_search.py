"""The benchmark of the search, on a few posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fill_index import fill
from benchmarks.search import measure, queries
from newsreader.store import Labelled, PostStore, Query

pytestmark = pytest.mark.long


def test_every_query_is_measured_on_posts_that_are_made_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = fill(tmp_path, 200)
    with PostStore([source], cache_dir=tmp_path / "cache", data_dir=tmp_path / "data") as store:
        overview = store.lists.overview()
        assert overview.everything.total == overview.everything.unread == 200
        assert sum(label.counts.total for label in overview.categories) == 200
        assert store.lists.count(Query(Labelled("category", "keji"))) > 20
        measure(store, 1)

    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if "\t" in line]) >= len(list(queries()))
    found = {line.split("  ")[0]: int(line.split()[-1].replace(",", "")) for line in lines[1:20]}
    assert found["1, rank 0"] > found["2, rank 0"] > 100
    assert found["4, absent"] == 0
