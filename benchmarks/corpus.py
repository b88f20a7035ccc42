"""Check the typesetting of whole folders: `python -m benchmarks.corpus FOLDER ...`.

For every post below the folders: characters lost and gained against the visible text that
`benchmarks.reference_text` finds by another route, markers that the text should not show, lines
over the width, lines that begin or end with what must not stand there (outside of code), and the
time it took. First a summary, then the worst posts by name.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from rich.style import Style

from benchmarks.corpus_report import Finding, report
from benchmarks.reference_text import Reference, read_reference, squeeze
from newsreader.article.document import (
    Block,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Spans,
    Table,
)
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import TERMINAL_PALETTE
from newsreader.posts.front_matter_start import has_front_matter
from newsreader.posts.model import Site
from newsreader.posts.parse_post import parse_post
from newsreader.posts.site import parse_site

SUFFIXES = frozenset((".md", ".markdown", ".mkd", ".html", ".htm"))
WIDTHS = (40, 60, 80, 120)
MARKERS = ("**", "](", "&nbsp;", "{%", "{:")
NO_START = frozenset("，。！？；：、”’」』）】》〉…")
NO_END = frozenset("“‘「『（【《〈")
_CODE = Style(bgcolor="#010203")
PALETTE = replace(TERMINAL_PALETTE, code_block=_CODE, code_theme="")
_FRAME = re.compile(r"(?:[\s▎•◦▪]+|[0-9]+\.\s)*")
_COLUMN = re.compile(r"\s{2,}|[─┈]+")
_FIGURE = re.compile(r"\[图(?:: (.*?))?\]|▶ ", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """One run of text of a document, in one piece: a paragraph, a cell, a block of code."""

    text: str
    prose: str
    is_code: bool = False


def shown_texts(document: Document) -> Iterator[Shown]:
    """The texts of a document, in order; `prose` is the text without code."""
    left: list[Block | Spans] = list(reversed(document.blocks))
    while left:
        match left.pop():
            case Heading(spans=spans) | Paragraph(spans=spans):
                yield _shown(spans)
            case Quote(blocks):
                left.extend(reversed(blocks))
            case List(items=items):
                for item in reversed(items):
                    left.extend(reversed(item.blocks))
                    left.append(item.term)
            case CodeBlock(text):
                yield Shown(text, "", is_code=True)
            case Table(rows, caption):
                left.extend(cell.spans for row in reversed(rows) for cell in reversed(row))
                left.append(caption)
            case Figure(kind=kind, alt=alt, source=source, caption=caption):
                yield Shown(alt if kind == "image" else f"▶{alt}{source}", alt)
                left.append(caption)
            case Rule():
                pass
            case tuple(spans):
                yield _shown(spans)


def _shown(spans: Spans) -> Shown:
    texts = [
        _FIGURE.sub(r"\1", span.text) if Emphasis.DIM in span.emphasis else span.text
        for span in spans
    ]
    prose = (
        text for text, span in zip(texts, spans, strict=True) if Emphasis.CODE not in span.emphasis
    )
    return Shown("".join(texts), "".join(prose))


def compare(document: Document, reference: Reference, finding: Finding) -> None:
    """Notes what differs between a document and the reference."""
    texts = list(shown_texts(document))
    shown = squeeze("".join(text.text for text in texts))
    wanted = reference.text
    finding.visible = len(wanted)
    finding.ruled.update(reference.taken)
    if shown != wanted:
        finding.same_order = False
        counts, expected = Counter(shown), Counter(wanted)
        lost, gained = expected - counts, counts - expected
        finding.lost = _unexplained(lost, reference.may_lose, finding)
        finding.gained = _unexplained(gained, reference.may_gain, finding)
    prose = "".join(text.prose for text in texts)
    for marker in MARKERS:
        if stray := prose.count(marker) - wanted.count(marker):
            finding.markers[marker] = max(0, stray)


def _unexplained(
    difference: Counter[str], rules: dict[str, Counter[str]], finding: Finding
) -> Counter[str]:
    left = Counter(difference)
    for rule, allowed in rules.items():
        if explained := left & allowed:
            left -= explained
            finding.ruled[rule] += explained.total()
    return left


def check_lines(document: Document, width: int, finding: Finding) -> None:
    """Notes the lines that are too wide, and those that break rule 34 where the layout broke them.

    A line that begins a text, or ends one, begins and ends as that text does.
    """
    laid = layout(document, width, PALETTE)
    starts: set[str] = set()
    ends: set[str] = set()
    for shown in shown_texts(document):
        for text in (line.strip() for line in shown.text.split("\n")):
            starts.update(text[:size] for size in (1, 2, 3))
            ends.update(text[-size:] for size in (1, 2, 3))
    for line in laid.lines:
        if sum(segment.cell_length for segment in line) > width:
            finding.wide[width] += 1
        if any(segment.style and segment.style.bgcolor == _CODE.bgcolor for segment in line):
            continue
        text = "".join(segment.text for segment in line).rstrip()
        for column in _COLUMN.split(text[_FRAME.match(text).end() :]):  # type: ignore[union-attr]  # it matches nothing as well
            if not column:
                continue
            if (column[0] in NO_START and column[:3] not in starts) or (
                column[-1] in NO_END and column[-3:] not in ends
            ):
                finding.edges[width] += 1
                finding.edge = finding.edge or f"{width}: {column}"


def check_post(path: Path, widths: tuple[int, ...] = WIDTHS) -> Finding:
    """Everything about one file; never raises."""
    finding = Finding(str(path))
    site = site_of(path.parent)
    try:
        raw = path.read_bytes()
    except OSError as error:
        finding.problem = f"cannot be read: {error.strerror}"
        return finding
    try:
        post = parse_post(raw, path.name, site)
        begun = time.perf_counter()
        document = parse_article(post, site)
        times = [time.perf_counter() - begun]
        for width in widths:
            begun = time.perf_counter()
            layout(document, width)
            times.append(time.perf_counter() - begun)
            check_lines(document, width, finding)
        finding.milliseconds = tuple(seconds * 1000 for seconds in times)
        compare(document, read_reference(post.body, post.title), finding)
    except Exception as error:  # noqa: BLE001  # a check reports every failure and goes on
        finding.problem = f"{type(error).__name__}: {error}"
    return finding


def find_posts(folder: Path) -> Iterator[Path]:
    """The posts below a folder, or the one file that `folder` is."""
    if folder.is_file():
        yield folder
        return
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        if "_posts" in path.parts or _begins_like_post(path):
            yield path


def _begins_like_post(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return has_front_matter(file.read(4096))
    except OSError:
        return False


@lru_cache(maxsize=1024)
def site_of(folder: Path) -> Site:
    """The site that a folder belongs to."""
    for each in (folder, *folder.parents):
        try:
            return parse_site((each / "_config.yml").read_bytes())
        except OSError:
            continue
    return Site()


def main() -> None:
    """Check what the command line names."""
    parser = argparse.ArgumentParser(prog="benchmarks.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+", help="a folder of posts, or one post")
    parser.add_argument(
        "--width", type=int, nargs="+", default=WIDTHS, help="columns to lay out in"
    )
    parser.add_argument("--worst", type=int, default=10, help="how many posts to name")
    parser.add_argument("--limit", type=int, default=0, help="check this many, evenly chosen")
    parser.add_argument("--jobs", type=int, default=1, help="processes; more make times less exact")
    options = parser.parse_args()
    paths = [path for folder in options.folder for path in find_posts(folder)]
    if options.limit and len(paths) > options.limit:
        paths = [paths[place * len(paths) // options.limit] for place in range(options.limit)]
    widths = tuple(options.width)
    check = partial(check_post, widths=widths)
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as pool:
            findings = list(pool.map(check, paths, chunksize=32))
    else:
        findings = [check(path) for path in paths]
    try:
        print("\n".join(report(findings, widths, options.worst)))
    except BrokenPipeError:  # `| head` has seen enough
        sys.stderr.close()


if __name__ == "__main__":
    main()
