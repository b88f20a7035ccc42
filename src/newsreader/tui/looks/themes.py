"""The themes that are offered: two of our own, and Textual's with their colours mended.

Text is to be read for hours, so every colour of text reaches the contrast that WCAG asks for on
every background that it is drawn on. Textual derives its colours from a few and checks none: its
footer of `solarized-dark` has 3.1, the row of the cursor in `gruvbox` 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rich.color_triplet import ColorTriplet
from textual.color import Color
from textual.theme import Theme

from newsreader.article.render.contrast import LEAST_CONTRAST, contrast, legible_colour

NEWSPRINT: Final = Theme(
    name="newsprint",
    dark=False,
    background="#f7f3e8",
    surface="#efe9da",
    panel="#e6dfcd",
    foreground="#2b2823",
    primary="#1f4e79",
    secondary="#7b3f1d",
    accent="#a3341f",
    warning="#b07d12",
    error="#a5231b",
    success="#2f6b35",
    variables={
        "text-primary": "#1f4e79",
        "text-secondary": "#7b3f1d",
        "text-accent": "#a3341f",
        "text-warning": "#6f4a00",
        "text-error": "#a5231b",
        "text-success": "#2c6431",
        "text": "#2b2823",
        "dim": "#5e5b55",
        "text-muted": "#5e5b55",
        "text-disabled": "#5e5b55",
        "foreground-muted": "#5e5b55",
        "line": "#c4c0b7",
        "block-cursor-blurred-foreground": "#2b2823",
        "block-cursor-background": "#1f4e79",
        "block-cursor-foreground": "#fdfaf2",
        "block-cursor-blurred-background": "#dcd6c6",
        "warning-muted": "#f4e2a6",
    },
)
"""Ink on paper: a warm white that does not shine, and text of nearly 13:1."""

INKWELL: Final = Theme(
    name="inkwell",
    dark=True,
    background="#171a21",
    surface="#1f232c",
    panel="#272c37",
    foreground="#d6d3ca",
    primary="#8ab4dc",
    secondary="#d3ab80",
    accent="#e0b65c",
    warning="#e0b65c",
    error="#ee8d80",
    success="#9cc794",
    variables={
        "text-primary": "#9bc0e4",
        "text-secondary": "#d3ab80",
        "text-accent": "#e0b65c",
        "text-warning": "#e8c46f",
        "text-error": "#ee8d80",
        "text-success": "#9cc794",
        "text": "#d6d3ca",
        "dim": "#aaa9a6",
        "text-muted": "#aaa9a6",
        "text-disabled": "#aaa9a6",
        "foreground-muted": "#aaa9a6",
        "line": "#47484b",
        "block-cursor-blurred-foreground": "#d6d3ca",
        "block-cursor-background": "#8ab4dc",
        "block-cursor-foreground": "#11141a",
        "block-cursor-blurred-background": "#303846",
        "warning-muted": "#453a1f",
    },
)
"""Paper by lamplight: a blue black that is not quite black, and text that does not glare."""

OWN_THEMES: Final = (NEWSPRINT, INKWELL)

_NEWSPRINT_256: Final = Theme(
    name=NEWSPRINT.name,
    dark=False,
    background="#f5f5f5",
    surface="#ebebeb",
    panel="#e0e0e0",
    foreground="#292929",
    primary="#005f87",
    secondary="#870000",
    accent="#af0000",
    warning="#af8700",
    error="#af0000",
    success="#005f00",
    variables={
        "text": "#292929",
        "text-primary": "#005f87",
        "text-secondary": "#870000",
        "text-accent": "#af0000",
        "text-warning": "#5f0000",
        "text-error": "#af0000",
        "text-success": "#005f00",
        "dim": "#5c5c5c",
        "text-muted": "#5c5c5c",
        "text-disabled": "#5c5c5c",
        "foreground-muted": "#5c5c5c",
        "line": "#c2c2c2",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#d6d6d6",
        "block-cursor-blurred-foreground": "#292929",
        "warning-muted": "#ffffaf",
    },
)

_INKWELL_256: Final = Theme(
    name=INKWELL.name,
    dark=True,
    background="#1f1f1f",
    surface="#292929",
    panel="#333333",
    foreground="#d6d6d6",
    primary="#87afd7",
    secondary="#d7af87",
    accent="#d7af5f",
    warning="#d7af5f",
    error="#ff8787",
    success="#87d787",
    variables={
        "text": "#d6d6d6",
        "text-primary": "#87d7ff",
        "text-secondary": "#d7af87",
        "text-accent": "#ffd75f",
        "text-warning": "#ffd787",
        "text-error": "#ffafaf",
        "text-success": "#87d787",
        "dim": "#b8b8b8",
        "text-muted": "#b8b8b8",
        "text-disabled": "#b8b8b8",
        "foreground-muted": "#b8b8b8",
        "line": "#525252",
        "block-cursor-background": "#87afd7",
        "block-cursor-foreground": "#141414",
        "block-cursor-blurred-background": "#3d3d3d",
        "block-cursor-blurred-foreground": "#d6d6d6",
        "warning-muted": "#474747",
    },
)

OWN_THEMES_256: Final = (_NEWSPRINT_256, _INKWELL_256)
"""The same of the colours that there are where there are 256: the nearest ones to those above are
pink for paper, and a grey for the row of the cursor on which nothing can be read. Greys are those
that rich makes the intended ones of."""

_OWN_NAMES: Final = frozenset(theme.name for theme in OWN_THEMES)


def theme_for(is_dark: bool | None, *, few_colours: bool = False) -> str:
    """Choose the theme for a background.

    Args:
        is_dark: Whether it is dark; `None`: it is not known, and most terminals are.
        few_colours: Whether there are only those that the terminal has itself.
    """
    if few_colours:
        return "ansi-light" if is_dark is False else "ansi-dark"
    return NEWSPRINT.name if is_dark is False else INKWELL.name


_COLOURS: Final = (
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
)
"""Colours of text that may stand on any of the backgrounds."""

_MUTED: Final = 0.68
"""How much of the text's colour is in that of what matters less; the rest is background."""

