"""What the process that follows a library does about what its watcher tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from newsreader.store import PostStore, Query
from newsreader.store.scan import follow as following
from newsreader.store.scan.follow import ScanRequests, follow
from newsreader.store.scan.watch import FolderEvents
from tests.store.conftest import Library

FLOOD = 2000
"""More files than these are not taken one by one."""

NOTHING = FolderEvents()


class ScriptOverError(Exception):
    """The script is over."""


class QuietReader:
    """ScanRequests of a reader that asks for nothing."""

    wake = 0

    def take(self) -> bool:
        return False


class ScriptedWatcher:
    """Tells what it was given to tell, one thing at each question; then following ends."""

    sees_files = True

    def __init__(self, script: list[FolderEvents | Callable[[], FolderEvents]]) -> None:
        self._script = script
        self.folders: set[str] = set()

    def add(self, folder: str) -> None:
        self.folders.add(folder)

    def wait(self, seconds: float, wake: int) -> FolderEvents:
        if not self._script:
            raise ScriptOverError
        told = self._script.pop(0)
        return told if isinstance(told, FolderEvents) else told()

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def play(library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ScriptedWatcher]:
    """Follow the library as long as a script has something to tell."""

    def play(*script: FolderEvents | Callable[[], FolderEvents]) -> ScriptedWatcher:
        watcher = ScriptedWatcher([*script])
        monkeypatch.setattr(following, "make_watcher", lambda: watcher)
        sources = library.open().sources
        asked = cast("ScanRequests", QuietReader())
        with pytest.raises(ScriptOverError):
            follow(sources, cache_dir=library.cache, data_dir=library.data, asked=asked)
        return watcher

    return play


def titles(store: PostStore) -> set[str]:
    return {row.title for row in store.lists.page(Query(), 0, 10_000)}


def told_of(*paths: Path) -> FolderEvents:
    return FolderEvents(files={(str(path.parent), path.name) for path in paths})


def flood(folder: Path, files: int) -> FolderEvents:
    """Events of so many files, which are gone again."""
    return FolderEvents(files={(str(folder), f"{number}.md") for number in range(files)})


Play = Callable[..., ScriptedWatcher]


def test_of_a_few_files_no_others_are_looked_at(library: Library, play: Play) -> None:
    library.write("a.md", title="a")

    def written() -> FolderEvents:
        library.write("untold.md", title="untold")
        return told_of(library.write("b.md", title="b"))

    play(written, NOTHING)
    assert titles(library.open()) == {"a", "b"}


def test_what_the_watcher_lost_is_found_by_a_scan(library: Library, play: Play) -> None:
    library.write("a.md", title="a")

    def lost() -> FolderEvents:
        library.write("untold.md", title="untold")
        return FolderEvents(lost=True)

    play(lost, NOTHING)
    assert titles(library.open()) == {"a", "untold"}


@pytest.mark.parametrize(("files", "is_scanned"), [(FLOOD - 1, False), (FLOOD, True)])
def test_a_flood_of_files_is_taken_by_a_scan(
    library: Library, play: Play, files: int, is_scanned: bool
) -> None:
    library.write("a.md", title="a")

    def flooded() -> FolderEvents:
        library.write("untold.md", title="untold")
        seen = flood(library.folder / "_posts", files)
        seen.add(told_of(library.write("b.md", title="b")))
        return seen

    play(flooded, NOTHING, NOTHING)
    assert titles(library.open()) == {"a", "b"} | ({"untold"} if is_scanned else set())


def test_a_flood_is_waited_for_longer_before_the_scan(library: Library, play: Play) -> None:
    library.write("a.md", title="a")
    before: list[set[str]] = []

    def flooded() -> FolderEvents:
        library.write("b.md", title="b")
        return flood(library.folder / "_posts", FLOOD + 1)

    def goes_on() -> FolderEvents:
        with library.open() as store:
            before.append(titles(store))
        return told_of(library.write("c.md", title="c"))

    # A pause ends the first wait; the flood goes on while it is waited for longer.
    play(flooded, NOTHING, goes_on, NOTHING)
    assert before == [{"a"}], "nothing was scanned in the pause"
    assert titles(library.open()) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("name", "is_scanned"), [("", True), ("new", True), (".git", False), ("_site", False)]
)
def test_a_folder_that_changes_is_scanned_if_posts_can_be_in_it(
    library: Library, play: Play, name: str, is_scanned: bool
) -> None:
    library.write("a.md", title="a")

    def changed() -> FolderEvents:
        library.write("untold.md", title="untold")
        return FolderEvents(folders={(str(library.folder), name)})

    play(changed, NOTHING)
    assert titles(library.open()) == {"a"} | ({"untold"} if is_scanned else set())


def test_a_file_in_a_folder_that_no_scan_has_seen_is_found_by_one(
    library: Library, play: Play
) -> None:
    library.write("a.md", title="a")
    play(lambda: told_of(library.write("en/_posts/b.md", title="b")), NOTHING)
    assert titles(library.open()) == {"a", "b"}


def test_a_post_that_goes_and_one_that_changes_are_taken_without_a_scan(
    library: Library, play: Play
) -> None:
    gone = library.write("gone.md", title="gone")
    library.write("a.md", title="a")

    def changed() -> FolderEvents:
        library.write("untold.md", title="untold")
        gone.unlink()
        return told_of(gone, library.write("a.md", title="after"))

    play(changed, NOTHING)
    assert titles(library.open()) == {"after"}


def test_the_folders_of_posts_and_of_the_configuration_are_watched(
    library: Library, play: Play
) -> None:
    library.write("a.md", title="a")
    library.write("en/_posts/b.md", title="b")
    (library.folder / ".git").mkdir()
    folders = {Path(folder).relative_to(library.folder).as_posix() for folder in play().folders}
    assert folders == {".", "_posts", "en", "en/_posts"}
