"""What an export of read marks and reading places holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.store import StoreError
from newsreader.store.state.file_changes import file_digest
from newsreader.store.transfer.export_marks import export_marks, mark_lines
from tests.store.conftest import Library, id_of
from tests.store.transfer.conftest import alone


@pytest.fixture
def two(library: Library) -> Library:
    """Two sources with marks and places; closed."""
    for name in ("a", "b", "c", "d"):
        library.write(f"{name}.md", title=name)
    other = library.folder.parent / "other"
    library.write("e.md", title="e", folder=other)
    with library.scanned(library.folder, other) as store:
        store.marks.set_read([id_of(store, "a")], True, opened=True)
        store.marks.set_read([id_of(store, "b"), id_of(store, "c")], True)
        store.marks.set_read([id_of(store, "c")], False)
        store.places.save(id_of(store, "c"), ReadingPlace(7, "几个字"))
        store.marks.set_read([id_of(store, "e")], True)
    return library


def exported(library: Library, *folders: Path) -> list[dict[str, object]]:
    with alone(library.data) as db:
        return [json.loads(each) for each in mark_lines(db, folders, {"~": library.folder.parent})]


def test_what_was_read_and_where_it_was_left_is_in_it(two: Library) -> None:
    raw = (two.folder / "_posts/a.md").read_bytes()
    first, *posts = exported(two)
    assert first == {"format": "newsreader marks", "version": 1}
    place = posts[3].pop("place")
    assert isinstance(place, dict)
    assert str(place.pop("at")).endswith("+00:00")
    assert place == {"offset": 7, "context": "几个字"}
    assert posts == [
        {"source": "~/other", "path": "_posts/e.md", "read": True},
        {
            "source": "~/site",
            "path": "_posts/a.md",
            "read": True,
            "digest": file_digest(raw).hex(),
        },
        {"source": "~/site", "path": "_posts/b.md", "read": True},
        {"source": "~/site", "path": "_posts/c.md", "read": False},
    ]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (["other"], "e"),
        (["site"], "abc"),
        (["site/_posts"], "abc"),
        (["site/_posts/b.md", "other"], "eb"),
        (["sit"], ""),
        (["."], "eabc"),
    ],
)
def test_only_the_folders_that_are_named_are_exported(
    two: Library, named: list[str], found: str
) -> None:
    folders = [two.folder.parent / name for name in named]
    posts = exported(two, *folders)[1:]
    assert "".join(str(post["path"])[-4] for post in posts) == found


def test_a_file_is_written_over_an_export_of_marks_only(two: Library, tmp_path: Path) -> None:
    file, other = tmp_path / "marks.jsonl", tmp_path / "notes"
    other.write_text("mine\n")
    with alone(two.data) as db:
        assert [export_marks(db, file, [], {}).written for _ in range(2)] == [1, 0]
        whole = file.read_bytes()
        assert export_marks(db, file, [tmp_path / "other"], {}).posts == 1
        assert file.read_bytes() != whole
        for refused, folders in ((other, []), (file, [tmp_path / "nowhere"])):
            before = refused.read_bytes()
            with pytest.raises(StoreError, match=r"file-of-another|nothing-for-file"):
                export_marks(db, refused, folders, {})
            assert refused.read_bytes() == before
    assert len(whole.splitlines()) == 5
