"""Change a YAML text in one place, and leave every other character of it as it is.

ruamel.yaml, which would keep comments, moves the ones before the next key behind what is added, and
drops them with the entry before them. So the nodes that PyYAML makes say where things stand, and
the text is spliced there. What comes out is meant to be read again by whoever asks for the change:
in a text of unusual shape a splice may go wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import yaml

Value: TypeAlias = str | bool | int | tuple[str, ...] | Mapping[str, str]
"""What a key is set to."""

Record: TypeAlias = Mapping[str, Value]
"""An entry of a list."""

_INDENT: Final = "  "


class OtherShapeError(ValueError):
    """The text has something else at the place of the change than what is to be changed."""


def set_key(text: str, path: tuple[str, ...], value: Value) -> str:
    """Set a key of the mapping at the root, or of one inside it; one that is missing is added.

    Args:
        text: YAML.
        path: The key; before it, the key of the mapping that it stands in, if that is another one.
        value: What it is set to.

    Raises:
        OtherShapeError: The text has no mapping there.
        yaml.YAMLError: The text is no YAML.
    """
    mapping = _find(text, path[:-1])
    if mapping is None or _is_nothing(mapping):
        if len(path) == 1:
            return _with_line_end(text) + f"{_write(path[0])}: {_write(value)}\n"
        return set_block(text, path[0], f"{_INDENT}{_write(path[1])}: {_write(value)}\n")
    return _set_in(text, _mapping(mapping), path[-1], value)


def remove_key(text: str, path: tuple[str, ...]) -> str:
    """Remove a key with its value; a text without it stays as it is.

    Raises:
        OtherShapeError: The text has no mapping there.
        yaml.YAMLError: The text is no YAML.
    """
    found = _find(text, path[:-1])
    if found is None or _is_nothing(found):
        return text
    mapping = _mapping(found)
    pairs = mapping.value
    for number, (key, value) in enumerate(pairs):
        if isinstance(key, yaml.ScalarNode) and key.value == path[-1]:
            if mapping.flow_style:
                spans = [(each.start_mark.index, other.end_mark.index) for each, other in pairs]
                return _without_flow(text, spans, number)
            return _without_lines(text, key.start_mark.line, _last_line(key, value))
    return text


def add_entry(text: str, option: str, *records: Record) -> str:
    """Add entries, at least one, at the end of the list that a key at the root has.

    Raises:
        OtherShapeError: There is something else than a list.
        yaml.YAMLError: The text is no YAML.
    """
    node = _find(text, (option,))
    if node is None or _is_nothing(node):
        return set_block(text, option, "".join(_block_entry(each, _INDENT) for each in records))
    entries = _sequence(node)
    if entries.flow_style:
        comma = ", " if entries.value else ""
        written = ", ".join(map(_flow, records))
        return _splice(text, entries.end_mark.index - 1, 0, f"{comma}{written}")
    indent = " " * int(entries.start_mark.column)
    line = _last_line(entries, entries.value[-1])
    return _with_lines(text, line + 1, "".join(_block_entry(each, indent) for each in records))


def remove_entry(text: str, option: str, number: int) -> str:
    """Remove an entry of the list that a key at the root has.

    Raises:
        OtherShapeError: There is something else than a list with so many entries.
        yaml.YAMLError: The text is no YAML.
    """
    entries, entry = _entry(text, option, number)
    if entries.flow_style:
        spans = [(each.start_mark.index, each.end_mark.index) for each in entries.value]
        return _without_flow(text, spans, number)
    return _without_lines(text, entry.start_mark.line, _last_line(entry, entry))


def change_entry(text: str, option: str, number: int, first: str, record: Record) -> str:
    """Set keys of an entry of a list; those with an empty text or list are taken away.

    Args:
        text: YAML.
        option: The key of the list.
        number: The place of the entry, from 0.
        first: The key that an entry of only a text stands for.
        record: The keys.

    Raises:
        OtherShapeError: There is something else than a list with so many entries.
        yaml.YAMLError: The text is no YAML.
    """
    for key, value in record.items():
        _, entry = _entry(text, option, number)
        if isinstance(entry, yaml.ScalarNode):
            written = text[entry.start_mark.index : entry.end_mark.index]
            whole = f"{{{first}: {_write(entry.value)}}}"
            if _is_plain(text, entry):
                whole = f"{first}: {written}"
            text = _splice(text, entry.start_mark.index, len(written), whole)
            _, entry = _entry(text, option, number)
        if value in ("", ()):
            text = _remove_in_entry(text, _mapping(entry), key)
        else:
            text = _set_in(text, _mapping(entry), key, value)
    return text


def set_block(text: str, key: str, block: str) -> str:
    """Give a key at the root that is missing or has no value indented lines as its value."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for each, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if isinstance(each, yaml.ScalarNode) and each.value == key:
            if not _is_nothing(value):
                raise OtherShapeError(key)
            return _with_lines(text, each.start_mark.line + 1, block)
    return f"{_with_line_end(text)}{_write(key)}:\n{block}"


