"""Make the line breaker's class table: `python -m benchmarks.make_line_break_table [FOLDER]`.

FOLDER holds the Unicode Character Database (Debian's `unicode-data` puts it in /usr/share/unicode).
What is written: `class_table.py`, a letter for every range of characters, and, with `--tests`, the
fixture `tests/article/linebreak/line_break_tests.txt.gz`, Unicode's own test cases without
their comments. The letters are explained in `newsreader.article.linebreak.classes`.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/newsreader/article/linebreak/class_table.py"
TESTS = ROOT / "tests/article/linebreak/line_break_tests.txt.gz"
LAST = 0x10FFFF

LETTERS = {
    "AI": "A", "AL": "A", "SG": "A", "XX": "A", "SA": "A", "HL": "H", "NU": "9", "ID": "I",
    "EB": "E", "EM": "e", "H2": "h", "H3": "k", "JL": "j", "JV": "v", "JT": "t", "OP": "(",
    "CP": ")", "CL": "}", "EX": "!", "IS": ",", "SY": "/", "QU": '"', "PO": "%", "PR": "$",
    "HY": "-", "BA": "b", "BB": "d", "B2": "B", "CB": "C", "NS": "m", "CJ": "N", "IN": "i",
    "GL": "G", "WJ": "W", "ZW": "Z", "CM": "M", "ZWJ": "J", "RI": "R", "SP": "s", "BK": "K",
    "CR": "K", "LF": "K", "NL": "K",
}  # fmt: skip
WIDE_LETTERS = {"(": "[", ")": "]", "}": "]", "!": "f", "m": "N"}

HEAD = '''"""The line breaking class of every character; made by `benchmarks.make_line_break_table`.

From the Unicode Character Database {version}: Line_Break, East_Asian_Width, General_Category and
Extended_Pictographic. Copyright © 1991-2022 Unicode, Inc., Unicode License v3, see
<https://www.unicode.org/license.txt>. Do not edit.
"""

from typing import Final

VERSION: Final = "{version}"

# A letter, and how many characters in a row have it, in hexadecimal; from U+0000 on.
RUNS: Final = """\\
{runs}
"""
'''

TESTS_HEAD = """\
# The cases of LineBreakTest-{version}.txt without their comments.
# Copyright © 1991-2022 Unicode, Inc. All rights reserved. Unicode License v3:
# see https://www.unicode.org/license.txt. Provided "as is", without warranty of any kind.
"""


def fields(path: Path) -> Iterator[tuple[range, str]]:
    """The ranges of a file of properties, each with its value."""
    for line in path.read_text(encoding="utf-8").splitlines():
        data = line.partition("#")[0]
        if data.strip():
            places, value = (field.strip() for field in data.split(";")[:2])
            first, _, last = places.partition("..")
            yield range(int(first, 16), int(last or first, 16) + 1), value


def property_of_all(path: Path, missing: str) -> list[str]:
    """The value of a property for every character there can be."""
    values = [missing] * (LAST + 1)
    for places, value in fields(path):
        values[places.start : places.stop] = [value] * len(places)
    return values


def class_letters(folder: Path) -> list[str]:
    """The letter of every character."""
    classes = property_of_all(folder / "LineBreak.txt", "XX")
    widths = property_of_all(folder / "EastAsianWidth.txt", "N")
    categories = property_of_all(folder / "extracted/DerivedGeneralCategory.txt", "Cn")
    pictures: set[int] = set()
    for places, value in fields(folder / "emoji/emoji-data.txt"):
        if value == "Extended_Pictographic":
            pictures.update(places)
    # Characters to come, by the head of LineBreak.txt.
    ideographs = (
        range(0x3400, 0x4DC0),
        range(0x4E00, 0xA000),
        range(0xF900, 0xFB00),
        range(0x1F000, 0x1FB00),
        range(0x1FC00, 0x1FFFE),
        range(0x20000, 0x2FFFE),
        range(0x30000, 0x3FFFE),
    )
    to_come = [(places, "ID") for places in ideographs] + [(range(0x20A0, 0x20D0), "PR")]
    for places, value in to_come:
        for code in places:
            if classes[code] == "XX" and categories[code] == "Cn":
                classes[code] = value
    return [
        letter_of(classes[code], widths[code], categories[code], code in pictures)
        for code in range(LAST + 1)
    ]


def letter_of(value: str, width: str, category: str, picture: bool) -> str:
    """The letter of a character by its properties."""
    letter = LETTERS[value]
    if value == "SA" and category in ("Mn", "Mc"):
        return "M"
    if value == "QU" and category in ("Pi", "Pf"):
        return "<" if category == "Pi" else ">"
    if value == "ID" and picture and category == "Cn":
        return "X"
    return WIDE_LETTERS.get(letter, letter) if width in ("F", "W", "H") else letter


def wrapped(words: Iterator[str], width: int = 100) -> Iterator[str]:
    """Words as lines of at most `width` characters."""
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def write_table(folder: Path, version: str) -> None:
    """Write the module with the table."""
    runs = (f"{letter}{len(list(run)):x}" for letter, run in groupby(class_letters(folder)))
    text = HEAD.format(version=version, runs="\n".join(wrapped(runs)))
    TABLE.write_text(text, encoding="utf-8")
    print(f"{TABLE}: Unicode {version}, {len(text):,} bytes")


def write_tests(folder: Path, version: str) -> None:
    """Write the fixture of the test."""
    source = folder / "auxiliary/LineBreakTest.txt"
    cases = [
        line.partition("#")[0].strip()
        for line in source.read_text(encoding="utf-8").splitlines()
        if line[:1] in ("×", "÷")
    ]
    text = TESTS_HEAD.format(version=version) + "\n".join(cases) + "\n"
    TESTS.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{TESTS}: {len(cases):,} cases, {TESTS.stat().st_size:,} bytes")


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("/usr/share/unicode"))
    parser.add_argument("--tests", action="store_true", help="write the test cases as well")
    arguments = parser.parse_args()
    with (arguments.folder / "LineBreak.txt").open(encoding="utf-8") as source:
        found = re.search(r"LineBreak-([0-9.]+)\.txt", source.readline())
    if found is None:
        raise SystemExit("LineBreak.txt does not say its version.")
    write_table(arguments.folder, found[1])
    if arguments.tests:
        write_tests(arguments.folder, found[1])


if __name__ == "__main__":
    main()
