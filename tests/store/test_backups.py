"""The daily backup, as the store makes it."""

from __future__ import annotations

from newsreader.messages import describe
from tests.store.conftest import Library
from tests.store.state.test_backups import marked


def test_a_store_makes_the_backup_and_tells_where_it_cannot(library: Library) -> None:
    marked(library)
    with library.open() as store:
        store.backups.make()
        store.backups.make()
    (backup,) = (library.data / "backups").iterdir()
    backup.unlink()
    backup.parent.rmdir()
    backup.parent.write_text("in the way")
    with library.open() as store:
        store.backups.make()
        result = store.scans.last()
    assert result is not None
    (problem,) = result.problems
    assert describe(problem).startswith("No backup of the reading state could be made (")
