"""From heading to heading, and the outline."""

from __future__ import annotations

from functools import partial

import pytest

from newsreader.text import EMPTY
from newsreader.tui.control.reading.sections import SectionControl
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes

SECTIONS = "".join(f"## Part {number}\n\n" + "Text.\n\n" * 10 for number in range(1, 4))
SHORT_END = SECTIONS + "### Last\n\nText.\n"


async def reading(text: str = SECTIONS) -> tuple[ControlsOnFakes, SectionControl]:
    """An article that is open, and the control of its sections."""
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = text
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    return fakes, SectionControl(fakes.screen.parts, fakes.controls.messages)


def top_text(fakes: ControlsOnFakes) -> str:
    pane = fakes.screen.article
    assert pane.laid_out is not None
    return "".join(part.text for part in pane.laid_out.lines[pane.top_line])


async def test_the_next_and_the_previous_heading_come_to_the_top() -> None:
    fakes, sections = await reading()
    found = []
    for step in (1, 1, 1, -1, -1):
        sections.step(step)
        found.append(top_text(fakes))
    assert found == ["Part 1", "Part 2", "Part 3", "Part 2", "Part 1"]


async def test_from_within_a_section_the_way_back_leads_to_its_own_heading() -> None:
    fakes, sections = await reading()
    sections.step(1)
    sections.step(1)
    fakes.screen.article.top_line += 3
    sections.step(-1)
    assert top_text(fakes) == "Part 2"


async def test_before_the_first_section_is_the_beginning() -> None:
    fakes, sections = await reading("Before.\n\n" + SECTIONS)
    sections.step(1)
    assert top_text(fakes) == "Part 1"
    sections.step(-1)
    assert fakes.screen.article.top_line == 0
    sections.step(-1)
    assert fakes.screen.status.message == "This is the beginning"
    sections.step(1)
    assert fakes.screen.status.message == ""


async def test_a_heading_that_cannot_come_to_the_top_is_named_and_then_the_last_is_told() -> None:
    fakes, sections = await reading(SHORT_END + "### Very last\n\nText.\n")
    for _ in range(4):
        sections.step(1)
    assert fakes.screen.status.message == "4 of 5 · Last"
    sections.step(1)
    assert fakes.screen.status.message == "5 of 5 · Very last"
    sections.step(1)
    assert fakes.screen.status.message == "This is the last section"
    sections.step(-1)
    assert fakes.screen.status.message == "4 of 5 · Last"


async def test_scrolling_forgets_which_heading_was_gone_to() -> None:
    fakes, sections = await reading(SHORT_END)
    for _ in range(4):
        sections.step(1)
    assert sections.current == 3
    fakes.screen.article.top_line -= 1
    assert sections.current == 2


async def test_an_article_without_sections_says_so() -> None:
    fakes, sections = await reading("Only text.\n")
    for command in (partial(sections.step, 1), partial(sections.step, -1), sections.show_outline):
        fakes.screen.status.message = EMPTY
        command()
        assert fakes.screen.status.message == "This article has no sections"
    assert fakes.screen.services.asked == []


async def test_without_an_article_nothing_happens() -> None:
    fakes = ControlsOnFakes()
    sections = SectionControl(fakes.screen.parts, fakes.controls.messages)
    fakes.screen.article.show_note(fakes.controls.messages.notice)
    sections.step(1)
    sections.show_outline()
    assert fakes.screen.services.asked == []


async def test_the_outline_is_indented_by_level_and_marks_where_one_is() -> None:
    fakes, sections = await reading(SHORT_END)
    sections.step(1)
    sections.step(1)
    sections.show_outline()
    services = fakes.screen.services
    assert [(entry.text, entry.level) for entry in services.entries] == [
        ("Part 1", 0),
        ("Part 2", 0),
        ("Part 3", 0),
        ("Last", 1),
    ]
    assert services.marked == 1
    services.answer = 0
    sections.show_outline()
    assert top_text(fakes) == "Part 1"


@pytest.mark.parametrize("key_id", ["article.next-heading", "article.outline"])
async def test_from_a_list_the_post_is_opened_first(key_id: str) -> None:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = SECTIONS
    await fakes.settle()
    fakes.controls.reading.by_id()[key_id]()
    assert fakes.screen.layout.pane is Pane.ARTICLE
    assert fakes.store.rows[PostId(1)].read or fakes.screen.services.running("marks")
    await fakes.settle()
