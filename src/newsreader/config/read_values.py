"""Read the bytes of a config file into values; say of each mistake where it is and what is right.

The file is read as a tree of YAML nodes, because nodes know their line, and values are taken as
they are written: a source named `007` or `no` keeps its name.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, assert_never

import yaml

from newsreader.config.commands import split_command
from newsreader.config.load_config import MAX_BYTES
from newsreader.config.options import (
    Choice,
    CommandKind,
    Field,
    Flag,
    Kind,
    NamedTextsKind,
    Number,
    Option,
    Records,
    TextKind,
    Texts,
)
from newsreader.config.values import ConfigValues, NamedTexts
from newsreader.patterns import compile_late
from newsreader.problems import Problem
from newsreader.text import clean_line

MAX_PROBLEMS: Final = 20
MAX_DEPTH: Final = 100
"""Most brackets inside one another. PyYAML looks at all open ones for every token: 300 take it two
seconds, and how many it takes before it gives up depends on how deep the stack may grow."""
_PIECE_CHARACTERS: Final = 60
_BRACKET: Final = compile_late(r"[\[{\]}]")
_NUMBER: Final = compile_late(r"[0-9]{1,9}")
_FLAGS: Final = {
    "yes": True, "true": True, "on": True,
    "no": False, "false": False, "off": False,
}  # fmt: skip


@dataclass(slots=True)
class ProblemList:
    """Collect what is wrong with a file; of very many problems, the first ones."""

    path: Path
    _found: list[tuple[int, Problem]] = field(default_factory=list)

    def add(self, line: int, problem: Problem) -> None:
        """Note what is wrong in a line, counted from 1."""
        self._found.append((line, problem))

    def in_order(self) -> tuple[Problem, ...]:
        """The problems in the order of their lines, each with its file and line."""
        file = clean_line(str(self.path))
        found = sorted(self._found, key=lambda each: each[0])
        first = [Problem("config-line", (file, line, each)) for line, each in found[:MAX_PROBLEMS]]
        if len(found) > MAX_PROBLEMS:
            first.append(Problem("config-more-problems", (file, len(found) - MAX_PROBLEMS)))
        return tuple(first)


def read_config_values(
    raw: bytes, options: Sequence[Option], problems: ProblemList
) -> ConfigValues:
    """Read the options that a file sets; what is wrong is added to the problems. Never raises."""
    values = ConfigValues()
    root = _compose(raw, problems)
    if root is None or _is_nothing(root):
        return values
    kinds: dict[str, Kind] = {option.name: option.kind for option in options}
    if not isinstance(root, yaml.MappingNode):
        problems.add(_line(root), Problem("config-no-options", (*kinds,)))
        return values
    _read_mapping(root, "", kinds, values, problems)
    return values


def quote(text: str) -> str:
    """Cut a piece of the file to what a sentence can hold, and clean it."""
    line = clean_line(text[: _PIECE_CHARACTERS + 1])
    return f"{line[: _PIECE_CHARACTERS - 1]}…" if len(line) > _PIECE_CHARACTERS else line


def closest(name: str, allowed: Sequence[str]) -> str:
    """Guess which of the allowed names was meant; empty if none is like it."""
    return next(iter(difflib.get_close_matches(name[:_PIECE_CHARACTERS], allowed, n=1)), "")


def _compose(raw: bytes, problems: ProblemList) -> yaml.Node | None:
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


def _read_mapping(
    mapping: yaml.MappingNode,
    option: str,
    kinds: Mapping[str, Kind],
    values: ConfigValues,
    problems: ProblemList,
) -> None:
    """Fill in the values of a mapping; `option` is the one that it is a record of, if it is one."""
    for name, node in _read_keys(mapping, option, tuple(kinds), problems):
        if not _is_nothing(node):
            _read_value(name, kinds[name], node, values, problems)


def _read_keys(
    mapping: yaml.MappingNode, option: str, allowed: Sequence[str], problems: ProblemList
) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the keys of a mapping that may stand there, each once, with their values."""
    first_lines: dict[str, int] = {}
    for key, value in mapping.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        line = _line(key)
        if name not in allowed:
            meant = closest(name, allowed)
            problems.add(
                line, Problem("config-key-unknown", (option, quote(name), meant, *allowed))
            )
        elif name in first_lines:
            problems.add(line, Problem("config-set-twice", (name, first_lines[name])))
        else:
            first_lines[name] = line
            yield name, value


