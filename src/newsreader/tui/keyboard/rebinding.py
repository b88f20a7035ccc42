"""Read what the config says of keys: which are bound to what, and what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from newsreader.config.values import NamedTexts
from newsreader.frozen import dataclass
from newsreader.problems import Problem
from newsreader.text import clean_line
from newsreader.tui.keyboard.key_names import closest_key, read_key
from newsreader.tui.keyboard.key_reader import FIXED
from newsreader.tui.keyboard.keymap import Keymap
from newsreader.tui.keys import KEYS, Key

LineProblem = tuple[int, Problem]
"""What is wrong, after the line of the config that it stands in."""

MAX_KEYS: Final = 20
"""Most keys of one row that are read."""
_MAX_SEQUENCE: Final = 5
_BACK: Final = "app.back"


@dataclass(frozen=True, slots=True)
class _Binding:
    """A row, the line that binds it, and one of its keys: several to press one after the other."""

    row: str
    line: int
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """The keys as the config has them."""
        return " ".join(self.keys)


def read_keymap(entries: Sequence[NamedTexts]) -> tuple[Keymap, tuple[LineProblem, ...]]:
    """Read the keys that a config binds; what is wrong is left out.

    A row that the config names has the keys that stand there, and no others. A key of another row
    goes from that one to this: the config knows better than the table, but is told so.
    """
    problems: list[LineProblem] = []
    rows = {key.id: key for key in KEYS}
    changed: dict[str, list[str]] = {}
    bound: list[_Binding] = []
    for entry in entries:
        row = rows.get(entry.name)
        if row is None:
            written = clean_line(entry.name[:60])
            meant = next(iter(difflib.get_close_matches(written, rows, n=1)), "")
            problems.append((entry.line, Problem("config-action-unknown", (written, meant))))
            continue
        wanted = list(_read_entry(row, entry, problems))
        if wanted or not entry.texts:
            changed[row.id] = []
            bound += wanted
    for binding in _without_clashes(bound, problems):
        changed[binding.row].append(binding.name)
    for entry in entries:
        if entry.texts and not changed.get(entry.name, True):
            del changed[entry.name]  # nothing of it can be used: as if it were not there
    problems += _take_from_others(bound, rows, changed)
    if _BACK in changed and "escape" not in changed[_BACK]:
        changed[_BACK].append("escape")
    return Keymap({row: tuple(keys) for row, keys in changed.items()}), tuple(problems)


def _read_entry(row: Key, entry: NamedTexts, problems: list[LineProblem]) -> Iterator[_Binding]:
    """Yield the keys that an entry binds, each once."""
    seen: set[tuple[str, ...]] = set()
    for written in list(_written_keys(entry))[:MAX_KEYS]:
        words = written.split()
        keys = tuple(map(read_key, words[: _MAX_SEQUENCE + 1]))
        if "" in keys or len(keys) > _MAX_SEQUENCE:
            shown = clean_line(written[:40])
            meant = " ".join(
                key or closest_key(word) or word for key, word in zip(keys, words, strict=False)
            )
            meant = clean_line(meant) if meant != written and len(words) == 1 else ""
            problems.append((entry.line, Problem("config-bind-unknown", (row.id, shown, meant))))
        elif not FIXED.isdisjoint(keys) and (row.id, keys) != (_BACK, ("escape",)):
            fixed = next(key for key in keys if key in FIXED)
            problems.append((entry.line, Problem("config-bind-fixed", (row.id, fixed))))
        elif keys not in seen:
            seen.add(keys)
            yield _Binding(row.id, entry.line, keys)


def _written_keys(entry: NamedTexts) -> Iterator[str]:
    """Yield the keys as they are written: in a list, or parted by commas."""
    for text in entry.texts:
        if "," not in text or text.strip() == ",":
            yield text.strip() or "space"
        else:
            yield from (part.strip() for part in text.split(",") if part.strip())


def _without_clashes(bound: list[_Binding], problems: list[LineProblem]) -> Iterator[_Binding]:
    """Yield the bindings that the ones before leave room for, and take the others out."""
    taken: list[_Binding] = []
    for binding in bound:
        other = next((each for each in taken if _clash(each.keys, binding.keys)), None)
        if other is None:
            taken.append(binding)
            yield binding
        elif other.keys == binding.keys:
            problem = Problem("config-bind-twice", (binding.name, other.row, binding.row))
            problems.append((binding.line, problem))
        else:
            problem = Problem(
                "config-bind-begins", (binding.name, binding.row, other.name, other.row)
            )
            problems.append((binding.line, problem))
    bound[:] = taken


def _take_from_others(
    bound: Sequence[_Binding], rows: dict[str, Key], changed: dict[str, list[str]]
) -> Iterator[LineProblem]:
    """Take the keys that were bound from rows that the config does not name."""
    others = [row for row in rows.values() if row.id not in changed]
    for row in others:
        left = list(row.keys)
        for binding in bound:
            for name in row.keys:
                if name not in left or not _clash(binding.keys, tuple(name.split(" "))):
                    continue
                left.remove(name)
                yield (
                    binding.line,
                    Problem("config-bind-taken", (name, row.id, binding.name, binding.row)),
                )
        if len(left) < len(row.keys):
            changed[row.id] = left


def _clash(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two are the same, or one is the beginning of the other, which would never come."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
