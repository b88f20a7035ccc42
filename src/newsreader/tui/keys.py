"""The one table of keys: bindings, footer, help and the README's list are made from it."""

from __future__ import annotations

from enum import Enum

from newsreader.frozen import dataclass
from newsreader.tui.keyboard.key_names import key_name


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
        keys: In the order to show them, under Textual's names; a character stands for its key.
        help: What it does, as a line of the help.
        section: The heading of the help under which it stands.
        host: Who answers it.
        hint: The word in the footer; empty: not shown there.
        hinted: The panes in whose footer it is shown.
        first: The one or two keys that the footer names; empty: the first of `keys`.
        title: What the palette calls it; empty: what the help says.
    """

    id: str
    keys: tuple[str, ...]
    help: str
    section: str
    host: Host = Host.SCREEN
    hint: str = ""
    hinted: tuple[Pane, ...] = ()
    first: str = ""
    title: str = ""

    @property
    def action(self) -> str:
        """The action that Textual runs, in the namespace of the host."""
        if self.host is Host.PANE:
            return self.id.replace(".", "_").replace("-", "_")
        return f"command('{self.id}')"


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
        Host.PANE, "read", LISTS, title="Read the post"),
    Key("post.next-unread", ("n",), "next unread post, or the next match in the article", READING,
        hint="next unread", hinted=(Pane.POSTS, Pane.ARTICLE), title="Next unread"),
    Key("post.previous-unread", ("p",), "previous unread post, across categories", READING,
        title="Previous unread"),
    Key("post.bookmark", ("m",), "bookmark the post, or remove its bookmark", READING,
        hint="bookmark", hinted=(Pane.POSTS, Pane.ARTICLE), title="Bookmark"),
    Key("search", ("/",), "search the list; in the article, find in it", FINDING,
        hint="search", hinted=ALL_PANES, title="Search"),
    Key("post.next", ("J",), "next post of the list, from the article too", READING,
        hint="next/previous", hinted=(Pane.ARTICLE,), first="J/K", title="Next post"),
    Key("post.previous", ("K",), "previous post of the list, from the article too", READING,
        title="Previous post"),
    Key("post.toggle-read", ("r",), "mark the post read or unread", READING,
        hint="read/unread", hinted=(Pane.POSTS,), title="Mark read or unread"),
    Key("list.mark-all-read", ("A",), "mark all posts of the list read (asks first)", READING,
        hint="all read", hinted=(Pane.CATEGORIES,), title="Mark all read"),
    Key("app.undo", ("u",), "undo the last mark, bookmark or opening", READING,
        hint="undo", hinted=(Pane.POSTS,), title="Undo"),
    Key("post.note", ("B",), "write a note to the bookmark", READING,
        title="Note to the bookmark"),
    Key("post.other-version", ("v",), "a bookmark whose file has changed: its other version",
        READING, title="Other version"),
    Key("post.update-bookmark", ("U",), "keep the bookmark as its file is now", READING,
        title="Update the bookmark"),
    Key("app.redo", ("ctrl+r",), "do again what was undone", READING, title="Redo"),
    Key("article.previous-match", ("N",), "previous match in the article", FINDING,
        title="Previous match"),
    Key("list.sort", ("S",), "sort by newest, oldest, title, or unread first", FINDING,
        hint="sort", hinted=LISTS, title="Sort"),
    Key("article.next-heading", ("]",), "next section of the article", WITHIN,
        title="Next section"),
    Key("article.previous-heading", ("[",), "beginning of the section, or the one before", WITHIN,
        title="Previous section"),
    Key("article.outline", ("T",), "outline of the article: go to one of its sections", WITHIN,
        hint="outline", hinted=(Pane.ARTICLE,), title="Outline"),
    Key("category.jump", ("'",), "type where to go: category, tag or saved search", FINDING,
        hint="go to", hinted=(Pane.CATEGORIES,), title="Go to a category"),
    Key("category.collapse", ("c",), "collapse or open a group of categories", SHOWING,
        title="Collapse the group"),
    Key("list.show-new", (".",), "go to the posts that have come in meanwhile", FINDING,
        title="Show new posts"),
    Key("article.links", ("f",), "letters over the links: type some to follow one",
        WITHIN, hint="links", hinted=(Pane.ARTICLE,), title="Follow a link"),
    Key("article.copy-links", ("F",), "the same, to copy the address of a link", WITHIN,
        title="Copy a link's address"),
    Key("article.copy-link", ("y",), "copy the post's own link", WITHIN, title="Copy the link"),
    Key("article.select", ("V",), "select text with a cursor: move it, y copies", WITHIN,
        title="Select text"),
    Key("article.copy", ("Y",), "copy the article as Markdown", WITHIN,
        title="Copy the article"),
    Key("article.save", ("s",), "save the article as Markdown, into a folder asked for", WITHIN,
        title="Save the article"),
    Key("article.pipe", ("|",), "give the article as Markdown to a command", WITHIN,
        title="Give to a command"),
    Key("article.edit", ("e",), "open the post's file in the editor", WITHIN,
        title="Edit the file"),
    Key("article.reload", ("R",), "show the post's file as it is now", WITHIN,
        title="Read the file again"),
    Key("article.images", ("i",), "the article's own images, one after the other", WITHIN,
        title="Images"),
    Key("article.open-source", ("o",), "open the post's own link in the browser", WITHIN,
        hint="open link", hinted=(Pane.ARTICLE,), title="Open the link"),
    Key("post.copies", ("=",), "other posts that tell this story: go to one", READING,
        title="Copies of the story"),
    Key("view.fold", ("D",), "show each story once, or every post that tells it", SHOWING,
        title="Fold stories"),
    Key("list.timeline", ("t",), "timeline of the list: go to a day, month or year", FINDING,
        title="Timeline"),
    Key("view.all", ("1",), "show all posts", SHOWING,
        hint="all, unread, bookmarks", hinted=LISTS, first="1 2 3", title="Show all"),
    Key("view.unread", ("2",), "show unread posts only", SHOWING, title="Show unread"),
    Key("view.bookmarks", ("3",), "show bookmarks only", SHOWING, title="Show bookmarks"),
    Key("view.zoom", ("z",), "the article alone, or all panes again", SHOWING,
        hint="zoom", hinted=(Pane.ARTICLE,), title="Zoom the article"),
    Key("view.density", ("L",), "one line for each post of a list, or two", SHOWING,
        title="One line or two"),
    Key("view.wider", (">",), "make the pane wider, or higher", SHOWING, title="Wider pane"),
    Key("view.narrower", ("<",), "make the pane narrower, or lower", SHOWING,
        title="Narrower pane"),
    Key("view.usual-sizes", ("0",), "give the panes their usual sizes again", SHOWING,
        title="Usual sizes of panes"),
    Key("app.refresh", ("f5",), "update, fetch, look for new posts", PROGRAM,
        title="Refresh"),
    Key("app.redraw", ("ctrl+l",), "draw the screen anew", PROGRAM, title="Draw anew"),
    Key("app.palette", (":", "ctrl+p"), "command palette", PROGRAM),
    Key("app.suspend", ("ctrl+z",), "to the shell; fg comes back", PROGRAM, title="Suspend"),
    Key("app.messages", ("!",), "what was said last: messages and problems, whole", PROGRAM,
        title="Messages"),
    Key("app.help", ("?", "f1"), "this help", PROGRAM, hint="help", hinted=ALL_PANES,
        title="Keys and help"),
    Key("app.back", ("q", "escape"), "one step back; from the lists, quit", PROGRAM,
        hint="quit", hinted=LISTS, title="Back or quit"),
)  # fmt: skip


def key_of(key_id: str) -> Key:
    """Find the row of the table with an id."""
    return next(key for key in KEYS if key.id == key_id)


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
    lines = ["| keys | does | id |", "|---|---|---|"]
    lines += [f"| {_code(key.keys)} | {key.help} | `{key.id}` |" for key in KEYS]
    return "\n".join(lines) + "\n"


def _code(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{key_name(key)}`" for key in keys).replace("|", "\\|")
