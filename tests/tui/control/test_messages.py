"""What is said, and how often."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.store import PostStore, StoreError
from newsreader.text import clean_line
from newsreader.tui.control import messages as message_control
from newsreader.tui.control.messages import MOST_MESSAGES, MessageControl
from tests.tui.control.fakes import FakeScreen
from tests.tui.driving import OpenReader

FULL = Problem("disk-full")
DAMAGED = Problem("index-damaged")


@pytest.mark.long
async def test_an_index_that_fails_while_reading_is_said_and_the_screen_stays(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError(Problem("index-unusable", ("no",)))

    said: list[str] = []
    async with open_reader() as reader:
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        monkeypatch.setattr(store.posts, "read", fail)
        for name in ("count", "page", "rank", "locate", "overview", "next_unread"):
            monkeypatch.setattr(store.lists, name, fail)
        await reader.press("2", "n", "h", "j", "l", "1", "j")
        assert set(said) == {"The index cannot be used (no)."}
        monkeypatch.undo()
        await reader.press("1", "g")
        assert reader.title == "水车日记第12篇"


async def test_the_notice_goes_when_a_post_is_opened(open_reader: OpenReader) -> None:
    async with open_reader(notice="These are the sample posts") as reader:
        await reader.press("j")
        assert reader.screen.status.message == "These are the sample posts"
        await reader.press("enter")
        assert reader.screen.status.message == ""


async def test_what_nobody_asked_for_fails_once_and_reading_goes_on(
    open_reader: OpenReader, store: PostStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreError(Problem("index-unusable", ("disk full",)))

    said: list[str] = []
    async with open_reader((140, 20)) as reader:
        monkeypatch.setattr(store.marks, "set_read", fail)
        monkeypatch.setattr(store.places, "save", fail)
        monkeypatch.setattr(store.sessions, "save", fail)
        monkeypatch.setattr(reader.screen, "notify", lambda text, **_options: said.append(text))
        await reader.press("enter", "j", "j", "J", "J", "q")
        reader.screen.controls.session.save(at_once=True)
        await reader.settle()
        assert said == ["The index cannot be used (disk full)."]
        assert reader.article == "水车日记第10篇"


async def test_a_key_lists_whole_what_the_line_had_no_room_for(open_reader: OpenReader) -> None:
    notice = "config.yaml:3: unknown option `them`. " + "Did you mean these? " * 4 + "The end"
    async with open_reader((60, 14), notice=notice) as reader:
        line = reader.screen.status.render_line(0).text
        assert line.rstrip().endswith("… · ! shows all")
        await reader.press("exclamation_mark")
        dialog = reader.dialog()
        assert dialog is not None
        text = dialog.query_one(Static)
        lines = [text.render_line(y).text.strip() for y in range(text.size.height)]
        assert " ".join(lines) == notice
        await reader.press("j", "exclamation_mark")
        assert reader.dialog() is None


def test_what_was_said_is_listed_once_the_last_first() -> None:
    screen = FakeScreen()
    MessageControl(screen.parts).list_all()
    assert (screen.services.listed, screen.status.message) == ([], "Nothing has been said yet")
    messages = MessageControl(screen.parts, (clean_line("One"), clean_line("Two")))
    assert messages.notice == "One (1 more: ! lists them)"
    messages.say(clean_line("Marked read"))
    messages.report(*(Problem("folder-unreadable", (name, "no")) for name in "ab"))
    messages.say(clean_line("Two"))
    messages.list_all()
    unreadable = [f"A folder cannot be read (no): {name}." for name in "ab"]
    assert screen.services.notified == [f"{unreadable[0]} (1 more: ! lists them)"]
    assert screen.services.listed == ["Two", *unreadable, "Marked read", "One"]
    for number in range(2 * MOST_MESSAGES):
        messages.say(clean_line(f"{number}"))
    messages.list_all()
    assert len(screen.services.listed) == MOST_MESSAGES


def test_a_message_goes_after_a_while_but_not_one_that_followed_it() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts)
    messages.say(clean_line("Marked read"))
    (timer,) = screen.services.timers
    assert (screen.status.message, timer.seconds) == (
        "Marked read",
        message_control.MESSAGE_SECONDS,
    )
    screen.status.message = clean_line("looking")
    timer.call()
    assert screen.status.message == "looking"
    screen.status.message = clean_line("Marked read")
    timer.call()
    assert screen.status.message == ""


def test_what_is_said_again_stands_as_long_as_the_first_time() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts)
    messages.say(clean_line("Marked read"))
    messages.say(clean_line("Marked read"))
    first, second = screen.services.timers
    assert (first.stopped, second.stopped) == (True, False)
    assert screen.status.message == "Marked read"


def test_what_goes_on_is_said_only_if_it_takes_longer_and_stands_until_it_is_done() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts)
    messages.say(clean_line("Marked read"))
    before, end = screen.services.timers[0], messages.say_if_slow(clean_line("Marking …"))
    assert screen.status.message == "Marked read"
    screen.services.timers[1].call()
    assert screen.status.message == "Marking …"
    assert before.stopped
    messages.say(clean_line("2 marked read"))
    end()
    assert screen.status.message == "2 marked read"
    assert screen.services.timers[1].stopped
    screen.services.timers[1].call()  # it had run out before it was stopped
    assert screen.status.message == "2 marked read"


def test_what_has_ended_is_no_longer_said() -> None:
    screen = FakeScreen()
    end = MessageControl(screen.parts).say_if_slow(clean_line("Marking …"))
    screen.services.timers[0].call()
    end()
    assert screen.status.message == ""


def test_only_what_is_said_can_be_cleared() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts, (clean_line("A notice"),))
    messages.show_notice()
    messages.clear(clean_line("Something else"), clean_line("Another"))
    assert screen.status.message == "A notice"
    messages.clear(clean_line("Something else"), clean_line("A notice"))
    assert screen.status.message == ""
    messages.say(clean_line("Marked read"))
    messages.clear()
    assert screen.status.message == ""


def test_a_problem_that_is_reported_again_takes_the_place_of_the_first() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts)
    for problem in (FULL, DAMAGED, DAMAGED):
        messages.report(StoreError(problem))
    assert screen.services.notified == list(map(describe, (FULL, DAMAGED, DAMAGED)))
    assert screen.services.cleared == 1


def test_a_problem_of_what_nobody_asked_for_is_reported_once() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts)
    messages.report(describe(FULL))
    for problem in (FULL, DAMAGED, DAMAGED):
        messages.report_once(StoreError(problem))
    assert screen.services.notified == [describe(FULL), describe(DAMAGED)]


def test_work_that_fails_gives_what_is_used_instead() -> None:
    screen = FakeScreen()
    messages = MessageControl(screen.parts)

    def fail() -> int:
        raise StoreError(FULL)

    assert messages.guard(lambda: 7, 0) == 7
    assert messages.guard(fail, 0) == 0
    assert screen.services.notified == [describe(FULL)]
