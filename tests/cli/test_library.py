"""Which sources a command works on."""

from __future__ import annotations

from pathlib import Path

from newsreader.cli.library import config_path, open_library, open_store
from newsreader.cli.requests import Common
from newsreader.config.load_config import load_config
from tests.cli.conftest import Configure, Run


def test_several_sources_are_one_list(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("---\ntitle: Other\ndate: 2026-02-15\n---\n", encoding="utf-8")

    done = run("--source", library, "list", "--source", other, "--source", library)

    assert [line.split()[-1] for line in done.out.splitlines()][1] == "Other"
    assert len(done.out.splitlines()) == 4


def test_without_a_source_the_config_says_what_to_list(
    run: Run, library: Path, configure: Configure
) -> None:
    configure(f"sources: [{library}]\n")

    assert len(run("list").out.splitlines()) == 3


def test_without_anything_the_samples_are_listed(run: Run) -> None:
    done = run("list", "--limit", "3")

    assert done.code == 0
    assert len(done.out.splitlines()) == 3
    assert done.err == (
        "newsreader: These are the sample posts; `newsreader FOLDER` opens your own,"
        " `newsreader feeds add URL` follows a site.\n"
    )


def test_a_configured_source_that_is_missing_is_told_and_the_others_are_used(
    run: Run, library: Path, configure: Configure
) -> None:
    configure(f"sources: [/no/such/folder, {library}]\n")
    done = run("list")

    assert done.code == 0
    assert done.err == "newsreader: There is no folder or file /no/such/folder.\n"
    assert len(done.out.splitlines()) == 3


def test_where_all_configured_sources_are_missing_nothing_is_listed(
    run: Run, configure: Configure
) -> None:
    configure("sources: [/no/such/folder]\n")
    done = run("list")

    assert (done.code, done.out) == (1, "")
    assert "None of the configured sources can be read." in done.err


def test_a_named_source_that_is_missing_is_a_failure(run: Run, library: Path) -> None:
    done = run("list", "--source", library, "--source", "/no/such/folder")

    assert (done.code, done.out) == (1, "")
    assert done.err == "newsreader: There is no folder or file /no/such/folder.\n"


def test_the_config_may_be_named(run: Run, library: Path, tmp_path: Path) -> None:
    config = tmp_path / "other.yaml"
    config.write_text("sources: [site]\n", encoding="utf-8")

    assert len(run("list", "--config", config).out.splitlines()) == 3


def test_a_mistake_in_the_config_is_told_and_the_rest_is_used(
    run: Run, library: Path, configure: Configure
) -> None:
    config = configure(f"sourcs: []\nsources: [{library}]\n")
    done = run("list")

    assert done.code == 0
    assert len(done.out.splitlines()) == 3
    assert done.err.startswith(f"newsreader: {config}:1: unknown option `sourcs`; did you mean")


def test_categories_have_the_names_that_the_config_gives_them_and_some_are_hidden(
    run: Run, library: Path, configure: Configure
) -> None:
    (library / "_posts/2026-05-01-a.md").write_text(
        "---\ntitle: A\ncategories: drafts\n---\n", encoding="utf-8"
    )
    labels = "labels: {caijing: 理财, drafts: 草稿}"
    configure(f"sources:\n- path: {library}\n  {labels}\n  hidden: drafts\n")
    config = load_config(config_path(Common()))
    for sources in (open_library(Common()).sources, open_library(Common((library,))).sources):
        run("index")
        with open_store(sources) as store:
            shown = [(each.title, each.scope.name) for each in store.lists.overview().categories]
            assert shown == [("理财", "caijing")]
            assert store.lists.overview().everything.total == 4

    assert config.problems == ()
    rows = run("list").out.splitlines()
    assert any("理财" in row for row in rows)
    assert any("草稿" in row for row in rows)  # its posts are there
    for named in ("理财", "caijing"):
        assert len(run("list", f"category:{named}").out.splitlines()) == 1
