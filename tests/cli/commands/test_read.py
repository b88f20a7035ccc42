"""`newsreader [PATH ...]`: what is opened, and what is said before the screen is taken."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsreader import paths
from newsreader.cli.commands import read
from newsreader.cli.update_process import UpdateService
from newsreader.config.choices import ChoiceFile
from newsreader.config.model import Config
from newsreader.feeds.fetch_process import FeedService
from newsreader.store import PostStore, Source
from tests.cli.conftest import Configure, Run, Spawn


class Screen:
    """Stands in for the reader and notes what it is given."""

    def __init__(self) -> None:
        self.sources: tuple[Source, ...] | None = None
        self.theme = ""
        self.notices: Sequence[str] = ()
        self.feeds: FeedService | None = None
        self.updates: UpdateService | None = None
        self.welcome = False

    def run(
        self,
        store: PostStore,
        config: Config,
        notices: Sequence[str] = (),
        *,
        feeds: FeedService | None = None,
        choices: ChoiceFile | None = None,
        updates: UpdateService | None = None,
        welcome: bool = False,
        trace: Path | None = None,
        width: object = None,
    ) -> int:
        self.welcome = welcome
        self.sources = store.sources
        self.theme = config.theme
        self.notices = notices
        self.feeds = feeds
        self.updates = updates
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
    assert not screen.notices


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
    assert not screen.notices


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
    assert screen.welcome
    assert screen.notices[0].startswith("These are the sample posts; ")
    assert "`newsreader FOLDER`" in screen.notices[0]
    assert len(screen.notices[0]) < 78  # whole, on a screen of 80 columns
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
    assert screen.notices == ["There is no folder or file /no/such/folder."]
    assert not screen.welcome
    assert done.err == f"newsreader: {screen.notices[0]}\n"


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
    assert screen.notices[0].startswith("config.yaml:1: unknown option `a`.")
    assert done.err == f"newsreader: {file.parent}/{screen.notices[0]}\n"


def test_of_many_problems_the_screen_tells_all(
    run: Run, screen: Screen, library: Path, configure: Configure
) -> None:
    configure("a: 1\nb: 1\nc: 1\n")
    done = run(library)

    assert [notice[:14] for notice in screen.notices] == [
        f"config.yaml:{line}:" for line in (1, 2, 3)
    ]
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
    monkeypatch.setattr("newsreader.tui.run", lambda *_, **__: 3)

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


@pytest.mark.long
def test_without_a_terminal_the_reader_prints_the_list(spawn: Spawn, library: Path) -> None:
    reader = spawn(library)
    listed = spawn("list", "--source", library)

    assert (reader.returncode, reader.stderr) == (0, b"")
    assert reader.stdout == listed.stdout
    assert b"\x1b" not in reader.stdout


def test_feeds_are_opened_beside_the_sources_and_can_be_fetched(
    run: Run, screen: Screen, library: Path, configure: Configure, home: Path
) -> None:
    configure(f"feeds: [http://a.example/]\nsources: ['{library}']\n")
    feeds = home / "data" / "newsreader" / "feeds"
    run()
    both, service = screen.sources, screen.feeds
    run(library)

    assert both == (Source(library), Source(feeds, "Feeds"))
    assert service is not None
    assert screen.sources == (Source(library),)
    assert screen.feeds is None


def test_feeds_alone_are_opened_before_the_first_fetch(
    run: Run, screen: Screen, configure: Configure, home: Path
) -> None:
    configure("feeds: [http://a.example/]\n")
    done = run()

    assert (done.code, done.err) == (0, "")
    assert screen.sources == (Source(home / "data" / "newsreader" / "feeds", "Feeds"),)
    assert "F5" in screen.notices[0]


def test_update_commands_of_the_sources_that_are_read_are_run_by_a_process(
    run: Run, screen: Screen, library: Path, first: Path, configure: Configure
) -> None:
    configure(
        f"sources:\n- path: {library}\n  name: N\n  update: echo one; false\n- {first}\n"
        "update-interval: 5\n"
    )
    run(first)
    without = screen.updates
    run()
    updates = screen.updates

    assert without is None
    assert updates is not None
    assert updates.minutes == 5
    begin, end = updates.update()
    assert (begin.done, begin.total, end.done, end.name) == (0, 1, 1, "N")
    assert end.problem == "echo one; false ended with exit code 1. one"
    updates.stop()  # it has ended
