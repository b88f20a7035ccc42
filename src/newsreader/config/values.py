"""What a config file says, as plain values under the names of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from newsreader.frozen import dataclass


@dataclass(frozen=True, slots=True)
class NamedTexts:
    """One entry of a mapping: the line it stands in, its name, and its texts, at least one."""

    line: int
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfigValues:
    """The keys of a mapping that are there and right, each under its name, by kind.

    Attributes:
        line: The line that the mapping begins in, counted from 1.
        number: Its place among the entries of the list that it stands in, counted from 0.
        texts: Texts and words of a choice; none is empty.
        numbers: Whole numbers.
        flags: Answers of yes and no.
        lists: Lists of texts, none of them empty.
        named: Mappings from names to texts.
        records: Lists of mappings.
    """

    line: int = 1
    number: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    named: dict[str, tuple[NamedTexts, ...]] = field(default_factory=dict)
    records: dict[str, tuple[ConfigValues, ...]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The keys that are there."""
        return frozenset(name for kind in self._kinds() for name in kind)

    def value(self, name: str) -> object:
        """What a key has, without the lines, to be compared; None if it is not there."""
        if name in self.records:
            records = self.records[name]
            return [[(key, each.value(key)) for key in sorted(each.names)] for each in records]
        if name in self.named:
            return [(each.name, each.texts) for each in self.named[name]]
        return next((kind[name] for kind in self._kinds() if name in kind), None)

    def _kinds(self) -> tuple[Mapping[str, object], ...]:
        return (self.texts, self.numbers, self.flags, self.lists, self.named, self.records)
