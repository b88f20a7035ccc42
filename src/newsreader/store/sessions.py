"""Load and save where the person left the reader, per library."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.store.databases import Databases
from newsreader.store.index.scan_log import library_key
from newsreader.store.state.sessions import (
    load_appearance,
    load_session,
    save_appearance,
    save_session,
)
from newsreader.store.values import Appearance, Session, Source


class Sessions:
    """Remembers where the person left these sources."""

    def __init__(self, databases: Databases, sources: Sequence[Source]) -> None:
        self._databases = databases
        self._library = library_key(sources)

    def load(self) -> Session | None:
        """Load where the person left these sources; `None` if they were never left."""
        with self._databases.connection() as db:
            return load_session(db, self._library)

    def save(self, session: Session) -> None:
        """Remember where the person leaves these sources."""
        with self._databases.changing() as db, self._databases.writing(db):
            save_session(db, self._library, session)

    def load_appearance(self) -> Appearance:
        """Load what the reader looked like last, whatever it was opened on."""
        with self._databases.connection() as db:
            return load_appearance(db)

    def save_appearance(self, appearance: Appearance) -> None:
        """Remember what the reader looks like."""
        with self._databases.changing() as db, self._databases.writing(db):
            save_appearance(db, appearance)
