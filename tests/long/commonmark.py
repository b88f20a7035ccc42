"""Compare articles with CommonMark's examples: `python -m tests.long.commonmark SPEC.TXT`.

Posts are kramdown, so some of the examples that specify CommonMark come out with another text, on
purpose. `DIFFERENCES` says for each of them why that is right. This prints the others, and those
that differ no longer; it ends with 1 if there are any of either.

The specification is under CC BY-SA and no part of this program. It is in npm's `commonmark-spec`,
of which the version that the numbers are of is `VERSION`:

    npm pack commonmark-spec@0.31.2 && tar xzf commonmark-spec-0.31.2.tgz package/spec.txt
    python -m tests.long.commonmark package/spec.txt
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article.document import CodeBlock, Figure, leaves
from newsreader.article.parse.html_page import read_page
from newsreader.article.parse.html_tags import tame_html
from newsreader.article.parse.parse_article import parse_body
from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsreader.article.document import Block

VERSION = "0.31.2"

# Why an example comes out with other text, and the numbers of those examples.
DIFFERENCES: dict[str, tuple[int, ...]] = {
    # Spans.
    "a backslash does not escape % & , / ; ? @ ^": (12, 14),
    "`&quot;` is no quotation mark around a title, but part of the address": (41,),
    "one backtick with a space behind it, at the start of a text or word, is no mark of code": (
        330,
        331,
        332,
        340,
    ),
    "code ends at the first run of as many backticks, even inside a longer run": (349,),
    "a mark opens if no white space follows, and closes if none precedes it": (
        352,
        354,
        368,
        380,
        392,
    ),
    "`_` does not open behind a letter, nor behind a hyphen with a letter before it": (364, 390),
    "nothing is emphasised inside emphasis of the same kind": (
        373,
        389,
        407,
        408,
        409,
        417,
        418,
        425,
        426,
        427,
        432,
        464,
        465,
        466,
        468,
    ),
    "`*` and `_` one in the other: the inner one is not read, as it is of the same kind": (
        461,
        463,
    ),
    "what never closes is text, though a part of its marks could": (
        421,
        435,
        443,
        445,
        455,
        471,
        472,
    ),
    "a no-break space is no white space beside a mark": (334, 353),
    "a character that may not be in a text leaves nothing": (26,),
    # Links and images.
    "an address may hold spaces and line ends": (488, 490, 491, 568),
    "a parenthesis counts in an address, escaped or not": (498, 500),
    "an address in angle brackets ends at the first of them": (493, 494),
    "a title may hold the marks that it stands in": (508,),
    "no link is read inside a link: the outer one counts": (518, 519, 520, 532, 533),
    "white space may stand between the two brackets of a link": (542, 543, 556, 587),
    "the words for an image are taken as they are written": (573, 574, 575, 576, 577, 585, 589),
    "only http, https, ftp and mailto make an address in angle brackets a link": (
        596,
        597,
        598,
        599,
        601,
        605,
    ),
    "an address in angle brackets may hold spaces": (602,),
    "a name of a definition holds no bracket": (194, 546),
    "`![[…]]` is a note that Obsidian embeds": (590,),
    "a name with a colon is that of a tag": (609,),
    # Blocks.
    "a rule or a quotation begins no block inside a paragraph": (57, 58, 60, 246),
    "only a single line is a heading by the line under it, which begins at the margin": (
        81,
        82,
        84,
        86,
        88,
        95,
        96,
        115,
    ),
    "the name and the address of a definition stand in one line, its title in one more": (
        193,
        195,
        196,
        198,
        208,
        541,
    ),
    "what follows the address of a definition in angle brackets is no title": (201,),
    "the number of an item has any length": (266,),
    "an item has text behind its mark": (278, 280, 283, 284, 315),
    "`)` behind a number makes no item, but in a list that begins with 1) and counts": (
        296,
        297,
        302,
    ),
    "a list of any number ends a paragraph": (304,),
    "an empty autolink shows nothing: a generator of news posts writes it": (607,),
    "an end tag that ends nothing leaves nothing, and Markdown goes on behind it": (151, 165),
    "a line of tags of running text is a paragraph, with Markdown in it": (162, 164, 166),
    "a tag is text if it is cut off, or if nothing ends it and it would hide the rest": (
        156,
        157,
        158,
        173,
    ),
    "Markdown goes on behind HTML in the line in which that ends": (177, 178),
    "HTML reaches to its closing tag, over empty lines, without Markdown; there it ends": (
        148,
        152,
        161,
        186,
        188,
        191,
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """An example of the specification; `page` is the HTML that CommonMark makes of `source`."""

    number: int
    section: str
    source: str
    page: str


_ENTRY = re.compile(
    r"^\#{1,6}[ ]+(?P<section>[^\n]*)$"
    r"|^(?P<fence>`{10,})[ ]example\n(?P<source>.*?)^\.\n(?P<page>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
# What kramdown sets is the same text.
_TYPE = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "--",
        "—": "---",
        "…": "...",
        "«": "<<",
        "»": ">>",
    }
)


def read_examples(specification: str) -> Iterator[Example]:
    """Read the examples of a `spec.txt`, in which `→` stands for a tab."""
    section, number = "", 0
    for entry in _ENTRY.finditer(specification):
        if entry["fence"] is None:
            section = entry["section"]
            continue
        number += 1
        source, page = (entry[part].replace("→", "\t") for part in ("source", "page"))
        yield Example(number, section, source, page)


def text_of(blocks: Iterable[Block]) -> str:
    """Join the visible characters of an article, quotation marks and dashes as they are typed."""
    texts: list[str] = []
    for leaf in leaves(blocks):
        match leaf:
            case CodeBlock(text):
                texts.append(text)
            case Figure(alt=alt, source=source):
                texts.append(alt or source)
            case _:
                texts.extend(span.text for span in leaf)
    return "".join("".join(texts).translate(_TYPE).split())


def is_other(example: Example) -> bool:
    """Whether an example comes out with other text than CommonMark gives it."""
    page, _ = tame_html(clean_text(example.page))
    theirs = text_of(draft.block for draft in read_page(page)[0])
    return text_of(parse_body(example.source).blocks) != theirs


def report(examples: Iterable[Example]) -> Iterator[str]:
    """Name the examples that differ without a reason, and the reasons without a difference."""
    known = {number for numbers in DIFFERENCES.values() for number in numbers}
    for example in examples:
        differs = is_other(example)
        if differs and example.number not in known:
            shown = text_of(parse_body(example.source).blocks)
            yield f"{example.number} ({example.section}) differs: {example.source!r}: {shown}"
        elif example.number in known and not differs:
            yield f"{example.number} ({example.section}) differs no longer: {example.source!r}"


def main() -> int:
    """Compare the examples of a specification; 1 if one of them is not accounted for."""
    parser = argparse.ArgumentParser(prog="tests.long.commonmark", description=__doc__)
    parser.add_argument("specification", type=Path, help=f"spec.txt of CommonMark {VERSION}")
    text = parser.parse_args().specification.read_text(encoding="utf-8")
    if f"version: '{VERSION}'" not in text:
        print(f"This is not version {VERSION}: the numbers are others.", file=sys.stderr)
        return 1
    examples = list(read_examples(text))
    lines = list(report(examples))
    if lines:
        print("\n".join(lines))
    count = sum(map(len, DIFFERENCES.values()))
    print(f"{len(examples)} examples, {count} with other text for {len(DIFFERENCES)} reasons")
    return 1 if lines or not examples else 0


if __name__ == "__main__":
    sys.exit(main())
