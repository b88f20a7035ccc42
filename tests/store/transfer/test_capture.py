"""The images that a bookmark keeps with its post."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.store.db.connect import connect
from newsreader.store.state.bookmarks import saved_post
from newsreader.store.transfer import capture
from tests.store.conftest import Library, id_of

PNG = b"\x89PNG\r\n\x1a\n"


def kept(library: Library, path: str = "_posts/a.md") -> dict[object, bytes]:
    """The images of a bookmark, by their paths."""
    index, state = library.cache / "index.db", library.data / "state.db"
    with closing(connect(index, state)) as db:
        saved = saved_post(db, str(library.folder), path, with_files=True)
    assert saved is not None
    return {file.path: file.content for file in saved.files}


def put(path: Path, content: bytes = PNG) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return content


def bookmark(library: Library, body: str, path: str = "a.md") -> Problem | None:
    library.write(path, title="a", body=body)
    store = library.scanned()
    return store.bookmarks.set_bookmarked(id_of(store, "a"), True)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/images/a.png", "images/a.png"),
        ("/images/%E5%9B%BE%201.png", "images/图 1.png"),
        ("/图/甲.png?v=3#top", "图/甲.png"),
        ("{{ site.baseurl }}/images/a.png", "images/a.png"),
        ("{{ '/images/a.png' | relative_url }}", "images/a.png"),
        ("https://site.example/images/a.png", "images/a.png"),
        ("images/a.png", "images/a.png"),
        ("a.png", "_posts/a.png"),
        ("../images/a.png", "images/a.png"),
        ("./x/../a.png", "_posts/a.png"),
    ],
)
@pytest.mark.parametrize(
    "form", ["![]({})", '<p>A line <a href="/b"><img src="{}"></a> of text</p>']
)
def test_an_image_of_the_site_is_kept(
    library: Library, address: str, place: str, form: str
) -> None:
    put(library.folder / "_config.yml", b"url: https://site.example\n")
    content = put(library.folder / place, PNG + place.encode())
    if form.startswith("!") and "'" in address:
        address = f"<{address}>"
    assert bookmark(library, f"Text.\n\n{form.replace('{}', address)}\n") is None
    assert kept(library) == {place: content}


def test_an_image_of_a_page_of_html_is_kept_but_no_markdown(library: Library) -> None:
    content = put(library.folder / "a.png")
    put(library.folder / "b.png")
    bookmark(library, '    <img src="/a.png">\n\n![](/b.png)\n', "a.html")
    assert kept(library, "_posts/a.html") == {"a.png": content}


def test_nothing_outside_the_site_is_kept(library: Library, tmp_path: Path) -> None:
    put(tmp_path / "secret.png")
    put(tmp_path / "elsewhere/secret.png")
    put(library.folder / ".hidden/a.png")
    put(library.folder / "folder.png/a.png")
    (library.folder / "link.png").symlink_to(tmp_path / "secret.png")
    (library.folder / "linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(library.folder / "pipe.png")
    addresses = [
        "../../secret.png",
        "/../secret.png",
        "/..%2fsecret.png",
        f"{tmp_path}/secret.png",
        f"file://{tmp_path}/secret.png",
        "/link.png",
        "/linked/secret.png",
        "/.hidden/a.png",
        "/folder.png",
        "/pipe.png",
        "/missing.png",
        "/a%00b.png",
        "https://site.example/x.png",
        "//site.example/x.png",
        "data:image/png;base64,AAAA",
        "/" + "x" * 5000 + ".png",
    ]
    body = "".join(f'<p><img src="{address}" alt="x"></p>\n' for address in addresses)
    assert bookmark(library, body) is None
    assert kept(library) == {}


def test_a_symlink_inside_the_site_is_followed(library: Library) -> None:
    content = put(library.folder / "assets/a.png")
    (library.folder / "images").symlink_to("assets")
    bookmark(library, "![](/images/a.png)")
    assert kept(library) == {"images/a.png": content}


def test_what_is_too_large_is_left_out_and_said(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "LARGEST_IMAGE", 100)
    monkeypatch.setattr(capture, "LARGEST_SUM", 250)
    body = ""
    for number, size in enumerate((100, 101, 100, 60, 50)):
        put(library.folder / f"{number}.png", PNG + bytes([number]) * (size - len(PNG)))
        body += f"![](/{number}.png)\n\n"
    said = describe(bookmark(library, body))
    assert said == "2 of its images are too large to be kept."
    assert kept(library).keys() == {"0.png", "2.png", "4.png"}
    store = library.open()
    (mark,) = store.bookmarks.all()
    assert mark.left_out == ("/1.png", "/3.png")


def test_an_image_that_two_posts_show_is_kept_once_and_goes_with_the_last(
    library: Library,
) -> None:
    put(library.folder / "logo.png", PNG + b"logo" * 1000)
    for name in ("a", "b"):
        library.write(f"{name}.md", title=name, body="![](/logo.png)\n\n![](/logo.png)")
    store = library.scanned()
    ids = {name: id_of(store, name) for name in ("a", "b")}
    for post_id in ids.values():
        store.bookmarks.set_bookmarked(post_id, True)

    def blobs() -> int:
        with closing(sqlite3.connect(library.data / "state.db")) as db:
            return int(db.execute("SELECT count(*) FROM blobs").fetchone()[0])

    def push_out_of_the_journal() -> None:
        for number in range(201):
            store.marks.set_read([ids["a"]], number % 2 == 0)

    assert blobs() == 1
    store.bookmarks.set_bookmarked(ids["a"], False)
    push_out_of_the_journal()
    assert blobs() == 1
    assert kept(library, "_posts/b.md") == {"logo.png": PNG + b"logo" * 1000}
    store.bookmarks.set_bookmarked(ids["b"], False)
    assert blobs() == 1
    push_out_of_the_journal()
    assert blobs() == 0


def test_images_come_back_with_undo_and_change_with_an_update(library: Library) -> None:
    put(library.folder / "a.png", PNG + b"one")
    bookmark(library, "![](/a.png)")
    store = library.open()
    a = id_of(store, "a")
    put(library.folder / "a.png", PNG + b"two")
    assert store.bookmarks.update(a)
    assert kept(library) == {"a.png": PNG + b"two"}
    store.marks.undo()
    assert kept(library) == {"a.png": PNG + b"one"}
    store.bookmarks.set_bookmarked(a, False)
    (library.folder / "a.png").unlink()
    store.marks.undo()
    assert kept(library) == {"a.png": PNG + b"one"}


STRANGE = (
    "/_plugins/evil.rb",
    "/_plugins/evil.png",
    "/_config.yml",
    "/Gemfile",
    "/private-notes.md",
    "/.git/config",
    "/.git/a.png",
    "/\u200c.git/a.png",
    "/\uff0egit/a.png",
    "/git~1/a.png",
    "/_Posts/a.png",
    "/notes.png",
    "/page.svg",
)


def test_only_images_of_plain_names_are_taken_from_a_site(library: Library) -> None:
    for path in STRANGE:
        content = b"# text" if path in ("/notes.png", "/page.svg") else PNG
        put(library.folder / path.lstrip("/"), content)
    put(library.folder / "good.png")
    body = "".join(f'<p><img src="{path}" alt="x"></p>' for path in (*STRANGE, "/good.png"))
    assert bookmark(library, body) is None
    assert kept(library) == {"good.png": PNG}


def test_an_address_that_no_host_can_have_is_looked_for_as_a_path(library: Library) -> None:
    library.folder.joinpath("_config.yml").write_text("url: https://site.example\n", "utf-8")
    content = put(library.folder / "[a" / "b.png")
    bookmark(
        library, "<img src='https://site.example//[a/b.png'><img src='https://site.example//[c'>"
    )
    assert kept(library) == {"[a/b.png": content}
