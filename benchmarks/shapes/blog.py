"""Markdown of a programmer's blog, as kramdown takes it, Chinese or in Latin letters.

Headings, code with and without a language, tables, nested lists, footnotes, emphasis, images,
quotes, attribute lists, and what Liquid adds; mostly 3 to 20 KB.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.shapes.words import ENDS, About, latin, length, words

_LANGUAGES: Final = ("python", "ruby", "sh", "js", "go", "yaml", "")
_ATTRIBUTES: Final = ("{: .note}", "{: #top .lead}", '{: style="color: grey"}', "{:.table-striped}")


def blog(chance: random.Random, about: About) -> str:
    """The text of a post."""
    return about.front_matter() + "\n\n".join(_Blog(chance).blocks()) + "\n"


class _Blog:
    """The blocks of one post, and the footnotes that they call for."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._latin = chance.random() < 0.3
        self._notes = 0
        kinds: list[tuple[Callable[[], str], int]] = [
            (self._paragraph, 46),
            (self._heading, 13),
            (self._code, 14),
            (self._list, 12),
            (self._table, 4),
            (self._quote, 4),
            (self._image, 4),
            (self._attributed, 3),
        ]
        self._kinds, self._weights = zip(*kinds, strict=True)

    def blocks(self) -> Iterator[str]:
        yield self._paragraph()
        if self._chance.random() < 0.4:
            yield "<!-- more -->"
        if self._chance.random() < 0.2:
            yield "* TOC\n{:toc}"
        for _ in range(length(self._chance, 14, 0.75, 200)):
            [block] = self._chance.choices(self._kinds, self._weights)
            yield block()
        for note in range(1, self._notes + 1):
            yield f"[^{note}]: {self._sentence()}"

    def _words(self, least: int, most: int) -> str:
        if self._latin:
            return latin(self._chance, least, most)
        return words(self._chance, least, most)

    def _sentence(self) -> str:
        if self._latin:
            return f"{self._words(4, 12).capitalize()}, {self._words(3, 9)}."
        return f"{self._words(3, 8)}，{self._words(3, 10)}{self._chance.choice(ENDS)}"

    def _sentences(self) -> str:
        text = [self._sentence() for _ in range(self._chance.randint(1, 5))]
        return (" " if self._latin else "").join(map(self._marked, text))

    def _marked(self, sentence: str) -> str:
        """A sentence, and perhaps one thing in it that is marked."""
        space = " " if self._latin else self._chance.choice(("", " "))
        match self._chance.randrange(16):
            case 0:
                return f"{sentence}{space}**{self._words(1, 3)}**{space}{self._sentence()}"
            case 1:
                return f"*{self._words(1, 3)}*{space}{sentence}"
            case 2 | 3:
                return f"{sentence}{space}`{_name(self._chance)}()`{space}{self._sentence()}"
            case 4:
                address = f"https://docs.example/{_name(self._chance)}#{self._chance.randrange(99)}"
                return f"{sentence}{space}[{self._words(1, 4)}]({address}){space}{self._sentence()}"
            case 5:
                self._notes += 1
                return f"{sentence}[^{self._notes}]"
            case _:
                return sentence

    def _paragraph(self) -> str:
        text = self._sentences()
        if self._chance.random() < 0.2:  # lines of an editor that wraps
            text = text.replace("，", "，\n").replace(", ", ",\n")
        return text

    def _heading(self) -> str:
        return f"{'#' * self._chance.choice((2, 2, 2, 3, 3, 4))} {self._words(2, 4)}"

    def _code(self) -> str:
        lines = "\n".join(_code_lines(self._chance))
        language = self._chance.choice(_LANGUAGES)
        kind = self._chance.random()
        if kind < 0.15:
            return "    " + lines.replace("\n", "\n    ")
        if kind < 0.25:
            return f"{{% highlight {language or 'text'} %}}\n{lines}\n{{% endhighlight %}}"
        return f"```{language}\n{lines}\n```"

    def _list(self) -> str:
        mark = self._chance.choice(("*", "-", "1."))
        lines: list[str] = []
        for _ in range(self._chance.randint(2, 8)):
            lines.append(f"{mark} {self._sentences()}")
            if self._chance.random() < 0.2:
                inner = " " * (len(mark) + 1)
                lines += [f"{inner}- {self._sentence()}" for _ in range(self._chance.randint(1, 3))]
        return "\n".join(lines)

    def _table(self) -> str:
        columns = self._chance.randint(2, 5)

        def row() -> str:
            return f"| {' | '.join(self._words(1, 3) for _ in range(columns))} |"

        rule = f"|{'|'.join(self._chance.choice((':---', '---', '---:')) for _ in range(columns))}|"
        return "\n".join([row(), rule, *(row() for _ in range(self._chance.randint(2, 10)))])

    def _quote(self) -> str:
        return "\n>\n".join(f"> {self._sentences()}" for _ in range(self._chance.randint(1, 2)))

    def _image(self) -> str:
        address = f"/assets/{self._chance.randrange(9999)}.png"
        return f'![{self._words(1, 4)}]({{{{ site.url }}}}{address}){{: width="600"}}'

    def _attributed(self) -> str:
        return f"{self._sentences()}\n{self._chance.choice(_ATTRIBUTES)}"


def _name(chance: random.Random) -> str:
    return latin(chance, 1, 3).replace(" ", "_")


def _code_lines(chance: random.Random) -> Iterator[str]:
    for _ in range(length(chance, 7, 0.8, 80)):
        match chance.randrange(6):
            case 0:
                yield f"def {_name(chance)}({_name(chance)}, {_name(chance)}):"
            case 1:
                yield f"    for {_name(chance)} in {_name(chance)}.{_name(chance)}():"
            case 2:
                yield f'    {_name(chance)} = {_name(chance)}["{_name(chance)}"] + 17'
            case 3:
                yield f"# {latin(chance, 2, 6)}"
            case 4:
                yield f"    return {_name(chance)} < {_name(chance)} && {_name(chance)}"
            case _:
                yield f"$ {_name(chance)} --{_name(chance)}=3 | {_name(chance)}"
