"""The values that make up a laid out article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from newsreader.article.render.paragraph import INNER_LINK
from newsreader.text import Clean

if TYPE_CHECKING:
    from rich.text import Text


@dataclass(frozen=True, slots=True)
class Header:
    """The header above an article: its title, facts that share a line, and remarks that do not."""

    title: Clean
    facts: tuple[Clean, ...] = ()
    remarks: tuple[Clean, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A section heading and the line it begins on."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link and the line it begins on.

    Attributes:
        line: The line.
        text: All of its text, also on further lines.
        target: An address to be opened, or `#name` of an anchor of the same layout.
    """

    line: int
    text: str
    target: str

    @property
    def inner(self) -> str:
        """The anchor that it leads to; empty if it leads out of the article."""
        return self.target[1:] if self.target.startswith("#") else ""


@dataclass(frozen=True, slots=True)
class PlacedAnchor:
    """A place that inner links lead to, and its line."""

    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """An article laid out for one width.

    Attributes:
        width: The cells that no line exceeds.
        lines: The segments of every line, without line feeds, not filled up to the width.
        offsets: For every line the number of the article's visible characters above it: a
            reading place that means the same at every width. The header does not count.
        headings: The section headings, from the top.
        links: The links, from the top: those to be opened and those to anchors.
        anchors: The places that the article's own links lead to, from the top.
        glues: For every line what joins it to the one above, of which it is the rest: a space or
            nothing; `None` if it is a line of the text itself.
        prefixes: For every line how many characters of it are margins, bars and bullets.
    """

    width: int
    lines: tuple[tuple[Segment, ...], ...]
    offsets: tuple[int, ...]
    headings: tuple[PlacedHeading, ...]
    links: tuple[PlacedLink, ...]
    anchors: tuple[PlacedAnchor, ...] = ()
    glues: tuple[str | None, ...] = ()
    prefixes: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """Return the line with the visible character number `offset`; 0 for an empty layout."""
        return max(0, bisect_right(self.offsets, max(0, offset)) - 1) if offset > 0 else 0

    def line_of_anchor(self, name: str) -> int | None:
        """Return the line of an anchor (`name` without `#`); `None` if it is not in these lines."""
        return next((anchor.line for anchor in self.anchors if anchor.name == name), None)


def anchor_of(style: Style | None) -> str:
    """Return the anchor that text in a style, such as that of a clicked cell, leads to.

    Returns:
        Its name, without `#`; empty if the text is no link, or one that leads elsewhere.
    """
    found = style.meta.get(INNER_LINK, "") if style is not None else ""
    return found if isinstance(found, str) else ""


def to_text(placed: Layout) -> str:
    """Return the lines without styles, each ended by a line feed."""
    rows = ("".join(segment.text for segment in line).rstrip(" ") for line in placed.lines)
    return "".join(f"{row}\n" for row in rows)


def render_lines(placed: Layout) -> Iterator[Text]:
    """Yield the lines as rich texts, for a console: print each with `soft_wrap=True`."""
    from rich.text import Text  # noqa: PLC0415  (late: nothing else needs it)

    for line in placed.lines:
        text = Text(end="")
        for segment in line:
            text.append(segment.text, segment.style)
        yield text
