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
    return _color_system(environment) in (None, "standard", "windows")


def has_256_colours(environment: Mapping[str, str]) -> bool:
    """Whether the terminal has, or is known to have, no more than 256 colours.

    Many have more, but do not say so to a machine that somebody has logged in to.
    """
    return _color_system(environment) == "256"


def _color_system(environment: Mapping[str, str]) -> str | None:
    return Console(file=StringIO(), force_terminal=True, _environ=environment).color_system
