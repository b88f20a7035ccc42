"""Read marks and reading places as lines of JSON: the first says what they are, then one per post.

    {"format": "newsreader marks", "version": 1}
    {"source": "~/news", "path": "_posts/2026-01-02-chips.md", "read": true, "digest": "1f3c…",
     "place": {"offset": 310, "context": "words there", "at": "2026-01-02T08:30:00+00:00"}}

`digest` and `place` may be missing. The first is that of the file as it was read, by which the same
source is found where it has another path. File names that are no text stand as `{"bytes": "hex"}`.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newsreader.article.reading_place import CONTEXT, ReadingPlace
from newsreader.frozen import dataclass
from newsreader.store.db.stored_path import StoredPath, from_stored, to_stored
from newsreader.store.state.bookmarks import moment_from
from newsreader.store.transfer.json_fields import Fields, path_json
from newsreader.store.values import Anchors
from newsreader.text import Clean, clean_text, escape_json

MARKS_BEGINNING: Final = '{"format": "newsreader marks"'
"""What every file of marks begins with."""

_FORMAT: Final = "newsreader marks"
_VERSION: Final = 1
_LONGEST_FIRST: Final = 200
"""Bytes of a first line, even if another program has written it anew."""


class NewerMarksError(ValueError):
    """The lines are of a newer version."""


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A post of which something is known.

    Attributes:
        source: What its source is called: see `portable_name`.
        path: Below the source.
        read: Whether it was read.
        digest: That of its file when it was opened last; empty: not known.
        place: Where reading stopped; `None`: not known.
        at: When that was, in seconds since 1970.
    """

    source: StoredPath
    path: StoredPath
    read: bool
    digest: bytes = b""
    place: ReadingPlace | None = None
    at: float = 0.0


def first_line() -> Clean:
    """The line that says what the others are."""
    return escape_json(json.dumps({"format": _FORMAT, "version": _VERSION}))


def is_first_line(raw: bytes) -> bool:
    """Whether a line is a first one, of this version or an earlier one.

    Raises:
        NewerMarksError: If it is one of a newer version.
        KeyError, TypeError, ValueError: If it is no JSON, or says something else.
    """
    if _FORMAT.encode() not in raw[:_LONGEST_FIRST]:
        return False
    fields = Fields(_object(raw))
    if not fields.has("format") or fields.text("format") != _FORMAT:
        return False
    if fields.number("version") > _VERSION:
        raise NewerMarksError
    return True


def is_marks(raw: bytes) -> bool:
    """Whether a file begins as one of marks does, in whatever version."""
    try:
        return is_first_line(raw[:_LONGEST_FIRST].partition(b"\n")[0])
    except NewerMarksError:
        return True
    except (KeyError, TypeError, ValueError):
        return False


def write_mark_line(line: MarkLine) -> Clean:
    """Write what is known of a post, without the end of the line."""
    fields: dict[str, object] = {
        "source": path_json(line.source),
        "path": path_json(line.path),
        "read": line.read,
    }
    if line.digest:
        fields["digest"] = line.digest.hex()
    if line.place is not None:
        fields["place"] = {
            "offset": line.place.offset,
            "context": line.place.context,
            "at": moment_from(line.at).isoformat(),
        }
    return escape_json(json.dumps(fields, ensure_ascii=False))


def read_mark_line(raw: bytes) -> MarkLine:
    """Read what `write_mark_line` wrote, perhaps elsewhere, or what somebody has made of it.

    Raises:
        KeyError, TypeError, ValueError, OverflowError, OSError: If it is something else.
    """
    fields = Fields(_object(raw))
    read = fields.value("read")
    if not isinstance(read, bool):
        raise TypeError("read")
    place, at = None, 0.0
    if fields.has("place"):
        inner = Fields(fields.value("place"))
        moment = datetime.fromisoformat(inner.text("at"))
        at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        context = clean_text(inner.text("context"))[:CONTEXT]
        place = ReadingPlace(max(0, int(inner.number("offset"))), context)
    return MarkLine(
        source=fields.path("source"),
        path=fields.path_below("path"),
        read=read,
        digest=bytes.fromhex(fields.text("digest")) if fields.has("digest") else b"",
        place=place,
        at=at,
    )


def portable_name(source: StoredPath, anchors: Anchors) -> StoredPath:
    """Name a source so that another machine knows it: the innermost anchor, and what follows."""
    path = from_stored(source)
    for name, folder in sorted(anchors.items(), key=lambda each: -len(str(each[1]))):
        top = str(folder)
        # Whoever has no home folder of their own has /, which says nothing of another machine.
        if (path == top or path.startswith(top + os.sep)) and folder != folder.parent:
            return to_stored(name + path[len(top) :])
    return source


def local_path(name: StoredPath, anchors: Anchors) -> Path:
    """The path on this machine of what `portable_name` named, links resolved.

    Raises:
        ValueError: If it is no name that this gives.
    """
    first, slash, rest = from_stored(name).partition("/")
    path = f"{anchors[first]}{slash}{rest}" if first in anchors else from_stored(name)
    if not os.path.isabs(path):  # noqa: PTH117 - it may be of bytes that are no text
        raise ValueError("source")
    return Path(os.path.realpath(path))


def _object(raw: bytes) -> object:
    try:
        found: object = json.loads(raw.decode())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return found
