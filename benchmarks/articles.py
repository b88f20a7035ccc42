"""Measure articles: `python -m benchmarks.articles [FOLDER ...] [--width 80]`.

Takes the sample posts and the posts of every FOLDER, and compares on each of them, one right after
the other, three ways to the lines of a screen: this reader's, from the bytes of the file; html2text
to Markdown drawn by rich; and `w3m -dump` where it is installed (a process of its own, so its start
counts; `w3m, itself` is its time less that of an empty page). The latter two read no Markdown: they
get the article as HTML, which is made before the clock starts. Then posts made for the purpose: one
of the common shape, how cost grows with length, how soon the first screen of a very long one is
there, and for how long a loop beside it waits.

Times are those of the processor, but for w3m and the loop: these need a quiet machine.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import io
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

import html2text
from rich.console import Console
from rich.markdown import Markdown

from benchmarks.shapes.words import ENDS, WORDS
from newsreader.article.parse.body_parts import split_body
from newsreader.article.parse.markdown import join_html
from newsreader.article.parse.parse_article import article_parser, parse_article
from newsreader.article.render.layout import layout, layout_steps
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.store import Source, find_posts, read_site

SAMPLES = Path(__file__).parent.parent / "sample_posts"
SIZES = (10_000, 30_000, 100_000, 300_000, 700_000, 1_000_000)
FIRST_LINES = 200
TICK = 0.005
BEST_OF = 3
OURS = "newsreader"

Times: TypeAlias = dict[str, float]
"""Seconds that a post took, by the way it was shown."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A post to measure on: its file's bytes, its path below the site's root, and the site."""

    name: str
    raw: bytes
    path: str
    site: Site


def read_samples(folders: list[Path]) -> Iterator[Sample]:
    """The posts of folders, those of one folder as the reader finds them."""
    for folder in folders:
        source = Source(folder.resolve())
        for found in find_posts(source):
            raw = (source.path / found.path).read_bytes()
            yield Sample(found.path, raw, found.site_path, read_site(found.root).site)


def make_body(size: int, seed: int = 1) -> str:
    """A body of about `size` bytes: paragraphs of some hundred characters, with the tags of news.

    About 26 bytes in 100 are tags and attributes, as in a real page.
    """
    chance = random.Random(seed)
    parts: list[str] = []
    length = 0
    while length < size:
        text = "".join(
            f"{''.join(chance.choices(WORDS, k=6))}，{''.join(chance.choices(WORDS, k=5))}"
            f"{chance.randint(1, 99)}.{chance.randint(0, 9)}%{chance.choice(ENDS)}"
            for _ in range(chance.randint(2, 5))
        )
        code = f"{chance.randint(1, 999_999):06d}"
        share = "".join(chance.choices(WORDS, k=2))
        part = (
            f'<p>　　{text}<span id="stock_1.{code}"><a href="http://quote.example/{code}.html" '
            f'class="keytip" data-code="1,{code}">{share}</a></span><span id="quote_1.{code}">'
            f"</span>表示，<strong>“{share}”</strong>。</p>"
        )
        if chance.random() < 0.15:
            part += f"<p><strong>{share}的{chance.choice(WORDS)}</strong></p>"
        parts.append(part)
        length += len(part.encode())
    return "".join(parts)


def make_sample(size: int) -> Sample:
    """A post of about `size` bytes of HTML, with a digest, a source and navigation around it."""
    text = (
        '---\nlayout: post\ntitle: "很长的一篇新闻"\ndate: 2024-05-01 08:30:00 +0800\n'
        "categories: caijing\ntags: 财经新闻\n---\n\n> 这是一段摘要，说明后面的内容。\n\n"
        f"{make_body(size)}\n\n<http://source.example/a/1.html>\n\n"
        "[返回财经新闻](//news.example/c.html)｜[返回首页](//news.example/)\n"
    )
    return Sample(f"made, {size:,} bytes", text.encode(), "_posts/2024-05-01-1.md", Site())


