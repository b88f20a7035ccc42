"""How many images a bookmark keeps."""

from __future__ import annotations

from newsreader.store import Query
from newsreader.store.transfer.image_files import MOST_IMAGES
from tests.store.conftest import Library


def test_of_a_post_of_many_images_the_first_two_hundred_are_kept_and_the_rest_is_told(
    library: Library,
) -> None:
    folder = library.folder / "images"
    folder.mkdir()
    names = [f"{number}.png" for number in range(MOST_IMAGES + 3)]
    for name in names:
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    library.write("a.md", title="a", body="\n\n".join(f"![](/images/{name})" for name in names))
    with library.scanned() as store:
        (row,) = store.lists.page(Query(), 0, 2)
        store.bookmarks.set_bookmarked(row.post_id, True)
        (bookmark,) = store.bookmarks.all()
    assert bookmark.left_out == tuple(f"/images/{name}" for name in names[MOST_IMAGES:])
