"""Kill a reader at random moments: `python -m tests.long.crashes --kills 1000 [--seed N]`.

A child process does random things with a store and tells of each before and after; it is killed
with SIGKILL at a random moment. Then the reading state must hold exactly what the child was told is
saved, with or without the one thing that it was about, and both databases must be whole.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from newsreader.article.reading_place import ReadingPlace
from newsreader.store import PostStore, Query, Source, View

POSTS: Final = 40
STEPS_KEPT: Final = 200
OPENED_KEPT: Final = 20
_ACTIONS: Final = (
    ("read", 4),
    ("open", 3),
    ("all", 1),
    ("keep", 5),
    ("drop", 2),
    ("note", 3),
    ("update", 2),
    ("undo", 5),
    ("redo", 3),
    ("place", 2),
    ("edit", 2),
)
_MOST_LINES: Final = 16
_LONGEST: Final = 0.02


@dataclass(slots=True)
class Action:
    """Something that a reader does: with which posts, and a value to set."""

    kind: str
    posts: list[int]
    value: str = ""


@dataclass(slots=True)
class Step:
    """What undo takes back: read marks of posts, or the bookmark of one."""

    posts: list[int]
    read: bool | None = None
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    opened: bool = False
    earlier: dict[int, Step | None] = field(default_factory=dict)


@dataclass(slots=True)
class Model:
    """What the reading state should hold; a bookmark is the text of its body, and its note."""

    read: dict[int, bool] = field(default_factory=dict)
    kept: dict[int, tuple[str, str]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    marked_by: dict[int, Step | None] = field(default_factory=dict)

    def after(self, action: Action) -> Model:
        """The state after an action."""
        model = copy.deepcopy(self)
        model._apply(action)
        return model

    def _apply(self, action: Action) -> None:
        post = action.posts[0] if action.posts else 0
        match action.kind:
            case "read" | "all" | "open":
                value = action.value == "read"
                changed = [each for each in action.posts if self.read.get(each, False) is not value]
                for each in changed:
                    self.read[each] = value
                if changed:
                    step = Step(changed, read=value, opened=action.kind == "open")
                    self._record(step)
                    self._own(step, changed)
            case "keep" if post not in self.kept:
                self._exchange(post, (self.bodies[post], ""))
            case "drop" if post in self.kept:
                self._exchange(post, None)
            case "note" if post in self.kept and self.kept[post][1] != action.value:
                self._exchange(post, (self.kept[post][0], action.value))
            case "update" if post in self.kept and self.kept[post][0] != self.bodies[post]:
                self._exchange(post, (self.bodies[post], self.kept[post][1]))
            case "edit":
                self.bodies[post] = action.value
            case "place":
                self.places[post] = int(action.value)
            case "undo":
                while self.done:
                    step = self.done.pop()
                    self.undone.append(step)
                    if self._repeat(step, back=True):
                        break
            case "redo":
                while self.undone:
                    step = self.undone.pop()
                    self.done.append(step)
                    if self._repeat(step, back=False):
                        break
            case _:
                pass

    def _exchange(self, post: int, after: tuple[str, str] | None) -> None:
        self._record(Step([post], before=self.kept.get(post), after=after))
        self._keep(post, after)

    def _keep(self, post: int, version: tuple[str, str] | None) -> None:
        if version is None:
            del self.kept[post]
        else:
            self.kept[post] = version

    def _repeat(self, step: Step, *, back: bool) -> bool:
        """Take a step back, or do it again; return whether anything has changed by that."""
        if step.read is None:
            self._keep(step.posts[0], step.before if back else step.after)
            return True
        changed = [
            post
            for post in step.posts
            if (self.marked_by.get(post) is step if back else self._is_free(post, step))
        ]
        for post in changed:
            self.read[post] = step.read is not back
            if back:
                self.marked_by[post] = step.earlier.get(post)
        if not back:
            self._own(step, changed)
        return bool(changed)

    def _is_free(self, post: int, step: Step) -> bool:
        """Whether a post is as the step left it: nobody has opened it meanwhile."""
        return self.marked_by.get(post) is step.earlier.get(post)

    def _own(self, step: Step, posts: list[int]) -> None:
        for post in posts:
            step.earlier[post] = self.marked_by.get(post)
            self.marked_by[post] = step

    def _record(self, step: Step) -> None:
        self.done.append(step)
        if not step.opened:
            self.undone.clear()
        for opened, most in ((True, OPENED_KEPT), (False, STEPS_KEPT)):
            same = [each for each in self.done if each.opened is opened]
            if len(same) > most:
                last = self.done.index(same[-most - 1])
                self.done = [
                    each
                    for at, each in enumerate(self.done)
                    if at > last or (opened and not each.opened)
                ]


@dataclass(slots=True)
class Outcome:
    """What was found: how many kills and actions, and what was wrong."""

    kills: int = 0
    actions: int = 0
    unsure: int = 0
    problems: list[str] = field(default_factory=list)


def run(folder: Path, kills: int, seed: int, *, tell: bool = False) -> Outcome:
    """Kill children that many times, and look after each; stops at the first problem."""
    chance = random.Random(seed)
    source = folder / "site"
    model = Model()
    for number in range(POSTS):
        model.bodies[number] = f"Text {number}."
        write_post(source, number, model.bodies[number])
    with _open(folder) as store:
        store.scans.run()
    outcome = Outcome()
    for number in range(kills):
        done, begun = _kill_one(folder, model, chance.randrange(1 << 30), chance)
        for action in done:
            model = model.after(action)
        if begun is not None and begun.kind == "edit":
            # Whether the file was changed is no matter of the state: see what is there.
            model.bodies[begun.posts[0]] = read_body(source, begun.posts[0])
        outcome.actions += len(done)
        outcome.kills += 1
        candidates = [model]
        if begun is not None:
            outcome.unsure += 1
            candidates.append(model.after(begun))
        found = observe(folder)
        matching = next((each for each in candidates if expected(each) == found), None)
        if matching is None:
            outcome.problems.append(_difference(number, begun, candidates, found))
        else:
            model = matching
            outcome.problems += check_whole(folder)
            if number % 10 == 0:
                outcome.problems += _check_lists(folder, model)
        if outcome.problems:
            return outcome
        if tell and number % 100 == 99:
            print(f"{number + 1:,} kills, {outcome.actions:,} actions: all well", flush=True)
    return outcome


def read_body(source: Path, number: int) -> str:
    """The body of a post as it is in its file."""
    return _path(source, number).read_text("utf-8").rpartition("---\n")[2]


def write_post(source: Path, number: int, body: str) -> None:
    """Write a post, at once whole."""
    path = _path(source, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(f"---\ntitle: '{number}'\n---\n{body}", encoding="utf-8")
    part.replace(path)


def observe(folder: Path) -> dict[str, object]:
    """What the reading state holds, in the terms of `expected`."""
    with closing(sqlite3.connect(folder / "data" / "state.db")) as db:
        marks = db.execute("SELECT path, read, bookmarked FROM marks").fetchall()
        bookmarks = db.execute("SELECT path, raw, note FROM bookmarks WHERE kept = 1").fetchall()
        places = db.execute("SELECT path, place FROM positions").fetchall()
        steps = dict(db.execute("SELECT undone, count(*) FROM journal GROUP BY undone").fetchall())
    kept = {
        _number(path): (raw.decode().rpartition("---\n")[2], note) for path, raw, note in bookmarks
    }
    flagged = {_number(path) for path, _, bookmarked in marks if bookmarked}
    return {
        "read": {_number(path) for path, read, _ in marks if read},
        "kept": kept,
        "flagged": flagged,
        "places": {_number(path): place for path, place in places},
        "done": steps.get(0, 0),
        "undone": steps.get(1, 0),
    }


def expected(model: Model) -> dict[str, object]:
    """What the reading state should hold."""
    return {
        "read": {post for post, read in model.read.items() if read},
        "kept": model.kept,
        "flagged": set(model.kept),
        "places": model.places,
        "done": len(model.done),
        "undone": len(model.undone),
    }


def check_whole(folder: Path) -> list[str]:
    """What SQLite says is wrong with the databases and their references."""
    problems: list[str] = []
    for path in (folder / "data" / "state.db", folder / "cache" / "index.db"):
        with closing(sqlite3.connect(path)) as db:
            problems += [
                f"{path.name}: {row[0]}"
                for row in db.execute("PRAGMA integrity_check").fetchall()
                if row[0] != "ok"
            ]
            problems += [
                f"{path.name}: {row}" for row in db.execute("PRAGMA foreign_key_check").fetchall()
            ]
    return problems


def _check_lists(folder: Path, model: Model) -> list[str]:
    """Whether lists show what the state holds."""
    with _open(folder) as store:
        rows = store.lists.page(Query(), 0, POSTS)
        shown = {int(row.title) for row in rows if row.read}
        kept = {int(row.title) for row in store.lists.page(Query(view=View.BOOKMARKS), 0, POSTS)}
        unread = store.lists.overview().everything.unread
    wanted = {post for post, read in model.read.items() if read}
    if (shown, kept, unread) != (wanted, set(model.kept), POSTS - len(wanted)):
        return [f"the lists show {shown}, {kept}, {unread}"]
    return []


def _kill_one(
    folder: Path, model: Model, seed: int, chance: random.Random
) -> tuple[list[Action], Action | None]:
    """Let a child live for a moment; what it was told is done, and what it had begun."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reader)
            _live(folder, model, random.Random(seed), writer)
        finally:
            os._exit(1)
    os.close(writer)
    moment: float | None = None
    lines = chance.randint(1, _MOST_LINES)
    raw = b""
    while True:
        left = None if moment is None else max(0.0, moment - time.monotonic())
        if not select.select([reader], [], [], left)[0]:
            break
        part = os.read(reader, 1 << 16)
        if not part:
            break
        raw += part
        if moment is None and raw.count(b"\n") >= lines:
            moment = time.monotonic() + chance.uniform(0, _LONGEST)
    os.kill(child, signal.SIGKILL)
    while part := os.read(reader, 1 << 16):
        raw += part
    os.close(reader)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself")
    return _read_log(raw)


