"""All controllers together, on fakes: the start and the end."""

from __future__ import annotations

import pytest

from newsreader.tui.values import View
from tests.tui.control.fakes import ControlsOnFakes, FakeStore, row_of


async def test_the_start_shows_the_notice_the_counts_and_the_list() -> None:
    fakes = ControlsOnFakes(notice="A notice")
    assert fakes.screen.status.message == "A notice"
    assert fakes.screen.status.counts.total == 3
    assert fakes.screen.posts.titles == ["Post 1", "Post 2", "Post 3"]
    assert fakes.controls.writer.version == fakes.store.version


@pytest.mark.parametrize(
    ("store", "scan", "is_filling"),
    [(FakeStore(), True, True), (FakeStore(), False, False), (FakeStore(row_of(1)), True, False)],
)
async def test_an_index_is_filling_if_it_is_empty_and_a_scan_will_be_made(
    store: FakeStore, scan: bool, is_filling: bool
) -> None:
    assert ControlsOnFakes(store, scan=scan).controls.lists.is_filling is is_filling


async def test_the_end_stops_what_is_built_and_remembers_where() -> None:
    fakes = ControlsOnFakes()
    fakes.controls.end()
    assert fakes.store.session is not None
    assert not fakes.screen.services.running("build list")


async def test_a_store_that_fails_at_the_start_is_reported_and_all_goes_on() -> None:
    store = FakeStore(row_of(1))
    store.failing = {"load_session", "count", "overview", "data_version"}
    fakes = ControlsOnFakes(store)
    assert set(fakes.screen.services.notified) == {
        "The index cannot be used (load_session).",
        "The index cannot be used (count).",
        "The index cannot be used (overview).",
    }
    store.failing = set()
    fakes.controls.lists.show_view(View.ALL)
    assert fakes.screen.posts.titles == ["Post 1"]
