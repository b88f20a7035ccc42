"""What lists are called, and why they are empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.store import CountedSource
from newsreader.text import clean_line
from newsreader.tui.control.active_search import parse_search
from newsreader.tui.control.list_titles import list_name, list_title, why_empty
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP
from newsreader.tui.values import (
    Counts,
    Everything,
    Label,
    Labelled,
    OneSource,
    Overview,
    Query,
    Scope,
    Sort,
    Today,
    View,
)

LABEL = Label(Labelled("category", "malu"), clean_line("马路"), Counts())
SOURCE = CountedSource(OneSource(Path("/a/blog")), clean_line("Blog"), Counts())
OVERVIEW = Overview(categories=(LABEL,), sources=(SOURCE,))


@pytest.mark.parametrize(
    ("scope", "view", "searched", "name"),
    [
        (Everything(), View.ALL, "", "All"),
        (Everything(), View.UNREAD, "", "Unread"),
        (Everything(), View.BOOKMARKS, "", "Bookmarks"),
        (Today(), View.UNREAD, "", "Today · unread"),
        (LABEL.scope, View.ALL, "", "马路"),
        (LABEL.scope, View.UNREAD, "水车", "/ 水车 · 马路 · unread"),
        (Labelled("tag", "new"), View.ALL, "", "new"),
        (SOURCE.scope, View.UNREAD, "", "Blog · unread"),
        (OneSource(Path("/a/b")), View.ALL, "", "b"),
        (Everything(), View.ALL, "水车", "/ 水车"),
        (Everything(), View.UNREAD, "水车", "/ 水车 · Unread"),
    ],
)
def test_a_list_is_called_after_what_it_holds(
    scope: Scope, view: View, searched: str, name: str
) -> None:
    assert list_name(Query(scope, view), OVERVIEW, clean_line(searched)) == name


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NEWEST, "newest first"),
        (Sort.OLDEST, "oldest first"),
        (Sort.TITLE, "by title"),
        (Sort.UNREAD_FIRST, "unread first"),
    ],
)
def test_its_title_says_the_order_too(sort: Sort, order: str) -> None:
    assert list_title(Query(sort=sort), OVERVIEW) == f"All · {order}"


@pytest.mark.parametrize(
    ("query", "looking", "reason"),
    [
        (Query(), True, "Looking for posts …"),
        (Query(), False, "No posts here. F5 looks again."),
        (Query(view=View.UNREAD), True, "Nothing unread here. Press 1 to see all posts."),
        (
            Query(view=View.BOOKMARKS),
            False,
            "No bookmarks here yet. m bookmarks a post; 1 shows all.",
        ),
        (
            Query(view=View.UNREAD, search=parse_search("水车")),
            False,
            "No post matches. Esc gives the list back.",
        ),
        (Query(search=parse_search("水车")), True, "Looking …"),
    ],
)
def test_an_empty_list_says_why(query: Query, looking: bool, reason: str) -> None:
    assert why_empty(query, DEFAULT_KEYMAP, looking=looking) == reason
