"""Read the bytes of a config file into a `Config`.

The file is read as a tree of YAML nodes, because nodes know their line, and values are taken as
they are written: a source named `007` or `no` keeps its name.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, assert_never

import yaml

from newsreader.config.load_config import MAX_BYTES
from newsreader.config.model import Config, ConfiguredSource, SavedSearch
from newsreader.config.options import (
    OPTIONS,
    Choice,
    Option,
    Records,
)
from newsreader.problems import Problem
from newsreader.text import clean_line

MAX_PROBLEMS: Final = 20
MAX_DEPTH: Final = 100
"""Most brackets inside one another. PyYAML looks at all open ones for every token: 300 take it two
seconds, and how many it takes before it gives up depends on how deep the stack may grow."""
_PIECE_CHARACTERS: Final = 60
_BRACKET: Final = re.compile(r"[\[{\]}]")


def parse_config(raw: bytes, path: Path) -> Config:
    """Read the bytes of the config file at `path` into a `Config`; never raises."""
    problems = _Problems(path)
    words = {option.name: option.default for option in OPTIONS if isinstance(option.default, str)}
    records: dict[str, tuple[_Record, ...]] = {}
    for option, node in _read_options(_compose(raw, problems), problems):
        match option.kind:
            case Choice() as choice:
                word = _read_choice(option, choice, node, problems)
                words[option.name] = words[option.name] if word is None else word
            case Records() as kind:
                records[option.name] = tuple(_read_records(option, kind, node, problems))
            case _:
                assert_never(option.kind)
    return Config(
        sources=tuple(_sources(records.get("sources", ()), path, problems)),
        theme=words["theme"],
        searches=tuple(_searches(records.get("searches", ()), problems)),
        path=path,
        problems=problems.in_order(),
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """A mapping of the file and the line it begins in."""

    line: int
    values: dict[str, str]


@dataclass(slots=True)
class _Problems:
    """Collect what is wrong with a file; of very many problems, the first ones."""

    path: Path
    _found: list[tuple[int, Problem]] = field(default_factory=list)

    def add(self, line: int, problem: Problem) -> None:
        self._found.append((line, problem))

    def in_order(self) -> tuple[Problem, ...]:
        """The problems in the order of their lines, each with its file and line."""
        file = clean_line(str(self.path))
        found = sorted(self._found, key=lambda each: each[0])
        first = [Problem("config-line", (file, line, each)) for line, each in found[:MAX_PROBLEMS]]
        if len(found) > MAX_PROBLEMS:
            first.append(Problem("config-more-problems", (file, len(found) - MAX_PROBLEMS)))
        return tuple(first)


def _compose(raw: bytes, problems: _Problems) -> yaml.Node | None:
    """The node at the root of the file; `None` for an empty file and for one that is no YAML."""
    if len(raw) > MAX_BYTES:
        problems.add(1, Problem("config-too-large", (MAX_BYTES // 1024,)))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.add(line, Problem("config-not-utf-8"))
        return None
    if _is_deep(text):
        problems.add(1, Problem("config-too-deep"))
        return None
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = clean_line(error.problem or error.context or "unknown")
        problems.add(
            mark.line + 1 if mark else 1,
            Problem("config-not-yaml-because", (reason,)),
        )
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        problems.add(line, Problem("config-character-forbidden"))
    except RecursionError:
        problems.add(1, Problem("config-too-deep"))
    except (yaml.YAMLError, ValueError, OverflowError):
        # "\UFFFFFFFF" in quotes: PyYAML passes on what chr() says.
        problems.add(1, Problem("config-not-yaml"))
    else:
        return node
    return None


def _is_deep(text: str) -> bool:
    """Whether too many brackets stand inside one another, those in quotes and comments included."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            return True
    return False


def _read_options(
    root: yaml.Node | None, problems: _Problems
) -> Iterator[tuple[Option, yaml.Node]]:
    """Yield the options that the file sets, each with its value."""
    if root is None or _is_nothing(root):
        return
    if not isinstance(root, yaml.MappingNode):
        names = (option.name for option in OPTIONS)
        problems.add(_line(root), Problem("config-no-options", (*names,)))
        return
    options = {option.name: option for option in OPTIONS}
    for name, value in _read_keys(root, "", tuple(options), problems):
        if not _is_nothing(value):
            yield options[name], value


