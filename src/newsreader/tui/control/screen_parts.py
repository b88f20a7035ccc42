"""Protocols for the parts of the screen that controllers use, without Textual."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from newsreader.config.model import DensityName
from newsreader.frozen import dataclass
from newsreader.text import EMPTY, Clean
from newsreader.tui.control.reading.article_view import ArticleView
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.keys import Pane
from newsreader.tui.values import (
    CategoryEntry,
    ChoiceEntry,
    Counts,
    Overview,
    PostImage,
    PostListing,
    PostRow,
    Scope,
    Sort,
    Stage,
    View,
)


class CategoryView(Protocol):
    """The pane of collections, saved searches, categories and tags."""

    @property
    def selected(self) -> CategoryEntry | None:
        """The entry under the cursor."""

    @property
    def entries(self) -> Sequence[CategoryEntry]:
        """All entries, and the headings of their groups."""

    @property
    def collapsed(self) -> Collection[str]:
        """The groups of which only the heading is shown."""

    def collapse(self, groups: Iterable[str]) -> None:
        """Show only the headings of some groups."""

    def show(self, overview: Overview, view: View) -> None:
        """Show new counts."""

    def show_searches(self, searches: Sequence[CategoryEntry]) -> None:
        """Show saved searches, or new counts of them."""

    def show_warnings(self, warnings: Mapping[str, Clean]) -> None:
        """Mark categories, by their names, with a sentence each."""

    def select(self, scope: Scope, view: View | None, search: str = "") -> None:
        """Put the cursor on an entry without telling anyone."""


class PostView(Protocol):
    """The pane of posts."""

    @property
    def listing(self) -> PostListing:
        """What is shown."""

    @property
    def selected(self) -> PostRow | None:
        """The post under the cursor."""

    @property
    def cursor(self) -> int:
        """The row of the cursor; -1 while there is none."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""

    @property
    def touched(self) -> bool:
        """Whether the cursor was moved since the list was opened."""

    @property
    def is_compact(self) -> bool:
        """Whether a post takes one line."""

    def use_density(self, density: DensityName) -> None:
        """Give each post one line or two."""

    @property
    def arrived(self) -> int:
        """How many posts have come into the list and were not seen yet."""

    def show(
        self, listing: PostListing, *, at: int, keep_place: bool = False, arrived: int = 0
    ) -> None:
        """Show a list with the cursor on row `at`."""

    def grow(self, listing: PostListing) -> None:
        """Show more of the same list; nothing moves."""

    def draw_again(self) -> None:
        """Draw the rows again: more is known of some."""

    def show_title(self, title: Clean) -> None:
        """Say what is listed."""

    def show_sparkline(self, columns: Clean, labelled: Clean) -> None:
        """Show when there were how many of the posts, with or without dates; empty: not known."""

    def move_to(self, row: int, *, step: int = 1) -> None:
        """Put the cursor on a row."""


class StatusView(Protocol):
    """The line above the panes.

    Attributes:
        library: The name of the library.
        counts: Of all posts.
        message: Something that has just happened, in a few words.
        progress: How much of a scan is done, 0 to 1; below 0 while files are being looked for.
        stage: What a scan puts into the index now.
        activity: What else is going on; empty for nothing.
    """

    library: Clean
    counts: Counts
    message: Clean
    progress: float | None
    stage: Stage
    activity: Clean


class KeyView(Protocol):
    """The line below the panes.

    Attributes:
        matching: Whether there are matches in the article.
        mode_keys: The keys of the mode that the article is in, and a word for each; empty: none.
        keymap: The keys as they are bound.
    """

    matching: bool
    mode_keys: Sequence[tuple[str, str]]
    keymap: Keymap


class SearchBarView(Protocol):
    """The line in which a search is typed."""

    @property
    def is_open(self) -> bool:
        """Whether it can be seen."""

    @property
    def is_wrong(self) -> bool:
        """Whether it says that what is typed cannot be understood."""

    @property
    def is_focused(self) -> bool:
        """Whether the user types into it."""

    def open(self, kind: Clean, placeholder: Clean, text: Clean = EMPTY) -> None:
        """Show it and let the user type."""

    def close(self) -> None:
        """Hide it."""

    def tell(self, found: Clean) -> None:
        """Say how much was found."""

    def tell_problem(self, problem: Clean, wrong: tuple[int, int]) -> None:
        """Say what is wrong, and mark where."""


