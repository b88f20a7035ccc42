"""What is built: the wheel, the sdist, and what their metadata say."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from pathlib import Path
from zipfile import ZipFile

import pytest

from newsreader import __version__

pytest.importorskip("hatchling")

from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from docs.make_man import completion_file, man_page
from hatch_build import index_page
from newsreader.cli.requests import COMMANDS
from newsreader.config.options import OPTIONS
from newsreader.tui.keys import KEYS

ROOT = Path(__file__).parents[1]
RELATIVE = re.compile(r"\]\((?!https?://|mailto:)")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with ZipFile(built) as archive:
        yield archive


@pytest.fixture(scope="module")
def metadata(wheel: ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return message_from_string(wheel.read(name).decode())


def test_the_distribution_has_a_name_of_its_own_and_the_command_keeps_its(
    wheel: ZipFile, metadata: Message
) -> None:
    assert (metadata["Name"], metadata["Version"]) == ("newsreader-tui", __version__)
    (name,) = (name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    assert "[console_scripts]\nnewsreader = newsreader.__main__:main" in wheel.read(name).decode()


def test_metadata_name_the_licence_the_pythons_and_where_more_is(metadata: Message) -> None:
    assert metadata["License-Expression"] == "GPL-3.0-or-later"
    assert metadata["Requires-Python"] == ">=3.11"
    classifiers = metadata.get_all("Classifier", [])
    for minor in (11, 12, 13, 14):
        assert f"Programming Language :: Python :: 3.{minor}" in classifiers
    urls = dict(url.split(", ", 1) for url in metadata.get_all("Project-URL", []))
    assert {"Homepage", "Documentation", "Changelog", "Source"} <= set(urls)
    assert all(url.startswith("https://pypi.org/project/newsreader-tui/") for url in urls.values())


def test_the_page_of_the_package_has_a_picture_and_no_link_that_leads_nowhere(
    metadata: Message,
) -> None:
    page = str(metadata.get_payload())
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert RELATIVE.search(page) is None
    assert "Categories" in page
    assert "┌" in page or "╭" in page or "│" in page
    assert f"## Changes in {__version__}" in page


def test_a_picture_becomes_characters_and_a_relative_link_its_words() -> None:
    readme = "# A\n\n![One](one.svg)\n\n![Two](docs/two.svg)\n\n[a](b.md) [c](https://d.org)\n"

    page = index_page(
        readme, "drawn\n", "# Changelog\n\n## [2.0] - x\n\n- New\n\n## [1.0]\n\n- Old\n"
    )

    assert "```text\ndrawn\n```" in page
    assert "svg" not in page
    assert "a [c](https://d.org)" in page
    assert page.endswith("## Changes in 2.0 - x\n\n- New\n")


def test_the_wheel_holds_types_styles_and_sample_posts(wheel: ZipFile) -> None:
    names = set(wheel.namelist())

    styles = {"newsreader/tui/newsreader.tcss", "newsreader/tui/late.tcss"}
    assert {"newsreader/py.typed", *styles} <= names
    assert sum(name.startswith("newsreader/sample_posts/") for name in names) >= 16
    assert not [name for name in names if name.startswith(("tests/", "docs/", "hatch_build"))]


def test_the_man_page_and_completions_are_installed_where_they_are_looked_for(
    wheel: ZipFile,
) -> None:
    installed = {name.partition(".data/data/")[2]: name for name in wheel.namelist()}

    page = wheel.read(installed["share/man/man1/newsreader.1"]).decode()
    assert page == man_page()
    wanted = {
        "bash": "share/bash-completion/completions/newsreader",
        "zsh": "share/zsh/site-functions/_newsreader",
        "fish": "share/fish/vendor_completions.d/newsreader.fish",
    }
    for shell, name in wanted.items():
        text = wheel.read(installed[name]).decode()
        assert "newsreader" in text
        made_by = text.rstrip().rpartition("\n")[2]
        if made_by == completion_file(shell).rstrip().rpartition("\n")[2]:  # else another version
            assert text == completion_file(shell)


def test_the_man_page_is_up_to_date_and_holds_what_the_program_knows() -> None:
    page = (ROOT / "docs/newsreader.1").read_text(encoding="utf-8")

    assert page == man_page(), "run `python docs/make_man.py`"
    assert all(key.help.replace("-", "\\-") in page for key in KEYS)
    assert all(f".SS {name}\n" in page for name in COMMANDS if name != "help")
    assert all(option.name.replace("-", "\\-") in page for option in OPTIONS)
    assert not re.search(r"^\.(?!TH |SH |SS |IP |PP$|nf$|fi$)", page, re.MULTILINE)


@pytest.mark.long
def test_the_sdist_holds_all_that_is_needed_to_build_and_to_test(tmp_path: Path) -> None:
    (built,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    wanted = {"README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "pyproject.toml"}
    wanted |= {"hatch_build.py", "docs/reader.txt", "docs/reader.svg", ".ci/run", ".ci/walk.py"}
    assert wanted <= names
    assert "tests/test_packaging.py" in names
    assert not [name for name in names if name.startswith((".venv", ".git/"))]
