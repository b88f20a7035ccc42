"""The English sentence for each problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from newsreader.problems import Code

Wording: TypeAlias = str | Callable[..., str]
"""A template for `str.format`, or a function of the problem's arguments."""


def _several(*sentences: str) -> str:
    return " ".join(sentences)


def _images_left_out(count: int) -> str:
    if count == 1:
        return "One of its images is too large to be kept."
    return f"{count} of its images are too large to be kept."


def _of_several_sites(problem: str, others: int) -> str:
    sites = "one other site" if others == 1 else f"{others:,} other sites"
    return f"{problem} So it is in {sites}."


def _undone(kind: str, again: int, posts: int, title: str) -> str:
    what = f"“{title}”" if posts == 1 else f"{posts:,} posts"
    match kind:
        case "read" | "unread" | "opened":
            done = "Read again" if (kind != "unread") is bool(again) else "Unread again"
        case "bookmark" | "unbookmark":
            is_back = (kind == "bookmark") is bool(again)
            done = "The bookmark is back" if is_back else "The bookmark is removed again"
        case "update":
            is_new = bool(again)
            done = "Bookmark updated again" if is_new else "Bookmark as before its update"
        case "note":
            done = "Note changed again" if again else "Note as before"
        case _:  # "import"
            done = "Imported again" if again else "As before the import"
    return f"{done}: {what}."


def _field_unknown(name: str, *fields: str) -> str:
    return f"There is no `{name}:`; there are {_and([f'`{field}:`' for field in fields])}."


def _mark_unknown(value: str, *marks: str) -> str:
    return f"`{value}` is nothing that a post can be; {_and(marks)} are."


def _no_options(*allowed: str) -> str:
    return f"options are written as `name: value`. Allowed are {_and(_quoted(allowed))}."


def _key_unknown(option: str, name: str, meant: str, *allowed: str) -> str:
    key = f"key{_after_space(name)} of `{option}`" if option else f"option{_after_space(name)}"
    return f"unknown {key}{_meant(meant)} Allowed are {_and(_quoted(allowed))}."


def _choice_unknown(option: str, written: str, meant: str, *allowed: str) -> str:
    wrong = f"`{option}` cannot be `{written}`" if written else f"`{option}` is one word"
    return f"{wrong}{_meant(meant)} Allowed are {_and(_quoted(allowed))}."


def _key_action_unknown(written: str, meant: str) -> str:
    return f"there is no action `{written}` that keys could have{_meant(meant)}"


def _key_name_unknown(action: str, written: str, meant: str) -> str:
    return f"`{written}` of `{action}` is no key{_meant(meant)}"


def _no_list(option: str, plain: int, *names: str) -> str:
    or_plain = f" or is only the {names[0]}" if plain else ""
    return f"`{option}` is a list, where each entry has {_and(_quoted(names))}{or_plain}."


def _entry_incomplete(option: str, *missing: str) -> str:
    return f"an entry of `{option}` needs {_and(_quoted(missing))}; it is left out."


def _not_one_value(option: str, is_mapping: int) -> str:
    if is_mapping:
        return f"`{option}` has several values; name one: `{option}.NAME`."
    return f"`{option}` has no single value; edit the file to change it."


def _after_space(name: str) -> str:
    return f" `{name}`" if name else ""


def _meant(name: str) -> str:
    return f"; did you mean `{name}`?" if name else "."


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"`{name}`" for name in names]


