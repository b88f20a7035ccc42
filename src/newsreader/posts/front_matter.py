"""Read front matter: where it ends, and what it says, also if it is no valid YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Final, TypeAlias

from newsreader.frozen import dataclass
from newsreader.patterns import compile_late
from newsreader.posts.front_matter_start import START
from newsreader.posts.other_front_matter import may_be_other, read_other
from newsreader.posts.scalars import read_scalar
from newsreader.posts.yaml_values import YamlUnreadableError, YamlValue, load_yaml
from newsreader.problems import Problem
from newsreader.text import clean_text

Values: TypeAlias = Mapping[str, YamlValue]

NOT_CLOSED: Final = Problem("front-matter-not-closed")
UNREADABLE: Final = Problem("front-matter-unreadable")

KNOWN_KEYS: Final = frozenset(
    (
        "title",
        "date",
        "tags",
        "tag",
        "categories",
        "category",
        "author",
        "authors",
        "lang",
        "language",
        "locale",
        "published",
        "link",
        "source_url",
        "original_url",
        "source_link",
        "external_url",
        "external-url",
        "canonical_url",
        "url",
        "timezone",
        "name",
    )
)
"""The keys that are looked for if YAML fails."""

_CLOSING: Final = compile_late(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# A line that may belong to front matter: `key:`, a list item, a comment, or indented.
_FRONT_LINE: Final = compile_late(r"[A-Za-z_][\w-]*[^\S\n]*:(?:\s|\Z)|-\s|#|[^\S\n]+\S")
# YAML takes these for line ends; in a title they are none.
_FALSE_LINE_ENDS: Final = {0x85: " ", 0x2028: " ", 0x2029: " "}

_ENTRY: Final = compile_late(r"^([\w\"'][^\n:]*):(?=\s|\Z)", re.MULTILINE)
_TITLE_LINE: Final = compile_late(r"^title[^\S\n]*:(?=\s|\Z)(.*)$", re.MULTILINE)
_NEXT_LINE: Final = compile_late(r"^(?=[^\n]*\S).*$", re.MULTILINE)
# What only YAML can read: a block scalar, a tag, an anchor.
_YAML_ONLY: Final = compile_late(r"[|>][-+0-9]{0,2}(?:\s+#.*)?\Z|!!\w+\s|&[\w-]+\s", re.ASCII)
_HASH_TAGS: Final = compile_late(
    r"^tags[^\S\n]*:[^\S\n]+(#[^\s#,]+(?:[, \t]+#[^\s#,]+)*+)[^\S\n]*$", re.MULTILINE
)
_HASH_TAG: Final = compile_late(r"#([^\s#,]+)")
_CLOSING_MARKS: Final = {'"': '"', "'": "'", "[": "]"}
_LIST_ITEM: Final = compile_late(r"\s*-(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a post, and the body that follows it.

    Attributes:
        values: What its keys say; scalars as strings, as written.
        body: What follows it.
        problem: What was lost; `None` if nothing was.
    """

    values: Values
    body: str
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of a text of `key: value` entries.

    Attributes:
        values: By key.
        whole: Whether YAML could read all of it, a broken title aside.
    """

    values: Values
    whole: bool


def split_front_matter(text: str) -> FrontMatter:
    r"""Split a post into front matter and body.

    Front matter opens with a first line `---` and ends with a line `---` or `...`, as in
    Jekyll's `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`. If that line is missing it ends
    before the first line that cannot belong to it. For what other generators write, see
    `newsreader.posts.other_front_matter`.
    """
    first_line = START.match(text)
    if first_line is None:
        return _split_other(text)
    start = first_line.end()
    closing = _CLOSING.search(text, start)
    if closing is None:
        end = _open_end(text, start)
        values = read_values(text[start:end]).values
        if not text[start:].strip():
            return FrontMatter({}, "", None)
        return FrontMatter(values, text[end:] if values else text, NOT_CLOSED)
    front = text[start : closing.start()]
    reading = read_values(front)
    lost = not reading.whole and not reading.values
    body = text[closing.end() + 1 :]
    return FrontMatter(reading.values, body, UNREADABLE if lost else None)


def _split_other(text: str) -> FrontMatter:
    """Split a post whose front matter, if it has any, is that of another generator."""
    other = read_other(text)
    if other is None:
        return FrontMatter({}, text, None)
    values = read_values(other.written).values if other.values is None else other.values
    return FrontMatter(values, other.body, None if values else UNREADABLE)


def closed_body(text: str) -> str | None:
    """Find the body as `split_front_matter` does; `None` if that takes more than a look."""
    first_line = START.match(text)
    if first_line is None:
        return None if may_be_other(text) else text
    closing = _CLOSING.search(text, first_line.end())
    return None if closing is None else text[closing.end() + 1 :]


def _open_end(text: str, start: int) -> int:
    """Find the end of front matter that has no closing line."""
    position = start
    for line in text[start:].split("\n"):
        if not _FRONT_LINE.match(line):
            break
        position += len(line) + 1
    return min(position, len(text))


def read_values(front: str) -> Reading:
    """Read the entries of front matter or of a site's configuration.

    A title on one line is read by `read_scalar`, so that a quote in it spoils nothing. The rest
    is YAML; if that fails, each known entry is read by itself, as YAML or as written.
    """
    if not front.isascii():
        front = front.translate(_FALSE_LINE_ENDS)
    front = clean_text(front)
    title = _find_title(front)
    rest = front if title is None else front[: title.start()] + front[title.end() :]
    try:
        values = load_yaml(rest)
    except YamlUnreadableError:
        return _read_entries(front)
    if isinstance(values, dict):
        return Reading(_with_hash_tags(_with_title(values, title), front), whole=True)
    if values is None:
        return Reading(_with_title({}, title), whole=True)
    return _read_entries(front)


def _with_title(values: dict[str, YamlValue], title: re.Match[str] | None) -> Values:
    return values if title is None else {**values, "title": read_scalar(title[1])}


def _with_hash_tags(values: Values, front: str) -> Values:
    """Add Obsidian's `tags: #a #b`, which is a comment to YAML."""
    if "#" not in front or "tags" not in values or values["tags"] is not None:
        return values
    found = _HASH_TAGS.search(front)
    return values if found is None else {**values, "tags": list(_HASH_TAG.findall(found[1]))}


