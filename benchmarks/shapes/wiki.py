"""Long pages of a wiki as its software writes them: about 60 to 200 KB of HTML.

A box of facts, a table of contents, sections with nested lists, tables and inner links, hundreds of
references, and a table of links to other pages below.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from benchmarks.shapes.words import About, length, sentences, words

LEAST: Final = 60_000
MOST: Final = 200_000


def wiki(chance: random.Random, about: About) -> str:
    """The text of a post."""
    page = _Wiki(chance)
    return about.front_matter() + page.html(about)


class _Wiki:
    """One page, and the references that its sections make."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._notes = 0

    def html(self, about: About) -> str:
        size = max(LEAST, length(self._chance, 95_000, 0.4, MOST)) * 0.8  # the rest is at the end
        headings: list[str] = []
        parts: list[str] = []
        while size > 0:
            headings.append(words(self._chance, 2, 4))
            section = "".join(self._section(len(headings), headings[-1]))
            size -= len(section.encode())
            parts.append(section)
        contents = "".join(
            f'<li class="toclevel-1"><a href="#s{number}"><span class="tocnumber">{number}</span> '
            f'<span class="toctext">{heading}</span></a></li>\n'
            for number, heading in enumerate(headings, 1)
        )
        return (
            f'<div class="mw-parser-output">{self._facts(about)}'
            f"<p><b>{about.title}</b>{self._text()}</p>\n"
            f'<div id="toc" class="toc"><h2>目录</h2>\n<ul>\n{contents}</ul>\n</div>\n'
            f"{''.join(parts)}{self._references()}{self._navigation()}</div>\n"
        )

    def _section(self, number: int, heading: str) -> Iterator[str]:
        yield self._heading("h2", f"s{number}", heading)
        for _ in range(length(self._chance, 5, 0.6, 30)):
            kind = self._chance.random()
            if kind < 0.55:
                yield f"<p>{self._text()}\n</p>"
            elif kind < 0.8:
                yield self._list(2)
            elif kind < 0.88:
                yield self._table()
            elif kind < 0.94:
                yield self._heading(
                    "h3", f"s{number}.{self._chance.randrange(99)}", words(self._chance, 2, 4)
                )
            else:
                yield self._thumbnail()

    def _heading(self, tag: str, name: str, text: str) -> str:
        return (
            f'<{tag}><span class="mw-headline" id="{name}">{text}</span>'
            '<span class="mw-editsection">[<a href="/w/index.php?action=edit&amp;'
            f'section={name}" title="编辑">编辑</a>]</span></{tag}>\n'
        )

    def _text(self) -> str:
        """Some sentences in which every few words link to a page, or to a reference."""
        return "".join(self._linked() for _ in range(self._chance.randint(1, 5)))

    def _linked(self) -> str:
        text = sentences(self._chance)
        if self._chance.random() < 0.7:
            text = f"{self._link()}{text}"
        if self._chance.random() < 0.35:
            self._notes += 1
            note = self._notes
            text += (
                f'<sup id="ref-{note}" class="reference"><a href="#note-{note}">[{note}]</a></sup>'
            )
        return text

    def _link(self) -> str:
        name = words(self._chance, 1, 2)
        return f'<a href="/wiki/{self._chance.randrange(10**6)}" title="{name}">{name}</a>'

    def _list(self, levels: int) -> str:
        items = "".join(
            f"<li>{self._linked()}"
            f"{self._list(levels - 1) if levels and self._chance.random() < 0.15 else ''}</li>\n"
            for _ in range(self._chance.randint(2, 9))
        )
        tag = self._chance.choice(("ul", "ul", "ol"))
        return f"<{tag}>{items}</{tag}>\n"

    def _table(self) -> str:
        columns = self._chance.randint(3, 8)
        head = "".join(f'<th scope="col">{words(self._chance, 1, 2)}</th>' for _ in range(columns))
        rows = "".join(
            f"<tr>{''.join(f'<td>{self._cell()}</td>' for _ in range(columns))}</tr>\n"
            for _ in range(length(self._chance, 9, 0.7, 60))
        )
        return (
            f'<table class="wikitable sortable">\n<tbody><tr>{head}</tr>\n{rows}</tbody></table>\n'
        )

    def _cell(self) -> str:
        kind = self._chance.random()
        if kind < 0.35:
            return f"{self._chance.randrange(10_000):,}"
        return self._link() if kind < 0.6 else words(self._chance, 1, 4)

    def _thumbnail(self) -> str:
        address = f"//img.example/thumb/{self._chance.randrange(10**6)}.jpg/220px.jpg"
        return (
            '<div class="thumb tright"><div class="thumbinner"><a href="/wiki/File" class="image">'
            f'<img src="{address}" srcset="{address} 2x" width="220" height="165"></a>'
            f'<div class="thumbcaption">{words(self._chance, 4, 9)}</div></div></div>\n'
        )

    def _facts(self, about: About) -> str:
        rows = "".join(
            f'<tr><th scope="row">{words(self._chance, 1, 2)}</th><td>{self._cell()}</td></tr>\n'
            for _ in range(self._chance.randint(6, 20))
        )
        return (
            '<table class="infobox" style="width:22em"><tbody>\n'
            f'<tr><th colspan="2">{about.title}</th></tr>\n{rows}</tbody></table>\n'
        )

    def _references(self) -> str:
        notes = "".join(
            f'<li id="note-{note}"><b><a href="#ref-{note}">^</a></b> <a class="external"'
            f' href="//source.example/{note}">{words(self._chance, 4, 9)}</a>.</li>\n'
            for note in range(1, self._notes + 1)
        )
        return f'{self._heading("h2", "refs", "参考文献")}<ol class="references">\n{notes}</ol>\n'

    def _navigation(self) -> str:
        rows = "".join(
            f"<tr><th>{words(self._chance, 1, 2)}</th><td>{' · '.join(links)}</td></tr>\n"
            for links in (
                [self._link() for _ in range(self._chance.randint(5, 20))]
                for _ in range(self._chance.randint(3, 10))
            )
        )
        return f'<table class="navbox"><tbody>\n{rows}</tbody></table>\n'