def _find(text: str, path: tuple[str, ...]) -> yaml.Node | None:
    """The node behind some keys; None if there is none."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    for name in path:
        if node is None or _is_nothing(node):
            return None
        node = next(
            (
                value
                for key, value in _mapping(node).value
                if isinstance(key, yaml.ScalarNode) and key.value == name
            ),
            None,
        )
    return node


def _mapping(node: yaml.Node) -> yaml.MappingNode:
    if not isinstance(node, yaml.MappingNode):
        raise OtherShapeError(node.tag)
    return node


def _sequence(node: yaml.Node) -> yaml.SequenceNode:
    if not isinstance(node, yaml.SequenceNode):
        raise OtherShapeError(node.tag)
    return node


def _entry(text: str, option: str, number: int) -> tuple[yaml.SequenceNode, yaml.Node]:
    node = _find(text, (option,))
    if node is None or number >= len(_sequence(node).value):
        raise OtherShapeError(option)
    entries = _sequence(node)
    return entries, entries.value[number]


def _set_in(text: str, mapping: yaml.MappingNode, name: str, value: Value) -> str:
    for key, old in mapping.value:
        if isinstance(key, yaml.ScalarNode) and key.value == name:
            start, end = old.start_mark.index, old.end_mark.index
            if _is_nothing(old):
                start = end = key.end_mark.index + text[key.end_mark.index :].index(":") + 1
                return _splice(text, start, 0, f" {_write(value)}")
            if old.start_mark.line != _last_line(key, old) or text[start] in "|>":
                if mapping.flow_style:
                    return _splice(text, start, end - start, _write(value))
                line = int(key.start_mark.line)
                text = _without_lines(text, line, _last_line(key, old))
                indent = " " * int(key.start_mark.column)
                return _with_lines(text, line, f"{indent}{_write(name)}: {_write(value)}\n")
            return _splice(text, start, end - start, _write(value))
    pair = f"{_write(name)}: {_write(value)}"
    if mapping.flow_style:
        comma = ", " if mapping.value else ""
        return _splice(text, mapping.end_mark.index - 1, 0, f"{comma}{pair}")
    key, old = mapping.value[-1]
    indent = " " * int(mapping.value[0][0].start_mark.column)
    return _with_lines(text, _last_line(key, old) + 1, f"{indent}{pair}\n")


def _remove_in_entry(text: str, entry: yaml.MappingNode, name: str) -> str:
    """Remove a key of an entry; the first one of a block, which stands behind the dash, stays."""
    for number, (key, value) in enumerate(entry.value):
        if isinstance(key, yaml.ScalarNode) and key.value == name:
            if entry.flow_style:
                pairs = entry.value
                spans = [(each.start_mark.index, other.end_mark.index) for each, other in pairs]
                return _without_flow(text, spans, number)
            if number == 0:
                return _set_in(text, entry, name, "")
            return _without_lines(text, key.start_mark.line, _last_line(key, value))
    return text


def _last_line(start: yaml.Node, node: yaml.Node) -> int:
    """The line in which a node ends, where its own end may be behind comments and empty lines."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1]
        if isinstance(node, tuple):
            start, node = node
    if _is_nothing(node):
        return int(start.end_mark.line)
    is_past = node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    return int(node.end_mark.line) - is_past


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and node.style is None


def _is_plain(text: str, node: yaml.ScalarNode) -> bool:
    """Whether a scalar is an entry of a block, on one line."""
    line = text[text.rfind("\n", 0, node.start_mark.index) + 1 : node.start_mark.index]
    return line.strip() == "-" and node.start_mark.line == node.end_mark.line


def _splice(text: str, at: int, count: int, new: str) -> str:
    return text[:at] + new + text[at + count :]


def _with_line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _with_lines(text: str, line: int, block: str) -> str:
    lines = _with_line_end(text).splitlines(keepends=True)
    return "".join([*lines[:line], block, *lines[line:]])


def _without_lines(text: str, first: int, last: int) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(lines[:first] + lines[last + 1 :])


def _without_flow(text: str, spans: list[tuple[int, int]], number: int) -> str:
    """Remove one of the parts of a list in brackets, with the comma beside it."""
    start, end = spans[number]
    if number + 1 < len(spans):
        end = spans[number + 1][0]
    elif number:
        start = spans[number - 1][1]
    return text[:start] + text[end:]


def _block_entry(record: Record, indent: str) -> str:
    """Write an entry as lines, from the dash on."""
    lines = [f"{key}: {_write(value)}\n" for key, value in record.items() if value not in ("", ())]
    return f"{indent}- " + f"{indent}  ".join(lines)


def _flow(record: Record) -> str:
    pairs = [f"{key}: {_write(value)}" for key, value in record.items() if value not in ("", ())]
    return "{" + ", ".join(pairs) + "}"


def _write(value: Value) -> str:
    """Write a value on one line, so that any place can hold it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case str():
            return _dump([value])[1:-1]
        case tuple():
            return _dump(list(value))
        case _:
            return _dump(dict(value))


def _dump(value: list[str] | dict[str, str]) -> str:
    has_lines = any("\n" in each for each in (value if isinstance(value, list) else value.values()))
    dumped = yaml.safe_dump(
        value,
        default_style='"' if has_lines else None,
        default_flow_style=True,
        allow_unicode=True,
        width=1 << 20,
        sort_keys=False,
    )
    return str(dumped).strip()
