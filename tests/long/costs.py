"""Measure what the worst posts of 1 MB cost: processor time and memory of every construct.

    nice python -m tests.long.costs                 # all of them: half an hour
    nice python -m tests.long.costs --every 10      # each tenth
    nice python -m tests.long.costs --only digest paragraph # whose name has one of the words

Each is parsed and laid out in a process of its own. Prints the costliest, and ends with 1 if one
takes more than 2 seconds or 200 MB. Seconds mean something on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from typing import NamedTuple

from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.layout import layout
from newsreader.article.render.palette import TERMINAL_PALETTE
from tests.hostile.constructs import CONSTRUCTS

SIZE = 1_000_000
MOST_SECONDS = 2.0
MOST_MEMORY = 200
_SHOWN = 12


class Cost(NamedTuple):
    """What one construct costs: seconds of the processor, and MB at the worst moment."""

    parse: float
    layout: float
    memory: int
    name: str

    @property
    def seconds(self) -> float:
        """The time of both."""
        return self.parse + self.layout

    def __str__(self) -> str:
        return (
            f"{self.seconds:6.2f} s (parse {self.parse:5.2f}, layout {self.layout:5.2f})"
            f" {self.memory:4} MB  {self.name}"
        )


def measure(name: str, size: int) -> Cost:
    """Measure a construct in a child, whose memory begins with what is imported here."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        body = CONSTRUCTS[name](size)
        begun = time.process_time()
        document = parse_body(body)
        parsed = time.process_time()
        layout(document, 40, TERMINAL_PALETTE)
        times = parsed - begun, time.process_time() - parsed
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        memory //= 1024 if sys.platform == "linux" else 1024 * 1024
        os.write(writing, f"{times[0]} {times[1]} {memory}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        parse, laid_out, memory_text = answer.read().split()
    os.waitpid(child, 0)
    return Cost(float(parse), float(laid_out), int(memory_text), name)


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--only", nargs="+", default=[""], metavar="WORD")
    asked = parser.parse_args()
    layout(parse_body("# a\n\nb *c* [d](e)\n"), 40, TERMINAL_PALETTE)  # what is imported late
    names = [name for name in CONSTRUCTS if any(word in name for word in asked.only)]
    costs = [measure(name, asked.size) for name in names[:: asked.every]]
    for title, ordered in (
        ("Time", sorted(costs, key=lambda cost: cost.seconds, reverse=True)),
        ("Memory", sorted(costs, key=lambda cost: cost.memory, reverse=True)),
    ):
        print(f"{title}, the worst of {len(costs)}:")
        print(*ordered[:_SHOWN], sep="\n")
    return int(any(cost.seconds > MOST_SECONDS or cost.memory > MOST_MEMORY for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
