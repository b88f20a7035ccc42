"""The one table of keys: bindings, footer, help and the README's list are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from textual.binding import Binding

FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
"""What an input method sends in full-width mode for each printable ASCII character."""

WIDE_SPACE_KEY = "ideographic_space"
"""Textual's name of what an input method sends for the space bar."""

CHINESE_PUNCTUATION = {"/": "、", "[": "【", "]": "】", "\\": "、", "<": "《", ">": "》", ".": "。"}
"""What a Chinese input method sends for these keys besides the full-width form."""

KEY_NAMES = {
    "space": "space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "home": "Home",
    "end": "End",
    "f1": "F1",
    "f5": "F5",
}


class Pane(Enum):
    """A pane that can have the focus."""

    CATEGORIES = "categories"
    POSTS = "posts"
    ARTICLE = "article"


class Host(Enum):
    """Who answers a key: the focused pane, or the screen for all of them."""

    PANE = "pane"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Key:
    """One row of the table.

    Attributes:
        id: Stable name, by which a user may bind other keys.
        keys: In the order to show them; a character stands for its key.
        help: What it does, as a line of the help.
        section: The heading of the help under which it stands.
        host: Who answers it.
        hint: The word in the footer; empty: not shown there.
        hinted: The panes in whose footer it is shown.
        first: The one or two keys that the footer names; empty: the first of `keys`.
    """

    id: str
    keys: tuple[str, ...]
    help: str
    section: str
    host: Host = Host.SCREEN
    hint: str = ""
    hinted: tuple[Pane, ...] = ()
    first: str = ""

    @property
    def action(self) -> str:
        """The action that Textual runs, in the namespace of the host."""
        if self.host is Host.PANE:
            return self.id.replace(".", "_").replace("-", "_")
        return f"command('{self.id}')"

    @property
    def label(self) -> str:
        """The keys as the help shows them."""
        return " ".join(key_name(key) for key in self.keys)


STEP_BACK = "app.step-back"
"""The command of `Esc`: what `app.back` does, but it never quits."""

LISTS = (Pane.CATEGORIES, Pane.POSTS)
ALL_PANES = (Pane.CATEGORIES, Pane.POSTS, Pane.ARTICLE)

MOVING = "Moving"
FINDING = "Finding and sorting"
READING = "Posts"
WITHIN = "The article"
SHOWING = "What is shown"
PROGRAM = "The program"

KEYS: tuple[Key, ...] = (
    Key("move.down", ("j", "down"), "next row, or a line down", MOVING, Host.PANE,
        "move", ALL_PANES, "j/k"),
    Key("move.up", ("k", "up"), "previous row, or a line up", MOVING, Host.PANE),
    Key("move.page-down", ("space", "pagedown", "ctrl+f"),
        "a page down; at an article's end, the next unread", MOVING, Host.PANE,
        "page", (Pane.ARTICLE,)),
    Key("move.page-up", ("b", "pageup", "ctrl+b"), "a page up", MOVING, Host.PANE),
    Key("move.half-down", ("ctrl+d",), "half a page down", MOVING, Host.PANE),
    Key("move.half-up", ("ctrl+u",), "half a page up", MOVING, Host.PANE),
    Key("move.top", ("g", "home"), "first row, or the beginning", MOVING, Host.PANE),
    Key("move.bottom", ("G", "end"), "last row, or the end", MOVING, Host.PANE),
    Key("pane.left", ("h", "left", "shift+tab"), "the pane to the left", MOVING, Host.PANE,
        "back", (Pane.ARTICLE,)),
    Key("pane.right", ("l", "right", "tab"), "the pane to the right", MOVING, Host.PANE),
    Key("post.open", ("enter",), "read the post; in the categories, go to its posts", READING,
        Host.PANE, "read", LISTS),
    Key("post.next-unread", ("n",), "next unread post, or the next match in the article", READING,
        hint="next unread", hinted=(Pane.POSTS, Pane.ARTICLE)),
    Key("post.previous-unread", ("p",), "previous unread post, across categories", READING),
    Key("post.bookmark", ("m",), "bookmark the post, or remove its bookmark", READING,
        hint="bookmark", hinted=(Pane.POSTS, Pane.ARTICLE)),
    Key("search", ("/",), "search the list; in the article, find in it", FINDING,
        hint="search", hinted=ALL_PANES),
    Key("post.next", ("J",), "next post of the list, from the article too", READING,
        hint="next/previous", hinted=(Pane.ARTICLE,), first="J/K"),
    Key("post.previous", ("K",), "previous post of the list, from the article too", READING),
    Key("post.toggle-read", ("r",), "mark the post read or unread", READING,
        hint="read/unread", hinted=(Pane.POSTS,)),
    Key("list.mark-all-read", ("A",), "mark all posts of the list read (asks first)", READING,
        hint="all read", hinted=(Pane.CATEGORIES,)),
    Key("app.undo", ("u",), "undo the last mark, bookmark or mark-all", READING,
        hint="undo", hinted=(Pane.POSTS,)),
    Key("post.note", ("B",), "write a note to the bookmark", READING),
    Key("post.other-version", ("v",), "a bookmark whose file has changed: its other version",
        READING),
    Key("post.update-bookmark", ("U",), "keep the bookmark as its file is now", READING),
    Key("app.redo", ("ctrl+r",), "do again what was undone", READING),
    Key("article.previous-match", ("N",), "previous match in the article; n is the next", FINDING),
    Key("list.sort", ("S",), "sort by newest, oldest, title, or unread first", FINDING,
        hint="sort", hinted=LISTS),
    Key("article.next-heading", ("]",), "next section of the article", WITHIN),
    Key("article.previous-heading", ("[",), "beginning of the section, or the one before", WITHIN),
    Key("article.outline", ("T",), "outline of the article: go to one of its sections", WITHIN,
        hint="outline", hinted=(Pane.ARTICLE,)),
    Key("list.show-new", (".",), "go to the posts that have come in meanwhile", FINDING),
    Key("view.all", ("1",), "show all posts", SHOWING,
        hint="all, unread, bookmarks", hinted=LISTS, first="1 2 3"),
    Key("view.unread", ("2",), "show unread posts only", SHOWING),
    Key("view.bookmarks", ("3",), "show bookmarks only", SHOWING),
    Key("view.zoom", ("z",), "the article alone, or all panes again", SHOWING,
        hint="zoom", hinted=(Pane.ARTICLE,)),
    Key("app.refresh", ("f5",), "fetch feeds, look for new and changed posts", PROGRAM),
    Key("app.palette", (":", "ctrl+p"), "command palette", PROGRAM),
    Key("app.help", ("?", "f1"), "this help", PROGRAM, hint="help", hinted=ALL_PANES),
    Key("app.back", ("q", "escape"), "one step back; q in the lists quits", PROGRAM,
        hint="quit", hinted=LISTS),
)  # fmt: skip


