"""What is read of a manifest that others may have written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newsreader.store import StoreError
from tests.store.conftest import Library
from tests.store.transfer.conftest import export, take_back


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "manifest-of-something-else"),
        ("[", "manifest-not-json"),
        ('{"format": "newsreader bookmarks", "version": 2, "bookmarks": []}', "manifest-newer"),
        (b"\xff\xfe", "manifest-not-text"),
    ],
)
def test_a_list_that_is_none_is_left_alone(
    bookmarked: Library, tmp_path: Path, content: str | bytes, said: str
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "bookmarks.json").write_bytes(raw)
    with pytest.raises(StoreError, match=said):
        take_back(bookmarked.data, tmp_path)
    with pytest.raises(StoreError, match=r"manifest-newer|folder-of-another"):
        export(bookmarked, tmp_path)
    assert (tmp_path / "bookmarks.json").read_bytes() == raw


@pytest.mark.parametrize("field", ["source", "path", "site_path"])
@pytest.mark.parametrize("value", ["", "a\0b.md", {"bytes": "6100"}])
def test_a_name_that_no_file_can_have_is_not_imported(
    bookmarked: Library, tmp_path: Path, field: str, value: object
) -> None:
    _refuses(bookmarked, tmp_path / "out", {field: value})


@pytest.mark.parametrize("field", ["path", "site_path"])
@pytest.mark.parametrize("value", ["/etc/passwd", "_posts/../../secret.md"])
def test_a_list_cannot_name_files_outside_its_source(
    bookmarked: Library, tmp_path: Path, field: str, value: str
) -> None:
    _refuses(bookmarked, tmp_path / "out", {field: value})


def _refuses(library: Library, folder: Path, changes: dict[str, object]) -> None:
    """The first of five bookmarks is not imported with these changes."""
    export(library, folder)
    manifest = folder / "bookmarks.json"
    content = json.loads(manifest.read_text())
    content["bookmarks"][0] |= changes
    manifest.write_text(json.dumps(content))
    shutil.rmtree(library.data)
    done = take_back(library.data, folder)
    assert done.added == 4
    assert [problem.arguments[0] for problem in done.problems] == [1]
