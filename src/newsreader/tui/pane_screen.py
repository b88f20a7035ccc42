"""The three panes on one screen: which is shown, which has the focus, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget

from newsreader.tui.keys import Host, Pane, bindings
from newsreader.tui.panes.article import ReaderPane
from newsreader.tui.panes.categories import CategoryPane
from newsreader.tui.panes.key_bar import KeyBar
from newsreader.tui.panes.post_list import PostList
from newsreader.tui.panes.search_bar import SearchBar
from newsreader.tui.panes.status_bar import StatusBar
from newsreader.tui.textual_private import mark_changed


class PaneScreen(Screen[None]):
    """Categories, posts and the article, in as many columns as there is room for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Host.SCREEN)]

    AUTO_FOCUS = "#posts"

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual declares it without ClassVar)
        (0, "-narrow"),
        (80, "-medium"),
        (120, "-wide"),
    ]

    categories = query_one("#categories", CategoryPane)
    posts = query_one("#posts", PostList)
    reader = query_one("#article", ReaderPane)
    status = query_one(StatusBar)
    key_bar = query_one(KeyBar)
    search_bar = query_one(SearchBar)

    def __init__(self) -> None:
        super().__init__()
        # By these they can be asked for what they show also when the screen is being taken down.
        self.post_list = PostList(id="posts")
        self.reader_pane = ReaderPane(id="article")

    def compose(self) -> ComposeResult:
        """A line, the panes, a line."""
        # Known before there is anything to style: otherwise all is styled and drawn twice.
        width = self.app.size.width
        layout = max(each for each in self.HORIZONTAL_BREAKPOINTS if each[0] <= width)[1]
        self.add_class(layout, f"-show-{Pane.POSTS.value}")
        yield StatusBar()
        with Horizontal(id="panes"):
            yield CategoryPane(id="categories")
            with Container(id="right"):
                yield self.post_list
                yield self.reader_pane
        yield KeyBar()
        yield SearchBar()

    # Drawing

    def _on_timer_update(self) -> None:
        """Draw what has changed, all of it in one frame."""
        mark_changed(self)
        super()._on_timer_update()

    # Which pane

    @property
    def pane(self) -> Pane:
        """The pane that has the focus, or had it last."""
        for pane in Pane:
            if self.has_class(f"-show-{pane.value}"):
                return pane
        return Pane.POSTS

    def _pane_widget(self, pane: Pane) -> Widget:
        return {
            Pane.CATEGORIES: self.categories,
            Pane.POSTS: self.posts,
            Pane.ARTICLE: self.reader,
        }[pane]

    def show_pane(self, pane: Pane) -> None:
        """Give a pane the focus; on a narrow screen it takes the place of the others."""
        if pane is not Pane.ARTICLE:
            self.remove_class("-zoom")
        for other in Pane:
            self.set_class(other is pane, f"-show-{other.value}")
        came_back = pane is not Pane.ARTICLE and self.key_bar.pane is Pane.ARTICLE
        self.key_bar.pane = pane
        self._pane_widget(pane).focus(scroll_visible=False)
        if came_back:
            self.list_entered()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The mouse may have moved the focus."""
        if event.widget is not self.focused:
            return  # it has gone on since: whoever moved it there says which pane is shown
        for pane in Pane:
            if event.widget is self._pane_widget(pane) and pane is not self.pane:
                self.show_pane(pane)
                if pane is Pane.ARTICLE:
                    self.article_entered()

    def list_entered(self) -> None:
        """The focus has left the article."""

    def article_entered(self) -> None:
        """The mouse has moved the focus to the article."""

    def action_pane_left(self) -> None:
        """The pane to the left."""
        if self.pane is Pane.ARTICLE:
            self.show_pane(Pane.POSTS)
        elif self.pane is Pane.POSTS:
            self.show_pane(Pane.CATEGORIES)

    def action_pane_right(self) -> None:
        """The pane to the right; coming to the article opens the post."""
        if self.pane is Pane.CATEGORIES:
            self.show_pane(Pane.POSTS)
        elif self.pane is Pane.POSTS:
            self.posts.action_post_open()

    def action_app_back(self, quits: bool) -> None:
        """One step back; from the lists, `q` quits and Esc goes to the categories."""
        if self.has_class("-zoom"):
            self.remove_class("-zoom")
        elif self.pane is Pane.ARTICLE:
            self.show_pane(Pane.POSTS)
        elif quits:
            self.app.exit()
        else:
            self.show_pane(Pane.CATEGORIES)

    def action_app_palette(self) -> None:
        """The command palette."""
        self.app.action_command_palette()

    def action_app_help(self) -> None:
        """All keys."""
        from newsreader.tui.dialogs.help import HelpScreen  # noqa: PLC0415  (late: the first screen has none)

        self.app.push_screen(HelpScreen(self.pane))

    def _run_key(self, action: str) -> None:
        """Run what a key does, in the pane that has the focus or on the screen."""
        widget = self._pane_widget(self.pane)
        target = widget if hasattr(widget, f"action_{action}") else self
        self.call_later(target.run_action, "app_back(True)" if action == "app_back" else action)

    @on(KeyBar.Pressed)
    def _key_pressed(self, event: KeyBar.Pressed) -> None:
        self._run_key(event.action)
