"""Measure the store: `python -m benchmarks.store COUNT [--folder FOLDER]`.

Makes that many posts (see `benchmarks.make_posts`) in a temporary folder, or takes those of FOLDER,
and prints a table. Times are medians; files are in the system's cache.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from benchmarks.make_posts import write_posts
from newsreader.store import Everything, Labelled, PostStore, Query, ScanProgress, Source, View

PAGE = 60


def milliseconds(action: Callable[[], object], repeat: int = 7) -> float:
    """How long an action takes: the median of `repeat` times."""
    times: list[float] = []
    for _ in range(repeat):
        begun = time.perf_counter()
        action()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def say(what: str, value: str) -> None:
    print(f"{what:<58}{value:>18}", flush=True)


@dataclass(frozen=True, slots=True)
class FirstScan:
    """What a first scan in a process of its own came to; times in seconds.

    Attributes:
        found: Posts.
        listed_after: When the first posts were listed.
        posts: How long the stage of lists took.
        text: How long that of the full text took.
        memory: The most memory of the process, in bytes.
        helper_memory: The same of its second process.
    """

    found: int
    listed_after: float
    posts: float
    text: float
    memory: int
    helper_memory: int


def scan_first(sources: list[Source], cache: Path, data: Path) -> FirstScan:
    """Index for the first time, in this process."""
    begun = time.perf_counter()
    moments: dict[str, float] = {}
    with PostStore(sources, cache_dir=cache, data_dir=data) as store:

        def watch(progress: ScanProgress) -> None:
            now = time.perf_counter() - begun
            moments.setdefault(progress.stage, now)
            if "listed" not in moments and store.lists.count(Query()):
                moments["listed"] = now

        found = store.scans.run(progress=watch).found
    end = time.perf_counter() - begun
    text = moments.get("text", end)
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    memory, helper_memory = (
        resource.getrusage(who).ru_maxrss * unit
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    listed = moments.get("listed", end)
    return FirstScan(found, listed, text, end - text, memory, helper_memory)


def time_scans(folder: Path, cache: Path, data: Path) -> None:
    """The first scan, in a process of its own, and some that find nothing new."""
    command = [sys.executable, "-m", "benchmarks.store", "--scan-first"]
    command += [str(path) for path in (folder, cache, data)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    first = FirstScan(**json.loads(answer))
    say("first posts listed after", f"{first.listed_after * 1000:,.0f} ms")
    say("first scan, posts in lists", f"{first.found / first.posts:,.0f} posts/s")
    if first.text:
        say("first scan, full text", f"{first.found / first.text:,.0f} posts/s")
    say("first scan, everything", f"{first.found / (first.posts + first.text):,.0f} posts/s")
    say("first scan, memory", f"{first.memory / 1e6:,.0f} MB")
    say("first scan, memory of the helper", f"{first.helper_memory / 1e6:,.0f} MB")
    size = sum(path.stat().st_size for path in cache.glob("index.db*"))
    say("index, per post", f"{size / max(1, first.found):,.0f} bytes")
    with PostStore([Source(folder)], cache_dir=cache, data_dir=data) as store:
        rates = [(again := store.scans.run()).found / again.seconds for _ in range(3)]
    say("scan with nothing changed", f"{statistics.median(rates):,.0f} files/s")


def time_lists(store: PostStore) -> None:
    """Pages, counts and places of lists; every time after a change, as nothing is remembered."""
    everything = Query()
    scope = store.lists.overview().categories[0].scope
    total = store.lists.count(everything)
    newest = store.lists.page(everything, 0, 1)[0].post_id
    oldest = store.lists.page(everything, total - 1, 1)[0].post_id
    flag = [False]

    def change() -> None:
        flag[0] = not flag[0]
        store.marks.set_read([oldest], flag[0], undoable=False)

    def afresh(action: Callable[[], object]) -> str:
        times: list[float] = []
        for _ in range(9):
            change()
            times.append(milliseconds(action, 1))
        return f"{statistics.median(times):,.2f} ms"

    queries = {
        "all": everything,
        "unread": Query(view=View.UNREAD),
        "a category": Query(scope),
        "unread of a category": Query(scope, View.UNREAD),
        "bookmarks": Query(Everything(), View.BOOKMARKS),
    }
    for name, query in queries.items():
        say(f"{name}: first page", afresh(partial(store.lists.page, query, 0, PAGE)))
        count = store.lists.count(query)
        say(f"{name}: count ({count:,})", afresh(partial(store.lists.count, query)))
    half = total // 2
    say("page in the middle, again", afresh(lambda: store.lists.page(everything, half, PAGE)))
    say(
        "the page after it",
        f"{milliseconds(lambda: store.lists.page(everything, half + PAGE, PAGE)):,.2f} ms",
    )
    say("last page", afresh(lambda: store.lists.page(everything, total - PAGE, PAGE)))
    middle = store.lists.page(everything, half, 1)[0].post_id
    say("rank of the post in the middle", afresh(lambda: store.lists.rank(everything, middle)))
    say("next unread", afresh(lambda: store.lists.next_unread(newest, query=everything)))
    say("overview", afresh(store.lists.overview))
    say("mark a post read", f"{milliseconds(change, 21):,.2f} ms")


def time_marks(store: PostStore) -> None:
    """A bookmark, and marking everything."""
    post_id = store.lists.page(Query(), 5, 1)[0].post_id
    say(
        "bookmark",
        f"{milliseconds(lambda: store.bookmarks.set_bookmarked(post_id, True), 1):,.2f} ms",
    )
    scope = Labelled("category", store.lists.overview().categories[-1].scope.name)
    say(
        "mark the smallest category read",
        f"{_seconds(lambda: store.marks.mark_all_read(Query(scope)))}",
    )
    say("mark all read", f"{_seconds(lambda: store.marks.mark_all_read(Query()))}")
    say("undo it", f"{_seconds(store.marks.undo)}")


def _seconds(action: Callable[[], object]) -> str:
    return f"{milliseconds(action, 1) / 1000:,.2f} s"


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.store", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--folder", type=Path, help="posts that are there already")
    parser.add_argument("--scan-first", type=Path, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.scan_first:
        folder, cache, data = options.scan_first
        print(json.dumps(asdict(scan_first([Source(folder)], cache, data))))
        return
    with tempfile.TemporaryDirectory(prefix="newsreader-benchmark-") as name:
        place = Path(name)
        folder = options.folder or place / "site"
        if options.folder is None:
            size = write_posts(folder, options.count)
            say("posts made", f"{options.count:,}")
            say("bytes each", f"{size / max(1, options.count):,.0f}")
        sources = [Source(folder.resolve())]
        cache, data = place / "cache", place / "data"
        time_scans(folder.resolve(), cache, data)

        def open_first_page() -> None:
            with PostStore(sources, cache_dir=cache, data_dir=data) as opened:
                opened.lists.page(Query(), 0, PAGE)

        say("open, and the first page", f"{milliseconds(open_first_page):,.1f} ms")
        times: list[float] = []
        for _ in range(7):
            with PostStore(sources, cache_dir=cache, data_dir=data) as store:
                half = store.lists.count(Query()) // 2
                times.append(milliseconds(partial(store.lists.page, Query(), half, PAGE), 1))
        say("page in the middle, nothing remembered", f"{statistics.median(times):,.2f} ms")
        with PostStore(sources, cache_dir=cache, data_dir=data) as store:
            time_lists(store)
            time_marks(store)


if __name__ == "__main__":
    main()
