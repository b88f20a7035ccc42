"""`newsreader marks`."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from newsreader.article.reading_place import ReadingPlace
from newsreader.cli.commands import marks
from newsreader.cli.library import open_store
from newsreader.store import PostId, Query, Source
from tests.cli.conftest import Run


@pytest.fixture
def marked(run: Run, library: Path) -> Path:
    """A library of which one post is read, and another was left in the middle."""
    run("list", "--source", library)
    with open_store([Source(library)]) as store:
        first, second, _ = (PostId(row.post_id) for row in store.lists.page(Query(), 0, 9))
        store.marks.set_read([first], True, opened=True)
        store.places.save(second, ReadingPlace(3, "几个字"))
    return library


def use_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands find their files in another home."""
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


def test_a_second_machine_has_what_was_read_and_where(
    run: Run, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "marks.jsonl"
    done = run("marks", "export", file)
    assert (done.code, done.err, done.out) == (0, "", f"2 posts in {file}; 1 file written.\n")
    assert run("marks", "export", file).out == f"2 posts in {file}; nothing new written.\n"

    other = tmp_path / "other"
    shutil.move(marked, other / "posts")
    use_home(other, monkeypatch)
    run("sources", "add", other / "posts")
    done = run("marks", "import", file)
    assert (done.code, done.out) == (0, "1 post marked read; 1 reading place taken.\n")
    assert done.err == (
        f"newsreader: {marked} is {other}/posts here: what is known of its posts counts there.\n"
    )
    assert run("marks", "import", file).out == (
        "0 posts marked read, 1 were read already; 0 reading places taken, 1 kept as here.\n"
    )
    assert len(run("list", "is:unread").out.splitlines()) == 2
    again = [json.loads(each) for each in run("marks", "export").out.splitlines()]
    assert [post["source"] for post in again[1:]] == ["~/posts", "~/posts"]


def test_an_export_goes_through_a_pipe_in_utf_8(
    run: Run, marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = io.BytesIO()
    with monkeypatch.context() as patch:
        stream = io.TextIOWrapper(pipe, encoding="gbk")
        patch.setattr(sys, "stdout", stream)
        assert run("marks", "export", "--source", marked).code == 0
    raw = pipe.getvalue()
    assert [json.loads(line.decode()).get("read") for line in raw.splitlines()] == [
        None,
        *(False, True),
    ]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert run("marks", "import", "-").out.startswith("0 posts marked read, 1 were read already;")


def test_what_is_wrong_is_said(
    run: Run, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.md").write_text("mine")
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(run("marks", "export").out.encode() + b"\x1b[31m\n{}\n" * 30)

    done = run("marks", "import", bad)
    assert (done.code, done.out) == (
        1,
        "0 posts marked read, 1 were read already; 0 reading places taken, 1 kept as here.\n",
    )
    lines = done.err.splitlines()
    assert lines[1] == f"newsreader: Not imported: line 5 ('read') of {bad}."
    assert lines[20:] == ["newsreader: 40 more problems."]
    assert "\x1b" not in done.err
    for words, said in (
        (("export", tmp_path / "notes.md"), "This file is no export of the kind; "),
        (("export", tmp_path / "nowhere/marks"), "This cannot be written (no such file"),
        (("export", "--source", tmp_path / "x"), "Nothing is known of posts of "),
        (("import", tmp_path / "notes.md"), "These are no exported read marks: "),
        (("import", tmp_path / "none"), f"{tmp_path}/none: No such file"),
        (("import", tmp_path), f"{tmp_path}: Is a directory"),
    ):
        done = run("marks", *words)
        assert done.code == 1
        assert done.err.startswith(f"newsreader: {said}")
    monkeypatch.setattr(marks, "LARGEST_MARKS", 10)
    assert run("marks", "import", bad).err == f"newsreader: {bad}: File too large.\n"
    monkeypatch.setattr(sys, "stdin", None)
    assert run("marks", "import", "-").err == "newsreader: Standard input is closed.\n"


@pytest.mark.parametrize(
    "words", [(), ("list",), ("import",), ("import", ""), ("export", "a", "b")]
)
def test_wrong_usage_is_2(run: Run, words: tuple[str, ...]) -> None:
    done = run("marks", *words)
    assert (done.code, done.out) == (2, "")
