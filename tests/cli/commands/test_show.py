"""`newsreader show`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.article.parse import body_html
from newsreader.files import FileContent, read_regular
from tests.cli.conftest import COMMAND, Run, Spawn, terminal

KEYS = "path title date categories tags link headings links words text".split()  # noqa: SIM905


def test_a_post_is_printed_as_text(run: Run, first: Path) -> None:
    done = run("show", first)

    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == '他说"好"了'
    assert lines[1] == "2026-03-01 08:30 · caijing · 财经 · 1 min"
    assert "甲乙" in lines
    assert "小标题" in lines
    assert "\x1b" not in done.out


def test_a_post_is_printed_as_one_json_object(run: Run, first: Path) -> None:
    done = run("show", "--format", "json", first)

    assert (done.code, done.err) == (0, "")
    assert "他说" in done.out
    shown = json.loads(done.out)
    assert list(shown) == KEYS
    text = shown.pop("text")
    assert "甲乙" in text
    assert text == text.strip("\n")
    assert shown == {
        "path": str(first),
        "title": '他说"好"了',
        "date": "2026-03-01T08:30:00+08:00",
        "categories": ["caijing"],
        "tags": ["财经"],
        "link": "https://example.org/1",
        "headings": [{"level": 2, "text": "小标题"}],
        "links": [{"text": "丁", "url": "https://example.org/2"}],
        "words": 9,
    }


def test_a_folder_is_all_its_posts_the_newest_names_first(run: Run, library: Path) -> None:
    done = run("show", "--format", "json", library)

    assert (done.code, done.err) == (0, "")
    shown = [json.loads(line) for line in done.out.splitlines()]
    assert [each["title"] for each in shown] == ["Third", '他说"好"了', "Second"]
    assert [each["date"] is None for each in shown] == [True, False, False]


def test_folders_between_the_root_and_the_posts_are_categories(run: Run, library: Path) -> None:
    (library / "_config.yml").write_text("title: T\n", encoding="utf-8")
    file = library / "en/news/_posts/2026-05-01-a.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: A\n---\n", encoding="utf-8")

    for path in (file, library / "en", library):
        done = run("show", "--format", "json", path)
        shown = [json.loads(line) for line in done.out.splitlines()]
        assert next(each for each in shown if each["title"] == "A")["categories"] == ["en", "news"]


def test_what_is_not_published_is_shown_only_by_its_own_name(run: Run, library: Path) -> None:
    draft = library / "_posts/2026-08-01-draft.md"
    draft.write_text("---\ntitle: Draft\npublished: false\n---\n", encoding="utf-8")

    assert "Draft" not in run("show", library).out
    assert "Draft" in run("show", draft).out


def test_a_post_that_cannot_be_read_is_told_and_the_rest_is_shown(
    run: Run, library: Path, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, limit: int, *, truncate: bool) -> FileContent:
        if Path(path).name in {first.name, "third.md"}:
            raise PermissionError(13, "Permission denied", path)
        return read_regular(path, limit, truncate=truncate)

    monkeypatch.setattr("newsreader.cli.commands.show.read_regular", refuse)
    done = run("show", library)

    assert done.code == 1
    assert done.err.splitlines() == [
        f"newsreader: {library}/_posts/third.md: Permission denied.",
        f"newsreader: {first}: Permission denied.",
    ]
    assert done.out.startswith("Second\n")


def test_no_index_is_made(run: Run, library: Path, home: Path) -> None:
    run("show", library)

    assert list(home.iterdir()) == []


def test_posts_are_parted_by_a_rule(run: Run, library: Path) -> None:
    done = run("show", "--width", "30", library)

    assert done.out.count("\n" + "─" * 30 + "\n") == 2


@pytest.mark.parametrize("width", [10, 37, 84])
def test_no_line_is_wider_than_asked(run: Run, first: Path, width: int) -> None:
    done = run("show", "--width", width, first)

    widest = max(sum(1 + (char > "\u2e80") for char in line) for line in done.out.splitlines())
    assert widest <= width


def test_markdown_and_html(run: Run, first: Path) -> None:
    markdown = run("show", first, "--format", "markdown")
    html = run("show", first, "--format", "html")

    assert "甲**乙**" in markdown.out
    assert markdown.out.startswith("---\n")
    assert html.out.startswith('<article>\n<h1>他说"好"了</h1>\n')
    assert "<h2>小标题</h2>" in html.out
    assert (markdown.code, html.code) == (0, 0)


def test_a_title_cannot_be_markup_in_html(run: Run, tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: <script>x</script>\n---\nb\n", encoding="utf-8")

    assert "<script>" not in run("show", "--format", "html", post).out


def test_colour_comes_when_it_is_asked_for(run: Run, first: Path) -> None:
    plain = run("show", first).out
    coloured = run("show", "--color", "always", first).out

    assert "\x1b[1m" in coloured
    assert "\x1b]8;" in coloured  # links that a terminal opens
    assert run("show", "--color", "never", first).out == plain
    assert "\x1b" not in plain


def test_no_color_does_not_overrule_the_option(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: T\n---\n# A\n\nb\n", encoding="utf-8")
    coloured = run("show", "--color", "always", post).out
    monkeypatch.setenv("NO_COLOR", "1")

    assert run("show", "--color", "always", post).out == coloured


def test_standard_input_is_a_post(spawn: Spawn, first: Path) -> None:
    done = spawn("show", "-", "--format", "json", stdin=first.read_bytes())

    assert (done.returncode, done.stderr) == (0, b"")
    shown = json.loads(done.stdout)
    assert (shown["path"], shown["title"]) == ("-", '他说"好"了')


def test_empty_standard_input_is_a_post_too(spawn: Spawn) -> None:
    done = spawn("show", "-")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.strip()


def test_what_is_not_there_is_told_and_the_rest_is_shown(run: Run, first: Path) -> None:
    done = run("show", "no-such-post.md", first)

    assert done.code == 1
    assert done.err == "newsreader: There is no folder, file or bookmark no-such-post.md.\n"
    assert "甲乙" in done.out


def test_a_folder_without_posts_is_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    done = run("show", folder)

    assert (done.code, done.out) == (1, "")
    assert done.err == f"newsreader: There are no posts in {folder}.\n"


def test_a_post_is_found_below_a_source(run: Run, library: Path) -> None:
    done = run("--source", library, "show", "_posts/2026-02-01-second.md")

    assert done.code == 0
    assert done.out.startswith("Second\n")


def test_a_bookmarked_post_is_shown_when_its_file_is_gone(
    run: Run, library: Path, first: Path
) -> None:
    assert run("--source", library, "bookmarks", "add", first).code == 0
    first.unlink()

    text = run("show", first)
    data = run("show", "--format", "json", first)

    assert (text.code, text.err) == (0, "")
    assert "甲乙" in text.out
    assert "the file is gone" in text.out
    assert json.loads(data.out)["path"] == str(first)
    assert json.loads(data.out)["categories"] == ["caijing"]


def test_a_post_whose_file_is_gone_without_a_bookmark_is_told(
    run: Run, library: Path, first: Path
) -> None:
    run("--source", library, "index")
    first.unlink()

    done = run("show", first)

    assert (done.code, done.out) == (1, "")
    assert "gone" in done.err or "There is no" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_path_cannot_command_the_terminal(run: Run) -> None:
    done = run("show", "a\x1b[2Jb")

    assert done.code == 1
    assert "\x1b" not in done.err


def test_a_broken_reading_state_does_not_hide_what_is_missing(run: Run, home: Path) -> None:
    state = home / "data/newsreader/state.db"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"no database at all" * 1000)

    done = run("show", "no-such-post.md")

    assert done.code == 1
    assert "no-such-post.md" in done.err
    assert str(state) in done.err
    assert state.read_bytes().startswith(b"no database")


@pytest.mark.long
def test_on_a_terminal_a_post_has_styles_and_fits(first: Path) -> None:
    wide = terminal("show", first, width=200)
    narrow = terminal("show", "--color", "never", first, width=20)

    assert "\x1b[1m" in wide
    assert max(map(len, narrow.splitlines())) <= 20


@pytest.mark.long
def test_no_color_leaves_no_colours_on_a_terminal(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: T\n---\n# A\n\n`b`\n", encoding="utf-8")

    assert "\x1b[35m" in terminal("show", post)
    bold = terminal("show", post, NO_COLOR="1")
    assert "\x1b[1m" in bold
    assert "35m" not in bold


def test_colours_may_be_forced_into_a_pipe(spawn: Spawn, first: Path) -> None:
    for variables in ({"FORCE_COLOR": "1"}, {"FORCE_COLOR": "3", "TERM": "dumb"}):
        assert b"\x1b[1m" in spawn("show", first, **variables).stdout
    for variables in ({}, {"FORCE_COLOR": ""}, {"FORCE_COLOR": "0"}):
        assert b"\x1b" not in spawn("show", first, **variables).stdout
    assert b"\x1b" not in spawn("show", first, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b" not in spawn("show", "--color", "never", first, FORCE_COLOR="1").stdout
    assert b"\x1b" not in spawn("show", "--json", first, FORCE_COLOR="1").stdout


@pytest.mark.parametrize("width", ["9", "1001", "-1", "wide", "1e2", "", "٣٠"])
def test_a_width_that_is_none_is_wrong_usage(run: Run, first: Path, width: str) -> None:
    done = run("show", f"--width={width}", first)

    assert (done.code, done.out) == (2, "")
    assert "is not a number from 10 to 1000" in done.err


def test_files_folders_and_standard_input_are_shown_in_the_order_they_are_named(
    spawn: Spawn, library: Path, first: Path
) -> None:
    second = library / "_posts/2026-02-01-second.md"
    done = spawn("show", "--json", second, "-", library, stdin=first.read_bytes())

    titles = [json.loads(line)["title"] for line in done.stdout.splitlines()]
    assert titles == ["Second", '他说"好"了', "Third", '他说"好"了', "Second"]


@pytest.mark.long
def test_headings_on_a_terminal_can_be_read_on_any_background(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: T\n---\nx\n\n## 标题\n\n- b\n\n> c\n", encoding="utf-8")

    shown = terminal("show", post)
    assert "\x1b[1;4m标题" in shown
    # No colour but red and magenta can be read on black and on white.
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3[02346-7]|9\d|38)[;m]", shown)
    assert "\x1b" not in terminal("show", post, TERM="dumb")


@pytest.mark.long
def test_a_post_may_come_through_a_pipe_of_the_shell(tmp_path: Path, first: Path) -> None:
    fifo = tmp_path / "fifo.md"
    os.mkfifo(fifo)
    process = subprocess.Popen([*COMMAND, "show", str(fifo)], stdout=subprocess.PIPE)
    fifo.write_bytes(first.read_bytes())
    out, _ = process.communicate(timeout=30)

    assert out.decode().startswith('他说"好"了\n')


@pytest.mark.long
def test_closed_standard_input_is_told() -> None:
    command = f"{sys.executable} -m newsreader show - <&-"
    done = subprocess.run(command, shell=True, check=False, capture_output=True)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"newsreader: Standard input is closed.\n"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_that_an_article_is_cut_stands_below_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(body_html, "MAX_BODY", 1_000)
    post = tmp_path / "a.md"
    post.write_text(f"---\ntitle: T\n---\n{'word ' * 1_000}\n", encoding="utf-8")

    printed = " ".join(run("show", "--format", form, post).out.split())
    assert "only its first 1,000 characters are shown." in printed.replace("\\n", " ")


@pytest.mark.long
def test_of_a_post_of_unlikely_size_the_beginning_is_printed(run: Run, tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: The title\n---\nThe beginning.\n")
    os.truncate(post, 3 << 30)  # Sparse: it takes no room.
    done = run("show", "--format", "markdown", post)
    assert (done.code, done.err) == (0, "")
    assert "The beginning." in done.out