def seconds(
    action: Callable[[], object],
    repeat: int = BEST_OF,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """How long an action takes at best, on the processor: other processes are no part of it."""
    best = float("inf")
    for _ in range(repeat):
        begun = clock()
        action()
        best = min(best, clock() - begun)
    return best


def show_here(sample: Sample, width: int) -> None:
    """From the bytes of a file to lines, this reader's way."""
    post = parse_post(sample.raw, sample.path, sample.site)
    layout(parse_article(post, sample.site), width)


def page_of(sample: Sample) -> str:
    """A post as an HTML page."""
    segments = split_body(parse_post(sample.raw, sample.path, sample.site).body)
    digests = "".join(
        f"<blockquote>{html.escape(each.text)}</blockquote>"
        for each in segments
        if each.kind == "digest"
    )
    return digests + join_html(segments)[0]


def show_by_rich(page: str, width: int) -> None:
    """From an HTML page to lines, by html2text and rich's Markdown."""
    parser = html2text.HTML2Text(bodywidth=0)
    parser.unicode_snob = True
    console = Console(width=width, file=io.StringIO(), force_terminal=True, color_system="256")
    console.print(Markdown(parser.handle(page)))


def show_by_w3m(program: str, page: str, width: int) -> None:
    """From an HTML page to lines, by w3m."""
    subprocess.run(
        [program, "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", str(width)],
        input=page.encode(),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def at(times: list[float], share: float) -> float:
    """The time that a share of all times does not pass."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def say(what: str, *values: float | str) -> None:
    cells = (value if isinstance(value, str) else f"{value * 1000:,.2f}" for value in values)
    print(f"{what:<44}" + "".join(f"{cell:>13}" for cell in cells), flush=True)


def compare(samples: list[Sample], width: int) -> None:
    """Every way over the same posts: those that hold a page of HTML, the others, and all."""
    program = shutil.which("w3m")
    if program is None:
        print("w3m is not installed.")
    wall = time.perf_counter  # w3m is a process of its own
    start = seconds(lambda: show_by_w3m(program, "<p>x", width), 9, wall) if program else 0.0
    of_html: list[Times] = []
    of_markdown: list[Times] = []
    for sample in samples:
        page = page_of(sample)
        times = {
            OURS: seconds(partial(show_here, sample, width)),
            "html2text -> rich.Markdown": seconds(partial(show_by_rich, page, width)),
        }
        if program is not None:
            took = seconds(partial(show_by_w3m, program, page, width), clock=wall)
            times |= {"w3m -dump": took, "w3m, itself": max(0.0, took - start)}
        body = parse_post(sample.raw, sample.path, sample.site).body
        kinds = {segment.kind for segment in split_body(body)}
        (of_html if "html" in kinds and "<p" in body else of_markdown).append(times)
    for name, group in (
        ("HTML", of_html),
        ("Markdown", of_markdown),
        ("all", of_html + of_markdown),
    ):
        if group:
            tell(name, group)


def tell(kind: str, posts: list[Times]) -> None:
    """The times of some posts, and how many times slower the other ways are."""
    say(f"{kind}: {len(posts)} posts, ms each", "median", "95 %", "99 %", "worst", "x newsreader")
    ours = statistics.median(times[OURS] for times in posts)
    for way in posts[0]:
        took = [times[way] for times in posts]
        middle = statistics.median(took)
        times = (middle, at(took, 0.95), at(took, 0.99), max(took))
        say(way, *times, f"{middle / ours:,.1f}")
    print()


def grow(width: int) -> None:
    """How cost grows with length: the last column stays the same where it is linear."""
    say("made posts, ms", "parse", "layout", "together", "us / byte")
    for size in (9_000, *SIZES):
        sample = make_sample(size)
        post = parse_post(sample.raw, sample.path)
        document = parse_article(post)
        parsing = seconds(partial(parse_article, post))
        laying = seconds(partial(layout, document, width))
        both = parsing + laying
        name = f"{len(sample.raw):,} bytes, {len(post.body):,} characters"
        say(name, parsing, laying, both, f"{both / len(sample.raw) * 1e6:.3f}")
    print()


def show(post: Post, width: int) -> Iterator[None]:
    """All that a pane does for a post; the first step is its first screen."""
    parser = article_parser(post)
    beginning = parser.parse_beginning()
    if beginning is not None:
        next(layout_steps(beginning, width, first_lines=FIRST_LINES))
        yield
    for _ in layout_steps(parser.parse(), width, first_lines=FIRST_LINES):
        yield


async def longest_wait(action: Callable[[], object]) -> float:
    """The longest that a loop, which wants to wake up every 5 ms, waits while a thread works."""
    worker = asyncio.create_task(asyncio.to_thread(action))
    longest = 0.0
    while not worker.done():
        begun = time.perf_counter()
        await asyncio.sleep(TICK)
        longest = max(longest, time.perf_counter() - begun - TICK)
    await worker
    return longest


def first_screens(width: int) -> None:
    """How soon very long posts show something, and how a loop beside them fares."""
    say("first screen of long posts, ms", "first", "whole", "loop waits")
    long = [make_sample(size) for size in (100_000, 700_000, 1_600_000)]
    for sample in (*long, make_table(500_000)):

        def first(sample: Sample = sample) -> None:
            next(show(parse_post(sample.raw, sample.path), width))

        def whole(sample: Sample = sample) -> None:
            list(show(parse_post(sample.raw, sample.path), width))

        waits = [asyncio.run(longest_wait(whole)) for _ in range(BEST_OF)]
        say(sample.name, seconds(first), seconds(whole), max(waits))


def make_table(size: int) -> Sample:
    """A post of about `size` bytes that is one table."""
    chance = random.Random(size)
    row = "<tr><td>{:06d}</td><td>{}</td><td>{:.2f}%</td><td>{}</td></tr>"
    rows: list[str] = []
    length = 0
    while length < size:
        words = ["".join(chance.choices(WORDS, k=count)) for count in (2, 6)]
        rows.append(row.format(len(rows), words[0], chance.random() * 10, words[1]))
        length += len(rows[-1].encode())
    text = f"---\ntitle: 表\n---\n<p>全部公司：</p><table>{''.join(rows)}</table>\n"
    return Sample(f"one table, {size:,} bytes", text.encode(), "_posts/2024-05-01-2.md", Site())


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.articles", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--width", type=int, default=80)
    options = parser.parse_args()
    samples = list(read_samples([SAMPLES, *options.folders]))
    for sample in samples[:3]:  # imports and caches are no part of the times
        show_here(sample, options.width)
        show_by_rich(page_of(sample), options.width)
    compare(samples, options.width)
    grow(options.width)
    first_screens(options.width)


if __name__ == "__main__":
    main()
