"""Measure fetching beside newsboat: `python -m benchmarks.feeds [--feeds 200] [--entries 50]`.

A server on loopback, in a process of its own, serves feeds of made-up entries with validators, as
most servers do. newsboat reloads the same feeds into a cache of its own, with as many threads as
there are cores; where it is not installed, only this program is measured. Each is timed as a whole
process, on an empty library and again with nothing new, with the processor time of its children.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path

from tests.feeds.server import serve

CHARACTERS = 1200
"""Characters of Chinese in an entry, beside a few tags."""


def made_feed(number: int, entries: int) -> str:
    """A feed of RSS; every other one has its text in CDATA, the others escape it, as feeds do."""
    chance = random.Random(number)
    words = [chr(chance.randrange(0x4E00, 0x9FA0)) * 2 for _ in range(400)]
    items = []
    for place in range(entries):
        paragraphs = "".join(
            f"<p>{''.join(chance.choices(words, k=CHARACTERS // 16))}"
            f' <a href="https://made.example/{place}">链接</a></p>'
            for _ in range(8)
        )
        text = f"<![CDATA[{paragraphs}]]>" if number % 2 else escape(paragraphs)
        items.append(
            f"<item><title>{words[place]}新闻 {number}.{place}</title>"
            f"<link>https://f{number}.example/{place}</link><guid>{number}.{place}</guid>"
            f"<pubDate>Fri, 25 Feb 2022 11:{place % 60:02}:00 +0800</pubDate>"
            f"<category>芯片</category><description>{text}</description></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Feed {number}</title><link>https://f{number}.example/</link>"
        f"<description/>{''.join(items)}</channel></rss>"
    )


def _serve(told: Connection, feeds: int, entries: int) -> None:
    with serve() as server:
        told.send(
            [server.put(f"/{n}", made_feed(n, entries), validates=True) for n in range(feeds)]
        )
        signal.pause()


@contextmanager
def served(feeds: int, entries: int) -> Iterator[list[str]]:
    """Addresses of feeds that a process serves while the context lasts."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there, feeds, entries), daemon=True)
    server.start()
    urls: list[str] = here.recv()
    try:
        yield urls
    finally:
        server.kill()
        server.join()


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and seconds of processor time of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    passed = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def ours(home: Path, urls: list[str]) -> Iterator[tuple[str, float, float]]:
    """Fetch into an empty library, and again."""
    config = home / "config.yaml"
    config.write_text("feeds:\n" + "".join(f"  - {url}\n" for url in urls), encoding="utf-8")
    names = ("CONFIG", "CACHE", "DATA", "STATE")
    environment = os.environ | {f"XDG_{name}_HOME": str(home / name) for name in names}
    command = [sys.executable, "-m", "newsreader", "fetch", "--config", str(config)]
    yield "newsreader fetch", *timed(command, environment)
    yield "newsreader fetch, nothing new", *timed(command, environment)


def newsboat(home: Path, urls: list[str]) -> Iterator[tuple[str, float, float]]:
    """Reload into an empty cache, and again."""
    (home / "urls").write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
    (home / "config").write_text(f"reload-threads {os.cpu_count()}\n", encoding="utf-8")
    files = {"-u": "urls", "-c": "cache.db", "-C": "config"}
    command = ["newsboat"]
    for key, name in files.items():
        command += [key, str(home / name)]
    environment = os.environ | {"HOME": str(home)}
    yield "newsboat -x reload", *timed([*command, "-x", "reload"], environment)
    yield "newsboat -x reload, nothing new", *timed([*command, "-x", "reload"], environment)


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=50)
    options = parser.parse_args()
    with (
        served(options.feeds, options.entries) as urls,
        tempfile.TemporaryDirectory() as folder,
    ):
        print(f"{options.feeds} feeds of {options.entries} entries", flush=True)
        print(f"{'':<36}{'seconds':>10}{'processor':>12}")
        measure = [ours, newsboat] if shutil.which("newsboat") else [ours]
        for number, each in enumerate(measure):
            home = Path(folder, str(number))
            home.mkdir()
            for name, passed, worked in each(home, urls):
                print(f"{name:<36}{passed:>10.2f}{worked:>12.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
