"""Whole processes: `list`, `show`, `--version`, beside Python itself."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator

from benchmarks.measures.bench import Bench
from benchmarks.processes import run
from benchmarks.table import Row, number

QUERY = "中国"
IMPORTS = "import sqlite3, argparse, json"


def command_rows(bench: Bench) -> Iterator[Row]:
    """Each in turn, and once before the clock starts: modules are compiled then."""
    post = next(bench.folder.rglob("*.md"))
    python = [sys.executable, "-c"]
    commands = {
        "list": bench.command("list", QUERY, "--limit", "20"),
        "imports": [*python, IMPORTS],
        "pass": [*python, "pass"],
        "`--version`": [bench.script, "--version"],
        "`list --limit 20`": bench.command("list", "--limit", "20"),
        "`show POST`": [bench.script, "show", str(post)],
    }
    uses = {
        name: [run(command, bench.environment) for _ in range(bench.runs + 1)][1:]
        for name, command in commands.items()
    }
    floor = statistics.median(used.seconds for used in uses["imports"]) * 1e3
    yield Row(
        f"`newsreader list {QUERY} --limit 20`, whole process",
        tuple(used.seconds * 1e3 for used in uses["list"]), "ms", 1.5 * floor + 50,
        beside=f"`python -c {IMPORTS!r}` {number(floor)} ms",
    )  # fmt: skip
    bare = statistics.median(used.processor for used in uses["pass"])
    for name, bar in (("`--version`", 40), ("`list --limit 20`", 120), ("`show POST`", 150)):
        yield Row(
            f"{name}, processor over `python -c pass`",
            tuple((used.processor - bare) * 1e3 for used in uses[name]), "ms", bar,
            beside=f"`python -c pass` {number(bare * 1e3)} ms",
        )  # fmt: skip
