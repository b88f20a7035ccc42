"""What a key in the list costs: time to the painted screen, bytes, memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence

from benchmarks.measures.bench import ARTICLE, AT_REST, Bench
from benchmarks.processes import memory_of
from benchmarks.table import Row, number
from benchmarks.terminal import SLOW_BYTES, Spread, Terminal

TAIL_SECONDS = 10.0
HELD_SECONDS = 5
HELD_PER_SECOND = 30


def minimal_key(bench: Bench) -> float:
    """The median of a key in the smallest app."""
    terminal = bench.open_minimal()
    times = Spread.of([terminal.key(b"j") for _ in range(bench.keys)])
    terminal.close(b"\x11")
    return times.median


def ratios(ours: Sequence[float], floors: Sequence[float]) -> tuple[float, ...]:
    """Each beside the floor of its run."""
    return tuple(each / floor for each, floor in zip(ours, floors, strict=True))


def key_rows(bench: Bench) -> Iterator[Row]:
    """Keys at rest, the article beside the list included; memory at rest."""
    kinds = {
        "j": [b"j"] * bench.keys,
        "space": [b" "] * (bench.keys // 2),
        "G and g": [b"G", b"g"] * (bench.keys // 4),
        "J in the article": [b"\r", *[b"J"] * (bench.keys // 2)],
        "the views 2 and 1": [b"q", *[b"2", b"1"] * (bench.keys // 4)],
    }
    floors: list[float] = []
    spreads: dict[str, list[Spread]] = {kind: [] for kind in kinds}
    sizes, memory, shares = [], [], ""
    for _ in range(bench.runs):
        floors.append(minimal_key(bench))
        terminal = bench.open_reader()
        for kind, keys in kinds.items():
            before = terminal.drawn
            spreads[kind].append(Spread.of([terminal.key(key) for key in keys]))
            if kind == "j":
                sizes.append((terminal.drawn - before) / len(keys) / 1e3)
        parts = memory_of(bench.environment)
        memory.append(sum(parts))
        shares = " + ".join(map(number, parts))
        terminal.close(b"q")
    other = bench.newsboat.measure_keys(bench.keys) if bench.newsboat else None
    floor = f"minimal app's key {number(statistics.median(floors) * 1e3)} ms"
    in_list = spreads["j"]
    for percent, bar in ((50, 5), (95, None), (99, 12)):
        beside = f"{floor}; ours {number(statistics.median(s.at(percent) for s in in_list) * 1e3)}"
        if other:
            beside += (
                f"; newsboat moves (without an article) in {number(other.moves.at(percent) * 1e3)},"
                f" shows the next article in {number(other.articles.at(percent) * 1e3)}"
            )
        yield Row(
            f"`j` in the list, article included, {percent} %, times a minimal app's key",
            ratios([each.at(percent) for each in in_list], floors), "x", bar, beside=beside,
        )  # fmt: skip
    beside = (
        f"newsboat {number(other.move_bytes / 1e3)} to move, {number(other.article_bytes / 1e3)}"
        " for the next article"
        if other
        else ""
    )
    yield Row("bytes to the terminal for one `j`, 140x40", tuple(sizes), "KB", 8, beside=beside)
    for kind, of_runs in spreads.items():
        if kind != "j":
            medians = [each.median for each in of_runs]
            yield Row(f"  {kind}, median", ratios(medians, floors), "x")
    yield Row("memory of all processes at rest", tuple(memory), "MB", 120, beside=shares)


def tail_rows(bench: Bench) -> Iterator[Row]:
    """Keys while what a start leaves to be done is done."""
    medians, worst, floors = [], [], []
    for _ in range(bench.runs):
        floors.append(minimal_key(bench))
        terminal = Terminal(bench.command(), bench.environment)
        terminal.wait_for(ARTICLE)
        end = time.perf_counter() + TAIL_SECONDS
        times = []
        while time.perf_counter() < end:
            times.append(terminal.key(b"j"))
        terminal.close(b"q")
        medians.append(Spread.of(times).median)
        worst.append(max(times))
    yield Row(
        "`j` in the ten seconds after the start, median, times a minimal app's key",
        ratios(medians, floors), "x", 5,
    )  # fmt: skip
    yield Row("  the worst", ratios(worst, floors), "x", 12)


def held_rows(bench: Bench) -> Iterator[Row]:
    """A key held down, on a fast line and on a slow one: how far behind the screen is.

    Raises:
        TimeoutError: Keys were lost, so that the row is worth nothing.
    """
    # The list must not end below the key.
    presses = min(HELD_SECONDS * HELD_PER_SECOND, bench.count - 3)
    for name, rate in (("", None), (f" over a line of {SLOW_BYTES // 1000} KB/s", SLOW_BYTES)):
        behind, silent, sizes = [], [], []
        for _ in range(bench.runs):
            terminal = bench.open_reader()
            # It opens where the run before left it, which is nearer to the end each time.
            terminal.key(b"g")
            terminal.settle(AT_REST)
            terminal.rate = rate
            before = terminal.drawn
            late, silence = terminal.hold(b"j", presses, 1 / HELD_PER_SECOND)
            sizes.append((terminal.drawn - before) / 1e3)
            terminal.rate = None
            # Every key was answered, as a screen that is drawn anew tells.
            terminal.type_until(b"\x0c", f"{presses + 1:,} of ".encode())
            terminal.close(b"q")
            behind.append(late * 1e3)
            silent.append(silence * 1e3)
        yield Row(
            f"`j` held for {number(presses / HELD_PER_SECOND)} s, {HELD_PER_SECOND} a second"
            f"{name}:"
            " from the last to its screen",
            tuple(behind), "ms", 500 if rate else None,
            beside=f"nothing drawn for {number(statistics.median(silent))} ms at most,"
            f" {number(statistics.median(sizes))} KB drawn",
        )  # fmt: skip
