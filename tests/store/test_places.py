"""How far a post was read."""

from __future__ import annotations

from newsreader.article.reading_place import ReadingPlace
from newsreader.store import (
    PostId,
)
from tests.store.conftest import Library, id_of


def test_a_place_in_the_text_is_remembered_by_file_not_by_id(library: Library) -> None:
    library.write("a.md", title="a", date="2020-01-01")
    store = library.scanned()
    store.places.save(id_of(store, "a"), ReadingPlace(120, "甲"))
    store.places.save(id_of(store, "a"), ReadingPlace(130, "乙"))
    library.write("a.md", title="a", date="2021-01-01")
    store.scans.run()
    assert store.places.load(id_of(store, "a")) == ReadingPlace(130, "乙")
    assert store.places.load(PostId(1)) is None
    store.places.save(PostId(1), ReadingPlace(5))
