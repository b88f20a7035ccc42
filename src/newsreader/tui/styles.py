"""Styles of the parts that widgets draw themselves, legible in every theme."""

from __future__ import annotations

from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.widget import Widget

TEXT_CONTRAST = 4.5
"""Least contrast of text to what it stands on: WCAG 2.2, success criterion 1.4.3."""

LINE_CONTRAST = 1.5
"""Least contrast of lines that only part things and say nothing."""


def part_style(widget: Widget, name: str, contrast: float = TEXT_CONTRAST) -> Style:
    """The style that a component class alone gives, ready to be laid over the widget's own.

    Textual's partial component style leaves out transparency and `auto` colours, so a muted colour
    would come out at full strength; here they are worked out against the background, and kept as
    far from it as can be read.

    Args:
        widget: The widget that draws.
        name: One of its component classes.
        contrast: The least contrast of the text's colour to its background, 1 to 21.

    Returns:
        Only what the class's rules set: no colours where they set none.
    """
    styles = widget.get_component_styles(name)
    _, background = widget.background_colors
    style = styles.text_style
    if styles.has_rule("background") and styles.background.a > 0:
        background += styles.background
        style += Style(bgcolor=background.rich_color)
    if styles.has_rule("auto_color") and styles.auto_color:
        color = background + background.get_contrast_text(styles.color.a)
        style += Style(color=legible(color, background, contrast).rich_color)
    elif styles.has_rule("color") and styles.color.a > 0:
        color = styles.color
        if color.ansi is None and background.ansi is None:
            color = legible(background + color, background, contrast)
        elif color.a < 1:
            style += Style(dim=True)  # a terminal's own colours cannot be mixed
        style += Style(color=color.rich_color)
    return style


def legible(color: Color, background: Color, contrast: float) -> Color:
    """A colour, moved towards black or white until it stands out enough.

    Args:
        color: Opaque.
        background: Opaque.
        contrast: As `contrast_of` measures it; where not even black or white reaches it, the better
            one of them is the answer.
    """
    end = max(BLACK, WHITE, key=lambda each: contrast_of(each, background))
    for step in range(21):
        moved = color.blend(end, step / 20)
        if contrast_of(moved, background) >= contrast:
            return moved
    return end


def contrast_of(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
