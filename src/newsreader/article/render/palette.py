"""The styles of an article, by role."""

from __future__ import annotations

from dataclasses import dataclass, fields

from rich.style import Style


@dataclass(frozen=True, slots=True)
class Palette:
    """One style for every role of a text; a role's style is laid over the style around it.

    Attributes:
        text: Everything, underneath all other styles.
        title: The title above the article.
        facts: The line below the title: date, category and so on.
        heading_major: Section headings of level 1 and 2.
        heading_minor: Section headings of level 3 to 6.
        quote: Text inside a quotation.
        quote_bar: The bar in front of it.
        strong: Bold text.
        emphasis: Italic text.
        strike: Text that no longer holds.
        underline: Inserted text.
        highlight: Marked text.
        code: Code inside a line.
        code_block: Lines of code; if it has a background, the lines fill the column.
        link: Text that leads elsewhere.
        dim: What matters less, such as navigation.
        bullet: Bullets and numbers of lists.
        term: What a definition list defines.
        table_head: Cells that head a column or a row.
        table_rule: Lines of a table.
        figure: What stands for a picture.
        caption: The words below a picture or a table.
        mark: Marks that the reader adds, such as the one of a wrapped line of code.
        rule: A line across the column.
        code_theme: The theme of code in a known language: one of pygments' (`monokai`), `ansi_dark`
            or `ansi_light`, or `terminal` for a background that is not known; empty: one colour
            for all code. If the background of `code_block` is known, its colours are made
            legible on it.
    """

    text: Style
    title: Style
    facts: Style
    heading_major: Style
    heading_minor: Style
    quote: Style
    quote_bar: Style
    strong: Style
    emphasis: Style
    strike: Style
    underline: Style
    highlight: Style
    code: Style
    code_block: Style
    link: Style
    dim: Style
    bullet: Style
    term: Style
    table_head: Style
    table_rule: Style
    figure: Style
    caption: Style
    mark: Style
    rule: Style
    code_theme: str = ""


TERMINAL_PALETTE = Palette(
    text=Style(),
    title=Style(bold=True),
    facts=Style(dim=True),
    heading_major=Style(bold=True, underline=True),
    heading_minor=Style(bold=True),
    quote=Style(),
    quote_bar=Style(dim=True),
    strong=Style(bold=True),
    emphasis=Style(italic=True),
    strike=Style(strike=True),
    underline=Style(underline=True),
    highlight=Style(reverse=True),
    code=Style(color="magenta"),
    code_block=Style(),
    link=Style(underline=True),
    dim=Style(dim=True),
    bullet=Style(bold=True),
    term=Style(bold=True),
    table_head=Style(bold=True),
    table_rule=Style(dim=True),
    figure=Style(dim=True),
    caption=Style(dim=True),
    mark=Style(dim=True),
    rule=Style(dim=True),
    code_theme="terminal",
)
"""The terminal's own colours and attributes, for text that is printed.

Its background is not known, and cyan, yellow and green can't be read on white: what must be seen is
told by weight and line, and the one colour is readable on both (see `render.colours`)."""

PLAIN_PALETTE = Palette(
    **{role.name: Style() for role in fields(Palette) if role.name != "code_theme"},
    code_theme="",
)
"""No colours and no attributes: headings are told from text by space, struck-out text by `~~`."""
