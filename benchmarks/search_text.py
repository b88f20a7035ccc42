"""Measure the text for the full-text index: `python -m benchmarks.search_text [FOLDER ...]`.

It must be fast for posts of every shape that `make_posts` makes. Beside the time of `search_text`
stands that of building the article and taking its text.
"""

from __future__ import annotations

import argparse
import statistics
from functools import partial
from pathlib import Path

from benchmarks.articles import Sample, at, read_samples, say, seconds
from benchmarks.make_posts import SHAPES, make_posts
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.search_text.search_text import search_text
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post

COUNT = 100


def article_text(post: Post, site: Site) -> str:
    """The text of a post by way of its article."""
    return plain_text(parse_article(post, site))


def measure(kind: str, samples: list[Sample]) -> None:
    """Both ways over the same posts."""
    posts = [(parse_post(each.raw, each.path, each.site), each.site) for each in samples]
    for name, way in (("search_text", search_text), ("by the article", article_text)):
        times = [seconds(partial(way, post, site)) for post, site in posts]
        say(f"{kind}, {len(posts)} posts, {name}", statistics.mean(times), at(times, 0.95))


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="benchmarks.search_text", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    options = parser.parse_args()
    say("ms per post", "mean", "95 %")
    for shape in SHAPES:
        made = make_posts(COUNT, shape=shape)
        measure(shape, [Sample(shape, each.raw, each.name, Site()) for each in made])
    if options.folders:
        measure("given", list(read_samples(options.folders)))


if __name__ == "__main__":
    main()
