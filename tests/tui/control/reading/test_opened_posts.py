"""When a post that was opened counts as read."""

from __future__ import annotations

from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes


async def test_a_post_is_read_once_its_end_was_on_the_screen() -> None:
    fakes = ControlsOnFakes(mark_read="end")
    fakes.controls.navigation.open_post(PostId(2))
    await fakes.settle()
    (timer,) = [each for each in fakes.screen.services.timers if 0.1 < each.seconds < 0.5]

    timer.call()
    await fakes.settle()
    assert not fakes.store.rows[PostId(2)].read

    fakes.screen.article.at_end = True
    fakes.screen.layout.pane = Pane.POSTS  # the list is what is being read
    timer.call()
    await fakes.settle()
    assert not fakes.store.rows[PostId(2)].read

    fakes.screen.layout.pane = Pane.ARTICLE
    timer.call()
    await fakes.settle()
    assert fakes.store.rows[PostId(2)].read


async def test_another_post_at_its_end_does_not_count() -> None:
    fakes = ControlsOnFakes(mark_read="end")
    fakes.controls.navigation.open_post(PostId(2))
    await fakes.settle()
    (timer,) = [each for each in fakes.screen.services.timers if 0.1 < each.seconds < 0.5]
    fakes.controls.navigation.open_post(PostId(3))
    await fakes.settle()

    fakes.screen.article.at_end = True
    timer.call()
    await fakes.settle()

    assert not fakes.store.rows[PostId(2)].read
    assert fakes.store.rows[PostId(3)].read


async def test_a_post_is_never_read_by_itself_if_the_user_wants_that() -> None:
    fakes = ControlsOnFakes(mark_read="never")
    fakes.controls.navigation.open_post(PostId(2))
    fakes.screen.article.at_end = True
    await fakes.settle()

    assert not fakes.store.rows[PostId(2)].read
    assert not [each for each in fakes.screen.services.timers if 0.1 < each.seconds < 0.5]
    fakes.controls.marks.toggle_read()
    await fakes.settle()
    assert any(row.read for row in fakes.store.rows.values())
