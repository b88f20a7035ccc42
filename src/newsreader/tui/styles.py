"""Choose styles for the parts that widgets draw themselves, legible in every theme."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.content import Span as ContentSpan
from textual.css.stylesheet import Stylesheet
from textual.strip import Strip
from textual.widget import Widget

from newsreader.article.render.contrast import LEAST_CONTRAST, legible_colour
from newsreader.text import Clean, derive
from newsreader.tui.textual_private.strips import QuickStrip

LATE_STYLES: Final = Path(__file__).with_name("late.tcss")
"""The style sheet of what the first screen does not show: parsing it takes 10 ms."""

LINE_CONTRAST = 1.5
"""Least contrast of lines that only part things and say nothing."""


def load_late_styles(sheet: Stylesheet) -> None:
    """Load them, unless they are; a dialog has Textual do it, and style everything anew."""
    if not sheet.has_source(str(LATE_STYLES)):
        sheet.read(LATE_STYLES)
        sheet.parse()


def draw(text: Clean, style: Style | None = None) -> Segment:
    """Make a piece of a line: panes draw by this alone, so what they draw was cleaned."""
    return Segment(text, style)


def drawn_line(segments: Iterable[Segment], width: int, base: Style) -> Strip:
    """Make a line of what is drawn on it, over a base style, cut or filled to a width."""
    line = list(Segment.apply_style(segments, base))
    cells = Segment.get_line_length(line)
    if cells > width:
        return Strip(line, cells).crop(0, width)
    if cells < width:
        line.append(Segment(" " * (width - cells), base))
    return QuickStrip(line, width)


def content(text: Clean, style: str = "") -> Content:
    """Make what Textual's own widgets, titles and dialogs show: clean, and never markup."""
    return Content(text, [ContentSpan(0, len(text), style)] if style else None)


def wrap(text: Clean, width: int) -> list[Clean]:
    """Break a text into lines of at most so many cells; between any two Chinese characters."""
    if cell_len(text) <= width and "\n" not in text:
        return [text]
    from newsreader.article.linebreak import break_lines  # noqa: PLC0415  (not at the start)

    ends = break_lines(text, width, cell_len)
    return [derive(text, text[start:end]) for start, end in ends]


def fit_hints(hints: Clean, width: int) -> Content:
    """Make the lower border of a dialog: its hints, less the first ones if not all fit."""
    while cell_len(hints) > width and " · " in hints:
        hints = derive(hints, hints[hints.index(" · ") + 3 :])
    return content(hints)


def part_style(widget: Widget, name: str, contrast: float = LEAST_CONTRAST) -> Style:
    """The style that a component class alone gives, ready to be laid over the widget's own.

    Textual's partial component style leaves out transparency and `auto` colours, so a muted colour
    would come out at full strength; here they are worked out against the background, and kept as
    far from it as can be read.

    Args:
        widget: The widget that draws.
        name: One of its component classes.
        contrast: The least contrast of the text's colour to its background, 1 to 21.

    Returns:
        Only what the class's rules set: no colours if they set none.
    """
    styles = widget.get_component_styles(name)
    _, background = widget.background_colors
    style = styles.text_style
    if styles.has_rule("background") and styles.background.a > 0:
        background += styles.background
        style += Style(bgcolor=background.rich_color)
    if styles.has_rule("auto_color") and styles.auto_color:
        color = background + background.get_contrast_text(styles.color.a)
        style += _legible(color, background, contrast)
    elif styles.has_rule("color") and styles.color.a > 0:
        if styles.color.ansi is None and background.ansi is None:
            style += _legible(background + styles.color, background, contrast)
        else:  # a terminal's own colours cannot be mixed
            style += Style(color=styles.color.rich_color, dim=styles.color.a < 1 or None)
    return style


def _legible(color: Color, background: Color, contrast: float) -> Style:
    triplet = legible_colour(ColorTriplet(*color.rgb), ColorTriplet(*background.rgb), contrast)
    return Style(color=RichColor.from_triplet(triplet))
