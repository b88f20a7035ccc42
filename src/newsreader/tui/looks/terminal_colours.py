"""Which colours the terminal has."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

from rich.console import Console


def has_no_colour(environment: Mapping[str, str]) -> bool:
    """Whether the user wants no colours: `NO_COLOR` is set, and not empty (no-color.org)."""
    return bool(environment.get("NO_COLOR"))


def has_few_colours(environment: Mapping[str, str]) -> bool:
    """Whether the terminal has but its own 16 colours, by what rich makes of its kind.

    Rich is what draws: with few colours it takes the nearest one, which makes grey of nearly all.
    """
    console = Console(file=StringIO(), force_terminal=True, _environ=environment)
    return console.color_system in (None, "standard", "windows")