def _read_log(raw: bytes) -> tuple[list[Action], Action | None]:
    done: list[Action] = []
    begun: Action | None = None
    for line in raw.decode().split("\n")[:-1]:
        told = json.loads(line)
        match told:
            case ["begin", kind, posts, value]:
                begun = Action(kind, posts, value)
            case ["saved"] if begun is not None:
                done.append(begun)
                begun = None
            case _:
                pass
    return done, begun


def _live(folder: Path, model: Model, chance: random.Random, writer: int) -> None:
    """Do random things until somebody makes an end of it."""

    def tell(*what: object) -> None:
        os.write(writer, json.dumps(what).encode() + b"\n")

    early = chance.random() < 0.2
    if early:  # To be killed while it opens the databases.
        tell("here")
    with _open(folder) as store:
        if not early:
            tell("here")
        ids = {int(row.title): row.post_id for row in store.lists.page(Query(), 0, POSTS)}
        kinds, weights = zip(*_ACTIONS, strict=True)
        while True:
            (kind,) = chance.choices(kinds, weights)
            action = _choose(kind, chance)
            if kind in {"note", "update", "drop"} and action.posts[0] not in model.kept:
                continue
            tell("begin", action.kind, action.posts, action.value)
            post = ids[action.posts[0]]
            match kind:
                case "read":
                    posts = [ids[each] for each in action.posts]
                    store.marks.set_read(posts, action.value == "read")
                case "open":
                    store.marks.set_read([post], True, opened=True)
                case "all":
                    store.marks.mark_all_read(store.lists.unread_ids(Query()))
                case "keep" | "drop":
                    store.bookmarks.set_bookmarked(post, kind == "keep")
                case "note":
                    store.bookmarks.set_note(post, action.value)
                case "update":
                    store.bookmarks.update(post)
                case "place":
                    store.places.save(post, ReadingPlace(int(action.value), "context"))
                case "edit":
                    write_post(folder / "site", action.posts[0], action.value)
                case "undo":
                    store.marks.undo()
                case _:
                    store.marks.redo()
            tell("saved")
            model = model.after(action)


