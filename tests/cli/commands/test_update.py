"""`newsreader update`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.cli.source_updates import update_source
from newsreader.config.model import ConfiguredSource
from tests.cli.conftest import Configure, Run

POST = "---\ntitle: New\ndate: 2026-04-01\n---\nx\n"
Configured = Callable[[str], None]


@pytest.fixture
def updated_by(configure: Configure, library: Path) -> Configured:
    """Configures the library with an update command."""

    def write(command: str) -> None:
        sources = [{"path": str(library), "name": "News", "update": command}]
        configure(f"sources: {json.dumps(sources)}\n")

    return write


def test_what_a_command_brings_is_indexed(run: Run, library: Path, updated_by: Configured) -> None:
    run("list", "--source", library)
    updated_by(f"printf '{POST!r}' > _posts/2026-04-01-new.md; echo Fast-forward")
    done = run("update")

    assert (done.code, done.err) == (0, "")
    first, second = done.out.splitlines()
    assert first.startswith("News: updated in ")
    assert first.endswith(" Fast-forward")
    assert second.startswith("4 posts: ")


def test_git_pull_updates_a_clone(
    run: Run, tmp_path: Path, configure: Configure, library: Path
) -> None:
    git = ["git", "-C", str(library), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(library), str(clone)], check=True)
    (library / "_posts/2026-04-01-new.md").write_text(POST, encoding="utf-8")
    for words in (["add", "."], ["commit", "-qm", "second"]):
        subprocess.run([*git, *words], check=True)
    configure(f"sources: [{{path: {clone}, update: git pull --ff-only}}]\n")
    run("index")
    done = run("update", clone)

    assert (done.code, done.err) == (0, "")
    assert "4 posts: 1 added" in done.out
    assert run("list", "title:New").code == 0


def test_a_command_that_fails_is_told_with_its_last_lines(run: Run, updated_by: Configured) -> None:
    # The last lines are written, and read, one by one.
    lines_alone = "for i in $(seq 30); do sleep 0.01; echo line $i; done"
    updated_by(
        f"for i in $(seq 1000); do echo line $i; done; {lines_alone}; echo '\x1b[2Jbad' >&2; exit 3"
    )
    done = run("update")

    assert done.code == 1
    lines = done.err.splitlines()
    assert lines[0].endswith("ended with exit code 3.")
    assert lines[0].startswith("newsreader: News: for i in ")
    assert lines[-1] == "newsreader:   [2Jbad"
    assert len(lines) == 21
    assert "3 posts" in done.out  # posts are looked for all the same


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/no/such/command", "/no/such/command cannot be started: No such file or directory."),
        ("kill -9 $$", "kill -9 $$ ended with signal 9."),
        ("false", "false ended with exit code 1."),
    ],
)
def test_a_command_that_cannot_be_run_is_told(
    run: Run, updated_by: Configured, command: str, told: str
) -> None:
    updated_by(command)
    done = run("update", "--no-index")

    assert (done.code, done.out, done.err) == (1, "", f"newsreader: News: {told}\n")


@pytest.mark.long
def test_a_command_that_does_not_end_is_ended_with_all_it_started(library: Path) -> None:
    late = f"touch '{library}/late'"  # which no other run of the tests has
    source = ConfiguredSource(library, update=f"trap '' TERM; (sleep 60; {late}) & sleep 60 | cat")
    done = update_source(source, seconds=0.5)

    assert done.problem.endswith("did not end within 0 s.")
    assert done.seconds < 20
    found = subprocess.run(["pgrep", "-f", late], capture_output=True, check=False)
    assert found.stdout == b""


def test_a_command_is_asked_nothing(library: Path) -> None:
    source = ConfiguredSource(library, update='read answer; test -t 0; echo "<$answer> $?"; cat')
    assert update_source(source, seconds=20).output == ("<> 1",)


def test_a_source_that_is_a_file_is_updated_in_its_folder(first: Path) -> None:
    assert update_source(ConfiguredSource(first, update="pwd")).output == (str(first.parent),)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    done = update_source(ConfiguredSource(tmp_path / "a" / "b", update="true"))
    assert "cannot be started" in done.problem


def test_names_choose_what_is_updated(
    run: Run, configure: Configure, library: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text(POST, encoding="utf-8")
    one = {"path": str(library), "name": "One", "update": "echo one"}
    configure(f"sources: {json.dumps([one, {'path': str(other), 'name': 'Two'}])}\n")

    assert [line[:3] for line in run("update").out.splitlines()] == ["One", "4 p"]
    done = run("update", "--no-index", "Two", "Three", "One")
    assert done.code == 1
    assert done.err.splitlines() == [
        "newsreader: The source Two has no update command.",
        "newsreader: There is no source Three.",
    ]
    assert done.out.startswith("One: updated")


def test_without_commands_it_is_said_how_to_have_one(run: Run, configure: Configure) -> None:
    done = run("update")
    assert (done.code, done.out) == (1, "")
    assert "No source has an update command" in done.err


def test_as_json_each_step_is_an_object(run: Run, updated_by: Configured, library: Path) -> None:
    updated_by("echo a; echo b; false")
    done = run("update", "--json")

    begin, end = (json.loads(line) for line in done.out.splitlines())
    assert begin == {"updating": 1}
    assert isinstance(end.pop("milliseconds"), int)
    assert end == {
        "name": "News",
        "path": str(library),
        "problem": "echo a; echo b; false ended with exit code 1.",
        "output": ["a", "b"],
    }
    assert done.code == 1


def test_sources_may_be_added_with_their_command(run: Run, library: Path, home: Path) -> None:
    assert run("sources", "add", library, "--update", "echo it's done").code == 1
    assert run("sources", "add", library, "--update", 'echo "all done"').code == 0
    assert "all done" in run("update").out
