"""The table tells what was measured, and what it would be for many more posts."""

from __future__ import annotations

import pytest

from benchmarks.table import FAR, Row, fit_power, growth, number, show


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0.00"), (0.01234, "0.012"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1,234")],
)
def test_a_number_has_three_digits_or_all_before_the_point(value: float, text: str) -> None:
    assert number(value) == text


def test_a_row_tells_median_spread_and_whether_its_bar_is_held() -> None:
    assert show(Row("a key", (3.0, 1.0, 9.0), "ms", 5, beside="x")) == (
        "| a key | 3.00 ms | 1.00 to 9.00, 3 | ≤ 5.00 ms | held | x |"
    )
    assert "**not held**" in show(Row("a key", (6.0,), "ms", 5))
    assert "≥ 5.00 MB/s | held" in show(Row("indexing", (6.0,), "MB/s", 5, at_least=True))


def test_nothing_measured_holds_nothing() -> None:
    row = Row("a key", (), "ms", 5, beside="too soon")
    assert row.held is None
    assert show(row) == "| a key | not measured | | | | too soon |"


def test_a_power_is_found_again() -> None:
    counts = (10, 100, 1_000)
    factor, power = fit_power(counts, [3 * count**0.5 for count in counts])
    assert (round(factor, 6), round(power, 6)) == (3, 0.5)


def test_growth_tells_the_power_and_the_far_value_of_what_was_measured_everywhere() -> None:
    head, line = growth(
        {
            10: [Row("size", (10.0,), "MB"), Row("seldom", (), "ms")],
            1_000: [Row("size", (1_000.0,), "MB"), Row("seldom", (1.0,), "ms")],
        }
    )
    assert f"at {FAR:,}" in head
    assert line == "| size, MB | 10.0 | 1,000 | +1.00 | 10,000,000 |"
