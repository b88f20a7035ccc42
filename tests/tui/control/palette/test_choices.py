"""What the user chooses is applied and kept."""

from __future__ import annotations

from newsreader.messages import describe, language
from newsreader.problems import Problem
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.palette.choices import ChoiceControl
from tests.tui.control.fakes import FakeScreen


class Kept:
    """Keeps choices in memory."""

    def __init__(self, problem: Problem | None = None) -> None:
        self.kept: list[tuple[str, str]] = []
        self.problem = problem

    def keep(self, option: str, value: str) -> Problem | None:
        self.kept.append((option, value))
        return self.problem


async def choose(screen: FakeScreen, kept: Kept | None) -> None:
    control = ChoiceControl(kept, screen.parts, MessageControl(screen.parts))
    screen.services.answer = 0
    control.choose_theme()
    await screen.services.settle()


async def test_a_theme_is_used_and_kept() -> None:
    screen, kept = FakeScreen(), Kept()
    await choose(screen, kept)

    assert [entry.text for entry in screen.services.entries] == ["newsprint", "inkwell"]
    assert screen.services.marked == 1
    assert screen.services.theme == "newsprint"
    assert kept.kept == [("theme", "newsprint")]
    assert "newsprint" in screen.status.message


async def test_a_theme_that_cannot_be_kept_is_used_and_said() -> None:
    screen = FakeScreen()
    problem = Problem("choice-not-kept", (Problem("no-config-file"),))
    await choose(screen, Kept(problem))

    assert screen.services.theme == "newsprint"
    assert screen.services.notified == [describe(problem)]


async def test_a_theme_holds_until_the_end_where_nothing_keeps_it() -> None:
    screen = FakeScreen()
    await choose(screen, None)

    assert screen.services.theme == "newsprint"
    assert screen.services.notified == []


async def test_a_language_is_used_at_once_and_kept() -> None:
    screen, kept = FakeScreen(), Kept()
    control = ChoiceControl(kept, screen.parts, MessageControl(screen.parts))
    said: list[str] = []
    control.on_language = lambda: said.append(language())
    screen.services.answer = 2
    control.choose_language()
    await screen.services.settle()

    assert said == ["zh"]
    assert kept.kept == [("language", "zh")]


async def test_the_density_is_changed_and_kept() -> None:
    screen, kept = FakeScreen(), Kept()
    control = ChoiceControl(kept, screen.parts, MessageControl(screen.parts))
    for density in ("compact", "comfortable"):
        control.change_density()
        await screen.services.settle()
        assert screen.posts.is_compact is (density == "compact")
        assert kept.kept[-1] == ("density", density)
