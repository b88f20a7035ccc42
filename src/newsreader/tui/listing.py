"""What a list is called, and why it is empty."""

from __future__ import annotations

from typing import assert_never

from newsreader.tui.values import Everything, Labelled, Overview, Query, Scope, Today, View

ORDER = " · newest first"
"""The end of every list's title."""


def list_title(query: Query, overview: Overview) -> str:
    """What a list is called: `南方网新闻 · unread · newest first`."""
    shown = {View.ALL: "", View.UNREAD: "unread", View.BOOKMARKS: "bookmarks"}[query.view]
    title = scope_title(query.scope, overview)
    if isinstance(query.scope, Everything) and shown:
        return shown.capitalize() + ORDER
    return " · ".join(part for part in (title, shown) if part) + ORDER


def scope_title(scope: Scope, overview: Overview) -> str:
    """What the category pane calls a scope."""
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
    """What an empty list says.

    Args:
        query: What it would hold.
        looking: Whether posts are still being looked for.
    """
    match query.view:
        case View.ALL:
            return "Looking for posts …" if looking else "No posts here."
        case View.UNREAD:
            return "Nothing unread here. Press 1 to see all posts."
        case View.BOOKMARKS:
            return "No bookmarks here yet. m bookmarks a post; 1 shows all."
        case _:
            assert_never(query.view)
