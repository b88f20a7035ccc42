"""Reading a file that somebody may be writing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.store.scan.read_post_file import read_post_file

SECOND = 1_000_000_000
NOW = 1_700_000_000 * SECOND

Rewrite = Callable[[], None]


class Clock:
    """A clock that stands still unless somebody sleeps; what happens meanwhile is written down."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []
        self.meanwhile: Rewrite = lambda: None

    def time_ns(self) -> int:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += round(seconds * SECOND)
        self.meanwhile()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "time_ns", clock.time_ns)
    monkeypatch.setattr(time, "sleep", clock.sleep)
    return clock


def write(path: Path, content: bytes, mtime_ns: int) -> None:
    path.write_bytes(content)
    os.utime(path, ns=(mtime_ns, mtime_ns))


@pytest.mark.parametrize(
    ("mtime_ns", "seconds"),
    [
        (NOW - 5_000_001, 0.014_999_999),
        (NOW - SECOND, 1.0),
        (NOW, 2.0),
    ],
    ids=["the kernel's clock", "whole seconds", "whole seconds, just now"],
)
def test_what_is_written_twice_within_one_step_of_file_time_is_read_after_it(
    clock: Clock, tmp_path: Path, mtime_ns: int, seconds: float
) -> None:
    path = tmp_path / "a.md"
    write(path, b"---\n---\none", mtime_ns)
    # Of the same size and at the same time: it could never be told apart from what was there.
    clock.meanwhile = lambda: write(path, b"---\n---\ntwo", mtime_ns)
    file = read_post_file(str(path), certain=True)
    assert file is not None
    assert file.raw == b"---\n---\ntwo"
    assert (file.size, file.mtime_ns) == (11, mtime_ns)
    assert clock.slept == [pytest.approx(seconds)]


@pytest.mark.parametrize(
    "mtime_ns",
    [NOW - 20_000_001, NOW - 2 * SECOND, NOW - 3600 * SECOND, NOW + 1, NOW + 3600 * SECOND],
)
def test_a_file_whose_time_has_passed_is_not_waited_for_nor_one_of_a_clock_that_is_ahead(
    clock: Clock, tmp_path: Path, mtime_ns: int
) -> None:
    path = tmp_path / "a.md"
    write(path, b"---\n---\none", mtime_ns)
    file = read_post_file(str(path), certain=True)
    assert file is not None
    assert (file.raw, file.mtime_ns) == (b"---\n---\none", mtime_ns)
    assert clock.slept == []


def rewritten_while_read(
    path: Path, contents: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Have the file written anew after each of the first readings of it."""
    read = os.read
    times = iter(range(NOW - 1000 * SECOND + 1, NOW))

    def read_and_write(descriptor: int, size: int) -> bytes:
        part = read(descriptor, size)
        if contents:
            write(path, contents.pop(0), next(times))
        return part

    monkeypatch.setattr(os, "read", read_and_write)


def test_a_file_that_is_written_while_it_is_read_is_read_again(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    write(path, b"---\n---\none", NOW - 2000 * SECOND)
    rewritten_while_read(path, [b"---\n---\nsecond", b"---\n---\n3rd"], monkeypatch)
    file = read_post_file(str(path), certain=True)
    status = path.stat()
    assert file is not None
    assert file.raw == b"---\n---\n3rd"
    assert (file.size, file.mtime_ns) == (status.st_size, status.st_mtime_ns)


def test_a_file_that_never_rests_is_known_by_what_it_was_before_it_was_read(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    write(path, b"---\n---\n", NOW - 2000 * SECOND)
    rewritten_while_read(path, [b"---\n---\n" + b"x" * n for n in range(1, 50)], monkeypatch)
    file = read_post_file(str(path), certain=True)
    status = path.stat()
    assert file is not None
    assert file.mtime_ns < status.st_mtime_ns, "the next scan reads it again"
    assert file.size < status.st_size


def test_of_a_huge_file_no_more_is_read_than_a_post_can_have(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"---\n---\n")
    os.truncate(path, 40 << 20)
    os.utime(path, (1, 1))
    file = read_post_file(str(path), certain=True)
    assert file is not None
    assert file.size == 40 << 20
    assert len(file.raw) <= 33 << 20
    assert file.raw.startswith(b"---\n---\n\0")


def test_a_large_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    content = b"---\n---\n" + os.urandom(3 << 20)
    path.write_bytes(content)
    os.utime(path, (1, 1))
    for certain in (True, False):
        file = read_post_file(str(path), certain=certain)
        assert file is not None
        assert file.raw == content


def test_a_file_without_front_matter_is_a_post_where_every_file_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"Text.")
    os.utime(path, (1, 1))
    assert read_post_file(str(path), certain=False) is None
    file = read_post_file(str(path), certain=True)
    assert file is not None
    assert file.raw == b"Text."
