"""The options that there are, each declared once.

Reading, complaints, the example file and the manual all come from `OPTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

THEMES: Final = (
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    "ansi-dark",
    "ansi-light",
)
"""Textual's themes by name: listed here, so that a config is read without importing textual."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that is one of a few words."""

    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record, whose value is text."""

    name: str
    help: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Records:
    """A list of mappings with these keys.

    Attributes:
        fields: The keys; the first one identifies the record.
        plain: Whether a plain string stands for a record with only the first key.
    """

    fields: tuple[Field, ...]
    plain: bool = False


Kind: TypeAlias = Choice | Records


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the config file.

    Attributes:
        name: The key.
        kind: What its value looks like.
        default: What holds where the file does not say.
        help: A sentence.
        example: YAML of a value, as it stands in the example config.
    """

    name: str
    kind: Kind
    default: str | tuple[()]
    help: str
    example: str


OPTIONS: Final = (
    Option(
        name="sources",
        kind=Records(
            fields=(
                Field("path", "a folder of posts or one post, from this file's folder or `~`"),
                Field("name", "what to call it", required=False),
            ),
            plain=True,
        ),
        default=(),
        help="What `newsreader` opens when the command line names nothing.",
        example="\n  - ~/news\n  - path: ~/sites/finance\n    name: Finance",
    ),
    Option(
        name="theme",
        kind=Choice(("auto", *THEMES)),
        default="auto",
        help="The colours; `auto` lets the reader choose.",
        example=" auto",
    ),
    Option(
        name="searches",
        kind=Records(
            fields=(
                Field("name", "what to call it"),
                Field("query", "what to search for"),
            ),
        ),
        default=(),
        help="Searches to keep at hand.",
        example='\n  - name: Chips this week\n    query: "芯片 after:1w"',
    ),
)
"""Every option there is, in the order of the example config."""
