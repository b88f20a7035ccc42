"""The services of a screen for controllers: workers, timers, notifications, dialogs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from textual.app import SuspendNotSupported
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from newsreader.text import Clean
from newsreader.tui.looks.auto_theme import AUTO, AutoTheme
from newsreader.tui.textual_private.drawing import CellFrames
from newsreader.tui.textual_private.driver import write_sequence
from newsreader.tui.values import ChoiceEntry, PostImage, Sort

Answer = TypeVar("Answer")

ASKING: Final = frozenset({"mark all", "note", "timeline", "images"})
"""The groups of work that ends with a dialog."""


class TextualServices:
    """The services of a screen, by what Textual has for them."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen

    # Workers

    def start(
        self,
        work: Callable[[], Awaitable[None]],
        *,
        group: str,
        description: str,
        exclusive: bool = True,
    ) -> None:
        """Run work; if it is exclusive, instead of the work of its group before."""
        self._screen.run_worker(work, group=group, description=description, exclusive=exclusive)

    def cancel(self, group: str) -> None:
        """Stop the work of a group."""
        self._screen.workers.cancel_group(self._screen, group)

    # Timers

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Call once."""
        return self._screen.set_timer(seconds, call)

    def every(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Call again and again."""
        return self._screen.set_interval(seconds, call)

    # Notifications

    def notify(self, problem: Clean) -> None:
        """Show a problem in front of the panes."""
        self._screen.notify(problem, severity="error", timeout=10, markup=False)

    def clear_notifications(self) -> None:
        """Take away all that are shown."""
        self._screen.app.clear_notifications()

    # Themes

    @property
    def theme(self) -> str:
        """The name of the theme that is used; `auto` if it follows the background."""
        app = self._screen.app
        return app.theme_choice if isinstance(app, AutoTheme) else app.theme

    @property
    def themes(self) -> Sequence[str]:
        """What can be used."""
        from newsreader.config.options import THEMES  # noqa: PLC0415  (not at the start)

        return [AUTO, *(name for name in THEMES if name in self._screen.app.available_themes)]

    def use_theme(self, name: str) -> None:
        """Use another theme, or that of the background."""
        app = self._screen.app
        if isinstance(app, AutoTheme):
            app.use_theme(name)

    def draw_anew(self) -> None:
        """Draw everything again."""
        for widget in self._screen.walk_children():
            if isinstance(widget, Widget):
                widget.refresh()

    def draw_all(self) -> None:
        """Send the whole screen: something else has written on the terminal."""
        if isinstance(self._screen.app, CellFrames):
            self._screen.app.draw_all()

    # Programs

    def redraw_on_resume(self) -> None:
        """Draw everything when the shell has had the terminal meanwhile."""
        app = self._screen.app
        app.app_resume_signal.subscribe(self._screen, lambda _: app.refresh(layout=True))

    def run_in_terminal(
        self, arguments: Sequence[str] | str, *, given: str | None = None, waits: bool = False
    ) -> int:
        """Leave the terminal to a program until it ends.

        Raises:
            ProgramError: It cannot be started, or the terminal cannot be left.
        """
        from newsreader.tui.programs import foreground  # noqa: PLC0415  (not at the start)

        try:
            return foreground.run_in_foreground(
                arguments, self._screen.app.suspend(), given=given, waits=waits
            )
        except SuspendNotSupported:
            raise foreground.no_terminal() from None

    def write_sequence(self, sequence: str) -> None:
        """Write something to the terminal that it does not show."""
        write_sequence(self._screen.app, sequence)

    # Dialogs

    def confirm(self, question: Clean, hint: Clean, confirmed: Callable[[], None]) -> None:
        """Ask for a yes."""
        from newsreader.tui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  (not at the start)

        def answered(yes: bool | None) -> None:
            if yes:
                confirmed()

        self._screen.app.push_screen(ConfirmScreen(question, hint), answered)

    def choose_sort(
        self, sort: Sort, name_of: Callable[[Sort], Clean], chosen: Callable[[Sort], None]
    ) -> None:
        """Ask for an order of lists."""
        from newsreader.tui.dialogs.sort import SortScreen  # noqa: PLC0415  (not at the start)

        self._screen.app.push_screen(SortScreen(sort, name_of), _given(chosen))

    def write_note(self, title: Clean, note: str, written: Callable[[str], None]) -> None:
        """Ask for the text of a note."""
        from newsreader.tui.dialogs.note import NoteScreen  # noqa: PLC0415  (not at the start)

        self._screen.app.push_screen(NoteScreen(title, note), _given(written))

    def ask_line(
        self, title: Clean, hint: Clean, text: Clean, typed: Callable[[str], None]
    ) -> None:
        """Ask for a line."""
        from newsreader.tui.dialogs.line import LineScreen  # noqa: PLC0415  (not at the start)

        self._screen.app.push_screen(LineScreen(title, hint, text), _given(typed))

    def show_images(self, images: Sequence[PostImage]) -> None:
        """Show images, one after the other."""
        from newsreader.tui.dialogs.images import ImagesScreen  # noqa: PLC0415  (likewise)

        self._screen.app.push_screen(ImagesScreen(images))

    def list_messages(self, messages: Sequence[Clean]) -> None:
        """List messages, whole."""
        from newsreader.tui.dialogs.messages import MessagesScreen  # noqa: PLC0415  (likewise)

        self._screen.app.push_screen(MessagesScreen(messages))

    def choose(
        self,
        title: Clean,
        entries: Sequence[ChoiceEntry],
        chosen: Callable[[int], None],
        *,
        at: int = 0,
    ) -> None:
        """Ask for one of some things."""
        from newsreader.tui.dialogs.choice import ChoiceScreen  # noqa: PLC0415  (not at the start)

        self._screen.app.push_screen(ChoiceScreen(title, entries, at), _given(chosen))


def _given(answered: Callable[[Answer], None]) -> Callable[[Answer | None], None]:
    """Call with an answer, but not if the dialog was closed without one."""

    def closed(answer: Answer | None) -> None:
        if answer is not None:
            answered(answer)

    return closed
