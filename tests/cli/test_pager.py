"""What a terminal shows page by page, and what it does not."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import COMMAND, Spawn, terminal

pytestmark = pytest.mark.long

MARKING = "sed s/^/PAGED:/"


def show(*words: object, **environment: str) -> tuple[str, int]:
    """What `show` writes on a terminal, and its exit code."""
    output, code = pexpect.run(
        shlex.join([*COMMAND, "show", *map(str, words)]),
        env={**os.environ, **environment},
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 80),
        withexitstatus=True,
    )
    return str(output), int(code)


@pytest.fixture
def long_post(tmp_path: Path) -> Path:
    post = tmp_path / "2026-01-01-long.md"
    lines = "\n\n".join(f"line {number}" for number in range(20_000))
    post.write_text(f"---\ntitle: Long\n---\n{lines}\n", encoding="utf-8")
    return post


def test_a_terminal_gets_its_posts_through_the_pager(first: Path) -> None:
    for form in ("text", "markdown", "html", "json"):
        output, code = show("--format", form, first, PAGER=MARKING)
        assert code == 0
        assert all(line.startswith("PAGED:") for line in output.splitlines())


def test_a_pager_may_be_a_line_for_the_shell(first: Path) -> None:
    output, _ = show("--color", "never", first, PAGER=f"{MARKING} | sed 's/$/!/'")

    assert output.startswith('PAGED:他说"好"了!')


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        ((), {"PAGER": ""}),
        ((), {"PAGER": "cat"}),
        ((), {"PAGER": "/no/such/pager --really"}),
        ((), {"PAGER": "'"}),
        (("--no-pager",), {"PAGER": MARKING}),
        ((), {"PAGER": MARKING, "TERM": "dumb"}),
    ],
)
def test_without_a_pager_it_is_printed_plainly(
    first: Path, words: tuple[str, ...], variables: dict[str, str]
) -> None:
    output, code = show("--color", "never", *words, first, **variables)

    assert code == 0
    assert output.startswith('他说"好"了')
    assert "newsreader" not in output


def test_a_pipe_never_goes_through_a_pager(spawn: Spawn, first: Path, tmp_path: Path) -> None:
    done = spawn("show", first, PAGER=f"tee {tmp_path / 'seen'}")

    assert done.stdout.decode().startswith('他说"好"了')
    assert not (tmp_path / "seen").exists()


@pytest.mark.parametrize("color", ["never", "always"])
def test_leaving_the_pager_early_is_quiet(long_post: Path, color: str) -> None:
    output, code = show("--color", color, long_post, PAGER="head -n 1")

    assert code == 0
    assert "Long" in output
    assert len(output.splitlines()) == 1


@pytest.mark.parametrize(("keys", "codes"), [("q", {0}), ("\x03q", {0, 130})])
def test_less_shows_a_long_post_page_by_page_and_q_leaves(
    long_post: Path, keys: str, codes: set[int]
) -> None:
    less = pexpect.spawn(
        sys.executable, ["-m", "newsreader", "show", str(long_post)], dimensions=(24, 80)
    )
    less.expect_exact("line 3")
    for key in keys:  # an interrupt is the pager's business
        less.send(key)
    less.expect(pexpect.EOF)
    less.close()

    assert less.exitstatus in codes
    assert b"Traceback" not in less.before


def test_what_cannot_be_shown_is_said_when_the_pager_is_done(first: Path) -> None:
    output, code = show("/no/such", first, PAGER=MARKING)

    assert code == 1
    assert output.splitlines()[-1] == ("newsreader: There is no folder, file or bookmark /no/such.")


def test_what_fits_on_the_screen_is_just_printed(first: Path) -> None:
    assert '他说"好"了' in terminal("show", first)
