"""The groups of the table of numbers give rows on a small folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.make_posts import write_posts
from benchmarks.measures.articles import article_rows, text_rows
from benchmarks.measures.bench import Bench
from benchmarks.measures.commands import command_rows
from benchmarks.measures.index import index_rows
from benchmarks.measures.marks import mark_rows, sort_rows
from benchmarks.processes import memory_of, processes_of, run
from benchmarks.terminal import environment

COUNT = 3


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    scratch = tmp_path_factory.mktemp("numbers")
    write_posts(scratch / "site", COUNT, shape="blog")
    return Bench(scratch / "site", scratch, environment(scratch), runs=2, keys=4, articles=2)


@pytest.mark.long
@pytest.mark.parametrize("group", [article_rows, text_rows])
def test_what_needs_no_index_is_measured(bench: Bench, group: type) -> None:
    rows = list(group(bench))
    assert rows
    assert all(len(row.values) == bench.runs and min(row.values) > 0 for row in rows)


@pytest.mark.long
def test_an_index_and_what_needs_it_are_measured(bench: Bench) -> None:
    rows = list(index_rows(bench))
    assert bench.count == COUNT
    for group in (command_rows, mark_rows, sort_rows):
        rows += group(bench)
    assert all(min(row.values) > 0 for row in rows)


def test_a_process_is_found_by_its_cache_and_its_memory_counted(tmp_path: Path) -> None:
    seen = environment(tmp_path)
    assert not memory_of(seen)
    with subprocess.Popen([sys.executable, "-c", "input()"], env=seen, stdin=subprocess.PIPE) as it:
        while not (found := list(processes_of(seen))):
            pass
        assert found == [it.pid]
        while not (sizes := memory_of(seen)) or sizes[0] < 1:  # it has hardly begun
            pass
        assert len(sizes) == 1
        assert sizes[0] < 1_000
        it.communicate(b"\n")


def test_a_command_that_fails_is_no_measure() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "exit(3)"], dict(os.environ))
    assert run([sys.executable, "-c", "pass"], dict(os.environ)).processor > 0