class PaneLayout(Protocol):
    """Which panes are shown, and which has the focus."""

    @property
    def pane(self) -> Pane:
        """The pane that has the focus, or had it last."""

    @property
    def is_zoomed(self) -> bool:
        """Whether the article is shown alone."""

    def show_pane(self, pane: Pane) -> None:
        """Give a pane the focus."""

    def zoom(self, zoomed: bool) -> None:
        """Show the article alone, or all panes again."""


class Stoppable(Protocol):
    """A timer."""

    def stop(self) -> None:
        """Do not call any more."""


class Timers(Protocol):
    """Calls functions later, on the loop."""

    def after(self, seconds: float, call: Callable[[], None]) -> Stoppable:
        """Call once."""

    def every(self, seconds: float, call: Callable[[], None]) -> Stoppable:
        """Call again and again."""


class Workers(Protocol):
    """Runs work beside the loop's own."""

    def start(
        self,
        work: Callable[[], Awaitable[None]],
        *,
        group: str,
        description: str,
        exclusive: bool = True,
    ) -> None:
        """Run work; if it is exclusive, instead of the work of its group before."""

    def cancel(self, group: str) -> None:
        """Stop the work of a group."""


class Notifier(Protocol):
    """Puts problems in front of the panes for a while."""

    def notify(self, problem: Clean) -> None:
        """Show a problem."""

    def clear_notifications(self) -> None:
        """Take away all that are shown."""


class Dialogs(Protocol):
    """Asks the user; nothing is called if the user gives no answer."""

    def confirm(self, question: Clean, hint: Clean, confirmed: Callable[[], None]) -> None:
        """Ask for a yes."""

    def choose_sort(
        self, sort: Sort, name_of: Callable[[Sort], Clean], chosen: Callable[[Sort], None]
    ) -> None:
        """Ask for an order of lists."""

    def write_note(self, title: Clean, note: str, written: Callable[[str], None]) -> None:
        """Ask for the text of a note."""

    def ask_line(
        self, title: Clean, hint: Clean, text: Clean, typed: Callable[[str], None]
    ) -> None:
        """Ask for a line; `text` stands in it already."""

    def show_images(self, images: Sequence[PostImage]) -> None:
        """Show images, one after the other."""

    def list_messages(self, messages: Sequence[Clean]) -> None:
        """List messages, whole."""

    def choose(
        self,
        title: Clean,
        entries: Sequence[ChoiceEntry],
        chosen: Callable[[int], None],
        *,
        at: int = 0,
    ) -> None:
        """Ask for one of some things, by its number; first the one at `at` is marked."""


class Themes(Protocol):
    """The colours of the screen."""

    @property
    def theme(self) -> str:
        """The name of the one that is used."""

    @property
    def themes(self) -> Sequence[str]:
        """The names of all."""

    def use_theme(self, name: str) -> None:
        """Use another one."""

    def draw_anew(self) -> None:
        """Draw everything again: it is said in another language now."""


class Programs(Protocol):
    """Runs other programs."""

    def run_in_terminal(
        self, arguments: Sequence[str] | str, *, given: str | None = None, waits: bool = False
    ) -> int:
        """Leave the terminal to a program until it ends; see `programs.foreground`."""

    def write_sequence(self, sequence: str) -> None:
        """Write something to the terminal that it does not show."""


class ScreenServices(Workers, Timers, Notifier, Dialogs, Themes, Programs, Protocol):
    """The services that the screen offers to controllers."""


@dataclass(frozen=True, slots=True)
class ScreenParts:
    """The whole screen: everything on it that shows something, and what it does."""

    categories: CategoryView
    posts: PostView
    article: ArticleView
    status: StatusView
    keys: KeyView
    search_bar: SearchBarView
    layout: PaneLayout
    services: ScreenServices
