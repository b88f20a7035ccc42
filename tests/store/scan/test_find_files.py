"""Which files are posts."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsreader.problems import Problem
from newsreader.store import Source, SourceError, check_source, find_posts, holds_posts
from newsreader.store.scan.find_files import find_folders
from newsreader.store.scan.folder_times import FolderErrors

POST = "---\ntitle: a\n---\nText.\n"


def lay_out(folder: Path, names: Iterable[str], text: str = POST) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(source: Path) -> set[str]:
    return {post.path for post in find_posts(Source(source))}


def site_paths(source: Path) -> set[str]:
    return {post.site_path for post in find_posts(Source(source))}


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.MKD", "a.Html", "a.htm", "。 #%?.md"])
def test_posts_of_every_suffix_are_found_in_posts_folders_at_any_depth(
    tmp_path: Path, name: str
) -> None:
    lay_out(tmp_path, [f"_posts/{name}", f"en/news/_posts/2020/{name}"])
    assert found(tmp_path) == {f"_posts/{name}", f"en/news/_posts/2020/{name}"}


@pytest.mark.parametrize(
    "name",
    [
        "_posts/a.txt",
        "_posts/a.md~",
        "_posts/.hidden/a.md",
        "_posts/_more/a.md",
        "_drafts/a.md",
        "_drafts/_posts/a.md",
        ".git/_posts/a.md",
        "vendor/_posts/a.md",
        "node_modules/x/_posts/a.md",
        "test/x_posts/a.md",
        "about.md",
    ],
)
def test_other_files_are_passed_over(tmp_path: Path, name: str) -> None:
    lay_out(tmp_path, ["_posts/post.md", name])
    assert found(tmp_path) == {"_posts/post.md"}


def test_without_a_posts_folder_every_file_with_front_matter_is_a_post(tmp_path: Path) -> None:
    lay_out(tmp_path, ["a.md", "deep/b.html", "_drafts/c.md"])
    lay_out(tmp_path, ["readme.md"], "# Read me\n")
    assert found(tmp_path) == {"a.md", "deep/b.html"}


def test_an_empty_posts_folder_still_says_where_posts_are(tmp_path: Path) -> None:
    lay_out(tmp_path, ["a.md"])
    (tmp_path / "_posts").mkdir()
    assert found(tmp_path) == set()
    assert not holds_posts(Source(tmp_path))


def test_a_source_that_is_a_file_is_that_post_whatever_its_name(tmp_path: Path) -> None:
    lay_out(tmp_path, ["notes.txt", "other.md"])
    assert found(tmp_path / "notes.txt") == {"notes.txt"}
    assert site_paths(tmp_path / "notes.txt") == {"notes.txt"}


def test_a_path_below_the_site_keeps_the_folders_that_are_categories(tmp_path: Path) -> None:
    lay_out(tmp_path, ["site/_config.yml"], "title: Site\n")
    lay_out(tmp_path, ["site/en/news/_posts/a.md", "loose/_posts/b.md"])
    assert site_paths(tmp_path) == {"en/news/_posts/a.md", "loose/_posts/b.md"}
    assert site_paths(tmp_path / "site/en") == {"en/news/_posts/a.md"}
    assert site_paths(tmp_path / "site/en/news/_posts") == {"en/news/_posts/a.md"}
    assert site_paths(tmp_path / "site/en/news/_posts/a.md") == {"en/news/_posts/a.md"}
    assert found(tmp_path / "site/en/news/_posts") == {"a.md"}


def test_a_folder_below_a_posts_folder_may_be_the_source(tmp_path: Path) -> None:
    lay_out(tmp_path, ["_posts/2020/a.md"], "No front matter.")
    assert found(tmp_path / "_posts/2020") == {"a.md"}


def test_links_are_followed_inside_the_source_only_and_never_round(tmp_path: Path) -> None:
    source = tmp_path / "source"
    lay_out(tmp_path, ["outside/_posts/b.md", "source/articles/a.md", "source/_posts/c.md"])
    (source / "loop").symlink_to(source)
    (source / "_posts/again").symlink_to(source / "_posts")
    (source / "away").symlink_to(tmp_path / "outside")
    (source / "_posts/away.md").symlink_to(tmp_path / "outside/_posts/b.md")
    (source / "_posts/broken.md").symlink_to(source / "nothing")
    (source / "_posts/round.md").symlink_to(source / "_posts/round.md")
    (source / "_posts/inside.md").symlink_to(source / "articles/a.md")
    (source / "_posts/more").symlink_to(source / "articles")
    assert found(source) == {"_posts/c.md", "_posts/inside.md", "_posts/more/a.md"}


def test_a_name_that_is_no_utf8_is_found(tmp_path: Path) -> None:
    lay_out(tmp_path, ["_posts/a.md"])
    name = os.fsencode(tmp_path / "_posts") + b"/\xff\xfe.md"
    try:
        Path(os.fsdecode(name)).write_text(POST, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert found(tmp_path) == {"_posts/a.md", "_posts/\udcff\udcfe.md"}


def test_whether_there_are_posts_is_known_at_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, [f"_posts/{number:04}.md" for number in range(300)])
    (folder,) = find_folders(Source(tmp_path), FolderErrors(), most=1)
    assert len(folder.names) == 1
    assert holds_posts(Source(tmp_path))


def test_a_folder_that_cannot_be_listed_is_noted_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, ["_posts/a.md", "locked/_posts/b.md"])
    refuse(monkeypatch, tmp_path / "locked")
    errors = FolderErrors()
    folders = list(find_folders(Source(tmp_path), errors))
    assert [folder.prefix for folder in folders] == ["_posts/"]
    assert errors.folders == ["locked/"]
    assert errors.problems == [
        Problem("folder-unreadable", (str(tmp_path / "locked"), "permission denied"))
    ]


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have the system refuse to list a folder; file modes do not stop root."""
    scandir = os.scandir

    def refusing(path: str) -> os._ScandirIterator[str]:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("newsreader.store.scan.find_files.os.scandir", refusing)


def test_a_source_is_checked(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    lay_out(tmp_path, ["site/_posts/a.md", "note.txt"])
    check_source(tmp_path / "site")
    check_source(tmp_path / "note.txt")
    with pytest.raises(SourceError, match=r"^source-missing .*nowhere$"):
        check_source(tmp_path / "nowhere")
    with pytest.raises(SourceError, match=r"^source-without-posts .*empty$"):
        check_source(tmp_path / "empty")
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    with pytest.raises(SourceError, match=r"^source-neither "):
        check_source(fifo)
