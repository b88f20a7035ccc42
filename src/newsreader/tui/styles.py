"""Styles of the parts that widgets draw themselves."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


def part_style(widget: Widget, name: str) -> Style:
    """The style that a component class alone gives, ready to be laid over the widget's own.

    Textual's partial component style leaves out transparency and `auto` colours, so a muted colour
    would come out at full strength; here they are worked out against the background.

    Args:
        widget: The widget that draws.
        name: One of its component classes.

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
        color = background.get_contrast_text(styles.color.a)
        style += Style(color=(background + color).rich_color)
    elif styles.has_rule("color") and styles.color.a > 0:
        color = styles.color
        if color.ansi is None and background.ansi is None:
            color = background + color
        elif color.a < 1:
            style += Style(dim=True)  # a terminal's own colours cannot be mixed
        style += Style(color=color.rich_color)
    return style
