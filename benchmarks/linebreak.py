"""How fast lines are broken, and how well: `python -m benchmarks.linebreak [--width CELLS]`.

Texts made of common words, Chinese, mixed and English, of a thousand to a million characters in one
paragraph. Beside this reader's breaker run, in the same process: rich's `Text.wrap`, and
`uniseg.wrap`, another implementation of Unicode Standard Annex 14, where it is installed
(`pip install uniseg`; it is no dependency). Times are medians. A bad line starts or ends with a
mark that rule 34 of the format forbids there; a broken word is parted between two letters or
digits of ASCII outside a web address.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TypeAlias

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from benchmarks.shapes.words import WORDS
from newsreader.article.linebreak import break_lines

Breaker: TypeAlias = Callable[[str, int], list[str]]

NO_START = frozenset("，。！？；：、”’」』）】》〉…—")
NO_END = frozenset("“‘「『（【《〈")
SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
LONGEST = {"uniseg.wrap": 1_000}
"""The longest paragraph that a slow breaker is given; uniseg's time grows with the square."""
PARAGRAPHS = 20
"""How many of a thousand characters are looked at for flaws."""

LATIN = ("GDP", "5.2%", "G20", "2022年", "3,000.5亿元", "COVID-19", "$5", "10kg", "“A股”", "km/h")
_ENGLISH_TEXT = """
the market of company data growth invest bank fund business economy develop technique product
service price policy project trade energy car chip city traffic education medicine farm export
report said expert expected “record” (again) 5.2% $100 state-of-the-art year’s 1,000.5 — and/or
"""
ENGLISH = _ENGLISH_TEXT.split()
ADDRESS = "https://news.example/2022/02/25/a.html"


def sentences(chance: random.Random, words: Sequence[str], size: int, *, english: bool) -> str:
    """One paragraph of so many characters."""
    parts: list[str] = []
    length = 0
    while length < size:
        count = chance.randint(4, 14)
        chosen = chance.choices(words, k=count)
        if chance.random() < 0.2:
            chosen.append(
                "https://news.example/2022/02/25/a.html" if english else "《报告》（摘要）"
            )
        elif not english and chance.random() < 0.3:
            chosen[-1] = f"“{chosen[-1]}”"
        sentence = " ".join(chosen) + ". " if english else "".join(chosen)
        if not english:
            sentence += chance.choice(("，", "，", "。", "——", "……", "！", "；"))
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts)[:size]


def texts(size: int, seed: int = 1) -> dict[str, str]:
    """A text of each kind; the same for every run."""
    return {
        "Chinese": sentences(random.Random(seed), WORDS, size, english=False),
        "mixed": sentences(random.Random(seed), [*WORDS, *LATIN * 2], size, english=False),
        "English": sentences(random.Random(seed), ENGLISH, size, english=True),
    }


def ours(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, width, cell_len)]


def rich_wrap(text: str, width: int) -> list[str]:
    lines = Text(text).wrap(CONSOLE, width)
    return [line.plain for line in lines]


CONSOLE = Console(width=80)


def breakers() -> dict[str, Breaker]:
    """What is compared."""
    found: dict[str, Breaker] = {"newsreader": ours, "rich Text.wrap": rich_wrap}
    try:
        wrap = import_module("uniseg.wrap")
    except ImportError:
        print("uniseg is not installed here: left out (pip install uniseg)\n")
        return found
    found["uniseg.wrap"] = lambda text, width: [
        line.rstrip() for line in wrap.tt_wrap(text, width, ambiguous_as_wide=False)
    ]
    return found


def seconds(breaker: Breaker, text: str, width: int) -> float:
    """How long a text takes: the median of some times, the fewer the longer."""
    times: list[float] = []
    while len(times) < 3 or (sum(times) < 0.5 and len(times) < 50):
        begun = time.perf_counter()
        breaker(text, width)
        times.append(time.perf_counter() - begun)
        if times[-1] > 5:
            break
    return statistics.median(times)


def flaws(text: str, lines: Sequence[str]) -> tuple[int, int]:
    """How many lines start or end with a forbidden mark, and how many words are broken."""
    addresses = [found.span() for found in re.finditer("https://[!-~]+", text)]
    bad = sum(
        (number > 0 and line[:1] in NO_START) or (number < len(lines) - 1 and line[-1:] in NO_END)
        for number, line in enumerate(lines)
        if line
    )
    broken = 0
    at = 0
    for line in lines[:-1]:
        end = at = text.index(line, at) + len(line)
        around = text[end - 1 : end + 1]
        inside = any(start < end < stop for start, stop in addresses)
        broken += around.isascii() and around.isalnum() and not inside
    return bad, broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=80)
    width = parser.parse_args().width
    compared = breakers()
    print(f"µs a character at {width} cells")
    print(f"{'':<24}" + "".join(f"{size:>12,}" for size in SIZES))
    made = {size: texts(size) for size in SIZES}
    for kind in made[SIZES[0]]:
        for name, breaker in compared.items():
            row = f"{kind:<8} {name:<15}"
            for size in SIZES:
                if size > LONGEST.get(name, SIZES[-1]):
                    row += f"{'-':>12}"
                    continue
                spent = seconds(breaker, made[size][kind], width)
                row += f"{spent / size * 1e6:>12.3f}"
            print(row, flush=True)
    print(f"\n{PARAGRAPHS} paragraphs of 1,000 characters")
    print(f"{'':<24}{'lines':>12}{'bad lines':>12}{'broken words':>14}{'cells filled':>14}")
    samples = [texts(1_000, seed) for seed in range(PARAGRAPHS)]
    for kind in samples[0]:
        for name, breaker in compared.items():
            lines = bad = broken = 0
            full: list[str] = []
            for sample in samples:
                made_lines = breaker(sample[kind], width)
                more_bad, more_broken = flaws(sample[kind], made_lines)
                lines, bad, broken = lines + len(made_lines), bad + more_bad, broken + more_broken
                full += made_lines[:-1]
            filled = statistics.mean(map(cell_len, full)) / width
            print(f"{kind:<8} {name:<15}{lines:>12}{bad:>12}{broken:>14}{filled:>14.1%}")


if __name__ == "__main__":
    main()
