"""What showing a post and taking its text cost, beside w3m, html2text with rich, and lexbor."""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from selectolax.lexbor import LexborHTMLParser

from benchmarks import linebreak
from benchmarks.articles import Sample, at, page_of, seconds, show, show_by_rich
from benchmarks.measures.bench import Bench
from benchmarks.table import Row, number
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.render.layout import layout
from newsreader.article.search_text.search_text import search_text
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post

WIDTH = 80
_REPEATED = 5
"""How often w3m gets each page."""
OF_COMMON_POSTS = 40_000
"""Mean bytes of posts for which the time of a whole one is promised."""

T = TypeVar("T")


def _each(
    items: list[T], action: Callable[[T], object], clock: Callable[[], float] = time.process_time
) -> list[float]:
    """Milliseconds that each item takes once."""
    return [seconds(partial(action, item), 1, clock) * 1e3 for item in items]


def children_processor() -> float:
    """Seconds of the processor that ended processes of this one took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def article_rows(bench: Bench) -> Iterator[Row]:
    """The first screen and the whole of a post, from its body to lines."""
    posts = _posts(bench)
    pages = [page_of(sample) for sample in bench.samples]
    mean = statistics.mean(len(sample.raw) for sample in bench.samples)
    program = shutil.which("w3m")
    _each(posts[:3], _whole)  # imports and caches are no part of the times
    _each(pages[:3], partial(show_by_rich, width=WIDTH))
    first, first_high, whole, by_rich, by_w3m = [], [], [], [], []
    for _ in range(bench.runs):
        screens = _each(posts, _first_screen)
        first.append(statistics.median(screens))
        first_high.append(at(screens, 0.99))
        whole.append(statistics.median(_each(posts, _whole)))
        by_rich.append(statistics.median(_each(pages, partial(show_by_rich, width=WIDTH))))
        if program is not None:
            by_w3m.append(_by_w3m(program, bench.scratch, pages))
    beside = f"w3m itself {number(statistics.median(by_w3m))} ms in the mean" if by_w3m else ""
    yield Row(
        f"parse and lay out, first screen, {len(posts)} posts, median", tuple(first), "ms", 2,
        beside=beside,
    )  # fmt: skip
    yield Row("  99 %", tuple(first_high), "ms", 2)
    yield Row(
        "  the whole post, median", tuple(whole), "ms", 4 if mean < OF_COMMON_POSTS else None,
        beside=f"posts of {mean:,.0f} bytes",
    )  # fmt: skip
    yield Row(
        "  html2text -> rich.Markdown, times ours",
        tuple(rich / ours for rich, ours in zip(by_rich, whole, strict=True)), "x", 5,
        at_least=True, beside=f"{number(statistics.median(by_rich))} ms",
    )  # fmt: skip


def text_rows(bench: Bench) -> Iterator[Row]:
    """The text for the index, beside parsing the same HTML and taking all text of the tree."""
    posts = _posts(bench)
    sites = [sample.site for sample in bench.samples]
    pairs = list(zip(posts, sites, strict=True))
    pages = [page_of(sample) for sample in bench.samples]
    _each(pairs[:3], _search_text)
    ours, floors = [], []
    for _ in range(bench.runs):
        ours.append(statistics.mean(_each(pairs, _search_text)))
        floors.append(statistics.mean(_each(pages, lambda page: LexborHTMLParser(page).text())))
    beside = f"lexbor's parse and text {number(statistics.median(floors))} ms"
    yield Row("text for the index, mean", tuple(ours), "ms", 1, beside=beside)
    ratio = tuple(each / floor for each, floor in zip(ours, floors, strict=True))
    yield Row("  times lexbor alone", ratio, "x", 3)


def break_rows(bench: Bench) -> Iterator[Row]:
    """Line breaking; not a matter of the posts."""
    size = 100_000
    for kind, text in linebreak.texts(size).items():
        times = [
            linebreak.seconds(linebreak.ours, text, WIDTH) / size * 1e6 for _ in range(bench.runs)
        ]
        yield Row(f"line breaking, {kind}, a character", tuple(times), "µs", 0.5)


def _posts(bench: Bench) -> list[Post]:
    return [_parsed(sample) for sample in bench.samples]


def _parsed(sample: Sample) -> Post:
    return parse_post(sample.raw, sample.path, sample.site)


def _first_screen(post: Post) -> None:
    next(show(post, WIDTH))


def _whole(post: Post) -> None:
    layout(parse_article(post), WIDTH)


def _search_text(pair: tuple[Post, Site]) -> None:
    search_text(*pair)


def _by_w3m(program: str, scratch: Path, pages: list[str]) -> float:
    """Milliseconds of the processor that w3m takes for a page in the mean, less its start.

    It gets all pages at once: some kernels count the time of a process by 4 ms.
    """

    def taken(pages: list[str]) -> float:
        files = [scratch / f"{number_of_page}.html" for number_of_page in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_text(f"<meta charset=utf-8>{page}", encoding="utf-8")
        before = children_processor()
        subprocess.run(
            [program, "-dump", "-O", "UTF-8", "-cols", str(WIDTH), *map(str, files)],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return children_processor() - before

    many = pages * _REPEATED
    return (taken(many) - taken(["<p>x"])) / len(many) * 1e3
