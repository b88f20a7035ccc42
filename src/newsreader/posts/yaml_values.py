"""Read YAML as strings, lists and mappings: nothing is guessed, nothing crashes.

The values are built from libyaml's events. PyYAML's own composer recurses in C for every level
of nesting, and a front matter of 50,000 `[` ends the whole process; its constructor makes 007 a
seven, `no` a False and 12:30 a 750, and raises whatever `datetime` raises. Events do neither,
and take less than half the time.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import yaml
from yaml import events

YamlValue: TypeAlias = str | list["YamlValue"] | dict[str, "YamlValue"] | None

DEPTH_LIMIT: Final = 50
SIZE_LIMIT: Final = 262_144
"""Characters of YAML beyond which it is not read as YAML: nobody writes a hundredth of it."""

NULL_WORDS: Final = frozenset(("", "~", "null", "Null", "NULL"))
"""The plain scalars that mean null."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlUnreadableError(ValueError):
    """The text is no YAML, or YAML of a size or depth that nobody writes."""


def load_yaml(text: str) -> YamlValue:
    """Load the value of a YAML text that holds one document.

    Scalars are strings as written, whatever their tag; only plain null words give `None`. An
    alias gives the value of its anchor, or `None` if there is none yet. The last of equal
    keys counts; keys that are no scalars are left out.

    Raises:
        YamlUnreadableError: It is no YAML, more than one document, too long (`SIZE_LIMIT`) or
            too deep (`DEPTH_LIMIT`).
    """
    if len(text) > SIZE_LIMIT:
        raise YamlUnreadableError("too long")
    try:
        return _build(text)
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlUnreadableError(str(error)) from error


def _build(text: str) -> YamlValue:
    root: list[YamlValue] = []
    anchors: dict[str, YamlValue] = {}
    # Open containers, the innermost last: the values so far (keys and values in turn for a
    # mapping), whether it is a mapping, and its anchor.
    open_values: list[tuple[list[YamlValue], bool, str | None]] = [(root, False, None)]
    for event in yaml.parse(text, Loader=_LOADER):
        value: YamlValue
        match event:
            case events.ScalarEvent():
                value = event.value
                if event.implicit[0] and not event.style and value in NULL_WORDS:
                    value = None
                anchor = event.anchor
            case events.AliasEvent():
                value, anchor = anchors.get(event.anchor or ""), None
            case events.MappingStartEvent() | events.SequenceStartEvent():
                if len(open_values) > DEPTH_LIMIT:
                    raise YamlUnreadableError("too deep")
                is_mapping = isinstance(event, events.MappingStartEvent)
                open_values.append(([], is_mapping, event.anchor))
                continue
            case events.MappingEndEvent() | events.SequenceEndEvent():
                values, is_mapping, anchor = open_values.pop()
                value = _pair(values) if is_mapping else values
            case events.DocumentStartEvent() if root:
                raise YamlUnreadableError("more than one document")
            case _:
                continue
        if anchor is not None:
            anchors[anchor] = value
        open_values[-1][0].append(value)
    return root[0] if root else None


def _pair(values: list[YamlValue]) -> dict[str, YamlValue]:
    """Make a mapping of alternating keys and values."""
    return {
        key: value
        for key, value in zip(values[::2], values[1::2], strict=True)
        if isinstance(key, str)
    }
