"""The commands of the palette: everything that has a key, the categories, the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from newsreader.text import Clean, clean_line, fill, literal
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.keys import KEYS, MOVING, Key
from newsreader.tui.styles import content
from newsreader.tui.textual_private import ClosesOnce
from newsreader.tui.values import CategoryEntry, View

if TYPE_CHECKING:
    from newsreader.tui.main_screen import MainScreen


@dataclass(frozen=True, slots=True)
class PaletteCommand:
    """One line of the palette.

    Attributes:
        title: What it does; may be foreign text, and is never markup.
        help: A line more about it.
        run: Does it.
        common: Whether it is offered before anything is typed.
    """

    title: Clean
    help: str
    run: Callable[[], None]
    common: bool = True


def palette_commands(
    entries: Iterable[CategoryEntry],
    *,
    keymap: Keymap,
    run_key: Callable[[Key], None],
    choose_theme: Callable[[], None],
    go_to: Callable[[CategoryEntry], None],
) -> Iterator[PaletteCommand]:
    """List the commands of the palette.

    Args:
        entries: The rows of the category pane.
        keymap: The keys as they are bound.
        run_key: Does what a key does.
        choose_theme: Lets the user choose a theme.
        go_to: Shows the list of an entry.
    """
    for key in KEYS:
        if key.section == MOVING or key.id == "app.palette":
            continue
        title = clean_line(key.help[0].upper() + key.help[1:])
        yield PaletteCommand(title, f"key {keymap.label(key)}", partial(run_key, key))
    yield PaletteCommand(literal("Choose a theme"), "colours of the screen", choose_theme)
    for entry in entries:
        if entry.scope is not None:
            help_line = f"{entry.counts.of(entry.view or View.ALL):,} posts"
            yield PaletteCommand(fill("Go to {}", entry.title), help_line, partial(go_to, entry))


class CommandDialog(ClosesOnce, CommandPalette):
    """The command palette, or a list of something else to search and choose from."""


class CommandProvider(Provider):
    """Offers the commands of the screen that the palette was called from."""

    def _commands(self) -> Iterator[PaletteCommand]:
        screen = self.screen
        if TYPE_CHECKING:
            assert isinstance(screen, MainScreen)
        yield from screen.palette_commands()

    async def discover(self) -> Hits:
        """List all commands, before anything is typed."""
        for command in self._commands():
            if command.common:
                yield DiscoveryHit(
                    content(command.title), command.run, text=command.title, help=command.help
                )

    async def search(self, query: str) -> Hits:
        """List the commands whose title is like `query`."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(
                    score,
                    content(command.title),
                    command.run,
                    text=command.title,
                    help=command.help,
                )