def _choose(kind: str, chance: random.Random) -> Action:
    post = chance.randrange(POSTS)
    match kind:
        case "read":
            posts = chance.sample(range(POSTS), chance.randint(1, 6))
            return Action(kind, posts, chance.choice(("read", "unread")))
        case "open":
            return Action(kind, [post], "read")
        case "all":
            return Action(kind, list(range(POSTS)), "read")
        case "note":
            return Action(kind, [post], f"Note {chance.randrange(1000)}。")
        case "edit":
            return Action(kind, [post], f"Text {chance.randrange(1000)}。" * chance.randint(1, 400))
        case "place":
            return Action(kind, [post], str(chance.randrange(10_000)))
        case _:
            return Action(kind, [post])


def _open(folder: Path) -> PostStore:
    return PostStore(
        [Source(folder / "site")], cache_dir=folder / "cache", data_dir=folder / "data"
    )


def _path(source: Path, number: int) -> Path:
    return source / "_posts" / f"2024-01-{number % 28 + 1:02}-{number}.md"


def _number(path: str) -> int:
    return int(path.rpartition("-")[2].removesuffix(".md"))


def _difference(
    number: int, begun: Action | None, candidates: list[Model], found: dict[str, object]
) -> str:
    lines = [f"after kill {number + 1}, with {begun} begun:"]
    for model in candidates:
        wanted = expected(model)
        lines += [
            f"  {name}: wanted {wanted[name]}, found {found[name]}"
            for name in wanted
            if wanted[name] != found[name]
        ]
    return "\n".join(lines)


def main() -> Literal[0, 1]:
    """Kill as the command line says; 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="tests.long.crashes", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="newsreader-crashes-") as name:
        outcome = run(Path(name), options.kills, options.seed, tell=True)
    for problem in outcome.problems:
        print(problem)
    print(
        f"{outcome.kills:,} kills, {outcome.actions:,} actions told as saved,"
        f" {outcome.unsure:,} begun when killed, {len(outcome.problems)} problems,"
        f" {time.perf_counter() - begun:,.0f} s"
    )
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
