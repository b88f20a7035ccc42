"""`newsreader [PATH ...]`: what is opened, and what is said before the screen is taken."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from newsreader import paths
from newsreader.cli import output
from newsreader.cli.commands import read
from newsreader.config.model import Config
from newsreader.store import PostStore, Source
from tests.cli.conftest import Run

Configure = Callable[[str], Path]


class Screen:
    """Stands in for the reader and notes what it is given."""

    def __init__(self) -> None:
        self.sources: tuple[Source, ...] | None = None
        self.theme = ""
        self.notice = ""

    def run(self, store: PostStore, config: Config, notice: str = "") -> int:
        self.sources = store.sources
        self.theme = config.theme
        self.notice = notice
        return 0


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    stand_in = Screen()
    monkeypatch.setattr("newsreader.tui.run", stand_in.run)
    monkeypatch.setattr(read, "is_terminal", lambda stream: True)
    return stand_in


def test_the_paths_are_opened(run: Run, screen: Screen, library: Path, first: Path) -> None:
    done = run(library, first, library / "_posts" / "..")

    assert (done.code, done.out, done.err) == (0, "", "")
    assert screen.sources == (Source(library), Source(first))
    assert screen.notice == ""


def test_a_source_is_opened_like_a_path(run: Run, screen: Screen, library: Path) -> None:
    run("--source", library)

    assert screen.sources == (Source(library),)


def test_a_link_is_the_place_it_leads_to(
    run: Run, screen: Screen, library: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(library)
    run(link)

    assert screen.sources == (Source(library),)


def test_without_a_path_the_configured_sources_are_opened(
    run: Run, screen: Screen, library: Path, configure: Configure
) -> None:
    configure(f"theme: nord\nsources:\n- path: {library}\n  name: 新闻\n")
    run()

    assert screen.sources == (Source(library, "新闻"),)
    assert screen.theme == "nord"
    assert screen.notice == ""


def test_a_path_keeps_the_name_that_the_config_gives_it(
    run: Run, screen: Screen, library: Path, configure: Configure
) -> None:
    configure(f"sources:\n- path: {library}\n  name: 新闻\n- /somewhere/else\n")
    done = run(library)

    assert screen.sources == (Source(library, "新闻"),)
    assert done.err == ""


def test_without_anything_the_samples_are_opened_with_a_notice(run: Run, screen: Screen) -> None:
    done = run()

    assert screen.sources == (Source(paths.sample_posts()),)
    assert screen.notice == ("These are the sample posts; `newsreader FOLDER` opens your own.")
    assert done.err == ""


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "There is no folder or file nowhere."),
        ("empty", "There are no posts in empty."),
        ("lsit", "There is no folder or file lsit. Did you mean the command `list`?"),
        ("a\x1b[2J", "There is no folder or file a[2J."),
    ],
)
def test_a_path_without_posts_is_told_before_the_screen_is_taken(
    run: Run,
    screen: Screen,
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    name: str,
    sentence: str,
) -> None:
    monkeypatch.chdir(library.parent)
    Path("empty").mkdir()
    done = run(library, name)

    assert (done.code, done.out, done.err) == (1, "", f"newsreader: {sentence}\n")
    assert screen.sources is None


def test_every_wrong_path_is_told(run: Run, screen: Screen) -> None:
    done = run("/no/a", "/no/b")

    assert done.err.splitlines() == [
        "newsreader: There is no folder or file /no/a.",
        "newsreader: There is no folder or file /no/b.",
    ]


def test_a_missing_configured_source_is_told_on_the_screen_too(
    run: Run, screen: Screen, library: Path, configure: Configure
) -> None:
    configure(f"sources: [/no/such/folder, {library}]\n")
    done = run()

    assert done.code == 0
    assert screen.sources == (Source(library),)
    assert screen.notice == "There is no folder or file /no/such/folder."
    assert done.err == f"newsreader: {screen.notice}\n"


def test_where_all_configured_sources_are_missing_the_screen_is_not_taken(
    run: Run, screen: Screen, configure: Configure
) -> None:
    configure("sources: [/no/such/folder]\n")

    assert run().code == 1
    assert screen.sources is None


def test_problems_of_the_config_are_told_before_and_on_the_screen(
    run: Run, screen: Screen, library: Path, configure: Configure
) -> None:
    file = configure("a: 1\ntheme: dracula\n")
    done = run(library)

    assert screen.theme == "dracula"
    assert screen.notice.startswith("config.yaml:1: unknown option `a`.")
    assert done.err == f"newsreader: {file.parent}/{screen.notice}\n"


def test_of_many_problems_the_screen_tells_the_first(
    run: Run, screen: Screen, library: Path, configure: Configure
) -> None:
    configure("a: 1\nb: 1\nc: 1\n")
    done = run(library)

    assert screen.notice.startswith("config.yaml:1: ")
    assert screen.notice.endswith(" 2 more problems were printed when it started.")
    assert len(done.err.splitlines()) == 3


def test_a_path_named_like_a_command_is_opened_as_a_path(
    run: Run, screen: Screen, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library.rename("list")

    for arguments in (["./list"], ["--", "list"]):
        run(*arguments)
        assert screen.sources == (Source(tmp_path / "list"),)


def test_the_screen_decides_the_exit_code(
    run: Run, screen: Screen, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.tui.run", lambda store, config, notice: 3)

    assert run(library).code == 3


def test_a_dumb_terminal_gets_the_list(
    run: Run, screen: Screen, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    done = run(library)

    assert done.code == 0
    assert screen.sources is None
    assert "Second" in done.out
    assert "Here is the list instead." in done.err


def test_the_screen_needs_standard_error(
    run: Run, screen: Screen, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "is_terminal", lambda stream: stream is not sys.stderr)
    done = run(library)

    assert screen.sources is None
    assert "standard error" in done.err
    assert "Second" in done.out


def terminal(*arguments: object, width: int = 80, **environment: str) -> str:
    """What a command writes on a terminal."""
    return str(
        pexpect.run(
            " ".join([sys.executable, "-m", "newsreader", *map(str, arguments)]),
            env={**os.environ, **environment},
            encoding="utf-8",
            timeout=30,
            dimensions=(24, width),
        )
    )


def test_on_a_terminal_a_post_has_styles_and_fits(first: Path) -> None:
    wide = terminal("show", first, width=200)
    narrow = terminal("show", "--color", "never", first, width=20)

    assert "\x1b[1m" in wide
    assert max(map(len, narrow.splitlines())) <= 20


def test_no_color_leaves_no_colours_on_a_terminal(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: T\n---\n# A\n\n`b`\n", encoding="utf-8")

    assert "\x1b[35m" in terminal("show", post)
    bold = terminal("show", post, NO_COLOR="1")
    assert "\x1b[1m" in bold
    assert "35m" not in bold


def test_headings_on_a_terminal_can_be_read_on_any_background(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: T\n---\nx\n\n## 标题\n\n- b\n\n> c\n", encoding="utf-8")

    shown = terminal("show", post)
    assert "\x1b[1;4m标题" in shown
    # No colour but red and magenta can be read on black and on white.
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3[02346-7]|9\d|38)[;m]", shown)
    assert "\x1b" not in terminal("show", post, TERM="dumb")


def test_on_a_terminal_the_list_fits(library: Path) -> None:
    whole = terminal("list", "--source", library, "--limit", "1", width=45)
    cut = terminal("list", "--source", library, "--limit", "1", width=41)

    assert whole == '2026-03-01 08:30  ●   财经        他说"好"了\r\n'
    assert cut == '2026-03-01 08:30  ●   财经        他说"…\r\n'


def test_a_path_cannot_command_a_terminal(library: Path) -> None:
    strange = library / "_posts" / "2026-09-01-a\x1b[2Jb.md"
    strange.write_text("---\ntitle: Strange\n---\n", encoding="utf-8")

    assert "\x1b[2J" not in terminal("list", "--source", library, "--format", "paths")


def test_the_width_of_a_text_is_that_of_the_terminal_but_not_too_wide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert output.terminal_width() == 80
    monkeypatch.setattr(output, "is_terminal", lambda stream: True)
    monkeypatch.setenv("COLUMNS", "200")
    assert output.terminal_width() == 200
