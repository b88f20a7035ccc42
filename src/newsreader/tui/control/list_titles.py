"""Write the title of a list, and the reason why it is empty."""

from __future__ import annotations

from typing import assert_never

from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, clean_line, derive, fill, join
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.values import (
    Everything,
    Labelled,
    OneSource,
    Overview,
    Query,
    Scope,
    Sort,
    Today,
    View,
)


def _view_name(view: View) -> Clean:
    match view:
        case View.ALL:
            return EMPTY
        case View.UNREAD:
            return phrase("unread")
        case View.BOOKMARKS:
            return phrase("bookmarks")
        case _:
            assert_never(view)


def order_name(sort: Sort) -> Clean:
    """Name an order as the title of a list says it."""
    match sort:
        case Sort.NEWEST:
            return phrase("newest first")
        case Sort.OLDEST:
            return phrase("oldest first")
        case Sort.TITLE:
            return phrase("by title")
        case Sort.UNREAD_FIRST:
            return phrase("unread first")
        case _:
            assert_never(sort)


def newest_on_top(query: Query) -> bool | None:
    """Whether the newest posts of a list come first, or last; `None`: they may be anywhere."""
    match query.sort:
        case Sort.NEWEST | Sort.UNREAD_FIRST:
            return True
        case Sort.OLDEST:
            return False
        case Sort.TITLE:
            return None
        case _:
            assert_never(query.sort)


def list_title(query: Query, overview: Overview, searched: Clean = EMPTY) -> Clean:
    """Name a list and its order: `南方网新闻 · unread · newest first`.

    Args:
        query: What the list holds.
        overview: Has the names of categories.
        searched: What was searched for, as it was typed; empty: nothing.
    """
    title = fill("{} · {}", list_name(query, overview, searched), order_name(query.sort))
    return phrase("{} · each story once", title) if query.fold else title


def list_name(query: Query, overview: Overview, searched: Clean = EMPTY) -> Clean:
    """Name a list without its order."""
    view = _view_name(query.view)
    title = scope_title(query.scope, overview)
    if isinstance(query.scope, Everything) and (view or searched):
        title, view = derive(view, view.capitalize()), EMPTY
    wanted = fill("/ {}", searched) if searched else EMPTY
    return join(" · ", (part for part in (wanted, title, view) if part))


def scope_title(scope: Scope, overview: Overview) -> Clean:
    """Name a scope as the category pane does."""
    match scope:
        case Everything():
            return phrase("All")
        case Today():
            return phrase("Today")
        case OneSource(path=path):
            titles = (source.title for source in overview.sources if source.scope == scope)
            return next(titles, None) or clean_line(path.name)
        case Labelled(name=name):
            labels = (*overview.categories, *overview.tags)
            shown = (label.title for label in labels if label.scope == scope)
            return next(shown, None) or clean_line(name)
        case _:
            assert_never(scope)


def scope_code(scope: Scope | None) -> Clean:
    """What a category or source is called where its posts are: there it may have another name."""
    match scope:
        case Labelled(name=name):
            return clean_line(name)
        case OneSource(path=path):
            return clean_line(path.name)
        case _:
            return EMPTY


def why_empty(query: Query, keymap: Keymap, *, looking: bool) -> Clean:
    """Say why a list is empty, and what to press.

    Args:
        query: What it would hold.
        keymap: The keys as they are bound.
        looking: Whether posts are still being looked for.
    """
    if query.search is not None:
        if looking:
            return phrase("Looking …")  # a word may be in a text that is not in the index yet
        return phrase("No post matches. Esc gives the list back.")
    match query.view:
        case View.ALL:
            if looking:
                return phrase("Looking for posts …")
            return phrase("No posts here. {} looks again.", keymap.name("app.refresh"))
        case View.UNREAD:
            return phrase(
                "Nothing unread here. Press {} to see all posts.", keymap.name("view.all")
            )
        case View.BOOKMARKS:
            bookmark, show_all = keymap.name("post.bookmark"), keymap.name("view.all")
            return phrase(
                "No bookmarks here yet. {} bookmarks a post; {} shows all.", bookmark, show_all
            )
        case _:
            assert_never(query.view)
