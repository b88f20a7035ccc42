"""Where files live."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader import paths

XDG = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in XDG:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    return tmp_path


def test_every_place_is_below_the_home_folder_and_none_is_made(home: Path) -> None:
    places = [paths.config_file(), paths.cache_dir(), paths.data_dir(), paths.log_file()]

    assert all(place.is_relative_to(home) for place in places)
    assert len(set(places)) == len(places)
    assert list(home.iterdir()) == []


def test_the_disposable_and_the_precious_are_kept_apart(home: Path) -> None:
    cache, data = paths.cache_dir(), paths.data_dir()

    assert not cache.is_relative_to(data)
    assert not data.is_relative_to(cache)


def test_the_files_have_their_names(home: Path) -> None:
    assert paths.config_file().name == "config.yaml"
    assert paths.log_file().name == "newsreader.log"


def test_the_samples_of_the_installed_package_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "newsreader"
    package.mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)

    assert paths.sample_posts() == tmp_path / "sample_posts"

    (package / "sample_posts").mkdir()
    assert paths.sample_posts() == package / "sample_posts"


def test_the_samples_are_a_folder_here() -> None:
    assert paths.sample_posts().is_dir()


@pytest.mark.parametrize("name", ["state.db", "config.yaml"])
def test_on_macos_what_an_earlier_version_wrote_is_found(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def folder() -> Path:
        return paths.data_dir() if name == "state.db" else paths.config_file().parent

    monkeypatch.setattr(paths, "_PLATFORM", "darwin")
    now = folder()
    earlier = home / "Library" / "Application Support" / "newsreader"
    assert now != earlier
    earlier.mkdir(parents=True)
    assert folder() == now
    (earlier / name).touch()
    assert folder() == earlier
    now.mkdir(parents=True)
    (now / name).touch()
    assert folder() == now  # it was begun anew since, and that is what is in use
