"""Bookmarks, read marks and reading places on their way to files and back, over the state alone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newsreader.patterns import compile_late
from newsreader.problems import Describe, Problem
from newsreader.store.db.connect import STATE, is_damage
from newsreader.store.errors import StateError, StoreError, UnsavedError
from newsreader.store.state.open_state import open_state, state_alone, why_unwritten
from newsreader.store.values import Anchors, Exported, Imported, ImportedMarks, ImportPlaces
from newsreader.text import Clean

_ENDING: Final = compile_late(r"\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,5}", re.IGNORECASE)
"""The ending of a file; not the number of a release, nor what is longer than any."""


class StateFiles:
    """Exports and imports what the user did; needs no index, so it works if none can be made.

    Attributes:
        notices: What happened on opening that the user should know.
    """

    def __init__(self, data_dir: Path, *, must_save: bool) -> None:
        """Open the reading state.

        Args:
            data_dir: The folder of `state.db`.
            must_save: Whether something is to be written into it.

        Raises:
            UnsavedError: If it cannot be written though it has to be.
            StateError: If it cannot be read, is damaged or of a newer version.
        """
        self._state = open_state(data_dir)
        unsaved = self._state.unsaved
        if unsaved and (must_save or not self._state.is_complete):
            self._state.close()
            if must_save:
                raise unsaved
            state = str(data_dir / STATE)
            raise StateError(Problem("state-unusable", (state, unsaved.reason)))
        told = (unsaved.problem if unsaved else None, self._state.notice)
        self.notices: Final = tuple(notice for notice in told if notice)

    def close(self) -> None:
        """Throw a temporary copy of the state away."""
        self._state.close()

    def export_to(self, target: Path, describe: Describe, *, is_folder: bool = False) -> Exported:
        """Write all bookmarks into one file, if its name ends as one that can hold them, or a site.

        Args:
            target: The file or the folder.
            describe: Gives the words of a problem that a reader of the file should know.
            is_folder: Whether it is one for sure.

        Raises:
            StoreError: If nothing can be written there, or the name ends as that of another kind of
                file. What ends so is a folder only if it is one already, or a / follows.
        """
        # Imported when needed, as the parser comes with it.
        from newsreader.store.transfer.export_file import WRITERS, export_file  # noqa: PLC0415
        from newsreader.store.transfer.export_site import export_site  # noqa: PLC0415

        is_folder = is_folder or target.is_dir()
        is_file = target.suffix.lower() in WRITERS and not is_folder
        if _ENDING.fullmatch(target.suffix) and not (is_file or is_folder):
            raise StoreError(Problem("export-ending-unknown", (target.suffix, ", ".join(WRITERS))))
        with state_alone(self._state) as db:
            return export_file(db, target, describe) if is_file else export_site(db, target)

    def import_from(self, folder: Path) -> Imported:
        """Take the bookmarks of an exported site back.

        Raises:
            UnsavedError: If the state cannot be written; then nothing is imported.
            StoreError: If the folder holds no exported bookmarks.
        """
        from newsreader.store.transfer.import_site import import_site  # noqa: PLC0415  (late: seldom needed)

        with self._changing() as db:
            return import_site(db, folder)

    def mark_lines(self, folders: Sequence[Path], anchors: Anchors) -> Iterator[Clean]:
        """Yield the lines that `export_marks` writes."""
        from newsreader.store.transfer.export_marks import mark_lines  # noqa: PLC0415  (late, as above)

        with state_alone(self._state) as db:
            yield from mark_lines(db, folders, anchors)

    def export_marks(self, path: Path, folders: Sequence[Path], anchors: Anchors) -> Exported:
        """Write read marks and reading places into a file, in the place of an earlier export only.

        Args:
            path: The file.
            folders: Whose posts, links resolved; none: all.
            anchors: What may stand for a folder.

        Raises:
            StoreError: If the file is another's, or cannot be written, or would become empty.
        """
        from newsreader.store.transfer.export_marks import export_marks  # noqa: PLC0415  (late)

        with state_alone(self._state) as db:
            return export_marks(db, path, folders, anchors)

    def import_marks(self, raw: bytes, name: str, places: ImportPlaces) -> ImportedMarks:
        """Take what was exported of marks: see `import_marks.import_marks`.

        Raises:
            UnsavedError: If the state cannot be written; then nothing is imported.
            StoreError: If this is something else, or of a newer version.
        """
        from newsreader.store.transfer.import_marks import import_marks  # noqa: PLC0415  (late)

        with self._changing() as db:
            return import_marks(db, raw, name, places)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with state_alone(self._state) as db:
            try:
                yield db
            except sqlite3.OperationalError as error:
                if is_damage(error):
                    raise
                why = why_unwritten(error, self._state.path)
                problem = Problem("state-not-written", (str(self._state.path), why))
                raise UnsavedError(problem, why) from error
