"""Damage the databases at random places: `python -m tests.long.faults --cases 2000 [--seed N]`.

Each case cuts one of the two databases off, or writes garbage over a part of it, and then does with
the store, and on the command line, what a reader does. Whatever happens must be said in a sentence;
the other database keeps what it holds; and a reading state that is refused is not touched.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from newsreader.article.reading_place import ReadingPlace
from newsreader.cli import main as command
from newsreader.messages import describe
from newsreader.store import (
    Labelled,
    PostRow,
    PostStore,
    Query,
    Sort,
    Source,
    StateError,
    StoreError,
    View,
)
from tests.long.crashes import write_post

POSTS: Final = 60

Database: TypeAlias = Literal["state", "index"]
Damage: TypeAlias = Literal["cut", "scribble", "zeros", "header", "schema"]
_DAMAGES: Final[tuple[Damage, ...]] = ("cut", "scribble", "zeros", "header", "schema")
_COMMANDS: Final = (
    ("list", "--limit", "3"),
    ("bookmarks", "list"),
    ("bookmarks", "export", "OUT"),
    ("doctor",),
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is done to which database."""

    database: Database
    damage: Damage
    seed: int


@dataclass(slots=True)
class Outcome:
    """What was found: how many cases, in how many something was said, and what was wrong."""

    cases: int = 0
    said: int = 0
    problems: list[str] = field(default_factory=list)


def make_library(folder: Path) -> None:
    """A library with marks, bookmarks, notes and a backup, closed."""
    for number in range(POSTS):
        write_post(folder / "site", number, f"Text {number}. " * 40)
    with open_library(folder) as store:
        store.scans.run()
        rows = store.lists.page(Query(), 0, POSTS)
        for row in rows[::5]:
            store.bookmarks.set_bookmarked(row.post_id, True)
        store.bookmarks.set_note(rows[0].post_id, "A note.")
        store.marks.set_read([row.post_id for row in rows[::3]], True)
        store.places.save(rows[1].post_id, ReadingPlace(10, "Text"))
        store.backups.make()


