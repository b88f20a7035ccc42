"""What went wrong, as a value: a code, and the facts that a sentence about it needs.

Whoever finds a problem does not word it: the sentences stand in `newsreader.messages`, one table
per language, so that a second language needs no change where problems are found, and an index can
hold problems without holding a language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, cast

from newsreader.frozen import dataclass
from newsreader.text import Clean

Code: TypeAlias = Literal[
    # Several at once; each argument is a problem.
    "several",
    # A post file.
    "characters-lost",
    "front-matter-not-closed",
    "front-matter-unreadable",
    # A site.
    "site-not-yaml",
    "site-characters-lost",
    "site-zone-unknown",
    "of-several-sites",
    # Files and folders of posts.
    "source-missing",
    "source-neither",
    "source-without-posts",
    "path-unreadable",
    "folder-unreadable",
    "file-unreadable",
    "scan-ended-early",
    # A post and its bookmark.
    "post-not-indexed",
    "no-longer-there",
    "post-not-bookmarked",
    "post-file-gone",
    "post-too-large",
    "note-too-long",
    "images-left-out",
    "undone",
    "source-followed",
    # The index.
    "index-unusable",
    "index-at-unusable",
    "index-not-opened",
    "index-damaged",
    "index-anew",
    "index-temporary",
    # The reading state.
    "state-unusable",
    "state-not-written",
    "state-damaged",
    "damaged-with-backup",
    "damaged-without-backup",
    "state-newer",
    "state-missing",
    "nothing-saved",
    "nothing-saved-because",
    "no-temporary-folder",
    "no-temporary-state",
    "backup-failed",
    "backup-not-restored",
    # What stands in another sentence, as the reason or as what is said of a database.
    "backup-damaged",
    "database-unreadable",
    "database-busy",
    "database-damaged",
    "disk-full",
    "file-cut-off",
    "file-empty",
    "found-damaged",
    "name-taken",
    "newer",
    "no-home-folder",
    "no-state",
    "not-writable",
    "row-without-another",
    "version-lost",
    # What was asked for and could not be saved; the first takes one of the others, and the reason.
    "lost",
    "not-bookmarked",
    "bookmark-not-removed",
    "bookmark-not-updated",
    "note-not-saved",
    "note-not-written",
    "not-marked",
    "draft-kept",
    "not-undone",
    "not-done-again",
    "not-remembered",
    "last-not-saved",
    "nothing-imported",
    # Exports and imports of bookmarks.
    "not-written",
    "not-exported",
    "image-renamed",
    "image-not-taken",
    "no-bookmarks-for-folder",
    "nothing-for-file",
    "file-of-another",
    "no-manifest",
    "manifest-too-large",
    "manifest-not-text",
    "manifest-not-json",
    "manifest-of-something-else",
    "export-ending-unknown",
    "folder-of-another",
    "manifest-newer",
    "entry-unreadable",
    "twice-in-manifest",
    "not-imported",
    "import-nameless",
    "import-outside",
    "import-missing",
    "import-changed",
    "import-too-large",
    # Exports and imports of read marks and reading places.
    "not-marks",
    "line-left-out",
    "source-taken-for",
    "source-not-here",
    # An article that passes a limit.
    "article-cut",
    "article-end-plain",
    "article-part-plain",
    # The config file.
    "config-unreadable",
    "config-line",
    "config-more-problems",
    "config-too-large",
    "config-too-deep",
    "config-not-utf-8",
    "config-not-yaml",
    "config-not-yaml-because",
    "config-character-forbidden",
    "config-no-options",
    "config-key-unknown",
    "config-set-twice",
    "config-choice-unknown",
    "config-no-list",
    "config-no-text",
    "config-other-text",
    "config-no-command",
    "config-no-number",
    "config-no-flag",
    "config-no-texts",
    "config-no-mapping",
    "config-feed-twice",
    "config-not-one-value",
    "config-not-changed",
    "config-not-written",
    "config-entry-incomplete",
    "config-path-with-nul",
    "config-no-such-user",
    "config-source-twice",
    "choice-kept-aside",
    "choice-not-kept",
    "no-config-file",
    "config-action-unknown",
    "config-bind-unknown",
    "config-bind-fixed",
    "config-bind-twice",
    "config-bind-begins",
    "config-bind-taken",
    "config-search-twice",
    # A feed.
    "feed-address-unusable",
    "feed-host-unknown",
    "feed-no-connection",
    "feed-certificate",
    "feed-timed-out",
    "feed-stalled",
    "feed-cut-off",
    "feed-no-http",
    "feed-not-found",
    "feed-gone",
    "feed-busy",
    "feed-busy-until",
    "feed-status",
    "feed-too-large",
    "feed-redirects",
    "feed-redirect-refused",
    "feed-not-one",
    "feed-unreadable",
    "feed-not-written",
    # A query.
    "query-too-long",
    "query-too-many-words",
    "query-too-deep",
    "query-quote-open",
    "query-quote-empty",
    "query-parenthesis-open",
    "query-parenthesis-empty",
    "query-parenthesis-alone",
    "query-or-without-left",
    "query-or-without-right",
    "query-minus-without-word",
    "query-field-empty",
    "query-field-misspelt",
    "query-field-unknown",
    "query-name-missing",
    "query-mark-misspelt",
    "query-mark-unknown",
    "query-date-unknown",
    "query-nothing-to-find",
]

Argument: TypeAlias = "str | int | Problem"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the user must know.

    Attributes:
        code: What it is. Some stand in index.db: renaming one of those takes a new INDEX_VERSION.
        arguments: The facts, in the order in which the sentences of `newsreader.messages` take
            them: names, numbers, the system's own reasons, or the problem that led to this one.
    """

    code: Code
    arguments: tuple[Argument, ...] = ()

    def __str__(self) -> str:
        """What it is, for logs and tracebacks."""
        return " ".join([self.code, *map(str, self.arguments)])

    def __format__(self, specification: str) -> str:
        """Refuse to stand in a sentence, where a user would read the code.

        Raises:
            TypeError: Always: `newsreader.messages.describe` gives its words.
        """
        raise TypeError(f"words of {self.code} are wanted: see newsreader.messages.describe")