def key_of(key_id: str) -> Key:
    """Find the row of the table with an id."""
    return next(key for key in KEYS if key.id == key_id)


def key_name(key: str) -> str:
    """Write a key for people: `^f`, `PgDn`, `G`."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return KEY_NAMES.get(key, key)


def textual_keys(key: Key) -> Iterator[str]:
    """Every name under which Textual may report one of a row's keys, full-width forms included."""
    for name in key.keys:
        yield name
        if name in FULL_WIDTH:
            yield FULL_WIDTH[name]
        if name in CHINESE_PUNCTUATION:
            yield CHINESE_PUNCTUATION[name]
        if name == "space":
            yield WIDE_SPACE_KEY


def bindings(host: Host) -> list[Binding]:
    """The bindings that the panes, or the screen, declare."""
    return [
        Binding(name, action_of(key, name), key.help, show=False, id=key.id)
        for key in KEYS
        if key.host is host
        for name in textual_keys(key)
    ]


def action_of(key: Key, name: str) -> str:
    """The action that one of a row's keys runs."""
    if name == "escape":
        return f"command('{STEP_BACK}')"  # of the two that go back, only `q` quits
    # Bound in the panes, because Tab is bound in every screen; but only the screen knows the way.
    return f"screen.command('{key.id}')" if key.id.startswith("pane.") else key.action


def hints(pane: Pane, *, matching: bool = False) -> Iterator[tuple[str, str, str]]:
    """Choose the keys that the footer shows for a pane.

    Args:
        pane: The pane that has the focus.
        matching: Whether there are matches in the article that the next one may be gone to.

    Yields:
        The keys, the word beside them, and the id of the row.
    """
    for key in KEYS:
        if pane in key.hinted:
            hint = key.hint
            if key.id == "post.next-unread" and pane is Pane.ARTICLE and matching:
                hint = "next match"
            yield key.first or key_name(key.keys[0]), hint, key.id


def keys_for(pane: Pane) -> list[Key]:
    """The rows that a pane's footer stands for: of `j/k`, both."""
    named = {
        name
        for key in KEYS
        if pane in key.hinted
        for name in (key.first.replace("/", " ").split() or key.keys[:1])
    }
    return [key for key in KEYS if key.keys[0] in named]


def table_markdown() -> str:
    """The table of keys for the README."""
    lines = ["| keys | does |", "|---|---|"]
    lines += [
        "| " + " ".join(f"`{key_name(name)}`" for name in key.keys) + f" | {key.help} |"
        for key in KEYS
    ]
    return "\n".join(lines) + "\n"