_LINE: Final = 0.25
"""The same of lines that part things."""

_TEXT_CONTRAST: Final = 6.0
"""Least contrast of plain text to the background of panes: it leaves some for other backgrounds."""

_GROUND_SHARE: Final = 0.62
"""How much of that contrast text keeps on any other background: it leaves some for colours."""

_GROUND_CONTRAST: Final = 5.0
"""The same in absolute numbers."""


def mend_variables(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """Mend the variables of a theme, and add those of our own.

    Those of our own themes are right as they are: to mend them again would take 1 ms of the start.

    Args:
        theme: The theme.
        variables: As Textual has worked them out.

    Returns:
        All variables. Our own are `dim` (text that matters less) and `line` (borders).
    """
    mended = dict(variables)
    if theme.ansi:
        mended.update(_ANSI)
        mended.update(_ANSI_DARK if theme.dark else _ANSI_LIGHT)
    elif theme.name not in _OWN_NAMES:
        mended.update(legible_variables(variables))
    return mended


_ANSI: Final = {
    "dim": "ansi_default",
    "line": "ansi_default",
    "text-muted": "ansi_default",
    "text-disabled": "ansi_default",
    "foreground-muted": "ansi_default",
    "warning-muted": "ansi_default",
    "border": "ansi_default",
    "border-blurred": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
}
"""What is told by weight, line and reversal: of the terminal's colours nothing is known."""

_ANSI_DARK: Final = {
    "primary": "ansi_bright_cyan",
    "text-primary": "ansi_bright_cyan",
    "text-secondary": "ansi_bright_green",
    "text-accent": "ansi_bright_yellow",
    "text-warning": "ansi_bright_yellow",
    "text-error": "ansi_bright_red",
    "text-success": "ansi_bright_green",
}
"""Those that can be read on black in the palettes of all terminals."""

_ANSI_LIGHT: Final = {
    "primary": "ansi_blue",
    "text-primary": "ansi_blue",
    "text-secondary": "ansi_red",
    "text-accent": "ansi_red",
    "text-warning": "ansi_red",
    "text-error": "ansi_red",
    "text-success": "ansi_blue",
}
"""Those that can be read on white; yellow, cyan and green cannot."""


def legible_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Work out which colours of a theme have to change, and how; and the colours of our own."""
    background = _opaque(variables["background"], ColorTriplet(0, 0, 0))
    written = _opaque(variables["foreground"], background)
    foreground = legible_colour(written, background, _TEXT_CONTRAST)
    mended: dict[str, str] = {}
    grounds = [background]
    for name in ("surface", "panel", "block-cursor-blurred-background", "warning-muted"):
        ground = _opaque(variables[name], background)
        ground = _quiet(ground, background, foreground)
        mended[name] = ground.hex
        grounds.append(ground)
    foreground = _legible(foreground, grounds)
    mended["foreground"] = foreground.hex
    for name in _COLOURS:
        mended[name] = _legible(_opaque(variables[name], background), grounds).hex
    mended["dim"] = _legible(_mix(foreground, background, _MUTED), grounds).hex
    mended["line"] = _mix(foreground, background, _LINE).hex
    mended["text"] = mended["foreground"]
    mended["text-muted"] = mended["text-disabled"] = mended["foreground-muted"] = mended["dim"]
    mended["block-cursor-blurred-foreground"] = mended["foreground"]
    cursor = _opaque(variables["block-cursor-background"], background)
    over = variables["block-cursor-foreground"]
    over_cursor = background if over.startswith("auto") else _opaque(over, cursor)
    mended["block-cursor-background"] = cursor.hex
    mended["block-cursor-foreground"] = _legible(over_cursor, [cursor]).hex
    return mended


def _opaque(written: str, background: ColorTriplet) -> ColorTriplet:
    colour = Color.parse(written)
    return _mix(ColorTriplet(*colour.rgb), background, colour.a)


def _mix(colour: ColorTriplet, other: ColorTriplet, share: float) -> ColorTriplet:
    return ColorTriplet(
        *(round(one * share + two * (1 - share)) for one, two in zip(colour, other, strict=True))
    )


def _quiet(ground: ColorTriplet, background: ColorTriplet, text: ColorTriplet) -> ColorTriplet:
    """Bring a background so near to the main one that text can be read on it, too."""
    wanted = max(_GROUND_CONTRAST, contrast(text, background) * _GROUND_SHARE)
    share = 1.0
    while share > 0 and contrast(text, _mix(ground, background, share)) < wanted:
        share -= 1 / 16
    return _mix(ground, background, max(0.0, share))


def _legible(text: ColorTriplet, grounds: Iterable[ColorTriplet]) -> ColorTriplet:
    """Find the colour of text nearest to a given one that can be read on all backgrounds.

    They are all dark or all light, so what is made legible on one gains on the others.
    """
    for ground in grounds:
        text = legible_colour(text, ground, LEAST_CONTRAST)
    return text
