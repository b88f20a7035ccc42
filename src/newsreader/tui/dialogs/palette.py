"""The command palette: commands and posts, of which what is typed finds some."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsreader.cells import blank, fit
from newsreader.search.fuzzy import FuzzyMatch, fuzzy_match
from newsreader.tui.control.palette.commands import MOST_POSTS
from newsreader.tui.styles import content
from newsreader.tui.textual_private.events import ClosesOnce
from newsreader.tui.values import PaletteCommand

if TYPE_CHECKING:
    from newsreader.tui.main_screen import MainScreen

_WIDTH: Final = 34
"""Cells of a title that has something beside it."""

_ALSO: Final = 0.4
_POST: Final = 0.7
"""What a match in other words, or in a title of a post, counts beside one in a command's title."""


def match_command(typed: str, command: PaletteCommand) -> FuzzyMatch | None:
    """Match what was typed against a command: its title, the keys beside it, other words."""
    match = fuzzy_match(typed, command.title)
    if command.beside and typed.strip() in command.beside.split():
        return FuzzyMatch(1.0, ())
    also = command.also.lower()
    is_found = bool(also) and all(word in also for word in typed.lower().split())
    if is_found and (match is None or match.score < _ALSO):
        return FuzzyMatch(_ALSO, ())
    return match


def draw_command(
    command: PaletteCommand, places: tuple[int, ...] = (), room: int = _WIDTH
) -> Content:
    """Draw a line of the palette: the title with its matches, and what stands beside it.

    Args:
        command: The command.
        places: Characters of its title that were found.
        room: Cells for a title that has something beside it.
    """
    title = content(command.title)
    for place in places:
        title = title.stylize("bold underline", place, place + 1)
    if not command.beside:
        return title
    if cell_len(command.title) > room:
        title = content(fit(command.title, room))
    gap = blank(room - title.cell_length + 2)
    return title + content(gap) + content(command.beside, "$text-muted")


class CommandDialog(ClosesOnce, CommandPalette):
    """The command palette, which leaves no lines empty on a low screen."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012  (Textual declares it so)


class _ScreenProvider(Provider):
    """Offers what belongs to the screen that the palette was called from."""

    @property
    def main_screen(self) -> MainScreen:
        """That screen."""
        screen = self.screen
        if TYPE_CHECKING:
            assert isinstance(screen, MainScreen)
        return screen

    @property
    def room(self) -> int:
        """Cells for a title that has its keys beside it."""
        return min(_WIDTH, max(8, self.screen.app.size.width - 16))


class CommandProvider(_ScreenProvider):
    """Offers the commands of the screen."""

    def _commands(self) -> Iterator[PaletteCommand]:
        yield from self.main_screen.palette_commands()

    async def discover(self) -> Hits:
        """List the commands, before anything is typed."""
        for command in self._commands():
            if command.common:
                drawn = draw_command(command, room=self.room)
                yield DiscoveryHit(drawn, command.run, text=command.title)

    async def search(self, query: str) -> Hits:
        """List the commands that are like `query`."""
        for command in self._commands():
            match = match_command(query, command)
            if match is not None:
                yield Hit(
                    match.score,
                    draw_command(command, match.places, self.room),
                    command.run,
                    text=command.title,
                )


class PostProvider(_ScreenProvider):
    """Offers posts by their titles."""

    async def search(self, query: str) -> Hits:
        """List posts whose titles are like `query`, the newest ones."""
        found = 0
        async with aclosing(self.main_screen.controls.palette.posts(query)) as steps:
            async for commands in steps:
                for command in commands:
                    match = fuzzy_match(query, command.title)
                    if match is None:
                        continue
                    found += 1
                    score = match.score * _POST - found / 1_000
                    yield Hit(
                        max(0.001, score),
                        draw_command(command, match.places, self.room),
                        command.run,
                        text=command.title,
                    )
                    if found == MOST_POSTS:
                        return
