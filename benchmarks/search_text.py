"""Measure the text for the full-text index: `python -m benchmarks.search_text [FOLDER ...]`.

It must be fast for posts of every shape, so three are made: short news as `make_posts` writes it;
pages of some 28 KB as sites really have them (nested boxes, lazy images with twins, empty
paragraphs, line feeds amid sentences); and Markdown posts with code and tables. Beside the time of
`search_text` stands that of building the article and taking its text.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.articles import Sample, at, read_samples, say, seconds
from benchmarks.make_posts import ENDS, WORDS, make_posts
from newsreader.article.facts import plain_text
from newsreader.article.parse.parse_article import parse_article
from newsreader.article.search_text import search_text
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post

COUNT = 100
PAGE = 28_000
_FRONT = "---\nlayout: post\ntitle: 一篇\ndate: 2024-05-01\n---\n\n"


def make_short() -> Iterator[str]:
    """Short news: a digest, clean paragraphs, an address and links."""
    for made in make_posts(COUNT):
        yield made.raw.decode("utf-8", "replace")


def make_pages() -> Iterator[str]:
    """Pages of about 28 KB, as a site's own editor leaves them."""
    for number in range(COUNT):
        chance = random.Random(f"page {number}")
        parts = ['<div class="article"><div id="content">']
        size = 0
        while size < PAGE:
            parts.append(_page_part(chance))
            size += len(parts[-1].encode())
        yield f"{_FRONT}> {_sentence(chance)}\n\n{''.join(parts)}</div></div>\n\n<http://s.example/>\n"


def _page_part(chance: random.Random) -> str:
    match chance.randrange(8):
        case 0:
            address = f"//img.example/{chance.randrange(10**9)}.jpg"
            return (
                '<div class="pic"><figure><img src="/lazy.gif" data-src="'
                f'{address}" alt="{_words(chance, 3)}"><noscript><img src="{address}"></noscript>'
                f"<figcaption>{_words(chance, 5)}</figcaption></figure></div>\n"
            )
        case 1:
            return "<p>&nbsp;</p>\n<p><br></p>\n"
        case 2:
            return f'<h3 style="margin:0"><strong>{_words(chance, 4)}</strong></h3>\n'
        case 3:
            items = (f'<li><a href="/n/{n}.html">{_words(chance, 6)}</a></li>' for n in range(4))
            return f'<div><ul class="more">\n{"".join(items)}</ul></div>\n'
        case _:
            text = "\n".join(_sentence(chance) for _ in range(3)).replace("的", "的\n")
            address = f"//s.example/{chance.randrange(999)}"
            text += (
                f'<a href="{address}" target="_blank">{_words(chance, 2)}</a>{_sentence(chance)}'
            )
            return f'<p style="text-indent:2em"><span>　　{text}</span></p>\n'


def make_markdown() -> Iterator[str]:
    """Posts of a programmer's blog."""
    for number in range(COUNT):
        chance = random.Random(f"markdown {number}")
        parts: list[str] = []
        for section in range(5):
            link = f"[the manual](https://d.example/{section})"
            parts += [
                f"## {_words(chance, 3)} {section}\n",
                f"{_sentence(chance)} See {link} and **{_words(chance, 2)}**[^{section}].\n",
                f"```python\nfor i in range({section}):\n    print('{_words(chance, 1)}')\n```\n",
                f"| a | b |\n|---|---|\n| {_words(chance, 1)} | {section} |\n| x | `y` |\n",
                *(f"* {_sentence(chance)}" for _ in range(3)),
                f"\n[^{section}]: {_sentence(chance)}\n",
            ]
        yield _FRONT + "\n".join(parts)


def _words(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(WORDS, k=count))


def _sentence(chance: random.Random) -> str:
    return f"{_words(chance, 6)}的{_words(chance, 5)}，{_words(chance, 6)}{chance.choice(ENDS)}"


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
    for kind, texts in (
        ("short news", make_short()),
        ("pages of 28 KB", make_pages()),
        ("Markdown", make_markdown()),
    ):
        measure(kind, [Sample(kind, each.encode(), "2024-05-01-1.md", Site()) for each in texts])
    if options.folders:
        measure("given", list(read_samples(options.folders)))


if __name__ == "__main__":
    main()
