"""The README and the help: their order, and every command and example in them, which is run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.cli import help_text
from newsreader.cli.requests import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(<!-- [^\n]* -->\n)?```sh\n(.*?)```", re.DOTALL)
HEADINGS = (
    *("Install", "The first minute", "Keys", "Configuration", "Searching", "Scripting", "Numbers"),
    *("How it compares", "FAQ", "Troubleshooting", "The fields of the JSON", "Working on it"),
    "Licence",
)
NOT_RUN = ("run command", "test command", "first minute", "not run")
"""The first two are run by .ci/run, the third with a server of its own in tests/cli."""


def blocks(page: str) -> list[str]:
    """The commands of a page that a test can run."""
    found = [(mark or "", commands) for mark, commands in BLOCK.findall(page)]
    return [commands for mark, commands in found if not any(each in mark for each in NOT_RUN)]


def help_examples() -> list[str]:
    """The commands that the help shows as examples, without what stands behind them."""
    texts = [value for name, value in vars(help_text).items() if name.isupper() and name[0] != "_"]
    found: list[str] = []
    for text in texts:
        shown = re.search(r"^Examples?:\n((?:  .*\n)+)", str(text), re.MULTILINE)
        lines = shown[1].splitlines() if shown else []
        found += [re.split(r"\s{2,}", line.strip())[0] for line in lines]
    return found


@pytest.fixture
def shell(tmp_path: Path) -> list[str]:
    """A shell in an empty home with a folder of posts, and the words that start it."""
    home = tmp_path / "home"
    post = "---\ntitle: {}\ndate: 2026-01-0{}\ntags: 科技\n---\n\n芯片 {}\n"
    (home / "origin/_posts").mkdir(parents=True)
    for day, name in enumerate(("chips", "more"), start=2):
        file = home / "origin/_posts" / f"2026-01-0{day}-{name}.md"
        file.write_text(post.format(f"芯片 {name}", day, name), encoding="utf-8")
    git = ["git", "-C", str(home / "origin"), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "posts"]):
        subprocess.run([*git, *words], check=True)
    for clone in ("news", "clone"):
        subprocess.run(["git", "clone", "-q", str(home / "origin"), str(home / clone)], check=True)
    (home / ".config/fish/completions").mkdir(parents=True)
    return ["env", "-i", f"HOME={home}", f"PATH={_path()}", "LANG=C.UTF-8", "TERM=xterm", "bash"]


def _path() -> str:
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def run_lines(shell: list[str], lines: str) -> str:
    """Run lines one after the other, and stop at the first that fails."""
    home = next(word.removeprefix("HOME=") for word in shell if word.startswith("HOME="))
    done = subprocess.run(
        [*shell, "-euo", "pipefail"],
        input=lines.encode(),
        cwd=home,
        capture_output=True,
        check=False,
        timeout=300,
    )
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "Traceback" not in said
    return done.stdout.decode()


def test_the_readme_has_its_parts_in_order() -> None:
    assert tuple(re.findall(r"^## (.*)$", README, re.MULTILINE)) == HEADINGS
    assert README.index("![") < README.index("## Install")
    rows = re.search(r"^## Numbers\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert rows is not None
    assert rows[1].count("\n|") <= 12


def test_both_readmes_show_the_same_commands() -> None:
    assert [each for _, each in BLOCK.findall(CHINESE)] == [
        re.sub(r" +# .*", "", each) for _, each in BLOCK.findall(README)
    ]
    assert len(re.findall(r"^## ", CHINESE, re.MULTILINE)) == len(HEADINGS)


@pytest.mark.parametrize("page", [README, CHINESE], ids=["README.md", "README.zh-CN.md"])
def test_what_a_readme_links_to_is_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page)
    missing = [each for each in links if "://" not in each and not (ROOT / each).exists()]
    assert missing == []


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in COMMANDS if f"newsreader {name}" not in README] == []


@pytest.mark.long
def test_every_command_of_the_readme_does_what_it_should(shell: list[str]) -> None:
    found = blocks(README)

    assert len(found) >= 5
    run_lines(shell, "\n".join(found))


@pytest.mark.long
def test_every_example_of_the_help_does_what_it_should(shell: list[str]) -> None:
    found = help_examples()

    assert len(found) >= 7
    run_lines(shell, "\n".join(found))


@pytest.mark.long
def test_the_fields_of_the_json_are_those_of_the_readme(shell: list[str]) -> None:
    (table,) = re.findall(r"<!-- json fields -->\n(.*?)<!-- /json fields -->", README, re.DOTALL)
    told = {
        command: re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", fields))
        for command, fields in re.findall(r"^\| `(.*?)` \| (.*) \|$", table, re.MULTILINE)
    }
    commands = {
        "show": "newsreader show --json ~/news/_posts/2026-01-02-chips.md",
        "list": "newsreader list --json -n 1 --source ~/news",
        "bookmarks list": (
            "newsreader bookmarks add ~/news/_posts/2026-01-02-chips.md --source ~/news >/dev/null;"
            " newsreader bookmarks list --json"
        ),
        "sources list": "newsreader sources add ~/news >/dev/null; newsreader sources list --json",
    }
    for name, command in commands.items():
        assert list(json.loads(run_lines(shell, command))) == told[name], name
