"""Collect categories and tags as Jekyll does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Final

from newsreader.patterns import compile_late
from newsreader.posts.scalars import show_text
from newsreader.posts.yaml_values import YamlValue
from newsreader.text import Clean

# Ruby's `String#split` knows ASCII's whitespace only: U+3000 parts nothing.
_SPACES: Final = compile_late(r"[ \t\n\v\f\r\0]+")
# Not between digits: 1,000.
_COMMAS: Final = compile_late(r"(?<![0-9]),|,(?![0-9])|[，、]")
_WALK_LIMIT: Final = 10_000


class _End(Enum):
    END = 0


_END: Final = _End.END


def read_labels(values: Mapping[str, YamlValue], singular: str, plural: str) -> Iterator[str]:
    """Read the labels that front matter names, as written.

    As Jekyll's `Utils.pluralized_array_from_hash` has it: the singular key is one label and
    comes before the plural one, of which a string splits at spaces and a list keeps its items.
    Where commas are, they are what its writer meant to part it: Jekyll would keep them in labels.
    """
    one = values.get(singular)
    if one is not None:
        return flatten(one)
    many = values.get(plural)
    if isinstance(many, str):
        return iter((_COMMAS if _COMMAS.search(many) else _SPACES).split(many))
    return flatten(many)


def flatten(value: YamlValue) -> Iterator[str]:
    """Yield every scalar in a value, in order; an entry of a mapping reads `key: value`.

    At most 10,000 nodes are looked at, since aliases make a small file a huge value.
    """
    if value is None or isinstance(value, str):
        return iter(() if value is None else (value,))  # nearly always, in a third of the time
    return _walk(value)


def _walk(value: YamlValue) -> Iterator[str]:
    walks: list[Iterator[YamlValue]] = [iter((value,))]
    for _ in range(_WALK_LIMIT):
        if not walks:
            return
        match next(walks[-1], _END):
            case _End.END:
                walks.pop()
            case str() as text:
                yield text
            case list() as items:
                walks.append(iter(items))
            case dict() as pairs:
                walks.append(map(_entry_value, pairs.items()))
            case None:
                pass


def _entry_value(entry: tuple[str, YamlValue]) -> YamlValue:
    key, value = entry
    return f"{key}: {value}" if isinstance(value, str) else value or key


def folder_categories(path: str) -> list[str]:
    """The folders above `_posts`, or `_drafts`, in a path below the root of its site."""
    folders = path.split("/")[:-1]
    for name in ("_posts", "_drafts"):
        if name in folders:
            return folders[: folders.index(name)]
    return []


def unique_labels(names: Iterable[str]) -> tuple[Clean, ...]:
    """The names as the reader shows them, each once, in order, without empty ones."""
    return tuple(dict.fromkeys(filter(None, map(show_text, names))))


def first_text(values: Mapping[str, YamlValue], keys: Iterable[str]) -> str:
    """Find the value of the first of `keys` that is not empty, joined with commas; else empty."""
    for key in keys:
        value = values.get(key)
        if text := value if isinstance(value, str) else ", ".join(flatten(value)):
            return text
    return ""