def run(library: Path, cases: int, seed: int) -> Outcome:
    """Try that many cases on copies of a library."""
    chance = random.Random(seed)
    outcome = Outcome()
    for number in range(cases):
        database: Database = "state" if number % 2 else "index"
        case = Case(database, _DAMAGES[number // 2 % len(_DAMAGES)], chance.randrange(1 << 30))
        with tempfile.TemporaryDirectory(prefix="newsreader-fault-") as name:
            place = Path(name) / "library"
            shutil.copytree(library, place)
            said, problems = try_case(place, case, with_commands=number % 3 == 0)
        outcome.cases += 1
        outcome.said += bool(said)
        outcome.problems += [f"{case}: {problem}" for problem in problems]
    return outcome


def try_case(folder: Path, case: Case, *, with_commands: bool) -> tuple[list[str], list[str]]:
    """Damage a library and use it; what was said, and what is wrong with that."""
    state, index = folder / "data" / "state.db", folder / "cache" / "index.db"
    spoil(state if case.database == "state" else index, case)
    before = {path: path.read_bytes() for path in (state, *(folder / "data/backups").iterdir())}
    said: list[str] = []
    problems: list[str] = []
    refused = _use(folder, said, problems)
    if with_commands:
        _run_commands(folder, said, problems)
    if refused and state.read_bytes() != before[state]:
        problems.append("the state that was refused has been changed")
    problems += [
        f"{path.name} has been changed"
        for path in (folder / "data/backups").iterdir()
        if before.get(path, path.read_bytes()) != path.read_bytes()
    ]
    if case.database == "index":
        _check_kept(folder, problems)
    problems += [f"it said: {sentence}" for sentence in said if not _is_sentence(sentence)]
    return said, problems


def _is_sentence(said: str) -> bool:
    return said.endswith(".") and "Traceback" not in said and "unexpected" not in said


def spoil(path: Path, case: Case) -> None:
    """Damage a file, at a place that the seed of the case says."""
    chance = random.Random(case.seed)
    size = path.stat().st_size
    match case.damage:
        case "cut":
            os.truncate(path, chance.randrange(size))
        case "scribble" | "zeros":
            start = chance.randrange(size)
            length = min(chance.choice((1, 16, 300, 5000)), size - start)
            with path.open("r+b") as file:
                file.seek(start)
                file.write(bytes(length) if case.damage == "zeros" else chance.randbytes(length))
        case "schema":  # The first page holds the statements that made the tables.
            with path.open("r+b") as file:
                file.seek(chance.randrange(100, 4096))
                file.write(chance.randbytes(chance.choice((1, 4))))
        case "header":
            with path.open("r+b") as file:
                file.seek(chance.randrange(100))
                file.write(chance.randbytes(1))


def _use(folder: Path, said: list[str], problems: list[str]) -> bool:
    """Do with a store what a reader does; whether its state was refused."""
    try:
        store = open_library(folder)
    except StateError as error:
        said.append(describe(error.problem))
        return True
    except StoreError as error:
        said.append(describe(error.problem))
        return False
    except Exception as error:  # noqa: BLE001 - to be told, with its place
        problems.append(f"opening: {type(error).__name__}: {error}")
        return False
    with store:
        said += map(describe, store.notices)
        post = next((row.post_id for row in _guarded(store, said)), None)
        actions: list[Callable[[], object]] = [
            store.scans.run,
            lambda: store.lists.page(Query(), 0, POSTS),
            lambda: store.lists.page(Query(sort=Sort.TITLE), 0, POSTS),
            lambda: store.lists.page(Query(view=View.BOOKMARKS), 0, POSTS),
            lambda: store.lists.page(Query(Labelled("category", "x")), 0, POSTS),
            store.lists.overview,
            store.bookmarks.all,
            store.sessions.load,
            lambda: store.marks.mark_all_read(store.lists.unread_ids(Query())),
            store.marks.undo,
            store.marks.redo,
            store.data_version,
            store.backups.make,
        ]
        if post is not None:
            actions += [
                lambda: store.marks.set_read([post], True),
                lambda: store.bookmarks.set_bookmarked(post, True),
                lambda: store.bookmarks.set_note(post, "x"),
                lambda: store.posts.read(post, saved=True),
                lambda: store.bookmarks.set_bookmarked(post, False),
                lambda: store.places.load(post),
                lambda: store.lists.next_unread(post, query=Query()),
            ]
        for number, action in enumerate(actions):
            try:
                action()
            except StoreError as error:
                said.append(describe(error.problem))
            except Exception as error:  # noqa: BLE001 - to be told, with its place
                problems.append(f"action {number}: {type(error).__name__}: {error}")
    return False


def _guarded(store: PostStore, said: list[str]) -> list[PostRow]:
    try:
        return store.lists.page(Query(), 0, 5)
    except StoreError as error:
        said.append(describe(error.problem))
        return []


def _run_commands(folder: Path, said: list[str], problems: list[str]) -> None:
    names = {"CACHE": "cache", "DATA": "data", "CONFIG": "config", "STATE": "log"}
    home = folder / "home"
    for kind, name in names.items():
        place = home / kind
        place.mkdir(parents=True, exist_ok=True)
        if (folder / name).is_dir() and not (place / "newsreader").exists():
            (place / "newsreader").symlink_to(folder / name)
        os.environ[f"XDG_{kind}_HOME"] = str(place)
    for words in _COMMANDS:
        arguments = [str(folder / "out") if word == "OUT" else word for word in words]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = command([*arguments, "--source", str(folder / "site")])
        said += err.getvalue().splitlines()
        if code not in {0, 1} or "Traceback" in out.getvalue():
            problems.append(f"{' '.join(words)} ended with {code}")


def _check_kept(folder: Path, problems: list[str]) -> None:
    """Whether a damaged index has cost nothing of the reading state."""
    try:
        for _ in range(2):  # Damage that is met in use is mended at the next start.
            with contextlib.suppress(StoreError), open_library(folder) as store:
                store.scans.run()
        with open_library(folder) as store:
            titles = {bookmark.title for bookmark in store.bookmarks.all()}
            shown = {row.title for row in store.lists.page(Query(view=View.BOOKMARKS), 0, POSTS)}
    except StoreError as error:
        problems.append(f"the index does not recover: {error}")
        return
    if len(titles) < POSTS // 5 - 1 or shown != titles:
        problems.append(f"of {POSTS // 5} bookmarks, {len(titles)} are kept and {len(shown)} shown")


def open_library(folder: Path) -> PostStore:
    """A store on a library of `make_library`."""
    return PostStore(
        [Source(folder / "site")], cache_dir=folder / "cache", data_dir=folder / "data"
    )


def main() -> Literal[0, 1]:
    """Damage as the command line says; 1 where something was lost or a sentence missing."""
    parser = argparse.ArgumentParser(prog="tests.long.faults", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="newsreader-faults-") as name:
        library = Path(name) / "library"
        make_library(library)
        outcome = run(library, options.cases, options.seed)
    for problem in outcome.problems:
        print(problem)
    print(
        f"{outcome.cases:,} cases, something said in {outcome.said:,},"
        f" {len(outcome.problems)} problems, {time.perf_counter() - begun:,.0f} s"
    )
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
