"""The Textual app: the theme, the palette, and the one screen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final, assert_never

from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.dom import DOMNode
from textual.events import Event, Key, MouseDown, Paste
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen

from newsreader.config.model import DEFAULTS, Config
from newsreader.messages import phrase
from newsreader.store import Appearance, PostStore, StoreError
from newsreader.text import Clean, clean_line, clean_text
from newsreader.tui.control.feeds import FeedSource
from newsreader.tui.control.palette.choices import ChoiceStore
from newsreader.tui.control.updates import UpdateSource
from newsreader.tui.keyboard.bindings import key_pressed
from newsreader.tui.keyboard.key_reader import KeyReader, Nothing, Pressed, Waiting
from newsreader.tui.keyboard.keymap import keymap_of
from newsreader.tui.keyboard.type_ahead import PATIENCE_SECONDS, TypeAhead
from newsreader.tui.looks.auto_theme import AUTO, AutoTheme
from newsreader.tui.looks.terminal_answers import AsksTerminal, BackgroundTold
from newsreader.tui.looks.terminal_background import guess_is_dark
from newsreader.tui.looks.terminal_colours import has_no_colour
from newsreader.tui.looks.terminal_glyphs import choose_filters
from newsreader.tui.looks.themes import OWN_THEMES, OWN_THEMES_256, mend_variables
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.services import ASKING
from newsreader.tui.textual_private.drawing import CellFrames
from newsreader.tui.textual_private.driver import SafeTerminal
from newsreader.tui.textual_private.events import RaisedFailure, key_event

_WAYS_UP: Final = 3
"""That of a key, of the message that answers it, and of one that a parent makes of that."""
_ASKING_SECONDS: Final = 0.005
"""Seconds between two looks whether a dialog that is being prepared has opened."""


def _commands() -> type[Provider]:
    from newsreader.tui.dialogs.palette import CommandProvider  # noqa: PLC0415  (not at the start)

    return CommandProvider


def _posts() -> type[Provider]:
    from newsreader.tui.dialogs.palette import PostProvider  # noqa: PLC0415  (not at the start)

    return PostProvider


def _appearance(store: PostStore) -> Appearance:
    """What is remembered of the looks; what is wrong with the store is told elsewhere."""
    try:
        return store.sessions.load_appearance()
    except StoreError:
        return Appearance()


def _is_new(store: PostStore) -> bool:
    """Whether nobody has read these posts before."""
    try:
        return store.sessions.load() is None
    except StoreError:
        return False


class NewsreaderApp(CellFrames, SafeTerminal, RaisedFailure, AsksTerminal, AutoTheme, App[None]):
    """Three panes over a store of posts."""

    TITLE = "newsreader"
    CSS_PATH = "newsreader.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands, _posts}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before all others: a dialog would not let it reach the app.
        Binding("ctrl+c", "help_quit", show=False, system=True, priority=True),
    ]

    def __init__(
        self,
        store: PostStore,
        *,
        config: Config = DEFAULTS,
        notices: Sequence[Clean] = (),
        feeds: FeedSource | None = None,
        choices: ChoiceStore | None = None,
        updates: UpdateSource | None = None,
        scan: bool = True,
        welcome: bool = False,
        few_colours: bool = False,
        has_256_colours: bool = False,
        encoding: str = "utf-8",
    ) -> None:
        """Make the app.

        Args:
            store: Open; it stays open when the app ends.
            config: What the user has set. A theme that is not known is reported in the status
                line; `auto` follows the terminal's background.
            notices: Messages for the start, the most important first.
            feeds: What fetches the feeds of the config; `None`: there are none.
            choices: Keeps what the user chooses in the reader; `None`: it holds until the end.
            updates: What runs the update commands of sources; `None`: there are none.
            scan: Whether to look for new and changed posts at the start.
            welcome: Whether to explain the reader, if these posts were never opened before.
            few_colours: Whether the terminal has only 16 colours, of which nothing is known.
            has_256_colours: Whether it has no more than 256.
            encoding: That the terminal has.
        """
        self._glyph_filters = choose_filters(config, encoding, os.environ)
        self._has_theme = False
        no_colour = has_no_colour(os.environ)
        super().__init__(ansi_color=True if no_colour else None)
        self.few_colours = few_colours or no_colour
        for own in OWN_THEMES_256 if has_256_colours else OWN_THEMES:
            self.register_theme(own)
        if self.few_colours:  # all others would be grey on grey
            for name, theme in self.available_themes.items():
                if not theme.ansi:
                    self.unregister_theme(name)
        self._store = store
        self.notices = tuple(notices)
        self._feeds = feeds
        self._choices = choices
        self._updates = updates
        self._scan = scan
        self._config = config
        self._bound_keys = keymap_of(config.keys)
        self._welcome = welcome and _is_new(store)
        self._key_reader = KeyReader(self._bound_keys)
        self._type_ahead: TypeAhead[Key] = TypeAhead()
        self._start = key_event("f24")  # as if a key had led to the first screen
        self._type_ahead.begin("", self._start)
        self._appearance = _appearance(store)
        self._has_theme = True
        is_dark = guess_is_dark(os.environ)
        self.use_theme(AUTO)
        self.note_background(self._appearance.is_dark if is_dark is None else is_dark)
        if config.theme in self.available_themes:
            self.use_theme(config.theme)
        elif config.theme != AUTO and not self.few_colours:
            known = clean_line(", ".join(sorted(self.available_themes)))
            name = clean_line(config.theme)
            unknown = phrase("There is no theme “{}”; there are {}.", name, known)
            self.notices = (unknown, *self.notices)

    def on_mount(self) -> None:
        """Explain the reader to whoever starts it for the first time."""
        if self._welcome:
            from newsreader.tui.dialogs.welcome import WelcomeScreen  # noqa: PLC0415  (once)

            self.push_screen(WelcomeScreen(self._bound_keys))

    def on_ready(self) -> None:
        """Deal with what was typed before the first screen was there."""
        self._come_up(self._start, ())

    def get_css_variables(self) -> dict[str, str]:
        """Give the colours of the theme, legible on all backgrounds."""
        if not self._has_theme:
            return {}  # Textual asks for those of its own theme before ours can be chosen
        self.theme_variables = mend_variables(self.current_theme, super().get_css_variables())
        return self.theme_variables

    def refresh_css(self, animate: bool = True) -> None:
        """Use the colours of another theme; before there is a screen, leave it to what makes one.

        Textual would parse the whole style sheet, and parse it again for the screen.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Give what all that is drawn goes through."""
        return [*super().get_line_filters(), *self._glyph_filters]

    def on_background_told(self, event: BackgroundTold) -> None:
        """Follow the terminal's background, unless the user has chosen a theme."""
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                screen.controls.appearance.note_background(event.is_dark)
        self.note_background(event.is_dark)

    def get_default_screen(self) -> Screen[None]:
        """The one screen."""
        return MainScreen(
            self._store,
            config=self._config,
            keymap=self._bound_keys,
            notices=self.notices,
            feeds=self._feeds,
            choices=self._choices,
            updates=self._updates,
            scan=self._scan,
            appearance=self._appearance,
        )

    async def on_event(self, event: Event) -> None:
        """Read keys as they are bound, and clean what is pasted before any input draws it."""
        if isinstance(event, Paste):
            event.text = clean_text(event.text)
        elif isinstance(event, MouseDown):
            self._end_sequence()
        elif isinstance(event, Key) and not event.is_forwarded:
            if not self._type_ahead.hold(event):
                await self._press(event)
            return
        await super().on_event(event)

    async def _press(self, event: Key) -> None:
        """Read a key and forward it; those behind it may have to wait for where it leads."""
        welcome, self._welcome = self._welcome, False
        if welcome and isinstance(self.screen, ModalScreen):  # else a click has closed it
            await self._press(key_event("escape"))
            if event.key != "escape":
                self._type_ahead.hold(event)
            return
        read = self._read_key(event)
        if read is None:
            return
        target = self.focused or self.screen
        is_text = target.check_consume_key(read.key, read.character)
        leads = not is_text and self._type_ahead.begin(key_pressed(read), read)
        await super().on_event(read)
        if leads:
            self.set_timer(PATIENCE_SECONDS, partial(self._let_go, read))
            self._come_up(read, target.ancestors_with_self * _WAYS_UP)

    def _come_up(self, event: Key, way: Sequence[DOMNode]) -> None:
        """Let what waits for a key go when all has come up to the app that the key set going.

        Each node of the way has a queue of its own, in which this comes behind; a dialog that has
        closed takes nothing any more.
        """
        for at, node in enumerate(way, 1):
            if node.call_later(self._come_up, event, way[at:]):
                return
        if not self.screen_stack:  # the reader has ended
            return
        if any(each.group in ASKING and not each.is_finished for each in self.workers):
            self.set_timer(_ASKING_SECONDS, partial(self._come_up, event, way))
        elif isinstance(self.screen, MainScreen):
            self.screen.call_later(self.call_later, self._let_go, event)
        else:
            self.screen.call_after_refresh(self._let_go, event)

    async def _let_go(self, event: Key) -> None:
        """Type what waits for a key; not what waits for a later one."""
        if self._type_ahead.is_awaited(event):
            await self._type_held()

    async def _type_held(self) -> None:
        held = self._type_ahead.release()
        while held:
            await self.on_event(held.pop(0))
            if self._type_ahead.is_holding:  # one of them may lead elsewhere
                for event in held:
                    self._type_ahead.hold(event)
                return

    def _read_key(self, event: Key) -> Key | None:
        """Read a key as the table has it; None if it does nothing yet, or nothing at all."""
        key = key_pressed(event)
        screen = self.screen
        latin = self._key_reader.latin(key)
        in_pane = isinstance(screen, MainScreen) and screen.pane_has_focus
        if not in_pane or not isinstance(screen, MainScreen) or self._takes_text(event, latin):
            self._end_sequence()
            return event if self._takes_text(event, latin) or latin == key else key_event(latin)
        if screen.article.mode.takes(event.character):
            return event if latin == key else key_event(latin)  # whatever they are bound to
        reading = self._key_reader.read(key)
        screen.show_begun(reading)
        match reading:
            case Pressed(pressed):
                return event if pressed == key else key_event(pressed)
            case Waiting() | Nothing():
                return None
            case _:
                assert_never(reading)

    def _takes_text(self, event: Key, latin: str) -> bool:
        """Whether the user types text just now, of which the key is a part."""
        focused = self.focused
        return focused is not None and (
            focused.check_consume_key(event.key, event.character)
            or focused.check_consume_key(latin, latin if len(latin) == 1 else " ")
        )

    def _end_sequence(self) -> None:
        if self._key_reader.is_waiting:
            self._key_reader.reset()
            for screen in self.screen_stack:
                if isinstance(screen, MainScreen):
                    screen.show_begun(Nothing())

    def action_help_quit(self) -> None:
        """Answer `Ctrl-C`: end what is open, or say what quits, and quit when it comes again.

        Where text is selected, it is copied instead.
        """
        screen = self.screen
        if getattr(screen.focused, "selected_text", "") or screen.get_selected_text():
            raise SkipAction
        if isinstance(screen, ModalScreen):
            screen.dismiss()
        elif isinstance(screen, MainScreen):
            screen.interrupt()

    def action_command_palette(self) -> None:
        """Show the commands."""
        from newsreader.tui.dialogs.palette import CommandDialog  # noqa: PLC0415  (not at the start)

        if not isinstance(self.screen, CommandDialog):
            self.push_screen(CommandDialog(placeholder=phrase("Search for commands and posts …")))

    def search_themes(self) -> None:
        """Show the themes, of which one can be chosen."""
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                screen.controls.palette.choose_theme()

    def end(self, return_code: int) -> None:
        """End, in the main thread but at any moment: a signal has come.

        Args:
            return_code: The exit code of the program.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # it has not begun, or is done
            raise SystemExit(return_code) from None
        loop.call_soon_threadsafe(self.exit, None, return_code)
