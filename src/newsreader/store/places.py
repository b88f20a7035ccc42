"""The place in the text of each post at which the person stopped reading."""

from __future__ import annotations

from newsreader.article.reading_place import ReadingPlace
from newsreader.store.databases import Databases
from newsreader.store.index.post_names import name_of
from newsreader.store.query import PostId
from newsreader.store.state.reading_places import load_place, save_place


class ReadingPlaces:
    """Remembers the place in the text of a post."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases

    def load(self, post_id: PostId) -> ReadingPlace | None:
        """The place in the text of a post that was saved last; `None` if none was."""
        with self._databases.connection() as db:
            name = name_of(db, post_id)
            return load_place(db, name) if name is not None else None

    def save(self, post_id: PostId, place: ReadingPlace) -> None:
        """Remember the place in the text of a post; one that the index does not know is ignored."""
        with self._databases.changing() as db:
            name = name_of(db, post_id)
            if name is not None:
                with self._databases.writing(db):
                    save_place(db, name, place)
