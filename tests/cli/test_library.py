"""Which sources a command works on."""

from __future__ import annotations

from pathlib import Path

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
