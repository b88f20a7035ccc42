"""Compare articles with what kramdown makes of them: `python -m tests.long.kramdown FOLDER`.

kramdown is what Jekyll publishes posts with, so what it takes for a heading, an item, a cell or a
link is right. Every Markdown post below the folder goes through Ruby's kramdown, with the options
of its site, and through this program's parser; both results are read as blocks and links
(`tests.article.structure`) and compared line by line. The posts that differ most are named, then
come the totals. It needs Ruby with kramdown and its parser for GFM (Debian: `ruby-kramdown
ruby-kramdown-parser-gfm`), and says so where it is missing.

`--diff` prints what differs; `--examples` makes the pages beside the examples of the suite
(`tests/article/parse/kramdown_examples`) anew.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import yaml

from benchmarks.corpus import find_posts, site_of
from newsreader.article.parse.body_html import body_html
from newsreader.article.parse.body_parts import leading_quote
from newsreader.article.parse.liquid import hide_spaces, settle_liquid
from newsreader.article.parse.tags.scan_tags import part_tags
from newsreader.posts.parse_post import parse_post
from tests.article.structure import Structure, structure_of_body, structure_of_kramdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

EXAMPLES = Path(__file__).parents[1] / "article" / "parse" / "kramdown_examples"
MARKDOWN = frozenset((".md", ".markdown", ".mkd"))
# What Jekyll 4 sets. Highlighting and formulas would only wrap what is compared.
JEKYLL: dict[str, object] = {
    "input": "GFM",
    "hard_wrap": False,
    "auto_ids": True,
    "toc_levels": [1, 2, 3, 4, 5, 6],
    "entity_output": "as_char",
    "smart_quotes": "lsquo,rsquo,ldquo,rdquo",
    "footnote_nr": 1,
}
# A bar in Liquid parts no cells: Liquid is gone when kramdown reads a page.
_LIQUID = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}%\n]*%\}")
_BAR = "\U000f4e56"
PLAIN: dict[str, object] = {"syntax_highlighter": None, "math_engine": None}
# One process for a whole folder: a line of JSON for each text, a line for each answer. A table of
# contents is taken out, as an article has none.
RUBY = r"""
require "json"
require "kramdown"
require "kramdown-parser-gfm"
def drop_contents(element)
  element.children.reject! do |child|
    (child.options[:ial] || {})[:refs].to_a.include?("toc") && %i[ul ol].include?(child.type)
  end
  element.children.each { |child| drop_contents(child) }
end
STDIN.set_encoding("UTF-8")
STDOUT.set_encoding("UTF-8")
STDOUT.sync = true
puts "{}"
STDIN.each_line do |line|
  text, options = JSON.parse(line)
  begin
    document = Kramdown::Document.new(text, options.transform_keys(&:to_sym))
    drop_contents(document.root)
    puts JSON.generate("html" => document.to_html)
  rescue StandardError => error
    puts JSON.generate("error" => "#{error.class}: #{error.message}")
  end