Describe: TypeAlias = Callable[[Problem | None], Clean]
"""Gives the words of a problem, none if there is none: see `newsreader.messages.describe`."""


def join_problems(*problems: Problem | None) -> Problem | None:
    """Those of the problems that there are, as one; `None` if there is none."""
    found = tuple(problem for problem in problems if problem is not None)
    if len(found) > 1:
        return Problem("several", found)
    return found[0] if found else None


def split_problem(problem: Problem | None) -> list[Problem]:
    """The problems that `join_problems` made one of."""
    if problem is None:
        return []
    if problem.code != "several":
        return [problem]
    return [each for each in problem.arguments if isinstance(each, Problem)]


def problem_to_json(problem: Problem) -> str:
    """The problem as one line of ASCII, whatever bytes of file names are in it."""
    import json  # noqa: PLC0415  (late: most posts have no problem)

    return json.dumps(_listed(problem))


def problem_from_json(text: str) -> Problem:
    """The problem that `problem_to_json` made the text of."""
    import json  # noqa: PLC0415  (late, as above)

    return _unlisted(cast("list[_Listed]", json.loads(text)))


_Listed: TypeAlias = "str | int | list[_Listed]"


def _listed(problem: Problem) -> list[_Listed]:
    return [
        problem.code,
        *(_listed(each) if isinstance(each, Problem) else each for each in problem.arguments),
    ]


def _unlisted(listed: list[_Listed]) -> Problem:
    code, *arguments = listed
    return Problem(
        cast("Code", code),
        tuple(_unlisted(each) if isinstance(each, list) else each for each in arguments),
    )
