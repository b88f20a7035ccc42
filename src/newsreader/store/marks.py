"""Mark posts read, and undo marks, bookmarks and notes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from newsreader.problems import Problem
from newsreader.store.databases import Databases
from newsreader.store.db.connect import Statement
from newsreader.store.db.stored_path import from_stored
from newsreader.store.index.post_names import find_name
from newsreader.store.query import PostId
from newsreader.store.state.adopted_sources import find_moves
from newsreader.store.state.file_changes import changed_digests, note_digests
from newsreader.store.state.moved_sources import make_moves, move_source
from newsreader.store.state.read_marks import mark
from newsreader.store.state.undo_log import StepKind, UndoStep, redo_step, undo_step
from newsreader.store.values import Source, Undone


class Marks:
    """Marks posts read or unread, and takes steps back."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases

    def set_read(self, post_ids: Iterable[PostId], read: bool, *, opened: bool = False) -> None:
        """Mark posts read or unread.

        Args:
            post_ids: Which posts.
            read: What to mark them.
            opened: Whether they were opened, so that what their files are now is what was read: see
                `PostRow.edited`. That can be taken back as well, but is forgotten sooner.
        """
        ids = list(post_ids)
        with self._databases.changing() as db:
            digests = changed_digests(db, ids) if read and opened else []
            with self._databases.writing(db):
                kind: StepKind = "opened" if opened else "read" if read else "unread"
                mark(db, _chosen(ids), read=read, kind=kind)
                note_digests(db, digests)

    def check_writable(self) -> None:
        """Raise `UnsavedError` if no mark can be made now, not even until the store is closed."""
        self._databases.check_writable()

    def mark_all_read(self, post_ids: Sequence[int]) -> int:
        """Mark posts read in one step, and return how many were not.

        Args:
            post_ids: Which posts: `Lists.unread_ids` gives those of a list.
        """
        with self._databases.changing() as db, self._databases.writing(db):
            return mark(db, _chosen(post_ids), read=True, kind="read")

    def move_source(self, old: Path, new: Path) -> int:
        """Let marks, bookmarks and reading places follow a source that was moved.

        Returns:
            The number of posts that something was known of.

        Raises:
            UnsavedError: The reading state cannot be written.
        """
        with self._databases.changing(must_last=True) as db, self._databases.writing(db):
            return move_source(db, str(old), str(new))

    def adopt(self, sources: Sequence[Source]) -> tuple[Problem, ...]:
        """Let what is known of the posts of some sources by other names follow: see `find_moves`.

        Returns:
            What to tell the user of it.

        Raises:
            UnsavedError: The reading state cannot be written.
        """
        with self._databases.connection() as db:
            moves = find_moves(db, [source.path for source in sources])
        if not moves:
            return ()
        told: list[Problem] = []
        with self._databases.changing(must_last=True) as db, self._databases.writing(db):
            for move in moves:
                count = make_moves(db, [move])
                if move.has_moved and count:
                    told.append(Problem("source-followed", (move.old, move.new, count)))
        return tuple(told)

    def undo(self) -> Undone | None:
        """Undo what was marked, bookmarked or noted last; `None` if there is nothing."""
        return self._repeat(undo_step)

    def redo(self) -> Undone | None:
        """Redo what was undone last; `None` if nothing was, or something was done since."""
        return self._repeat(redo_step)

    def _repeat(self, repeat: Callable[[sqlite3.Connection], UndoStep | None]) -> Undone | None:
        with self._databases.changing() as db:
            with self._databases.writing(db):
                step = repeat(db)
            if step is None:
                return None
            found = [find_name(db, from_stored(s), from_stored(p)) for s, p in step.names]
        what = Problem("undone", (step.kind, int(step.again), step.posts, step.title))
        return Undone(what, tuple(post_id for post_id in found if post_id is not None))


def _chosen(post_ids: Sequence[int]) -> Statement:
    return "SELECT value AS id FROM json_each(?)", (json.dumps(list(post_ids)),)
