"""The values that the store takes and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.store.query import Everything, PostId, Scope, Sort, View
from newsreader.text import EMPTY, Clean

Stage: TypeAlias = Literal["posts", "text"]

Anchors: TypeAlias = Mapping[str, Path]
"""Folders that lie elsewhere on another machine, by what stands for them in the file: `~`."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that posts are read from.

    Attributes:
        path: Absolute, links resolved: a folder, or one post file.
        name: What the user calls it; empty: the title of its site, else the name of the folder.
        labels: Pairs of a category and what the user calls it.
        hidden: Categories that the user does not want to see listed.
    """

    path: Path
    name: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectProgress:
    """The progress of collecting a list.

    Attributes:
        found: How many posts of it there are so far.
        complete: Whether these are all.
    """

    found: int
    complete: bool


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A post that was found by its title."""

    post_id: PostId
    title: Clean


@dataclass(frozen=True, slots=True)
class PostRow:
    """A row of a list: what it shows of one post.

    Attributes:
        post_id: Names the post in this index.
        title: Clean, one line; empty if the post is no longer there, which `problem` says then.
        date: As written, with its zone; `None` for an undated post.
        has_time: Whether a time of day was written.
        shown_date: The date on the clock of its site, or of this machine if that names no zone: see
            `format_date.on_site_clock`.
        category: The name to show for its first category; empty if it has none.
        read: Whether it is marked read.
        bookmarked: Whether it is bookmarked.
        gone: Whether its file is no longer in its source (then it is a bookmark).
        problem: What is wrong with its file; `None` if nothing is.
        changed: Whether its file differs from what its bookmark keeps.
        edited: Whether its file was edited since it was opened; it stays read.
        copies: How many posts tell the same, itself included; 1 if no other does.
    """

    post_id: PostId
    title: Clean
    date: datetime | None
    has_time: bool
    category: Clean
    read: bool
    bookmarked: bool
    gone: bool
    problem: Problem | None
    changed: bool = False
    edited: bool = False
    shown_date: datetime | None = None
    copies: int = 1


@dataclass(frozen=True, slots=True)
class CountedPeriod:
    """Some days of the local calendar, and how many posts of a list are dated then.

    Attributes:
        start: The first day.
        end: The day after the last one.
        count: The posts.
    """

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True)
class PostFacts:
    """The facts of a post that the index holds beside its row.

    Attributes:
        source: Path of its source, as in `Source.path`.
        path: Where it lies below the source, with `/`; for a source that is a file: its name.
        categories: Names, in order; of a post with hundreds, the first ones.
        tags: Likewise.
    """

    source: Path
    path: str
    categories: tuple[Clean, ...]
    tags: tuple[Clean, ...]


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """The progress of a scan of the sources.

    Attributes:
        done: Posts of this stage that are dealt with.
        total: Posts of this stage, as far as they are known; 0 while they are being looked for.
        running: Whether it goes on.
        stage: What it puts in: the posts as lists show them, or after that their full text.
        share: How much of all the work of both stages is done, from 0 to 1; `None` while that is
            not known.
    """

    done: int = 0
    total: int = 0
    running: bool = False
    stage: Stage = "posts"
    share: float | None = None


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The result of a scan of the sources.

    Attributes:
        found: Post files in the sources now.
        added: New ones.
        changed: Ones read again because their size or time differed.
        removed: Ones that are there no more.
        problems: What could not be read, each once.
        seconds: How long it took.
    """

    found: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredPost:
    """The bytes of a post and where they came from.

    Attributes:
        source: Path of its source, as in `Source.path`.
        path: Where it lies below the source, with `/`; for a source that is a file: its name.
        site_path: Where it lies below the root of its site: what `parse_post` wants.
        raw: The file's bytes, at most `LARGEST_POST`; those of the bookmark if the file is gone.
        gone: Whether the bytes are the bookmark's.
        mtime_ns: When the file had been changed last, before it was read; -1: not known.
    """

    source: Path
    path: str
    site_path: str
    raw: bytes = field(repr=False)
    gone: bool = False
    mtime_ns: int = -1


@dataclass(frozen=True, slots=True)
class PostImage:
    """An image that a post shows.

    Attributes:
        name: Of its file.
        content: Its bytes; empty if they are too many.
    """

    name: Clean
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark as `newsreader bookmarks list` shows it.

    Attributes:
        source: The path of its source.
        path: Where its file lies below the source, or lay.
        title: As lists show it.
        date: As written; `None` for an undated post.
        saved: When it was saved, or updated last.
        gone: Whether its file is no longer there.
        changed: Whether its file differs from what is kept.
        note: The reader's own words.
        left_out: Addresses of images of its site that are too large to be kept.
    """

    source: Path
    path: str
    title: Clean
    date: datetime | None
    saved: datetime
    gone: bool
    changed: bool = False
    note: Clean = EMPTY
    left_out: tuple[Clean, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """The state of the reader when the person left it.

    Attributes:
        scope: Of the list that was shown.
        view: Of the list that was shown.
        sort: Its order.
        search: What was searched for, as it was typed; empty: nothing.
        saved: The query of the saved search in which that was; empty: in none.
        chosen: The view that other lists have, if the list shown has one of its own; `None`: the
            same.
        post: Source and path of the post that was selected; `None`: none.
        pane: The name of the pane that had the keys; empty: the first.
        zoom: Whether the article was shown alone.
        collapsed: The groups of categories of which only the heading was shown.
    """

    scope: Scope = field(default_factory=Everything)
    view: View = View.ALL
    sort: Sort = Sort.NEWEST
    search: str = ""
    saved: str = ""
    chosen: View | None = None
    post: tuple[Path, str] | None = None
    pane: str = ""
    zoom: bool = False
    collapsed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the reader looks like, whatever it is opened on.

    Attributes:
        is_dark: Whether the terminal's background was dark when it was last asked; `None`: it never
            answered.
        sizes: The sizes that the user has given to panes, by name, in cells or lines.
    """

    is_dark: bool | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undone:
    """The result of an undo or redo: what, and with which posts (at most a hundred)."""

    what: Problem
    posts: tuple[PostId, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The result of an export.

    Attributes:
        posts: How many bookmarks, or posts with marks, are in the folder or file now.
        written: How many files were written; the others were there already.
        problems: Which bookmarks are not, or not whole, in it, and why.
    """

    posts: int
    written: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import.

    Attributes:
        added: Bookmarks that were not there.
        updated: Bookmarks that were there in an older version, or without the note.
        known: Bookmarks that were there as they are, or in a newer version.
        problems: Which could not be imported, and why.
    """

    added: int = 0
    updated: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedMarks:
    """The result of an import of read marks and reading places.

    Attributes:
        marked: Posts that are read now and were not before.
        known: Posts of the import that were read already.
        placed: Reading places that were taken.
        kept: Reading places of the import that are the same here, or newer.
        notices: Where sources were found, or that they are not here.
        problems: Why lines were left out, of the first of them.
        left_out: How many were.
    """

    marked: int = 0
    known: int = 0
    placed: int = 0
    kept: int = 0
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlaces:
    """Where the sources of an import are to be found.

    Attributes:
        anchors: What stands for folders of this machine.
        folders: Sources of this machine, which may be the same as those of the import.
        is_named: Whether they were named for it, so that the only one is meant.
    """

    anchors: Anchors
    folders: Sequence[Path]
    is_named: bool = False
