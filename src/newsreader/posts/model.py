"""The values of posts and sites."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final

from newsreader.frozen import dataclass
from newsreader.posts.site_files import HTML_SUFFIXES
from newsreader.problems import Problem
from newsreader.text import EMPTY, Clean, clean_line

NO_ZONE: Final = timezone(timedelta(0), "")
"""The zone of dates of which none is known: they are taken as UTC."""

_QUOTES = "‘’“”"
_SYMBOLS = {
    "ndash": "–",
    "mdash": "—",
    "hellip": "…",
    "laquo": "«",
    "raquo": "»",
    "laquo_space": "«\xa0",
    "raquo_space": "\xa0»",
}
_AS_TYPED = (
    ("–", "--"),
    ("—", "---"),
    ("…", "..."),
    ("«", "<<"),
    ("»", ">>"),
    ("«\xa0", "<< "),
    ("\xa0»", " >>"),
)


@dataclass(frozen=True, slots=True)
class KramdownOptions:
    """What a site says about how its Markdown is read; the defaults are Jekyll's.

    Attributes:
        parse_block_html: Whether block elements (`<div>`) hold Markdown.
        parse_span_html: Whether elements of running text (`<b>`) do.
        hard_wrap: Whether every line end of a paragraph is a line break.
        gfm: Whether it has GitHub's additions, such as `~~`.
        paragraph_end: Whether lists, quotes and headings may stand right below a paragraph, one of
            GitHub's additions.
        typography: What stands for the marks that kramdown sets, such as `“` and `…`, where the
            site wants others.
    """

    parse_block_html: bool = False
    parse_span_html: bool = True
    hard_wrap: bool = False
    gfm: bool = True
    paragraph_end: bool = True
    typography: tuple[tuple[str, str], ...] = ()

    def with_option(self, name: str, value: str) -> KramdownOptions:
        """Return a copy with one of kramdown's options set as it is written; others stay."""
        is_on = value.strip().lower() not in ("false", "")
        match name:
            case "parse_block_html":
                return replace(self, parse_block_html=is_on)
            case "parse_span_html":
                return replace(self, parse_span_html=is_on)
            case "hard_wrap":
                return replace(self, hard_wrap=is_on)
            case "input":
                return replace(self, gfm=value.strip().upper() == "GFM")
            case "gfm_quirks":
                quirks = value.replace(" ", "").split(",")
                is_plain = "no_auto_typographic" in quirks
                return replace(
                    self,
                    paragraph_end="paragraph_end" in quirks,
                    typography=self.typography + (_AS_TYPED if is_plain else ()),
                )
            case "smart_quotes":
                names = value.replace(" ", "").split(",")
                marks = [_character(each) for each in names]
                if len(marks) != len(_QUOTES) or not all(marks):
                    return self
                return replace(
                    self, typography=(*zip(_QUOTES, marks, strict=True), *self.typography)
                )
            case _ if name in _SYMBOLS:
                return replace(
                    self, typography=(*self.typography, (_SYMBOLS[name], clean_line(value)))
                )
            case _:
                return self


def _character(name: str) -> str:
    """Return the character of an entity, which is named or counted; empty if there is none."""
    import html  # noqa: PLC0415  (late: few sites say how quotes are drawn)

    entity = f"&#{name};" if name.isdecimal() else f"&{name};"
    mark = clean_line(html.unescape(entity))
    return mark if len(mark) == 1 else ""


@dataclass(frozen=True, slots=True)
class Site:
    """The facts of a Jekyll site that its posts depend on.

    Attributes:
        title: The site's own name, cleaned; empty if it has none.
        url: Scheme and host without a final slash (`https://example.org`), the base of links
            such as `/about`; empty if it has none.
        timezone: The zone of dates that are written without one; `NO_ZONE` if the site names none.
        kramdown: How its Markdown is read.
        problem: What of `_config.yml` could not be read; `None` if all is well.
    """

    title: Clean = EMPTY
    url: str = ""
    timezone: tzinfo = NO_ZONE
    kramdown: KramdownOptions = KramdownOptions()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One post file: its facts and its body.

    Every string but `body` has been cleaned for the terminal and stands on one line.

    Attributes:
        path: Where it lies below the root of its site, with `/`; may hold any character.
        title: Never blank.
        date: Always with a zone, as it was written; `None` for an undated post.
        has_time: Whether a time of day was written; if not, `date` is midnight.
        categories: In order, each once: those of the folders first, then the written ones.
        tags: In order, each once, as written.
        author: Who wrote it, as the front matter says; empty if it does not.
        lang: The language tag of the front matter (`zh-CN`); empty if there is none.
        link: The address that the front matter names as the post's own; empty if there is none.
        body: What follows the front matter, decoded, newlines as a line feed, nothing else changed.
        published: False if the front matter says `published: false`.
        problem: What is wrong with the file; `None` if all is well, or if nothing was lost.
    """

    path: str
    title: Clean
    date: datetime | None
    has_time: bool
    categories: tuple[Clean, ...]
    tags: tuple[Clean, ...]
    author: Clean
    lang: Clean
    link: Clean
    body: str
    published: bool
    problem: Problem | None

    @property
    def is_html(self) -> bool:
        """Whether its body is HTML throughout, as its file's name says, not Markdown."""
        return is_html_path(self.path)


def is_html_path(path: str) -> bool:
    """Whether a post of this path is HTML throughout: Jekyll converts all other posts."""
    return path.lower().endswith(HTML_SUFFIXES)
