"""All controllers of the screen, and how they are put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from newsreader.config.model import DEFAULTS, Config
from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store import Appearance
from newsreader.text import Clean
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.counts import CountControl
from newsreader.tui.control.feeds import FeedControl, FeedSource
from newsreader.tui.control.listed.excerpts import ExcerptControl
from newsreader.tui.control.listed.stories import StoryControl
from newsreader.tui.control.listed.timeline import TimelineControl
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.looks.appearance import AppearanceControl
from newsreader.tui.control.marks import MarkControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.navigation import NavigationControl
from newsreader.tui.control.palette.choices import ChoiceControl, ChoiceStore
from newsreader.tui.control.palette.commands import PaletteControl
from newsreader.tui.control.reading.commands import ReadingCommands
from newsreader.tui.control.reading.opened_posts import OpenedPosts
from newsreader.tui.control.refresh import RefreshControl
from newsreader.tui.control.saved_searches import SavedSearchControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.search import SearchControl
from newsreader.tui.control.session import SessionControl
from newsreader.tui.control.state_writer import StateWriter
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.control.updates import UpdateControl, UpdateSource
from newsreader.tui.values import PostListing, Query, View


@dataclass(frozen=True, slots=True)
class Controls:
    """The controllers of the screen."""

    messages: MessageControl
    lists: ListControl
    counts: CountControl
    searches: SavedSearchControl
    article: ArticleControl
    marks: MarkControl
    navigation: NavigationControl
    stories: StoryControl
    timeline: TimelineControl
    reading: ReadingCommands
    search: SearchControl
    session: SessionControl
    refresh: RefreshControl
    feeds: FeedControl
    updates: UpdateControl
    appearance: AppearanceControl
    choices: ChoiceControl
    writer: StateWriter
    palette: PaletteControl

    def start(self, store: StoreParts, *, scan: bool) -> None:
        """Show what the index holds, where the user left it.

        Args:
            store: The one that the controllers were made for.
            scan: Whether new posts will be looked for.
        """
        self.messages.show_notice()
        self.writer.note_version()
        selected = self.session.restore_list()
        count = self.messages.guard(lambda: store.lists.count(Query()), 0)
        self.lists.is_filling = scan and not count
        self.searches.show()
        self.counts.update()
        self.lists.open(self.lists.query, select=selected)
        self.session.restore_pane(selected)

    def by_id(self) -> Mapping[str, Callable[[], None]]:
        """What each key of the screen does for which a controller is enough, by its id."""
        lists, marks, navigation = self.lists, self.marks, self.navigation
        return {
            "post.previous-unread": partial(navigation.go_to_unread, backwards=True),
            "post.next": partial(navigation.step, 1),
            "post.previous": partial(navigation.step, -1),
            "post.toggle-read": marks.toggle_read,
            "post.bookmark": marks.toggle_bookmark,
            "post.update-bookmark": marks.update_bookmark,
            "post.note": marks.write_note,
            "post.other-version": marks.show_other_version,
            "post.copies": self.stories.show_copies,
            "list.mark-all-read": marks.mark_all_read,
            "list.sort": lists.choose_sort,
            "list.show-new": lists.show_new,
            "list.timeline": self.timeline.show,
            "category.jump": navigation.jump,
            "view.all": partial(lists.show_view, View.ALL),
            "view.unread": partial(lists.show_view, View.UNREAD),
            "view.bookmarks": partial(lists.show_view, View.BOOKMARKS),
            "view.fold": self.stories.toggle_fold,
            "view.zoom": navigation.toggle_zoom,
            "view.density": self.choices.change_density,
            "search": self.search.open,
            "article.previous-match": self.search.go_to_previous_match,
            "app.undo": marks.undo,
            "app.redo": marks.redo,
            "app.messages": self.messages.list_all,
            **self.reading.by_id(),
        }

    def end(self) -> Problem | None:
        """Stop, and remember where; return what of it, or of changes before, is lost."""
        self.updates.stop()
        self.feeds.stop()
        self.lists.stop_build()
        self.article.stop()
        return self.session.end()


def make_controls(
    store: StoreParts,
    screen: ScreenParts,
    *,
    notices: Sequence[Clean] = (),
    config: Config = DEFAULTS,
    feeds: FeedSource | None = None,
    choices: ChoiceStore | None = None,
    updates: UpdateSource | None = None,
    appearance: Appearance | None = None,
) -> Controls:
    """Make the controllers of a screen, each with what it needs of the others.

    Args:
        store: Open.
        screen: The panes and bars, and what the screen does for controllers.
        notices: The messages at the start.
        config: What the user has set.
        feeds: What fetches those of the config; `None`: there are none.
        choices: Keeps what the user chooses; `None`: it holds until the end.
        updates: What runs the update commands of sources; `None`: there are none.
        appearance: What is remembered of the looks; `None`: nothing.
    """
    writer = StateWriter(store.data_version)
    messages = MessageControl(screen, notices)
    lists = ListControl(store.lists, screen, messages, fold=config.fold)
    excerpts = ExcerptControl(store.posts, screen)
    counts = CountControl(store.lists, screen, messages, lists)
    saved = SavedSearchControl(store.lists, screen, messages, config.searches, lists)
    article = ArticleControl(store, screen, messages, writer)
    marks = MarkControl(
        store, screen, messages, writer, lists=lists, counts=counts, article=article
    )
    navigation = NavigationControl(
        store.lists,
        screen,
        messages,
        lists=lists,
        counts=counts,
        article=article,
        opened=OpenedPosts(screen, marks, config.mark_read),
    )
    search = SearchControl(screen, messages, lists)
    session = SessionControl(
        store,
        screen,
        messages,
        writer,
        searches=saved.searches,
        lists=lists,
        article=article,
        navigation=navigation,
    )
    refresh = RefreshControl(
        store,
        screen,
        messages,
        writer,
        lists=lists,
        counts=counts,
        searches=saved,
        article=article,
        session=session,
        excerpts=excerpts,
    )
    fetching = FeedControl(feeds, screen, messages, refresh)
    lists.on_view = saved.count
    timeline = TimelineControl(store.lists, screen, messages, lists)

    def list_shown(listing: PostListing) -> None:
        article.list_shown(listing)
        timeline.list_shown(listing)

    lists.on_shown = list_shown
    choice = ChoiceControl(choices, screen, messages)

    def say_anew() -> None:
        counts.update()
        saved.show()
        lists.open(lists.query)
        article.reload()
        screen.services.draw_anew()

    choice.on_language = say_anew
    lists.on_count = search.show_count
    lists.excerpt = excerpts.of
    return Controls(
        messages=messages,
        lists=lists,
        counts=counts,
        searches=saved,
        article=article,
        marks=marks,
        navigation=navigation,
        stories=StoryControl(store.lists, screen, messages, lists=lists, navigation=navigation),
        timeline=timeline,
        reading=ReadingCommands(
            store, screen, messages, article=article, navigation=navigation, config=config
        ),
        search=search,
        session=session,
        refresh=refresh,
        feeds=fetching,
        updates=UpdateControl(updates, screen, messages, refresh, fetching),
        appearance=AppearanceControl(
            store.sessions, screen.services, writer, appearance or Appearance()
        ),
        writer=writer,
        choices=choice,
        palette=PaletteControl(
            store.lists,
            screen,
            lists=lists,
            navigation=navigation,
            choices=choice,
        ),
    )
