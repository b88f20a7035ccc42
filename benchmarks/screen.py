"""How long the reader takes to start and to answer keys: `python -m benchmarks.screen FOLDER`.

The reader runs in a pseudo-terminal of 140 by 40, on an index that is there. A start is timed from
the fork to the moment at which the first list is drawn, and is compared in the same run with the
smallest Textual app there is, started the same way. A key is timed from the byte sent to the last
byte drawn, the preview of the article included. `benchmarks.numbers` measures the same among other
things. Nothing of the user's is touched: cache and data lie in a scratch folder.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.sessions import Place, measure_keys, measure_starts
from benchmarks.terminal import Spread, environment


def _spread(times: Spread) -> str:
    return f"{times.median * 1e3:8.1f} {times.high * 1e3:8.1f} {times.worst * 1e3:8.1f}"


def measure(place: Place, rounds: int) -> None:
    """Print the table."""
    place.index()
    starts = measure_starts(place, None, max(5, rounds // 6))
    print("                                 median     99th    worst  (ms)")
    print(f"start of the smallest app      {_spread(starts.minimal)}")
    print(f"start to the first list        {_spread(starts.lists)}")
    print(f"start to the article beside it {_spread(starts.article)}")
    print(f"ratio                          {starts.lists.median / starts.minimal.median:8.2f}")
    keys = measure_keys(place, rounds)
    for name, times in keys.by_name.items():
        print(f"key: {name:<25} {_spread(times)}")
    print(
        f"j held down 5 s at 30 a second: behind by {keys.behind * 1e3:.0f} ms at the end, "
        f"longest time without drawing {keys.silence * 1e3:.0f} ms"
    )
    print(f"memory of the process          {keys.memory:8.0f} MB")


def main() -> None:
    """Measure a folder of posts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        place = Place(arguments.folder.resolve(), scratch, environment(scratch))
        measure(place, arguments.rounds)


if __name__ == "__main__":
    main()
