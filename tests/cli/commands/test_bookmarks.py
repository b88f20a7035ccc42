"""`newsreader bookmarks`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newsreader.article.parse import body_html
from tests.cli.conftest import Run


def test_a_bookmark_is_added_listed_and_removed(run: Run, library: Path, first: Path) -> None:
    added = run("--source", library, "bookmarks", "add", first)
    listed = run("bookmarks", "list")
    removed = run("bookmarks", "remove", first)

    assert (added.code, added.err, added.out) == (0, "", 'Bookmarked: 他说"好"了\n')
    assert listed.out.splitlines() == [
        '2026-03-01 08:30  他说"好"了',
        f"{'':18}{first}",
    ]
    assert (removed.code, removed.out) == (0, 'No longer bookmarked: 他说"好"了\n')
    assert run("bookmarks", "list").out == ""


def test_a_bookmark_outlives_its_file(run: Run, library: Path, first: Path) -> None:
    run("--source", library, "bookmarks", "add", first)
    first.unlink()

    listed = json.loads(run("bookmarks", "list", "--format", "json").out)
    saved = listed.pop("saved")
    assert listed == {
        "path": str(first),
        "title": '他说"好"了',
        "date": "2026-03-01T08:30:00+08:00",
        "gone": True,
        "changed": False,
        "note": "",
        "left_out": [],
    }
    assert saved.endswith("+00:00")
    assert "(the file is gone)" in run("bookmarks", "list").out
    assert run("bookmarks", "remove", first).code == 0
    assert run("bookmarks", "list").out == ""


def test_a_post_may_be_named_below_its_source(run: Run, library: Path) -> None:
    done = run("--source", library, "bookmarks", "add", "_posts/third.md")

    assert (done.code, done.out) == (0, "Bookmarked: Third\n")


def test_a_known_post_needs_no_source(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)

    assert run("bookmarks", "add", first).code == 0


def test_a_new_post_is_found(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)
    new = first.with_name("2026-04-01-new.md")
    new.write_text("---\ntitle: New\n---\n", encoding="utf-8")

    assert run("--source", library, "bookmarks", "add", new).out == "Bookmarked: New\n"


def test_what_cannot_be_bookmarked_is_told_and_the_rest_is_done(
    run: Run, library: Path, first: Path, tmp_path: Path
) -> None:
    stray = tmp_path / "stray.md"
    stray.write_text("x", encoding="utf-8")

    done = run("--source", library, "bookmarks", "add", "nowhere", library, stray, first)

    assert done.code == 1
    assert done.err.splitlines() == [
        "newsreader: There is no post nowhere.",
        f"newsreader: {library} is a folder; name the posts to bookmark.",
        f"newsreader: {stray} is in none of the sources; name its folder with --source.",
    ]
    assert done.out == 'Bookmarked: 他说"好"了\n'


def test_what_is_no_bookmark_cannot_be_removed(run: Run, library: Path, first: Path) -> None:
    run("list", "--source", library)
    done = run("bookmarks", "remove", first, "nowhere")

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"newsreader: There is no bookmark for {first}.",
        "newsreader: There is no bookmark for nowhere.",
    ]


def test_a_note_is_written_printed_listed_and_taken_away(
    run: Run, library: Path, first: Path
) -> None:
    run("--source", library, "bookmarks", "add", first)
    written = run("bookmarks", "note", first, "  好文章，\nread twice\x07 ")
    listed = run("bookmarks", "list")

    assert (written.code, written.out) == (0, 'Noted: 他说"好"了\n')
    assert run("bookmarks", "note", first).out.splitlines() == ["好文章，", "read twice"]
    assert listed.out.splitlines()[2:] == [f"{'':18}“好文章，”", f"{'':18}“read twice”"]
    assert run("bookmarks", "note", first, "").out == 'No longer noted: 他说"好"了\n'
    assert run("bookmarks", "note", first).out == ""
    missing = run("bookmarks", "note", "nowhere", "x")
    assert (missing.code, missing.err) == (1, "newsreader: There is no bookmark for nowhere.\n")


def test_a_changed_file_is_told_and_its_bookmark_updated(
    run: Run, library: Path, first: Path
) -> None:
    run("--source", library, "bookmarks", "add", first)
    assert run("bookmarks", "update", first).out == 'The file has not changed: 他说"好"了\n'
    first.write_text(first.read_text("utf-8") + "\nMore.\n", "utf-8")

    assert "(the file has changed)" in run("bookmarks", "list").out
    assert run("bookmarks", "update", first).out == 'Updated: 他说"好"了\n'
    assert "(the file has changed)" not in run("bookmarks", "list").out


def test_bookmarks_are_exported_and_imported(
    run: Run, library: Path, first: Path, home: Path, tmp_path: Path
) -> None:
    run("--source", library, "bookmarks", "add", first, library / "_posts/third.md")
    run("bookmarks", "note", first, "Good.")
    before = run("bookmarks", "list", "--format", "json").out
    out = tmp_path / "out"
    done = run("bookmarks", "export", out)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"2 bookmarks in {out}; 4 files written.\n"
    assert run("bookmarks", "export", out).out == f"2 bookmarks in {out}; nothing new written.\n"
    shutil.rmtree(home / "data")
    shutil.rmtree(home / "cache")
    done = run("bookmarks", "import", out)
    assert (done.code, done.err, done.out) == (0, "", "2 bookmarks imported.\n")
    done = run("bookmarks", "import", out)
    assert done.out == "0 bookmarks imported, 2 were there already.\n"
    assert run("bookmarks", "list", "--format", "json").out == before
    assert run("bookmarks", "export", tmp_path / "all.html").code == 0
    assert "<h1>Third</h1>" in (tmp_path / "all.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["all.pdf", "all.tar.gz", "all.txt"])
def test_an_ending_that_no_export_has_is_said_and_nothing_is_written(
    run: Run, library: Path, first: Path, tmp_path: Path, name: str
) -> None:
    run("bookmarks", "add", first, "--source", library)
    done = run("bookmarks", "export", tmp_path / name)

    assert (done.code, done.out) == (1, "")
    assert f"No export ends with .{name.rpartition('.')[2]}, only with .md" in done.err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["v1.2", "2026.11", "all.bookmarks", "notes.txt/"])
def test_a_folder_may_have_a_point_in_its_name(
    run: Run, library: Path, first: Path, tmp_path: Path, name: str
) -> None:
    run("bookmarks", "add", first, "--source", library)
    assert run("bookmarks", "export", f"{tmp_path}/{name}").code == 0
    assert (tmp_path / name / "bookmarks.json").exists()


def test_a_live_site_is_never_exported_into(
    run: Run, library: Path, first: Path, tmp_path: Path
) -> None:
    run("bookmarks", "add", first, "--source", library)
    site = tmp_path / "live"
    site.mkdir()
    (site / "_config.yml").write_text("title: Mine\n", encoding="utf-8")
    done = run("bookmarks", "export", site)

    assert (done.code, done.out) == (1, "")
    assert [path.name for path in site.iterdir()] == ["_config.yml"]
    assert (site / "_config.yml").read_text(encoding="utf-8") == "title: Mine\n"


def test_bookmarks_are_exported_where_there_can_be_no_index(
    run: Run, library: Path, first: Path, home: Path, tmp_path: Path
) -> None:
    run("--source", library, "bookmarks", "add", first)
    shutil.rmtree(home / "cache")
    (home / "cache").write_text("a file where the folder would be")
    shutil.rmtree(library)

    assert run("bookmarks", "export", tmp_path / "out").code == 0
    assert (tmp_path / "out/_posts/2026-03-01-first.md").is_file()
    listed = run("bookmarks", "list")
    assert listed.code == 0
    assert "(the file is gone)" in listed.out
    assert "A temporary index is used" in listed.err


def test_what_cannot_be_imported_is_told(run: Run, tmp_path: Path) -> None:
    done = run("bookmarks", "import", tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "holds no exported bookmarks" in done.err
    (tmp_path / "data").write_text("")
    done = run("bookmarks", "export", tmp_path / "data/x")
    assert (done.code, done.out) == (1, "")
    assert "cannot be written (not a directory)" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say list, add, remove, update, note, export or import"),
        (("export",), "export needs one FOLDER or FILE"),
        (("export", "a", "b"), "export needs one FOLDER or FILE"),
        (("import", ""), "import needs one FOLDER"),
        (("note",), "note needs a POST"),
        (("note", "a", "b", "c"), "note needs a POST, and the note in quotes"),
        (("update",), "update needs a POST"),
        (("list", "a"), "list takes no POST"),
    ],
)
def test_wrong_usage_is_told(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("bookmarks", *words)
    assert done.code == 2
    assert said in done.err


def test_nothing_is_exported_where_the_state_cannot_even_be_read(
    run: Run, library: Path, first: Path, home: Path
) -> None:
    run("--source", library, "bookmarks", "add", first)
    (state,) = home.rglob("state.db")
    for beside in state.parent.glob("state.db*"):
        beside.unlink()
    state.mkdir()
    done = run("bookmarks", "export", home / "out")
    assert (done.code, done.out) == (1, "")
    assert "cannot be used (is a directory)" in done.err
    assert not (home / "out").exists()


def test_that_an_article_is_cut_stands_in_an_exported_file_too(
    run: Run, tmp_path: Path, first: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--source", library, "bookmarks", "add", first)
    monkeypatch.setattr(body_html, "MAX_BODY", 10)

    for name in ("out.md", "out.html"):
        assert run("bookmarks", "export", tmp_path / name).code == 0
        assert "its first 10 characters are shown." in (tmp_path / name).read_text("utf-8")
