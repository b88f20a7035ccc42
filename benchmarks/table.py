"""What was measured, as lines of a Markdown table, and how it grows with the number of posts."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

FAR = 10_000_000
"""The number of posts for which a cost is foretold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: What was measured.
        values: What each run came to.
        unit: Of the values; `x`: times what is measured beside it, in the same run.
        bar: What the median should be; `None`: nothing was promised.
        at_least: The more the better.
        beside: What else was measured beside it.
    """

    what: str
    values: tuple[float, ...]
    unit: str
    bar: float | None = None
    at_least: bool = False
    beside: str = ""

    @property
    def median(self) -> float:
        """The median of the runs."""
        return statistics.median(self.values)

    @property
    def held(self) -> bool | None:
        """Whether the bar is held; `None` where there is none, or nothing was measured."""
        if self.bar is None or not self.values:
            return None
        return self.median >= self.bar if self.at_least else self.median <= self.bar


HEAD = "| what | median | spread, runs | bar | | beside it |\n|---|---|---|---|---|---|"


def show(row: Row) -> str:
    """A row as a line of a Markdown table."""
    if not row.values:
        return f"| {row.what} | not measured | | | | {row.beside} |"
    spread = f"{number(min(row.values))} to {number(max(row.values))}, {len(row.values)}"
    bar = "" if row.bar is None else f"{'≥' if row.at_least else '≤'} {number(row.bar)} {row.unit}"
    held = {True: "held", False: "**not held**", None: ""}[row.held]
    cells = (row.what, f"{number(row.median)} {row.unit}", spread, bar, held, row.beside)
    return f"| {' | '.join(cells)} |"


def number(value: float) -> str:
    """A number with three digits that count, or all before the point."""
    digits = 2 if not value else max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(3, digits)}f}"


def fit_power(counts: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """Fit `value = factor * count ** power` by least squares of the logarithms.

    Returns:
        The factor and the power.
    """
    xs, ys = [math.log(count) for count in counts], [math.log(value) for value in values]
    power, height = statistics.linear_regression(xs, ys)
    return math.exp(height), power


def growth(rows: Mapping[int, Sequence[Row]]) -> Iterator[str]:
    """The table of what was measured at several counts, and what it would be at ten million."""
    counts = sorted(rows)
    heads = ("what", *(f"{count:,}" for count in counts), "power", f"at {FAR:,}")
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
    by_name = {count: {row.what: row for row in rows[count]} for count in counts}
    for what, row in by_name[counts[0]].items():
        found = [by_name[count].get(what) for count in counts]
        medians = [each.median for each in found if each is not None and each.values]
        if len(medians) < len(counts) or min(medians) <= 0:
            continue
        factor, power = fit_power(counts, medians)
        cells = (*map(number, medians), f"{power:+.2f}", number(factor * FAR**power))
        yield f"| {what}, {row.unit} | {' | '.join(cells)} |"
