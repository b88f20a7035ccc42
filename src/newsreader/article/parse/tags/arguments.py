"""Read the arguments of a tag: words, and words with names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from newsreader.patterns import compile_late

STYLES: Final = frozenset(
    ("default", "primary", "success", "info", "warning", "danger", "error", "tip", "note", "hint",
     "important", "caution", "no-icon", "flat", "modern", "simple", "disabled", "left", "right",
     "icon", "open", "true", "false", "blue", "red", "green", "orange", "pink", "purple", "yellow",
     "cyan", "gray", "grey", "center", "large", "small", "big", "logo", "plus", "minus", "times",
     "checked")
)  # fmt: skip
"""Words among the arguments of themes' tags that say how something looks."""
_LONGEST: Final = 4_000
_ARGUMENT: Final = compile_late(
    r"""(?:(?P<name>[A-Za-z_][\w-]*+)\s*+(?:=|:(?!//))\s*+)?"""
    r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"']++))"""
)
# What only a template knows: without quotes, it is the name of a value.
_UNKNOWN: Final = compile_late(
    r"(?:page|site|include|layout|post|item|forloop|image|figure|video|content)(?:[.\[].*)?"
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in a tag behind its name.

    Attributes:
        words: The arguments without a name, in order.
        named: Those with one, by its lower-case form.
        written: All of them, as written.
    """

    words: tuple[str, ...]
    named: Mapping[str, str]
    written: str

    def first(self, *names: str) -> str:
        """Return the first of these that is there and not blank; else an empty text."""
        return next((value for name in names if (value := self.named.get(name, "").strip())), "")


def read_arguments(written: str, values: Mapping[str, str]) -> Arguments:
    """Read arguments: `a "b c" d=e f: 'g'`, separated by spaces or commas; Zola's in brackets.

    Args:
        written: At most its first 4,000 characters count.
        values: The values that the post has assigned, by their names.
    """
    written = written.strip()[:_LONGEST]
    if written.startswith("(") and written.endswith(")"):
        written = written[1:-1].strip()
    words: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(written):
        value = found["double"] or found["single"] or ""
        if bare := found["bare"] or "":
            bare = bare.rstrip(",") if found["name"] else bare
            value = values.get(bare, bare)
            if found["name"] and value == bare and _UNKNOWN.fullmatch(bare):
                continue
        if found["name"]:
            named.setdefault(found["name"].lower(), value)
        elif value:
            words.append(value)
    return Arguments(tuple(words), named, written)
