"""Measure the contrast of colours, and find the nearest legible one."""

from __future__ import annotations

from rich.color import blend_rgb
from rich.color_triplet import ColorTriplet

LEAST_CONTRAST = 4.5
"""The contrast ratio that WCAG 2.2 demands for text (success criterion 1.4.3)."""

_STEPS = 16


def legible_colour(
    colour: ColorTriplet, background: ColorTriplet, least: float = LEAST_CONTRAST
) -> ColorTriplet:
    """Find the colour nearest to a given one, towards white or black, with enough contrast.

    Args:
        colour: The colour of the text.
        background: The colour behind it.
        least: The contrast ratio to reach; if not even white or black does, the better of them
            is returned.
    """
    white, black = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0)
    end = max(white, black, key=lambda far: contrast(far, background))
    for step in range(_STEPS + 1):
        found = blend_rgb(colour, end, step / _STEPS)
        if contrast(found, background) >= least:
            return found
    return end


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: ColorTriplet) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
