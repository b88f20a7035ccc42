"""What the command palette offers: everything that has a key, the categories, the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

if TYPE_CHECKING:
    from newsreader.tui.main_screen import MainScreen


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette.

    Attributes:
        title: What it does; may be foreign text, and is never markup.
        help: A line more about it.
        run: Does it.
        common: Whether it is offered before anything is typed.
    """

    title: str
    help: str
    run: Callable[[], None]
    common: bool = True


class Commands(Provider):
    """Offers the commands of the screen that the palette was called from."""

    def _commands(self) -> Iterator[Command]:
        screen = self.screen
        if TYPE_CHECKING:
            assert isinstance(screen, MainScreen)
        yield from screen.commands()

    async def discover(self) -> Hits:
        """All that is offered before anything is typed."""
        for command in self._commands():
            if command.common:
                yield DiscoveryHit(
                    Content(command.title), command.run, text=command.title, help=command.help
                )

    async def search(self, query: str) -> Hits:
        """All whose title is like `query`."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(
                    score,
                    Content(command.title),
                    command.run,
                    text=command.title,
                    help=command.help,
                )