def _find_title(front: str) -> re.Match[str] | None:
    """Find the last title, if it stands on one line and needs nothing of YAML."""
    titles = list(_TITLE_LINE.finditer(front))
    if not titles or _YAML_ONLY.match(titles[-1][1].strip()):
        return None
    title = titles[-1]
    following = _NEXT_LINE.search(front, title.end() + 1)
    if following is None or following[0].startswith("#"):
        return title
    return title if _ENTRY.match(following[0]) else None


def _read_entries(front: str) -> Reading:
    """Read each known entry by itself; the last of equal keys counts."""
    starts = list(_ENTRY.finditer(front))
    ends = [*(start.start() for start in starts[1:]), len(front)]
    entries = {
        key: (front[start.start() : end], front[start.end() : end])
        for start, end in zip(starts, ends, strict=False)
        if (key := start[1].strip(" \t\"'")) in KNOWN_KEYS
    }
    values = {key: _read_entry(key, whole, value) for key, (whole, value) in entries.items()}
    return Reading(values, whole=False)


def _read_entry(key: str, whole: str, value: str) -> YamlValue:
    """Read one entry: as YAML, else its first line as YAML, else as written."""
    first, _, rest = value.partition("\n")
    by_hand = key == "title" and first.strip() and not _YAML_ONLY.match(first.strip())
    candidates: list[str] = []
    if rest.strip() or not by_hand:
        candidates.append(whole)
    if first.strip() and not by_hand:
        candidates.append(f"{key}:{first}")
    for candidate in candidates:
        try:
            read = load_yaml(candidate)
        except YamlUnreadableError:
            continue
        if isinstance(read, dict):
            return read.get(key)
    return _read_as_written(first.strip(), rest.split("\n"))


def _read_as_written(first: str, rest: list[str]) -> YamlValue:
    """Read an entry that is no YAML: a list by its dashes or brackets, else a string."""
    if not first:
        items = list(takewhile(_LIST_ITEM.match, filter(str.strip, rest)))
        if items:
            return [read_scalar(item.strip()[1:]) for item in items]
    closing = _CLOSING_MARKS.get(first[:1])
    if not first or (closing and (len(first) == 1 or not first.endswith(closing))):
        # What is still open goes on for as long as lines are indented.
        first = " ".join((first, *map(str.strip, takewhile(_is_indented, rest)))).strip()
    if first.startswith("[") and first.endswith("]"):
        return [read_scalar(item) for item in first[1:-1].split(",")]
    return read_scalar(first)


def _is_indented(line: str) -> bool:
    return not line.strip() or line[0] in " \t"
