"""Compare pages with a browser: `python -m tests.long.browser [FOLDER] [--regenerate]`.

What a headless Chromium says is visible (`innerText`, one line per block, cell and forced line end)
is compared with the lines of our article, white space aside. `PAGE.json` beside each page keeps the
browser's answer, so that the suite needs no browser, and names what is meant to differ. A browser
is asked for pages without an answer, or for all with `--regenerate`; it reaches no network.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TypedDict

from newsreader.article.document import CodeBlock, Figure, leaves
from newsreader.article.parse.inline import spans_text
from newsreader.article.parse.parse_article import parse_body

PAGES = Path(__file__).parents[1] / "article" / "parse" / "browser"
_ASK = """<script>addEventListener("load", () => {
const text = document.body.innerText;
document.documentElement.innerHTML = "<body><pre id=answer></pre>";
document.getElementById("answer").textContent = JSON.stringify(text);
});</script>"""
_ANSWER = re.compile(r'<pre id="answer">(.*?)</pre>', re.DOTALL)
_MARK = re.compile(r"\[图(?:: [^\]]*)?\]|▶ \S*")
"""What we write for media; a browser draws them."""


class Difference(TypedDict):
    """Lines of the browser, what we write for them, and why."""

    browser: list[str]
    ours: list[str]
    why: str


class Answer(TypedDict):
    """What stands beside a page: what the browser said, and what is meant to differ."""

    browser: list[str]
    intended: list[Difference]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the lines of a page compare: those of the browser, ours, and how many are equal."""

    browser: list[str]
    ours: list[str]
    equal: int

    @property
    def differing(self) -> int:
        """Count the lines that only one of both has."""
        return len(self.browser) + len(self.ours) - 2 * self.equal


def ask_browser(page: Path) -> list[str]:
    """Ask Chromium for the visible lines of a page."""
    chromium = shutil.which("chromium")
    assert chromium is not None, "chromium is not installed"
    with tempfile.TemporaryDirectory() as folder:
        asking = Path(folder) / "page.html"
        asking.write_text(
            f"<!doctype html><meta charset=utf-8>{page.read_text(encoding='utf-8')}{_ASK}",
            encoding="utf-8",
        )
        options = "--headless --no-sandbox --disable-gpu --dump-dom"
        nowhere = "--host-resolver-rules=MAP * ~NOTFOUND"
        profile = f"--user-data-dir={folder}/profile"
        command = [chromium, *options.split(), nowhere, profile, asking.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    answer = _ANSWER.search(done.stdout)
    assert answer is not None, f"no answer for {page}"
    return settled(re.split("[\n\t]", json.loads(html.unescape(answer[1]))))


def settled(lines: list[str]) -> list[str]:
    """Lines without white space and soft hyphens, and without empty ones."""
    joined = ("".join(line.replace("\u00ad", "").split()) for line in lines)
    return [line for line in joined if line]


def our_lines(page: str) -> list[str]:
    """The lines of our article: of paragraphs, items, cells and code, without marks of media."""
    lines: list[str] = []
    for leaf in leaves(parse_body(page).blocks):
        if isinstance(leaf, CodeBlock):
            lines += leaf.text.split("\n")
        elif not isinstance(leaf, Figure):
            lines += _MARK.sub("", spans_text(leaf)).split("\n")
    return settled(lines)


def _read_answer(path: Path) -> Answer:
    answer: Answer = json.loads(path.read_text(encoding="utf-8"))
    return answer


def compare(page: Path) -> Comparison:
    """Compare a page with the stored answer, after what is meant to differ."""
    stored = _read_answer(page.with_suffix(".json"))
    browser = list(stored["browser"])
    for difference in stored["intended"]:
        theirs = difference["browser"]
        places = range(len(browser) - len(theirs) + 1)
        at = next(at for at in places if browser[at : at + len(theirs)] == theirs)
        browser[at : at + len(theirs)] = difference["ours"]
    ours = our_lines(page.read_text(encoding="utf-8"))
    matcher = SequenceMatcher(None, browser, ours, autojunk=False)
    return Comparison(browser, ours, sum(block.size for block in matcher.get_matching_blocks()))


def store_answer(page: Path) -> None:
    """Ask the browser, and keep its answer beside the page; what is meant to differ stays."""
    path = page.with_suffix(".json")
    intended = _read_answer(path)["intended"] if path.exists() else []
    answer: Answer = {"browser": ask_browser(page), "intended": intended}
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Compare the pages of a folder and print the numbers, the most different page first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=PAGES)
    parser.add_argument("--regenerate", action="store_true")
    arguments = parser.parse_args()
    compared: list[tuple[str, Comparison]] = []
    for page in sorted(arguments.folder.glob("*.html")):
        if arguments.regenerate or not page.with_suffix(".json").exists():
            store_answer(page)
        compared.append((page.name, compare(page)))
    for name, found in sorted(compared, key=lambda each: -each[1].differing):
        print(f"{name:24} {len(found.browser):4} lines, {found.equal:4} equal", end="")
        print(f", {found.differing} differ")
        matcher = SequenceMatcher(None, found.browser, found.ours, autojunk=False)
        for what, first, last, start, end in matcher.get_opcodes():
            if what != "equal":
                print(f"    browser {found.browser[first:last]}  ours {found.ours[start:end]}")
    lines = sum(len(found.browser) for _, found in compared)
    print(f"{len(compared)} pages, {lines} lines, {sum(f.differing for _, f in compared)} differ")


if __name__ == "__main__":
    main()
