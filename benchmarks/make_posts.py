"""Make posts to measure on: `python -m benchmarks.make_posts FOLDER COUNT [--shape SHAPE]`.

The posts have one of four shapes, see the modules of `benchmarks.shapes`: `finews`, short and clean
as one generator makes them; `news`, pages as publishing systems and scrapers leave them; `blog`,
Markdown; `wiki`, long pages. Their lengths and parts vary as those of real posts do, and one in
five hundred is broken in one of the ways that real ones are. The same seed gives the same posts.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks.shapes.blog import blog
from benchmarks.shapes.finews import finews
from benchmarks.shapes.news import news
from benchmarks.shapes.wiki import wiki
from benchmarks.shapes.words import About, words

SHAPES: Final[Mapping[str, Callable[[random.Random, About], str]]] = MappingProxyType(
    {"finews": finews, "news": news, "blog": blog, "wiki": wiki}
)
CATEGORIES: Final = (
    ("caijing", "财经新闻", 30),
    ("keji", "科技新闻", 22),
    ("shehui", "社会新闻", 16),
    ("guoji", "国际新闻", 12),
    ("jinrong", "金融消息", 9),
    ("tiyu", "体育新闻", 6),
    ("wenhua", "文化生活", 3),
    ("jiankang", "健康消息", 2),
)
ZONE: Final = timezone(timedelta(hours=8))
FIRST: Final = datetime(2020, 1, 1, tzinfo=ZONE)
DAYS: Final = 3 * 365
CONFIG: Final = "title: 每日新闻\nurl: https://news.example\ntimezone: Asia/Shanghai\n"
BROKEN: Final = 0.002
"""Which part of the posts is broken."""
_PIECE: Final = 2_000


@dataclass(frozen=True, slots=True)
class MadePost:
    """A file name and what to write."""

    name: str
    raw: bytes


def make_posts(
    count: int, seed: int = 1, part: tuple[int, int] | None = None, shape: str = "finews"
) -> Iterator[MadePost]:
    """`count` posts, the oldest first; or of these the ones from `part[0]` to before `part[1]`."""
    codes, names, weights = zip(*CATEGORIES, strict=True)
    tag_of = dict(zip(codes, names, strict=True))
    step = timedelta(days=DAYS) / max(1, count)
    for number in range(*(part or (0, count))):
        chance = random.Random(f"{seed} {number}")
        date = FIRST + step * number
        [code] = chance.choices(codes, weights)
        about = About(number, date, words(chance, 5, 10), code, tag_of[code])
        name = f"{date:%Y-%m-%d}-{date:%Y%m%d}{number:010d}.md"
        post = MadePost(name, SHAPES[shape](chance, about).encode())
        yield post if chance.random() >= BROKEN else _broken(chance, post, number)


def write_posts(folder: Path, count: int, seed: int = 1, shape: str = "finews") -> int:
    """Write a site of `count` posts into `folder`; how many bytes."""
    posts = folder / "_posts"
    posts.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    parts = [(first, min(first + _PIECE, count)) for first in range(0, count, _PIECE)]
    write = partial(_write_part, posts, count, seed, shape)
    if len(parts) < 4:
        return sum(map(write, parts))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(write, parts))


def _write_part(posts: Path, count: int, seed: int, shape: str, part: tuple[int, int]) -> int:
    size = 0
    for post in make_posts(count, seed, part, shape):
        (posts / post.name).write_bytes(post.raw)
        size += len(post.raw)
    return size


def _broken(chance: random.Random, post: MadePost, number: int) -> MadePost:
    """The post as real ones are broken: in its title, date, front matter or bytes."""
    raw = post.raw
    title = raw.split(b"\n", 3)[2]
    date = raw.split(b"\n", 4)[3]
    match chance.randrange(6):
        case 0:
            raw = raw.replace(title, 'title: "他说"好"了"'.encode(), 1)
        case 1:
            raw = raw.replace(title, b'title: ""', 1)
        case 2:
            raw = raw.replace(date, b"date:  +0800", 1)
            return MadePost(f"-{number:018d}.md", raw)
        case 3:
            raw = raw.replace(b"\n---\n", b"\n", 1)
        case 4:
            raw = raw.decode().encode("gb18030")
        case _:
            raw = raw.replace(date, b"date: 2022-02-30", 1)
    return MadePost(post.name, raw)


def main() -> None:
    """Make posts as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.make_posts", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--shape", choices=SHAPES, default="finews")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = write_posts(options.folder, options.count, options.seed, options.shape)
    print(f"{options.count:,} posts, {size / max(1, options.count):,.0f} bytes each")


if __name__ == "__main__":
    main()