def _read_keys(
    mapping: yaml.MappingNode, option: str, allowed: Sequence[str], problems: _Problems
) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the keys of a mapping that may stand there, each once, with their values.

    `option` is the one that the mapping is a record of; empty for the options themselves.
    """
    first_lines: dict[str, int] = {}
    for key, value in mapping.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        line = _line(key)
        if name not in allowed:
            closest = _closest(name, allowed)
            problems.add(
                line, Problem("config-key-unknown", (option, _piece(name), closest, *allowed))
            )
        elif name in first_lines:
            problems.add(line, Problem("config-set-twice", (name, first_lines[name])))
        else:
            first_lines[name] = line
            yield name, value


def _read_choice(option: Option, kind: Choice, node: yaml.Node, problems: _Problems) -> str | None:
    """Read one of the allowed words; `None` if it is none of them."""
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    if written in kind.allowed:
        return str(written)
    closest = _closest(written, kind.allowed)
    problems.add(
        _line(node),
        Problem("config-choice-unknown", (option.name, _piece(written), closest, *kind.allowed)),
    )
    return None


def _read_records(
    option: Option, kind: Records, node: yaml.Node, problems: _Problems
) -> Iterator[_Record]:
    """Yield the records that are complete."""
    names = tuple(each.name for each in kind.fields)
    no_list = Problem("config-no-list", (option.name, int(kind.plain), *names))
    if not isinstance(node, yaml.SequenceNode):
        problems.add(_line(node), no_list)
        return
    for entry in node.value:
        if kind.plain and isinstance(entry, yaml.ScalarNode) and entry.value:
            yield _Record(_line(entry), {names[0]: entry.value})
        elif not isinstance(entry, yaml.MappingNode):
            problems.add(_line(entry), no_list)
        else:
            record = _Record(_line(entry), dict(_read_texts(option, names, entry, problems)))
            missing = [
                each.name
                for each in kind.fields
                if each.required and each.name not in record.values
            ]
            if missing:
                problems.add(
                    record.line, Problem("config-entry-incomplete", (option.name, *missing))
                )
            else:
                yield record


def _read_texts(
    option: Option, names: Sequence[str], entry: yaml.MappingNode, problems: _Problems
) -> Iterator[tuple[str, str]]:
    """Yield the keys of one record whose value is text."""
    for name, value in _read_keys(entry, option.name, names, problems):
        if not isinstance(value, yaml.ScalarNode):
            problems.add(_line(value), Problem("config-no-text", (name,)))
        elif value.value:
            yield name, value.value


def _sources(
    records: Iterable[_Record], file: Path, problems: _Problems
) -> Iterator[ConfiguredSource]:
    """Yield the sources with absolute paths; one that is named again is left out."""
    paths: set[Path] = set()
    for record in records:
        written = record.values["path"]
        if "\0" in written:
            problems.add(record.line, Problem("config-path-with-nul"))
            continue
        try:
            expanded = Path(written).expanduser()
        except RuntimeError:  # ~name of somebody this machine does not know
            problems.add(record.line, Problem("config-no-such-user", (_piece(written),)))
            continue
        # Not resolved: what is a link today may be another one when the source is opened.
        path = Path(os.path.normpath(file.absolute().parent / expanded))
        if path in paths:
            problems.add(record.line, Problem("config-source-twice", (_piece(written),)))
            continue
        paths.add(path)
        yield ConfiguredSource(path, clean_line(record.values.get("name", "")))


def _searches(records: Iterable[_Record], problems: _Problems) -> Iterator[SavedSearch]:
    """Yield the searches; one whose name is taken is left out."""
    names: set[str] = set()
    for record in records:
        name = clean_line(record.values["name"])
        if name in names:
            problems.add(record.line, Problem("config-search-twice", (_piece(name),)))
            continue
        names.add(name)
        yield SavedSearch(name, clean_line(record.values["query"]))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_nothing(node: yaml.Node) -> bool:
    """Whether nothing is written there: `theme:`, or a file of comments."""
    return isinstance(node, yaml.ScalarNode) and not node.value and node.style is None


def _closest(name: str, allowed: Sequence[str]) -> str:
    """Guess which of the allowed names was meant; empty if none is like it."""
    return next(iter(difflib.get_close_matches(name[:_PIECE_CHARACTERS], allowed, n=1)), "")


def _piece(text: str) -> str:
    """A piece of the file, cut to what a sentence can hold."""
    line = clean_line(text[: _PIECE_CHARACTERS + 1])
    return f"{line[: _PIECE_CHARACTERS - 1]}…" if len(line) > _PIECE_CHARACTERS else line
