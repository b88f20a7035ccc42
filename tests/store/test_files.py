"""The one reader of files that others write."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from newsreader.files import LARGEST_POST, FileTooLargeError, NotRegularError, read_regular
from newsreader.messages import describe
from newsreader.posts.model import Site
from newsreader.store import StoreError
from newsreader.store.post_reader import site_of
from tests.store.conftest import Library, id_of

DESCRIPTORS = Path("/proc/self/fd")


@contextmanager
def no_leak(path: Path) -> Iterator[None]:
    """Fail if a descriptor of what lies at a path stays open, if the system tells of them."""
    yield
    if DESCRIPTORS.is_dir():
        targets = [str(each.readlink()) for each in DESCRIPTORS.iterdir() if each.is_symlink()]
        assert [target for target in targets if target.startswith(str(path))] == []


def put_folder(path: Path) -> None:
    path.mkdir()


def put_pipe(path: Path) -> None:
    os.mkfifo(path)


def put_socket(path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)  # The name of a socket may not be longer than about a hundred bytes.
    try:
        listener.bind(path.name)
    finally:
        os.chdir(here)
        listener.close()


OTHERS = [
    put_folder,
    pytest.param(
        put_pipe,
        marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of a name here"),
    ),
    pytest.param(
        put_socket,
        marks=pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here"),
    ),
]


@contextmanager
def held_open(path: Path) -> Iterator[None]:
    """Hold a pipe open at both ends: who reads it finds nothing, and no end either."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        yield
    finally:
        os.close(descriptor)


def test_a_file_is_read_with_its_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"text")
    os.utime(path, ns=(1, 1_234_567_890))
    file = read_regular(path)
    assert (file.raw, file.size, file.mtime_ns) == (b"text", 4, 1_234_567_890)


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (5 << 20) + 3])
def test_a_file_of_any_size_is_read_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    content = os.urandom(size)
    path.write_bytes(content)
    assert read_regular(path).raw == content
    assert read_regular(path, size).raw == content
    assert read_regular(path, size, truncate=True).raw == content
    assert read_regular(path, size // 2, truncate=True).raw == content[: size // 2]


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    with no_leak(path), pytest.raises(FileTooLargeError):
        read_regular(path, 4)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no files of no size here")
def test_a_file_that_says_it_is_empty_is_read_up_to_the_limit() -> None:
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert read_regular(path).raw.startswith(b"Name:")
    with pytest.raises(FileTooLargeError):
        read_regular(path, 10)


@pytest.mark.parametrize("put", OTHERS)
def test_what_is_no_file_is_told_at_once_and_costs_no_descriptor(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    path = tmp_path / "a"
    put(path)
    with no_leak(path):
        for _ in range(3):
            with pytest.raises(NotRegularError):
                read_regular(path)


def test_a_file_that_is_not_there_is_no_other_thing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as failure:
        read_regular(tmp_path / "a")
    assert not isinstance(failure.value, NotRegularError)


@pytest.mark.parametrize("put", OTHERS)
def test_what_a_file_became_cannot_be_marked_read_wrongly(
    library: Library, put: Callable[[Path], None]
) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    post_id = id_of(store, "a")
    path.unlink()
    put(path)
    with no_leak(path):
        store.marks.set_read([post_id], True, opened=True)
    row = store.lists.row(post_id)
    assert row is not None
    assert (row.read, row.edited) == (True, False)
    with no_leak(path), pytest.raises(StoreError):
        store.posts.read(post_id)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of a name here")
def test_a_pipe_that_somebody_holds_open_stops_nobody(library: Library) -> None:
    path = library.write("a.md", title="a")
    library.write("b.md", title="b")
    store = library.scanned()
    post_id = id_of(store, "a")
    path.unlink()
    put_pipe(path)
    with held_open(path):
        store.marks.set_read([post_id], True, opened=True)
        with pytest.raises(StoreError, match="post-file-gone"):
            store.posts.read(post_id)
        store.scans.run()
        assert store.lists.row(post_id) is None


@pytest.mark.parametrize("put", OTHERS)
def test_what_the_file_of_a_bookmark_became_is_not_compared(
    library: Library, put: Callable[[Path], None]
) -> None:
    path = library.write("a.md", title="a")
    store = library.scanned()
    post_id = id_of(store, "a")
    store.bookmarks.set_bookmarked(post_id, True)
    path.unlink()
    put(path)
    with no_leak(path):
        (bookmark,) = store.bookmarks.all()
    assert (bookmark.gone, bookmark.changed) == (False, False)
    assert store.posts.read(post_id).gone


def test_an_image_that_names_a_folder_costs_no_descriptor(library: Library) -> None:
    (library.folder / "assets").mkdir()
    library.write("a.md", title="a", body='<p><img src="/assets/"><img src="/assets"></p>')
    store = library.scanned()
    post_id = id_of(store, "a")
    with no_leak(library.folder):
        for _ in range(3):
            assert store.bookmarks.set_bookmarked(post_id, True) is None
            store.bookmarks.set_bookmarked(post_id, False)


@pytest.mark.parametrize(
    ("put", "why"),
    [(put_folder, "is a directory"), (put_pipe, "not a regular file")],
)
def test_a_configuration_that_is_no_file_is_told_and_stops_no_scan(
    library: Library, put: Callable[[Path], None], why: str
) -> None:
    library.write("a.md", title="a")
    put(library.folder / "_config.yml")
    config = library.folder / "_config.yml"
    result = library.open().scans.run()
    (problem,) = result.problems
    assert describe(problem) == f"This cannot be read ({why}): {config}."
    assert result.found == 1


def test_a_configuration_of_unlikely_size_is_not_read(library: Library) -> None:
    library.write("a.md", title="a")
    config = library.folder / "_config.yml"
    config.write_bytes(b"title: x\n" + b"#" * (5 << 20))
    result = library.open().scans.run()
    assert list(map(describe, result.problems)) == [
        f"This cannot be read (file too large): {config}."
    ]


def test_of_a_post_of_unlikely_size_the_beginning_is_read_and_no_bookmark_made(
    library: Library,
) -> None:
    post = library.write("a.md", title="a")
    store = library.scanned()
    os.truncate(post, 3 << 30)  # Sparse: it takes no room.
    assert len(store.posts.read(id_of(store, "a")).raw) == LARGEST_POST
    with pytest.raises(StoreError) as refused:
        store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    assert describe(refused.value.problem) == (
        "This post has more than 32 MB, too much for a bookmark."
    )
    assert store.bookmarks.all() == []


def test_a_bookmark_has_the_time_of_the_bytes_that_were_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = library.write("a.md", title="a", body="one")
    store = library.scanned()
    read_at = post.stat().st_mtime_ns

    def write_meanwhile(*arguments: Any) -> Site:
        post.write_text(post.read_text().replace("one", "two"))
        os.utime(post, ns=(read_at + 5_000_000_000, read_at + 5_000_000_000))
        return site_of(*arguments)

    monkeypatch.setattr("newsreader.store.bookmarks.site_of", write_meanwhile)
    store.bookmarks.set_bookmarked(id_of(store, "a"), True)
    (bookmark,) = store.bookmarks.all()
    assert bookmark.changed
