"""The one screen: it composes the panes, binds the keys, and routes messages to controllers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widget import Widget

from newsreader.config.model import DEFAULTS, Config
from newsreader.messages import phrase
from newsreader.runtime import allow_collection
from newsreader.store import Appearance
from newsreader.text import Clean, clean_line
from newsreader.tui.control.controls import make_controls
from newsreader.tui.control.feeds import FeedSource
from newsreader.tui.control.messages import problem_text
from newsreader.tui.control.palette.choices import ChoiceStore
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.control.updates import UpdateSource
from newsreader.tui.keyboard.bindings import bindings
from newsreader.tui.keyboard.key_names import key_name
from newsreader.tui.keyboard.key_reader import KeyReading, Nothing, Waiting
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import STEP_BACK, Host, Key, Pane, key_of
from newsreader.tui.looks.pane_sizes import sizes_from
from newsreader.tui.panes.article import ArticlePane
from newsreader.tui.panes.categories import CategoryPane
from newsreader.tui.panes.key_bar import KeyBar
from newsreader.tui.panes.pane_area import PaneArea
from newsreader.tui.panes.post_list import PostList
from newsreader.tui.panes.search_bar import SearchBar
from newsreader.tui.panes.status_bar import StatusBar
from newsreader.tui.services import TextualServices
from newsreader.tui.textual_private.drawing import OneFrame
from newsreader.tui.values import PaletteCommand

CALM_SECONDS = 0.3
"""Seconds from the start to the first scan if there is something to show already."""


class MainScreen(OneFrame, Screen[None]):
    """Categories, posts and the article, in as many columns as there is room for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Host.SCREEN)]

    AUTO_FOCUS = "#posts"

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual declares it without ClassVar)
        (0, "-narrow"),
        (80, "-medium"),
        (120, "-wide"),
    ]

    def __init__(
        self,
        store: StoreParts,
        *,
        config: Config = DEFAULTS,
        keymap: Keymap = DEFAULT_KEYMAP,
        notices: Sequence[Clean] = (),
        feeds: FeedSource | None = None,
        choices: ChoiceStore | None = None,
        updates: UpdateSource | None = None,
        scan: bool = True,
        appearance: Appearance | None = None,
    ) -> None:
        """Make the screen; see `NewsreaderApp` for what it is given."""
        super().__init__()
        if config.layout != "auto":
            self.HORIZONTAL_BREAKPOINTS = [(0, f"-{config.layout}")]
        self.categories = CategoryPane(id="categories")
        self.posts = PostList(id="posts", keymap=keymap, density=config.density)
        self.article = ArticlePane(id="article", widest=config.text_width)
        self._panes: Mapping[Pane, Widget] = {
            Pane.CATEGORIES: self.categories,
            Pane.POSTS: self.posts,
            Pane.ARTICLE: self.article,
        }
        sizes = sizes_from(appearance.sizes if appearance is not None else {})
        self.area = PaneArea(self.categories, self.posts, self.article, sizes)
        self.status = StatusBar(keymap.name("app.messages"))
        self.key_bar = KeyBar(keymap)
        self.search_bar = SearchBar()
        self._services = TextualServices(self)
        parts = ScreenParts(
            categories=self.categories,
            posts=self.posts,
            article=self.article,
            status=self.status,
            keys=self.key_bar,
            search_bar=self.search_bar,
            layout=self,
            services=self._services,
        )
        self.controls = make_controls(
            store,
            parts,
            notices=notices,
            config=config,
            feeds=feeds,
            appearance=appearance,
            choices=choices,
            updates=updates,
        )
        self._store = store
        self._scan = scan
        self._commands = self._make_commands()

    def compose(self) -> ComposeResult:
        """A line, the panes, a line."""
        # Known before there is anything to style: otherwise all is styled and drawn twice.
        width = self.app.size.width
        layout = max(each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= width)[1]
        self.add_class(layout, f"-show-{Pane.POSTS.value}", update=False)
        yield self.status
        yield self.area
        yield self.key_bar
        yield self.search_bar

    def on_mount(self) -> None:
        """Show what the index holds, and look for what is new."""
        self._services.redraw_on_resume()
        self.show_pane(Pane.POSTS)
        self.controls.start(self._store, scan=self._scan)
        if self.controls.lists.is_filling:
            self.when_drawn(self._first_screen_drawn)
        else:
            self._services.after(CALM_SECONDS, self._first_screen_drawn)

    def on_resize(self) -> None:
        """Give the panes their sizes, once it is known how they are arranged now."""
        self.call_next(self.area.fit)

    def on_unmount(self) -> None:
        """Remember where the reader ends, and say on the terminal what of it is lost."""
        lost = self.controls.end()
        if lost is not None:
            message = Text(f"newsreader: {problem_text(lost)}")
            self.app.exit(None, self.app.return_code or 0, message)

    def _first_screen_drawn(self) -> None:
        """Start the work that can wait until the first screen is drawn."""
        allow_collection()
        self.controls.refresh.start(scan=self._scan)
        self.controls.feeds.start()
        self.controls.updates.start()

    # Which pane

    @property
    def pane(self) -> Pane:
        """The pane that has the focus, or had it last."""
        return next((p for p in Pane if self.has_class(f"-show-{p.value}")), Pane.POSTS)

    @property
    def is_zoomed(self) -> bool:
        """Whether the article is shown alone."""
        return self.has_class("-zoom")

    def zoom(self, zoomed: bool) -> None:
        """Show the article alone, or all panes again."""
        self.set_class(zoomed, "-zoom")

    def widget_of(self, pane: Pane) -> Widget:
        """The widget of a pane."""
        return self._panes[pane]

    def show_pane(self, pane: Pane) -> None:
        """Give a pane the focus; on a narrow screen it takes the place of the others."""
        if pane is not Pane.ARTICLE:
            self.zoom(False)
        for other in Pane:
            self.set_class(other is pane, f"-show-{other.value}")
        came_back = pane is not Pane.ARTICLE and self.key_bar.pane is Pane.ARTICLE
        self.key_bar.pane = pane
        self.widget_of(pane).focus(scroll_visible=False)
        if came_back:
            self.controls.article.show_selected()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Follow the mouse, which may have moved the focus."""
        if event.widget is not self.focused:
            return  # the focus has moved on since, and that move decides which pane is shown
        for pane in Pane:
            if event.widget is self.widget_of(pane) and pane is not self.pane:
                self.show_pane(pane)
                if pane is Pane.ARTICLE:
                    self.controls.navigation.read_shown()

    # What panes say

    @on(CategoryPane.Selected)
    def _category_selected(self, event: CategoryPane.Selected) -> None:
        self.controls.lists.open_entry(event.entry)
        self.controls.feeds.tell(event.entry)

    @on(CategoryPane.Chosen)
    def _category_chosen(self) -> None:
        self.show_pane(Pane.POSTS)

    @on(PostList.Highlighted)
    def _post_highlighted(self, event: PostList.Highlighted) -> None:
        self.when_drawn(partial(self.controls.article.preview, event.row.post_id))

    @on(PostList.Opened)
    def _post_opened(self, event: PostList.Opened) -> None:
        self.controls.navigation.open_post(event.post_id)

    @on(ArticlePane.EndReached)
    def _end_reached(self) -> None:
        self.controls.navigation.go_to_unread()

    @on(ArticlePane.LinkClicked)
    def _link_clicked(self, event: ArticlePane.LinkClicked) -> None:
        self.controls.reading.open_link(event.address)

    @on(ArticlePane.Dragged)
    def _dragged(self, event: ArticlePane.Dragged) -> None:
        self.controls.reading.select(event.start, event.end)

    @on(ArticlePane.MatchesFound)
    def _matches_found(self) -> None:
        self.controls.search.show_matches()

    @on(PaneArea.Resized)
    def _panes_resized(self, event: PaneArea.Resized) -> None:
        self.controls.appearance.note_sizes(event.sizes.names())

    @on(SearchBar.Changed)
    def _search_changed(self, event: SearchBar.Changed) -> None:
        self.controls.search.change(event.text)

    @on(SearchBar.Accepted)
    def _search_accepted(self, event: SearchBar.Accepted) -> None:
        self.controls.search.accept(event.text)

    @on(SearchBar.Cancelled)
    def _search_cancelled(self) -> None:
        self.controls.search.cancel()

    @on(KeyBar.Pressed)
    def _key_pressed(self, event: KeyBar.Pressed) -> None:
        self.run_key(key_of(event.key_id))

    # Keys

    def _make_commands(self) -> Mapping[str, Callable[[], None]]:
        """Make the action of each key of the screen, by its id in the table of keys."""
        return {
            **self.controls.by_id(),
            "pane.left": self._go_left,
            "pane.right": self._go_right,
            "post.next-unread": self._go_to_next,
            "category.collapse": self._collapse,
            "view.wider": partial(self._resize_pane, 1),
            "view.narrower": partial(self._resize_pane, -1),
            "view.usual-sizes": partial(self._resize_pane, 0),
            "app.refresh": self._refresh_all,
            "app.redraw": self._services.draw_all,
            "app.palette": self._show_palette,
            "app.help": self._show_help,
            "app.suspend": self.app.action_suspend_process,
            "app.back": partial(self._go_back, quits=True),
            STEP_BACK: partial(self._go_back, quits=False),
        }

    @property
    def pane_has_focus(self) -> bool:
        """Whether keys are for a pane: nothing is being typed, and no dialog is open."""
        is_pane = self.focused is None or self.focused in self._panes.values()
        return is_pane and not self.article.mode.is_active

    def show_begun(self, reading: KeyReading) -> None:
        """Show how a sequence of keys can go on, or that what was pressed is none."""
        self.key_bar.begun = reading.ways if isinstance(reading, Waiting) else ()
        if isinstance(reading, Nothing) and len(reading.typed) > 1:
            name = clean_line(key_name(" ".join(reading.typed)))
            self.controls.messages.say(phrase("{} does nothing", name))

    def interrupt(self) -> None:
        """End what is being typed, or say what quits, and quit when that was said already."""
        if self.article.mode.is_active:
            self.article.mode.end()
            return
        if self.search_bar.is_focused:
            self.controls.search.cancel()
            return
        quit_key = self.key_bar.keymap.name("app.back")
        message = phrase("^c again quits, as {} does in the lists", quit_key)
        if self.status.message == message:
            self.app.exit()
        else:
            self.controls.messages.say(message)

    def action_command(self, command: str) -> None:
        """Do what a key of the screen does, unless a dialog that it did not know of has opened."""
        if self.is_active:
            self._commands[command]()

    def run_key(self, key: Key) -> None:
        """Do what a key does in the pane that has the focus, or on the screen."""
        if key.id in self._commands:
            self.call_later(self.action_command, key.id)
        else:
            self.call_later(self.widget_of(self.pane).run_action, key.action)

    def _resize_pane(self, by: int) -> None:
        """Make the pane wider or narrower; `by` is 0 for the usual sizes."""
        if not (self.area.resize(self.pane, by) if by else self.area.reset()):
            self.controls.messages.say(phrase("One pane has the whole screen"))

    def _go_left(self) -> None:
        self.show_pane(Pane.POSTS if self.pane is Pane.ARTICLE else Pane.CATEGORIES)

    def _go_right(self) -> None:
        """Go to the pane to the right; coming to the article opens the post."""
        if self.pane is Pane.CATEGORIES:
            self.show_pane(Pane.POSTS)
        elif self.pane is Pane.POSTS:
            self.posts.action_post_open()

    def _go_to_next(self) -> None:
        """Go to the next match if the article is searched, else to the next unread post."""
        if not self.controls.search.go_to_next_match():
            self.controls.navigation.go_to_unread()

    def _go_back(self, *, quits: bool) -> None:
        """Go one step back: a search ends first; from the lists, `q` quits."""
        if self.controls.search.end():
            return
        if self.is_zoomed:
            self.zoom(False)
        elif self.pane is Pane.ARTICLE:
            self.show_pane(Pane.POSTS)
        elif quits:
            self.app.exit()
        else:
            self.show_pane(Pane.CATEGORIES)

    def _collapse(self) -> None:
        """Collapse the group of categories that the cursor stands in, where it can be seen."""
        if self.pane is not Pane.CATEGORIES:
            self.show_pane(Pane.CATEGORIES)
        self.categories.toggle_group()

    def _refresh_all(self) -> None:
        """Show the list as it is now, and look for what is new."""
        self.controls.lists.open_anew()
        self.controls.updates.refresh()

    def _show_palette(self) -> None:
        self.app.action_command_palette()

    def _show_help(self) -> None:
        from newsreader.tui.dialogs.help import HelpScreen  # noqa: PLC0415  (not at the start)

        self.app.push_screen(HelpScreen(self.pane, self.key_bar.keymap))

    def palette_commands(self) -> Iterator[PaletteCommand]:
        """List the commands that the palette offers."""
        return self.controls.palette.commands(self.run_key)
