"""The table of numbers: `python -m benchmarks.numbers [--shape SHAPE] [--count N] [--runs N]`.

Makes N posts of a shape (see `benchmarks.make_posts`; of each without `--shape`), or takes those of
FOLDER, and measures what the design promises, each beside what it can be compared with in the same
run: the smallest Textual app, newsboat with the same posts in a cache of its own, grep and rg, w3m,
lexbor alone, the bare token stream into FTS5. Keys are timed in a pseudo-terminal of 140 by 40 from
the byte sent to the last byte drawn. Of every run there is one value; the table shows their median,
the least, the greatest, and how many there are. `--growth` measures at several counts and tells how
each cost grows.

Everything is written to a scratch folder. What is not installed is said and left out. The machine
should do nothing else.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks.make_posts import SHAPES, write_posts
from benchmarks.measures.articles import article_rows, break_rows, text_rows
from benchmarks.measures.bench import Bench
from benchmarks.measures.commands import command_rows
from benchmarks.measures.index import index_rows
from benchmarks.measures.keys import held_rows, key_rows, tail_rows
from benchmarks.measures.marks import mark_rows, sort_rows
from benchmarks.measures.search import search_rows
from benchmarks.measures.start import first_start_rows, start_rows
from benchmarks.table import HEAD, Row, growth, show
from benchmarks.terminal import environment

GROUPS: Final[Mapping[str, Callable[[Bench], Iterator[Row]]]] = MappingProxyType(
    {
        "index": index_rows,
        "keys": key_rows,
        "tail": tail_rows,
        "held": held_rows,
        "start": start_rows,
        "first-start": first_start_rows,
        "articles": article_rows,
        "text": text_rows,
        "break": break_rows,
        "commands": command_rows,
        "marks": mark_rows,
        "sort": sort_rows,
        "search": search_rows,
    }
)
ALONE: Final = frozenset({"articles", "text", "break"})
"""Groups that need no index, and do not depend on how many posts there are."""

PEERS: Final = ("newsboat", "rg", "grep", "w3m")


def machine() -> str:
    """What the numbers were measured on, and what is missing to compare with."""
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    missing = [name for name in PEERS if shutil.which(name) is None]
    return (
        f"Python {platform.python_version()}, {sys.platform}, {os.cpu_count()} cores"
        f" ({model[0] if model else '?'}), load {os.getloadavg()[0]:.1f}"
        + (f"; not installed: {', '.join(missing)}" if missing else "")
    )


def measure(bench: Bench, groups: Sequence[str]) -> Iterator[Row]:
    """The rows of some groups."""
    for name in groups:
        if name not in ALONE and name != "index":
            bench.index()
        yield from GROUPS[name](bench)


def measure_made(
    shape: str, count: int, groups: Sequence[str], options: argparse.Namespace
) -> Iterator[Row]:
    """The same for posts that are made, or for those of `--folder`."""
    with tempfile.TemporaryDirectory(prefix="newsreader-numbers-") as name:
        scratch = Path(name)
        folder = (options.folder or scratch / "site").resolve()
        if options.folder is None:
            write_posts(folder, count, shape=shape)
        yield from measure(Bench(folder, scratch, environment(scratch), options.runs), groups)


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.numbers", description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, action="append", help="may be repeated")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="posts that are there already")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", metavar="GROUP", choices=GROUPS, action="append")
    parser.add_argument("--growth", type=int, nargs="+", metavar="COUNT")
    options = parser.parse_args()
    groups = [name for name in GROUPS if not options.only or name in options.only]
    print(f"{machine()}\n\n`python -m benchmarks.numbers {' '.join(sys.argv[1:])}`", flush=True)
    for shape in [options.folder] if options.folder else options.shape or SHAPES:
        begun = time.monotonic()
        if options.growth:
            wanted = [name for name in groups if name not in ALONE]
            print(f"\n## {shape}, growth\n", flush=True)
            rows = {
                count: list(measure_made(shape, count, wanted, options)) for count in options.growth
            }
            print("\n".join(growth(rows)))
        else:
            print(f"\n## {shape}, {options.count:,} posts\n\n{HEAD}", flush=True)
            for row in measure_made(shape, options.count, groups, options):
                print(show(row), flush=True)
        print(f"\n{time.monotonic() - begun:,.0f} s", flush=True)


if __name__ == "__main__":
    main()
