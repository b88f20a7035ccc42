"""What a command line can ask for, as values: a request for each command."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, TypeAlias

from newsreader.frozen import dataclass
from newsreader.log import LogLevel

ShowFormat: TypeAlias = Literal["text", "markdown", "html", "json"]
ListFormat: TypeAlias = Literal["table", "json", "paths"]
ListSort: TypeAlias = Literal["newest", "oldest", "title", "unread-first"]
BookmarksFormat: TypeAlias = Literal["table", "json"]
BookmarksAction: TypeAlias = Literal["list", "add", "remove", "update", "note", "export", "import"]
MarksAction: TypeAlias = Literal["export", "import"]
FeedsAction: TypeAlias = Literal["list", "add", "remove", "export", "import"]
FetchFormat: TypeAlias = Literal["text", "json"]
SourcesAction: TypeAlias = Literal["list", "add", "remove", "move"]
ConfigAction: TypeAlias = Literal["path", "show", "check", "edit", "set"]
Shell: TypeAlias = Literal["bash", "zsh", "fish"]
Color: TypeAlias = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Common:
    """The options that every command understands.

    Attributes:
        sources: Where to read from instead of the configured sources; if empty, those.
        config: The config file to use; `None`: the user's own.
        log_level: The lowest level that goes into the log.
    """

    sources: tuple[Path, ...] = ()
    config: Path | None = None
    log_level: LogLevel = "warning"


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Open the reader on `paths`.

    Attributes:
        common: What every command understands.
        paths: Folders to read; if empty, the sources.
        trace: Where to write what holds the screen up; `None`: nowhere.
    """

    common: Common
    paths: tuple[Path, ...]
    trace: Path | None = None


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Print posts.

    Attributes:
        common: What every command understands.
        posts: Files, folders, paths of bookmarks, or `-`.
        width: In cells; `None`: one that fits.
        format: How to print them.
        color: Whether with colours.
        pager: Whether page by page on a terminal.
    """

    common: Common
    posts: tuple[str, ...]
    width: int | None
    format: ShowFormat
    color: Color
    pager: bool = True


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Print a list of posts.

    Attributes:
        common: What every command understands.
        format: How to print them.
        limit: At most so many; `None`: all.
        paths: What to read them from, as the reader is given it.
        query: What to search for; empty: nothing.
        sort: In which order.
        is_null_separated: Whether a NUL follows each path instead of the end of a line.
    """

    common: Common
    format: ListFormat
    limit: int | None
    paths: tuple[Path, ...] = ()
    query: str = ""
    sort: ListSort = "newest"
    is_null_separated: bool = False


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """Look for new and changed posts; `rebuild` reads all of them again.

    `every_file` looks at files in folders, too, in which none has come or gone.
    """

    common: Common
    rebuild: bool
    every_file: bool = False


@dataclass(frozen=True, slots=True)
class BookmarksRequest:
    """List, change, export or import bookmarks.

    Attributes:
        common: What every command understands.
        action: What to do.
        words: Posts; of `note`, one and perhaps a note; else a folder or a file.
        format: How to print a list.
    """

    common: Common
    action: BookmarksAction
    words: tuple[str, ...]
    format: BookmarksFormat


@dataclass(frozen=True, slots=True)
class MarksRequest:
    """Export or import read marks and reading places.

    Attributes:
        common: What every command understands.
        action: What to do.
        file: The file; `-` for standard output or input.
    """

    common: Common
    action: MarksAction
    file: str


@dataclass(frozen=True, slots=True)
class DoctorRequest:
    """Check the installation and its data, or restore a backup.

    Attributes:
        common: What every command understands.
        restore: Whether to put a backup in the place of the reading state.
        backup: Which one; `None`: the newest.
    """

    common: Common
    restore: bool
    backup: Path | None = None


@dataclass(frozen=True, slots=True)
class FeedsRequest:
    """List, change, export or import the feeds of the config file.

    Attributes:
        common: What every command understands.
        action: What to do.
        words: Addresses, names or a file.
        format: How to print a list.
        name: What to call a feed that is added; empty: as it calls itself.
        category: What to list its posts under; empty: its name.
        tags: Tags for them.
    """

    common: Common
    action: FeedsAction
    words: tuple[str, ...]
    format: BookmarksFormat = "table"
    name: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """Fetch feeds.

    Attributes:
        common: What every command understands.
        names: Of feeds or categories; none: all that are due.
        format: How to tell what happens.
    """

    common: Common
    names: tuple[str, ...]
    format: FetchFormat = "text"


@dataclass(frozen=True, slots=True)
class SourcesRequest:
    """List or change the sources of the config file.

    Attributes:
        common: What every command understands.
        action: What to do.
        words: Folders, or names of sources; of `move`, a source and its new folder.
        format: How to print a list.
        name: What to call an added source.
        update: The command that brings it up to date.
    """

    common: Common
    action: SourcesAction
    words: tuple[str, ...]
    format: BookmarksFormat = "table"
    name: str = ""
    update: str = ""


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """Run the update commands of sources.

    Attributes:
        common: What every command understands.
        names: Of sources, or their paths; none: all that have a command.
        format: How to tell what happens.
        index: Whether to look for new posts then.
    """

    common: Common
    names: tuple[str, ...]
    format: FetchFormat = "text"
    index: bool = True


@dataclass(frozen=True, slots=True)
class ConfigRequest:
    """Print, check or change the config file; `words` of `set` are an option and its value."""

    common: Common
    action: ConfigAction
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """Print what a shell needs to complete the command line."""

    common: Common
    shell: Shell


Request: TypeAlias = (
    ReadRequest
    | ShowRequest
    | ListRequest
    | IndexRequest
    | BookmarksRequest
    | MarksRequest
    | FeedsRequest
    | FetchRequest
    | SourcesRequest
    | UpdateRequest
    | ConfigRequest
    | CompletionRequest
    | DoctorRequest
)

COMMANDS: Final = (
    "show",
    "list",
    "index",
    "bookmarks",
    "marks",
    "sources",
    "feeds",
    "fetch",
    "update",
    "config",
    "doctor",
    *("completion", "help"),
)
