"""Read marks and reading places as lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.reading_place import ReadingPlace
from newsreader.store.db.stored_path import StoredPath
from newsreader.store.transfer.mark_lines import (
    MarkLine,
    NewerMarksError,
    first_line,
    is_first_line,
    is_marks,
    local_path,
    portable_name,
    read_mark_line,
    write_mark_line,
)
from tests.hostile.make_hostile import PAYLOADS
from tests.hostile.sequences import read_stream

HOME = Path("/home/ann")
ANCHORS = {"~": HOME, "feeds": HOME / ".local/share/newsreader/feeds"}
GOOD = {"source": "~/news", "path": "_posts/a.md", "read": True}
PATHS = st.binary(min_size=1, max_size=9).filter(lambda raw: b"\0" not in raw and b"/" not in raw)


def decoded(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


@given(
    PATHS.filter(lambda raw: raw != b".."),
    st.booleans(),
    st.binary(max_size=16),
    st.none() | st.integers(0, 10**12),
)
def test_what_was_written_is_read(
    path: bytes, read: bool, digest: bytes, place: int | None
) -> None:
    line = MarkLine(
        source=decoded(b"/" + path),
        path=decoded(path),
        read=read,
        digest=digest,
        place=None if place is None else ReadingPlace(place, "几个字"),
        at=0 if place is None else place / 1024,
    )
    found = read_mark_line(write_mark_line(line).encode())
    assert found.at == pytest.approx(line.at, abs=1e-6)
    assert found == MarkLine(line.source, line.path, read, digest, line.place, found.at)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=list(PAYLOADS))
def test_nothing_in_a_line_commands_a_terminal(payload: str) -> None:
    line = write_mark_line(MarkLine(f"/{payload}", payload, True, place=ReadingPlace(1, payload)))
    assert read_stream(line.encode(), ()).attacks == []
    assert json.loads(line)["place"]["context"] == payload


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 50_000,
        *(
            json.dumps({**GOOD, name: value}).encode()
            for name, value in [
                ("source", 7),
                ("source", ""),
                ("source", "a\0"),
                ("source", {"bytes": "zz"}),
                ("path", "../a.md"),
                ("path", "/etc/passwd"),
                ("path", None),
                ("read", 1),
                ("read", "yes"),
                ("digest", 5),
                ("digest", "no digits"),
                ("place", None),
                ("place", {"offset": 1, "context": "x"}),
                ("place", {"offset": "1", "context": "x", "at": "2026-01-01"}),
                ("place", {"offset": 1 << 70, "context": "x", "at": "2026-01-01"}),
                ("place", {"offset": 1, "context": "x", "at": "yesterday"}),
                ("place", {"offset": 1, "context": 7, "at": "2026-01-01"}),
            ]
        ),
        *(json.dumps({key: GOOD[key] for key in GOOD if key != gone}).encode() for gone in GOOD),
        b'{"source": "/a", "path": "a.md", "read": true, "digest": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_line_of_something_else_is_refused(line: bytes) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, OverflowError, OSError)):
        read_mark_line(line)


def test_a_place_is_cleaned_and_has_a_zone() -> None:
    place = {"offset": -5, "context": "a\x1b[31m\u202e" + "x" * 99, "at": "2026-01-01T00:00:00"}
    found = read_mark_line(json.dumps({**GOOD, "place": place}).encode())
    assert found.place == ReadingPlace(0, "a[31m" + "x" * 27)
    assert found.at == 1767225600.0


def test_the_first_line_says_what_the_others_are() -> None:
    first = first_line().encode()
    newer = first.replace(b"1", b"2")
    assert is_first_line(first + b"\n")
    assert is_first_line(b'{"version":1,"format":"newsreader marks"}')
    assert not is_first_line(json.dumps(GOOD).encode())
    assert not is_first_line(json.dumps({**GOOD, "path": "newsreader marks.md"}).encode())
    with pytest.raises(NewerMarksError):
        is_first_line(newer)
    assert [is_marks(raw) for raw in (first, newer + b"\n{}", b"", b"{}", b"newsreader marks")] == [
        *(True, True),
        *(False, False, False),
    ]


@pytest.mark.parametrize(
    ("path", "name", "there"),
    [
        ("/home/ann/news", "~/news", "/Users/bea/news"),
        ("/home/ann", "~", "/Users/bea"),
        ("/home/anna", "/home/anna", "/home/anna"),
        ("/srv/news", "/srv/news", "/srv/news"),
        ("/home/ann/.local/share/newsreader/feeds", "feeds", "/Users/bea/Library/feeds"),
        (b"/home/ann/\xff", b"~/\xff", "/Users/bea/\udcff"),
    ],
)
def test_a_source_is_named_so_that_another_machine_knows_it(
    path: StoredPath, name: StoredPath, there: str
) -> None:
    assert portable_name(path, ANCHORS) == name
    bea = Path("/Users/bea")
    assert local_path(name, {"~": bea, "feeds": bea / "Library/feeds"}) == Path(there)


def test_whose_home_is_the_root_names_sources_as_they_are() -> None:
    assert portable_name("/srv/news", {"~": Path("/")}) == "/srv/news"


@pytest.mark.parametrize("name", ["news", "./news", "~other/news", "feeds2"])
def test_a_source_that_is_no_path_is_nowhere(name: str) -> None:
    with pytest.raises(ValueError, match="source"):
        local_path(name, ANCHORS)
