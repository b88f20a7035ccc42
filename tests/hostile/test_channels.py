"""Every way out of the program, on folders that attack: nothing but text and styles comes out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newsreader import paths
from newsreader.cli import output
from newsreader.cli.commands import doctor
from tests.hostile.conftest import Done, Hostile, run, use_home
from tests.hostile.make_hostile import PAYLOADS, config_text
from tests.hostile.sequences import FORBIDDEN, LINES, read_stream

pytestmark = pytest.mark.long

MARKS = re.compile(rb"P([0-9]{3}) ")
EXPORTED_IN = ("md", "html", "json")


def check(done: Done, *, styles: bool = False) -> Done:
    """Hold what a command has written to the list."""
    for written in (done.out, done.err):
        stream = read_stream(written, LINES if styles else ())
        assert stream.attacks == []
    assert b"Traceback" not in done.out + done.err
    return done


@pytest.fixture(autouse=True)
def _in_home(home: Path) -> None:
    """Every test here runs in the home folder of the library."""


@pytest.mark.parametrize("on_terminal", [True, False])
def test_every_post_is_listed_in_a_table(hostile: Hostile, on_terminal: bool) -> None:
    done = check(run("--source", hostile.source, "list", on_terminal=on_terminal))
    assert len(set(MARKS.findall(done.out))) == hostile.posts
    assert len(done.out.splitlines()) == hostile.posts


def test_every_post_is_listed_by_its_path(hostile: Hostile) -> None:
    done = check(run("--source", hostile.source, "list", "--format", "paths"))
    assert len(done.out.splitlines()) == hostile.posts


def test_paths_in_a_pipe_are_those_of_the_files(hostile: Hostile) -> None:
    done = run("--source", hostile.source, "list", "--format", "paths", on_terminal=False)
    found = sorted(done.out.split(b"\n/"))
    assert len(found) == hostile.posts
    assert all(b"_posts/2024-01-01-" in path for path in found)


@pytest.mark.parametrize("command", [("list",), ("show",), ("bookmarks", "list")])
def test_json_holds_everything_and_a_terminal_obeys_none_of_it(
    hostile: Hostile, command: tuple[str, ...]
) -> None:
    named = [hostile.source] if command == ("show",) else []
    done = check(run("--source", hostile.source, *command, *named, "--format", "json"))
    records = [json.loads(line) for line in done.out.splitlines()]
    assert len(records) >= hostile.bookmarks
    for record in records:
        for key, value in record.items():
            if key != "path":
                assert not FORBIDDEN.search(json.dumps(value, ensure_ascii=False)), key


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_post_is_printed(hostile: Hostile, form: str) -> None:
    done = check(run("show", hostile.source, "--format", form, "--color", "never"))
    assert done.code == 0
    assert len(set(re.findall(rb"P[0-9]{3} ", done.out))) == hostile.posts
    assert len(set(re.findall(rb"E[0-9]{3}", done.out))) == hostile.posts


def test_every_post_is_printed_in_colour_with_links_that_are_clean(hostile: Hostile) -> None:
    done = check(run("show", hostile.source, "--color", "always"), styles=True)
    stream = read_stream(done.out, LINES)
    assert any(link.startswith("https://h.example/") for link in stream.links)
    assert any(link.startswith("mailto:") for link in stream.links)
    assert len(set(re.findall(r"P[0-9]{3} ", stream.text))) == hostile.posts


def test_markup_in_a_title_is_text(hostile: Hostile) -> None:
    done = run("show", hostile.source, "--color", "always", "--width", 200)
    text = read_stream(done.out, LINES).text
    assert f"P050 {PAYLOADS['markup']}" in text
    assert f"P052 {PAYLOADS['markup of rich']}" in text


def test_every_bookmark_is_listed(hostile: Hostile) -> None:
    done = check(run("bookmarks", "list", on_terminal=False))
    assert len(set(MARKS.findall(done.out))) == hostile.bookmarks
    assert len(set(re.findall(rb"Note [0-9]{3} ", done.out))) == hostile.bookmarks
    check(run("bookmarks", "list"))


def test_bookmarks_are_made_noted_and_taken_away(hostile: Hostile) -> None:
    paths_of = run("--source", hostile.source, "list", "--format", "paths", on_terminal=False).out
    found = [
        path.decode("utf-8", "surrogateescape") for path in re.split(rb"\n(?=/)", paths_of.strip())
    ][::6]
    for act in ("add", "update", "note", "remove"):
        if act == "note":
            for path, payload in zip(found, PAYLOADS.values(), strict=False):
                check(run("--source", hostile.source, "bookmarks", act, path, payload))
                check(run("--source", hostile.source, "bookmarks", act, path))
        else:
            assert check(run("--source", hostile.source, "bookmarks", act, *found)).code == 0


@pytest.mark.parametrize("suffix", EXPORTED_IN)
def test_exported_files_hold_clean_text(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"bookmarks.{suffix}"
    assert check(run("bookmarks", "export", target)).code == 0
    written = target.read_bytes()
    if suffix == "json":
        for bookmark in json.loads(written)["bookmarks"]:
            # The bytes of the post stay what they are.
            texts = {key: bookmark[key] for key in ("title", "categories", "tags", "note", "text")}
            assert not FORBIDDEN.search(json.dumps(texts, ensure_ascii=False))
    assert read_stream(written, ()).attacks == []


def test_an_exported_folder_comes_back_the_same(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = check(run("bookmarks", "export", tmp_path / "out"))
    assert f"{hostile.bookmarks} bookmarks in".encode() in done.out
    listed = run("bookmarks", "list", "--format", "json").out
    use_home(tmp_path / "home", monkeypatch)
    done = check(run("bookmarks", "import", tmp_path / "out"))
    assert f"{hostile.bookmarks} bookmarks imported".encode() in done.out
    assert run("bookmarks", "list", "--format", "json").out == listed


def test_what_an_import_leaves_out_is_named_cleanly(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "MAX_PROBLEMS", 1000)  # a person is shown fewer
    manifest = json.loads((hostile.export / "bookmarks.json").read_text(encoding="utf-8"))
    good = manifest["bookmarks"][0]
    manifest["bookmarks"] = [
        {**good, "title": payload, "path": f"{number}-{name}.md", name: payload}
        for number, payload in enumerate(PAYLOADS.values())
        for name in ("sha256", "file", "date", "saved_at", "images", "site", "position")
    ] + list(PAYLOADS.values())
    (tmp_path / "bookmarks.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = check(run("bookmarks", "import", tmp_path))
    assert (done.code, done.out) == (1, b"0 bookmarks imported.\n")
    assert len(done.err.splitlines()) == len(manifest["bookmarks"])


def test_marks_are_imported_and_exported_cleanly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "MAX_PROBLEMS", 1000)
    use_home(tmp_path / "home", monkeypatch)
    good = {"source": "/x", "path": "a.md", "read": True, "digest": "00"}
    place = {"offset": 1, "context": "", "at": "2026-01-01"}
    lines: list[object] = [{"format": "newsreader marks", "version": 1}]
    for payload in PAYLOADS.values():
        lines += [
            payload,
            *({**good, name: payload} for name in good),
            *({**good, "place": {**place, name: payload}} for name in place),
            {**good, "source": f"/{payload}", "path": payload, "place": place},
        ]
    file = tmp_path / "marks"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    done = check(run("marks", "import", file))
    assert done.code == 1
    assert len(done.err.splitlines()) > 3 * len(PAYLOADS)
    exported = check(run("marks", "export")).out
    assert len(exported.splitlines()) > len(PAYLOADS)
    for line in exported.splitlines():
        assert not FORBIDDEN.search(json.loads(line).get("place", {}).get("context", ""))


def test_a_config_file_and_the_report_of_doctor(hostile: Hostile, home: Path) -> None:
    config = home / "config.yaml"
    config.write_text(config_text([hostile.source]), encoding="utf-8")
    for command in (("doctor",), ("list", "--limit", "1"), ("index",)):
        check(run("--config", config, *command))
    broken = home / "broken.yaml"
    for payload in PAYLOADS.values():
        for text in (payload, f"theme: {payload}", f'"{payload}": x', f"sources: [{payload}"):
            broken.write_bytes(text.encode("utf-8", "surrogatepass"))
            check(run("--config", broken, "doctor"))


@pytest.mark.parametrize("what", PAYLOADS)
def test_errors_say_a_hostile_argument_cleanly(what: str, tmp_path: Path) -> None:
    payload = PAYLOADS[what]
    named = payload.replace("\0", "")
    for arguments in (
        (named,),
        ("--config", named),
        ("--source", named, "list"),
        ("show", named),
        ("show", "x", "--width", payload),
        ("show", "x", "--format", payload),
        ("show", f"--{payload}"),
        ("list", f"is:{payload}"),
        ("list", f'"{payload}'),
        ("list", f"after:{payload}"),
        ("list", "--limit", payload),
        ("index", payload),
        ("bookmarks", payload),
        ("bookmarks", "add", named),
        ("bookmarks", "import", tmp_path / named),
        ("marks", payload),
        ("marks", "import", tmp_path / named),
        ("doctor", payload),
    ):
        check(run(*arguments))


def test_the_log_file_holds_clean_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise ValueError("".join(PAYLOADS.values()))

    monkeypatch.setattr(doctor, "run", fail)
    paths.log_file().unlink(missing_ok=True)
    done = run("doctor")
    assert done.code == 1
    check(done)
    assert b"ValueError" in paths.log_file().read_bytes()
    assert read_stream(paths.log_file().read_bytes(), ()).attacks == []
