"""Link hints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsreader.text import clean_line
from newsreader.tui.control.reading.hints import LETTERS, HintControl, link_codes
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes, FakeMode

LINKS = "".join(f"[link {at}](https://h.example/{at})\n\n" for at in range(12))
NOTE = "Text[^1].\n\n" + "More.\n\n" * 20 + "[^1]: The note.\n"


@pytest.mark.parametrize("count", [1, 2, 8, 9, 10, 17, 18, 80, 81, 82, 700])
def test_codes_are_short_and_none_begins_another(count: int) -> None:
    codes = link_codes(count)
    assert len(set(codes)) == len(codes) == count
    assert sorted(map(len, codes)) == list(map(len, codes))
    assert not any(one != other and other.startswith(one) for one in codes for other in codes)
    assert max(map(len, codes)) <= (1 if count <= 9 else 2 if count <= 81 else 4)
    assert set("".join(codes)) <= set(LETTERS)


class Chosen:
    """What was opened, and what was copied."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.copied: list[str] = []


async def hints_on(text: str) -> tuple[ControlsOnFakes, HintControl, FakeMode, Chosen]:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = text
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    chosen = Chosen()
    hints = HintControl(
        fakes.screen.parts,
        fakes.controls.messages,
        open_link=chosen.opened.append,
        copy_link=chosen.copied.append,
    )
    return fakes, hints, fakes.screen.article.mode, chosen


async def test_a_code_opens_its_link() -> None:
    fakes, hints, mode, chosen = await hints_on(LINKS)
    hints.start(copies=False)
    assert mode.codes == ["a", "s", "d", "f", "g"][: len(mode.codes)]
    assert fakes.screen.keys.mode_keys
    mode.press("s")
    assert chosen.opened == ["https://h.example/1"]
    assert mode.taker is None
    assert fakes.screen.keys.mode_keys == ()


async def test_a_code_copies_the_address_if_that_is_wanted() -> None:
    _, hints, mode, chosen = await hints_on(LINKS)
    hints.start(copies=True)
    mode.press("a")
    assert (chosen.opened, chosen.copied) == ([], ["https://h.example/0"])


async def test_what_is_typed_narrows_and_backspace_goes_back() -> None:
    fakes, hints, mode, chosen = await hints_on(LINKS)
    fakes.screen.article.visible_lines = 40
    hints.start(copies=False)
    assert mode.codes[-1] == "af" or mode.codes[-1].startswith("a")
    assert len(mode.codes) == 12
    mode.press("A")
    assert {code[0] for code in mode.codes} == {"a"}
    assert {hint.typed for hint in mode.hints} == {1}
    mode.press("q", "tab")
    assert {hint.typed for hint in mode.hints} == {1}
    mode.press("backspace")
    assert len(mode.codes) == 12
    mode.press("a", mode.codes[-1][1])
    assert chosen.opened == ["https://h.example/11"]


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_escape_and_backspace_leave(key: str) -> None:
    fakes, hints, mode, chosen = await hints_on(LINKS)
    hints.start(copies=False)
    mode.press(key)
    assert mode.taker is None
    assert (chosen.opened, fakes.screen.keys.mode_keys) == ([], ())


async def test_an_inner_link_leads_to_its_place() -> None:
    fakes, hints, mode, chosen = await hints_on(NOTE)
    hints.start(copies=False)
    mode.press("a")
    assert fakes.screen.article.top_line > 10
    assert chosen.opened == []


async def test_the_address_of_an_inner_link_is_that_of_the_post() -> None:
    fakes, hints, mode, chosen = await hints_on(NOTE)
    article = fakes.screen.article.article
    assert article is not None
    document = replace(article.document, source_link=clean_line("https://h.example/post#top"))
    fakes.screen.article.article = replace(article, document=document)
    hints.start(copies=True)
    mode.press("a")
    assert chosen.copied == ["https://h.example/post#fn1"]


async def test_without_links_there_is_no_mode() -> None:
    fakes, hints, mode, _ = await hints_on("Text.\n")
    hints.start(copies=False)
    assert mode.taker is None
    assert fakes.screen.status.message == "No links on the screen"
