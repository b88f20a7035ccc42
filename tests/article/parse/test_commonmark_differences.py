"""The table of CommonMark's examples that come out with other text; the run is in tests/long."""

from __future__ import annotations

from tests.long.commonmark import DIFFERENCES, Example, is_other, read_examples, report

FENCE = "`" * 32
SPECIFICATION = f"""---
version: '0'
---

# Blocks

## Made up

{FENCE} example
→*甲*
.
<pre><code>*甲*
</code></pre>
{FENCE}

Words between them.

{FENCE} example
乙
.
<p>乙丙</p>
{FENCE}
"""


def test_examples_are_read_with_their_sections_and_tabs() -> None:
    first, second = read_examples(SPECIFICATION)
    assert first == Example(1, "Made up", "\t*甲*\n", "<pre><code>*甲*\n</code></pre>\n")
    assert (second.number, second.source) == (2, "乙\n")


def test_an_example_with_other_text_is_told_and_one_without_is_not() -> None:
    assert [is_other(example) for example in read_examples(SPECIFICATION)] == [False, True]
    (line,) = report(read_examples(SPECIFICATION))
    assert line.startswith("2 (Made up) differs: ")


def test_quotation_marks_and_dashes_are_the_same_text_however_they_are_set() -> None:
    assert not is_other(Example(1, "", '"a" -- b...', "<p>&quot;a&quot; -- b...</p>"))


def test_a_reason_without_a_difference_is_told() -> None:
    number = next(iter(DIFFERENCES.values()))[0]
    (line,) = report([Example(number, "x", "甲", "<p>甲</p>")])
    assert line.startswith(f"{number} (x) differs no longer")


def test_every_example_has_one_reason() -> None:
    numbers = [number for numbers in DIFFERENCES.values() for number in numbers]
    assert len(numbers) == len(set(numbers))
    assert all(DIFFERENCES.values())
