"""Marking a whole list read when it cannot even be counted."""

from __future__ import annotations

from tests.tui.control.fakes import ControlsOnFakes


async def test_what_keeps_a_list_from_being_counted_is_said_and_nobody_is_asked() -> None:
    fakes = ControlsOnFakes()
    await fakes.settle()
    fakes.store.failing = {"count"}
    fakes.screen.services.answer = "yes"
    fakes.controls.marks.mark_all_read()
    await fakes.settle()
    assert fakes.screen.services.notified == ["The index cannot be used (count)."]
    assert fakes.screen.services.asked == []
    assert fakes.store.called == []
