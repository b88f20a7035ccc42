"""What is remembered of the looks."""

from __future__ import annotations

from newsreader.store import Appearance
from newsreader.tui.control.looks.appearance import AppearanceControl
from newsreader.tui.control.state_writer import StateWriter
from tests.tui.control.fakes import FakeServices, FakeStore


async def test_the_background_is_written_when_it_is_another_one() -> None:
    store, services = FakeStore(), FakeServices()
    writer = StateWriter(store.data_version)
    control = AppearanceControl(store.sessions, services, writer, Appearance(is_dark=True))
    control.note_background(True)
    await services.settle()
    assert store.appearance == Appearance()
    control.note_background(False)
    await services.settle()
    assert store.appearance == control.now == Appearance(is_dark=False)


async def test_a_background_that_cannot_be_written_is_no_matter() -> None:
    store, services = FakeStore(), FakeServices()
    store.failing.add("save_appearance")
    control = AppearanceControl(
        store.sessions, services, StateWriter(store.data_version), Appearance()
    )
    control.note_background(False)
    await services.settle()
    assert control.now.is_dark is False
