"""Write the title of a list, and the reason why it is empty."""

from __future__ import annotations

from typing import assert_never

from newsreader.tui.values import Everything, Labelled, Overview, Query, Scope, Sort, Today, View


def order_name(sort: Sort) -> str:
    """Name an order as the title of a list says it."""
    match sort:
        case Sort.NEWEST:
            return "newest first"
        case Sort.OLDEST:
            return "oldest first"
        case Sort.TITLE:
            return "by title"
        case Sort.UNREAD_FIRST:
            return "unread first"
        case _:
            assert_never(sort)


def list_title(query: Query, overview: Overview, searched: str = "") -> str:
    """Name a list and its order: `南方网新闻 · unread · newest first`.

    Args:
        query: What the list holds.
        overview: Has the names of categories.
        searched: What was searched for, as it was typed; empty: nothing.
    """
    return f"{list_name(query, overview, searched)} · {order_name(query.sort)}"


def list_name(query: Query, overview: Overview, searched: str = "") -> str:
    """Name a list without its order."""
    view = {View.ALL: "", View.UNREAD: "unread", View.BOOKMARKS: "bookmarks"}[query.view]
    title = scope_title(query.scope, overview)
    if isinstance(query.scope, Everything) and (view or searched):
        title, view = view.capitalize(), ""
    wanted = f"/ {searched}" if searched else ""
    return " · ".join(part for part in (wanted, title, view) if part)


def scope_title(scope: Scope, overview: Overview) -> str:
    """Name a scope as the category pane does."""
    match scope:
        case Everything():
            return "All"
        case Today():
            return "Today"
        case Labelled(name=name):
            labels = (*overview.categories, *overview.tags)
            return next((label.title for label in labels if label.scope == scope), name)
        case _:
            assert_never(scope)


def why_empty(query: Query, *, looking: bool) -> str:
    """Say why a list is empty.

    Args:
        query: What it would hold.
        looking: Whether posts are still being looked for.
    """
    if query.search is not None:
        return "No post matches. Esc gives the list back."
    match query.view:
        case View.ALL:
            return "Looking for posts …" if looking else "No posts here."
        case View.UNREAD:
            return "Nothing unread here. Press 1 to see all posts."
        case View.BOOKMARKS:
            return "No bookmarks here yet. m bookmarks a post; 1 shows all."
        case _:
            assert_never(query.view)