end
"""


class KramdownError(Exception):
    """Ruby or kramdown is missing, or kramdown gave up on a text."""


class Kramdown:
    """A Ruby process that turns Markdown to HTML; raises `KramdownError` where there is none."""

    def __init__(self) -> None:
        ruby = shutil.which("ruby")
        if ruby is None:
            raise KramdownError("Ruby is not installed (Debian: ruby-kramdown-parser-gfm).")
        self._process = subprocess.Popen(
            [ruby, "-e", RUBY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        if not self._read():
            self._process.wait()
            raise KramdownError(
                "Ruby has no kramdown with GFM"
                " (Debian: ruby-kramdown-parser-gfm; else: gem install kramdown-parser-gfm)."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def convert(self, text: str, options: dict[str, object] | None = None) -> str:
        """Convert a text to HTML.

        Args:
            text: Markdown.
            options: Those of the site, beside Jekyll's.
        """
        assert self._process.stdin is not None
        question = json.dumps([text, JEKYLL | (options or {}) | PLAIN], default=str)
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._read() or '{"error": "Ruby has ended"}')
        if "error" in answer:
            raise KramdownError(answer["error"])
        return str(answer["html"])

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@dataclass(slots=True)
class Comparison:
    """What differs between the two structures of a post.

    Attributes:
        name: The post's path.
        lines: How many lines kramdown's structure has.
        links: How many links it has.
        missing, added: Lines that only it has, and that only ours has.
        lost_links, new_links: The same of links.
        problem: Why the post could not be compared.
    """

    name: str
    lines: int = 0
    links: int = 0
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    lost_links: Counter[tuple[str, str]] = field(default_factory=Counter)
    new_links: Counter[tuple[str, str]] = field(default_factory=Counter)
    problem: str = ""

    @property
    def size(self) -> int:
        """How much differs."""
        differing = self.lost_links.total() + self.new_links.total()
        return len(self.missing) + len(self.added) + differing


def compare(name: str, ours: Structure, theirs: Structure) -> Comparison:
    """Compare two structures, line by line."""
    found = Comparison(name, len(theirs.lines), len(theirs.links))
    matcher = SequenceMatcher(None, theirs.lines, ours.lines, autojunk=False)
    for kind, start, end, our_start, our_end in matcher.get_opcodes():
        if kind != "equal":
            found.missing.extend(theirs.lines[start:end])
            found.added.extend(ours.lines[our_start:our_end])
    found.lost_links = Counter(theirs.links) - Counter(ours.links)
    found.new_links = Counter(ours.links) - Counter(theirs.links)
    return found


def compare_body(
    name: str, body: str, kramdown: Kramdown, options: dict[str, object]
) -> Comparison:
    """Compare what a body becomes; a body that kramdown gives up on is a `problem`."""
    page = body_html(body)
    source = settle_liquid(body)
    if page.digest:
        # The plain text in front of a page of HTML is shown as it is, not as Markdown.
        source = source[leading_quote(source)[1] :]
    try:
        made = kramdown.convert(_without_liquid(source), options)
    except KramdownError as error:
        return Comparison(name, problem=str(error))
    return compare(
        name, structure_of_body(body, page), structure_of_kramdown(made.replace(_BAR, "|"))
    )


def _without_liquid(source: str) -> str:
    """Do with Liquid what is done before Markdown is read: code becomes HTML, the rest one word."""
    parts = (
        f"\n\n{part.text.strip()}\n\n" if part.is_code else part.text for part in part_tags(source)
    )
    return _LIQUID.sub(_hide_bars, hide_spaces("".join(parts)))


def _hide_bars(liquid: re.Match[str]) -> str:
    return liquid[0].replace("|", _BAR)


@cache
def options_of(folder: Path) -> dict[str, object]:
    """Read the options for kramdown in the nearest `_config.yml`; empty if there is none."""
    for each in (folder, *folder.parents):
        try:
            settings = yaml.safe_load((each / "_config.yml").read_bytes())
        except OSError:
            continue
        except (yaml.YAMLError, ValueError):
            return {}
        options = settings.get("kramdown") if isinstance(settings, dict) else None
        return dict(options) if isinstance(options, dict) else {}
    return {}


def compare_posts(paths: Iterable[Path], kramdown: Kramdown) -> Iterator[Comparison]:
    """Compare each post."""
    for path in paths:
        post = parse_post(path.read_bytes(), path.name, site_of(path.parent))
        yield compare_body(str(path), post.body, kramdown, options_of(path.parent))


def report(found: list[Comparison], worst: int, diff: bool) -> Iterator[str]:
    """Describe the posts that differ most, then all of them together."""
    for each in sorted(found, key=lambda each: -each.size)[:worst]:
        if each.problem or each.size:
            yield from _describe(each, diff)
    missing = Counter(_kind(line) for each in found for line in each.missing)
    added = Counter(_kind(line) for each in found for line in each.added)
    lines, links = sum(each.lines for each in found), sum(each.links for each in found)
    yield f"{len(found)} posts, of which {sum(not each.size for each in found)} are the same"
    yield f"blocks: {lines}, missing {_parts(missing)}; added {_parts(added)}"
    lost = sum(each.lost_links.total() for each in found)
    new = sum(each.new_links.total() for each in found)
    yield f"links: {links}, missing {lost}, added {new}"
    if problems := [each for each in found if each.problem]:
        yield f"not compared: {len(problems)}, as {problems[0].problem}"


def _describe(each: Comparison, diff: bool) -> Iterator[str]:
    yield f"{each.size:6} {each.name} {each.problem}".rstrip()
    if diff:
        yield from (f"       - {line}" for line in each.missing)
        yield from (f"       + {line}" for line in each.added)
        yield from (f"       - link {text} {address}" for text, address in each.lost_links)
        yield from (f"       + link {text} {address}" for text, address in each.new_links)


def _kind(line: str) -> str:
    word = line.strip().partition(" ")[0]
    if word.startswith("|"):
        return "line of code"
    if word == "-":
        return "item"
    return word if word.isascii() and word.isalnum() and "¦" not in line else "row"


def _parts(counts: Counter[str]) -> str:
    named = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    return f"{counts.total()}" + (f" ({named})" if named else "")


def make_examples(kramdown: Kramdown) -> None:
    """Write the page that kramdown makes of each example beside it."""
    for path in sorted(EXAMPLES.glob("*.md")):
        page = kramdown.convert(path.read_text(encoding="utf-8"))
        path.with_suffix(".html").write_text(page, encoding="utf-8")


def main() -> int:
    """Compare the posts that the command line names; 1 if kramdown is not installed."""
    parser = argparse.ArgumentParser(prog="tests.long.kramdown", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="*", help="a folder of posts, or one post")
    parser.add_argument("--worst", type=int, default=10, help="how many posts to name")
    parser.add_argument("--diff", action="store_true", help="print what differs in them")
    parser.add_argument("--limit", type=int, default=0, help="compare this many, evenly chosen")
    parser.add_argument("--examples", action="store_true", help="make the examples' pages anew")
    options = parser.parse_args()
    try:
        with Kramdown() as kramdown:
            if options.examples:
                make_examples(kramdown)
            paths = [
                path
                for folder in options.folder
                for path in find_posts(folder)
                if path.suffix.lower() in MARKDOWN
            ]
            if options.limit and len(paths) > options.limit:
                paths = [paths[at * len(paths) // options.limit] for at in range(options.limit)]
            found = list(compare_posts(paths, kramdown))
    except KramdownError as error:
        print(error, file=sys.stderr)
        return 1
    if options.folder:
        print("\n".join(report(found, options.worst, options.diff)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