def _and(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


ENGLISH: Final[Mapping[Code, Wording]] = {
    "several": _several,
    "characters-lost": "Some characters of the file could not be read.",
    "front-matter-not-closed": "The front matter is not closed.",
    "front-matter-unreadable": "The front matter cannot be read.",
    "site-not-yaml": "The site's _config.yml is not valid YAML.",
    "site-characters-lost": "Some characters of the site's _config.yml could not be read.",
    "site-zone-unknown": "The time zone {0} of the site is unknown, so UTC is used.",
    "of-several-sites": _of_several_sites,
    "source-missing": "There is no folder or file {0}.",
    "source-neither": "This is neither a folder nor a file: {0}.",
    "source-without-posts": "There are no posts in {0}.",
    "path-unreadable": "This cannot be read ({1}): {0}.",
    "folder-unreadable": "A folder cannot be read ({1}): {0}.",
    "file-unreadable": "A file cannot be read ({1}): {0}.",
    "scan-ended-early": "The last scan ended before its time.",
    "post-not-indexed": "This post is no longer in the index.",
    "no-longer-there": "(no longer there)",
    "post-not-bookmarked": "This post is not bookmarked.",
    "post-file-gone": "The file of this post is gone: {0}",
    "post-too-large": "This post has more than {0} MB, too much for a bookmark.",
    "note-too-long": "A note has at most {0:,} characters.",
    "images-left-out": _images_left_out,
    "undone": _undone,
    "source-followed": "{0} is {1} now: what was done with {2:,} of its posts came along.",
    "index-unusable": "The index cannot be used ({0}).",
    "index-at-unusable": "The index cannot be used ({1}): {0}.",
    "index-not-opened": "The index cannot be opened ({1}): {0}.",
    "index-damaged": "The index is damaged. It will be made anew when the reader starts again.",
    "index-anew": "The index was damaged and is made anew; the old one is {0}.",
    "index-temporary": "A temporary index is used ({0}): {1}.",
    "state-unusable": "The reading state cannot be used ({1}): {0}.",
    "state-not-written": "The reading state cannot be written ({1}): {0}.",
    "state-damaged": "The reading state is damaged ({1}): {0}.",
    "damaged-with-backup": (
        "{0} The newest backup is {1}; `newsreader doctor --restore` puts it in its place."
    ),
    "damaged-without-backup": (
        "{0} There is no backup. Move the file away to begin with an empty reading state."
    ),
    "state-newer": ("The reading state is of a newer newsreader; please use that version: {0}."),
    "state-missing": (
        "The reading state was missing, and a new one was begun. There is a backup:"
        " `newsreader doctor --restore` brings it back to {0}."
    ),
    "nothing-saved": "Nothing is saved: {1} ({0}).",
    "nothing-saved-because": "Nothing is saved: {0}.",
    "no-temporary-folder": "{0} There is no temporary folder either.",
    "no-temporary-state": "{0} A temporary one cannot be made either.",
    "backup-failed": "No backup of the reading state could be made ({0}).",
    "backup-not-restored": "The backup cannot be restored ({1}): {0}.",
    "backup-damaged": "damaged ({0})",
    "database-unreadable": "it cannot be read ({0})",
    "database-busy": "another process is using the database",
    "database-damaged": "it is damaged ({0})",
    "disk-full": "the disk is full",
    "file-cut-off": "the file is cut off",
    "file-empty": "the file is empty",
    "found-damaged": "it was found damaged",
    "name-taken": "there is another file of this name",
    "no-home-folder": "there is no home folder",
    "newer": "it was written by a newer newsreader",
    "no-state": "it is no reading state",
    "not-writable": "the reading state cannot be written",
    "row-without-another": "a row names another that is not there",
    "version-lost": "it has lost its version",
    "lost": "{0}: {1}.",
    "not-bookmarked": "Not bookmarked",
    "bookmark-not-removed": "The bookmark was not removed",
    "bookmark-not-updated": "The bookmark was not updated",
    "note-not-written": "No note can be written",
    "note-not-saved": "The note was not saved",
    "not-marked": "Not marked",
    "draft-kept": "Its text is there when you open the note again.",
    "not-undone": "Not undone",
    "not-done-again": "Not done again",
    "not-remembered": "What you read is not remembered",
    "last-not-saved": "What was marked last is not saved",
    "nothing-imported": "Nothing was imported",
    "not-written": "This cannot be written ({1}): {0}.",
    "not-exported": "Not exported ({1}): “{0}”.",
    "image-renamed": "An image got another name, as its own is taken: {1}, in “{0}”.",
    "image-not-taken": "What is no image is left out: {1}, in “{0}”.",
    "no-bookmarks-for-folder": "There are no bookmarks, so what is there stays: {0}.",
    "nothing-for-file": "There is nothing to export, so what is there stays: {0}.",
    "file-of-another": "This file is no export of the kind; please name another: {0}.",
    "no-manifest": "This holds no exported bookmarks: {0} (there is no {1}).",
    "manifest-too-large": "This list of bookmarks is too large: {0}.",
    "manifest-not-text": "This is no list of bookmarks, as it is not text: {0}.",
    "manifest-not-json": "This is no list of bookmarks, as it is not JSON: {0}.",
    "manifest-of-something-else": "This is no list of bookmarks: {0}.",
    "export-ending-unknown": "No export ends with {0}, only with {1}; a / ends a folder's name.",
    "folder-of-another": "This folder is no export from here; please name an empty one: {0}.",
    "manifest-newer": "This is of a newer newsreader; please use that version: {0}.",
    "entry-unreadable": "Bookmark {0} cannot be read ({2}): {1}.",
    "twice-in-manifest": "This is there twice, and taken once: “{0}” (in {1}).",
    "not-imported": "Not imported ({1}): “{0}”.",
    "import-nameless": "Not imported, as its file has no name: “{0}”.",
    "import-outside": "Not imported, as its file is outside the folder: “{0}” ({1}).",
    "import-missing": "Not imported, as its file is missing: “{0}” ({1}).",
    "import-changed": "Not imported, as its file has changed: “{0}” ({1}).",
    "not-marks": "These are no exported read marks: {0}.",
    "line-left-out": "Not imported: line {0} ({2}) of {1}.",
    "source-taken-for": "{0} is {1} here: what is known of its posts counts there.",
    "source-not-here": (
        "There is no {0} here: what is known of its posts counts once it is there. If it is"
        " elsewhere, --source says where."
    ),
    "article-cut": "This article is very long: only its first {0:,} characters are shown.",
    "article-end-plain": "This article has too many parts: its end is shown as plain text.",
    "article-part-plain": "This article is very long: a part of it is shown as plain text.",
    "import-too-large": "Not imported, as all have more than {1} GB: “{0}”.",
    "config-unreadable": "{0}: cannot be read: {1}.",
    "config-line": "{0}:{1}: {2}",
    "config-more-problems": "{0}: {1} more problems.",
    "config-too-large": "the file is larger than {0} KB; nothing of it is used.",
    "config-too-deep": "the file is nested too deeply; nothing of it is used.",
    "config-not-utf-8": "this is not UTF-8; nothing of the file is used.",
    "config-not-yaml": "this is not YAML; nothing of the file is used.",
    "config-not-yaml-because": "this is not YAML: {0}; nothing of the file is used.",
    "config-character-forbidden": "a character that YAML forbids; nothing of the file is used.",
    "config-no-options": _no_options,
    "config-key-unknown": _key_unknown,
    "config-set-twice": "`{0}` is set twice; what line {1} says is used.",
    "config-choice-unknown": _choice_unknown,
    "config-no-list": _no_list,
    "config-no-text": "`{0}` is {1}.",
    "config-other-text": "`{0}` is {1}; `{2}` is not.",
    "config-no-command": "`{0}` is a command; in `{1}` a quotation mark is not closed.",
    "config-no-number": "`{0}` is a number from {1} to {2}.",
    "config-no-flag": "`{0}` is `yes` or `no`.",
    "config-no-texts": "`{0}` is a text or a list of texts.",
    "config-no-mapping": "`{0}` has lines of the form `{1}: {2}`.",
    "config-entry-incomplete": _entry_incomplete,
    "config-path-with-nul": "a path cannot hold a NUL character.",
    "config-no-such-user": "there is no user for `{0}`.",
    "config-not-one-value": _not_one_value,
    "config-not-changed": "{0}: `{1}` cannot be changed there; edit the file.",
    "config-not-written": "{0}: cannot be written: {1}.",
    "config-feed-twice": "the feed `{0}` is named twice.",
    "choice-kept-aside": "It is kept in a file of its own. {1} ({0})",
    "choice-not-kept": "It holds until you quit. {0}",
    "no-config-file": "There is no config file.",
    "config-action-unknown": _key_action_unknown,
    "config-bind-unknown": _key_name_unknown,
    "config-bind-fixed": "`{0}` cannot have `{1}`, which always ends what is begun.",
    "config-bind-twice": "`{0}` is a key of `{1}` already, so `{2}` does not get it.",
    "config-bind-begins": (
        "`{0}` of `{1}` and `{2}` of `{3}` begin alike, so the first is left out."
    ),
    "config-bind-taken": (
        "`{0}` was a key of `{1}`, and `{2}` is one of `{3}` now; give `{1}` its keys here too."
    ),
    "config-source-twice": "the source `{0}` is named twice.",
    "config-search-twice": "there are two searches named `{0}`.",
    "feed-address-unusable": "This is no address of the web: {0}.",
    "feed-host-unknown": "The host {0} was not found.",
    "feed-no-connection": "There is no connection to {0} ({1}).",
    "feed-certificate": "The certificate of {0} cannot be trusted.",
    "feed-timed-out": "{0} did not finish its answer in {1} seconds.",
    "feed-stalled": "{0} did not answer in time.",
    "feed-cut-off": "{0} broke off its answer.",
    "feed-no-http": "The answer of {0} is not HTTP.",
    "feed-not-found": "{0} has no such page (404).",
    "feed-gone": "{0} says that this is gone for good (410); it is no longer asked.",
    "feed-busy": "{0} is busy ({1}).",
    "feed-busy-until": "{0} is busy ({1}) and wants to be left alone until {2}.",
    "feed-status": "{0} answers with an error ({1}).",
    "feed-too-large": "The answer is larger than {0} MB.",
    "feed-redirects": "{0} sends from one address to the next, and never to an end.",
    "feed-redirect-refused": "{0} sends to an address that is none of the web.",
    "feed-not-one": "This is not a feed: {0}.",
    "feed-unreadable": "This takes too long to read, or too much memory: {0}.",
    "feed-not-written": "The posts cannot be written ({1}): {0}.",
    "query-too-long": "A search can have {0:,} characters; this one is longer.",
    "query-too-many-words": "A search can have {0} words; this one has {1}.",
    "query-too-deep": "This is nested too deeply; {0} levels can be.",
    "query-quote-open": "This quotation mark is not closed.",
    "query-quote-empty": "There is nothing between these quotation marks.",
    "query-parenthesis-open": "This parenthesis is not closed.",
    "query-parenthesis-empty": "There is nothing between these parentheses.",
    "query-parenthesis-alone": "This parenthesis closes nothing.",
    "query-or-without-left": "Nothing stands before this OR.",
    "query-or-without-right": "Nothing follows this OR.",
    "query-minus-without-word": "A word to leave out must follow this `-`.",
    "query-field-empty": "`{0}:` needs a word or a phrase right after it.",
    "query-field-misspelt": "There is no `{0}:`; did you mean `{1}:`?",
    "query-field-unknown": _field_unknown,
    "query-name-missing": "`{0}:` needs a name right after it.",
    "query-mark-misspelt": "`{0}` is nothing that a post can be; did you mean `is:{1}`?",
    "query-mark-unknown": _mark_unknown,
    "query-date-unknown": (
        "`{0}` is no date; 2022, 2022-02, 2022-02-25, today, yesterday, 3d, 2w, 1m and 1y are."
    ),
    "query-nothing-to-find": "`{0}` has no letter to search for.",
}