def _read_value(
    name: str, kind: Kind, node: yaml.Node, values: ConfigValues, problems: ProblemList
) -> None:
    """Read the value of one key; a wrong one is left out."""
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    wrong: Problem | None = None
    match kind:
        case Choice(allowed):
            if written in allowed:
                values.texts[name] = written
            else:
                meant = closest(written, allowed)
                wrong = Problem("config-choice-unknown", (name, quote(written), meant, *allowed))
        case Number(least, most):
            if _NUMBER.fullmatch(written) and least <= int(written) <= most:
                values.numbers[name] = int(written)
            else:
                wrong = Problem("config-no-number", (name, least, most))
        case Flag():
            if written.lower() in _FLAGS:
                values.flags[name] = _FLAGS[written.lower()]
            else:
                wrong = Problem("config-no-flag", (name,))
        case TextKind(pattern, shape):
            if not isinstance(node, yaml.ScalarNode):
                wrong = Problem("config-no-text", (name, shape))
            elif written and pattern and not re.fullmatch(pattern, written):
                wrong = Problem("config-other-text", (name, shape, quote(written)))
            elif written:
                values.texts[name] = written
        case CommandKind():
            if not isinstance(node, yaml.ScalarNode):
                wrong = Problem("config-no-text", (name, "a command with its arguments"))
            elif split_command(written) is None:
                wrong = Problem("config-no-command", (name, quote(written)))
            elif written.strip():
                values.texts[name] = written
        case Texts():
            texts = _read_texts(node)
            if texts is None:
                wrong = Problem("config-no-texts", (name,))
            else:
                values.lists[name] = texts
        case NamedTextsKind():
            if isinstance(node, yaml.MappingNode):
                values.named[name] = tuple(_read_named(name, node, problems))
            else:
                wrong = Problem("config-no-mapping", (name, kind.name, kind.value))
        case Records():
            values.records[name] = tuple(_read_records(name, kind, node, problems))
        case _:
            assert_never(kind)
    if wrong is not None:
        problems.add(_line(node), wrong)


def _read_texts(node: yaml.Node) -> tuple[str, ...] | None:
    """Read one text, or a list of them; None for anything else."""
    if isinstance(node, yaml.ScalarNode):
        return (str(node.value),) if node.value else ()
    if not isinstance(node, yaml.SequenceNode):
        return None
    scalars = [each for each in node.value if isinstance(each, yaml.ScalarNode)]
    if len(scalars) < len(node.value):
        return None
    return tuple(str(each.value) for each in scalars if each.value)


def _read_named(
    option: str, mapping: yaml.MappingNode, problems: ProblemList
) -> Iterator[NamedTexts]:
    names: dict[str, int] = {}
    for key, value in mapping.value:
        line = _line(key)
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        texts = _read_texts(value)
        if not name or texts is None:
            problems.add(line, Problem("config-no-texts", (quote(name) or option,)))
        elif name in names:
            problems.add(line, Problem("config-set-twice", (quote(name), names[name])))
        else:
            names[name] = line
            yield NamedTexts(line, name, texts)


def _read_records(
    option: str, kind: Records, node: yaml.Node, problems: ProblemList
) -> Iterator[ConfigValues]:
    """Yield the records that are complete."""
    kinds: dict[str, Kind] = {each.name: each.kind for each in kind.fields}
    first: Field = kind.fields[0]
    no_list = Problem("config-no-list", (option, int(kind.plain), *kinds))
    if not isinstance(node, yaml.SequenceNode):
        problems.add(_line(node), no_list)
        return
    for number, entry in enumerate(node.value):
        record = ConfigValues(_line(entry), number)
        if kind.plain and isinstance(entry, yaml.ScalarNode) and entry.value:
            _read_value(first.name, first.kind, entry, record, problems)
        elif isinstance(entry, yaml.MappingNode):
            _read_mapping(entry, option, kinds, record, problems)
        else:
            problems.add(_line(entry), no_list)
            continue
        there = record.names
        missing = [each.name for each in kind.fields if each.required and each.name not in there]
        if not missing:
            yield record
        elif isinstance(entry, yaml.MappingNode):
            problems.add(record.line, Problem("config-entry-incomplete", (option, *missing)))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_nothing(node: yaml.Node) -> bool:
    """Whether nothing is written there: `theme:`, or a file of comments."""
    return isinstance(node, yaml.ScalarNode) and not node.value and node.style is None
