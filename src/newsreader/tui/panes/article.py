"""The pane at the right: the article."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.binding import BindingType
from textual.css.styles import RenderStyles
from textual.message import Message
from textual.strip import Strip

from newsreader.article.render.contrast import LEAST_CONTRAST
from newsreader.article.render.palette import Palette
from newsreader.tui.keys import Host, bindings
from newsreader.tui.panes.article_search import FindPane
from newsreader.tui.styles import LINE_CONTRAST, part_style
from newsreader.tui.textual_private import set_lines, set_place
from newsreader.tui.values import Article

if TYPE_CHECKING:
    from newsreader.article.render.placed import Layout

TEXT_WIDTH = 84
"""Cells of the widest column of text."""

MARGIN = 2
"""Cells left free at either side of the text."""

SMALL_MARGIN = 1
"""The same on a pane narrower than `SMALL_WIDTH`."""

SMALL_WIDTH = 50

PALETTE_ROLES = tuple(field.name for field in fields(Palette) if field.type in {"Style", Style})
"""The roles of an article's palette; each is a component class of the pane."""

LINES = ("table_rule", "rule")
"""The roles that are lines, not text."""


def component_class(role: str) -> str:
    """The component class that gives a role its style."""
    return "article--" + role.replace("_", "-")


class ReaderPane(FindPane, can_focus=True, inherit_bindings=False):
    """An article, laid out off the loop, of which only the visible lines are drawn."""

    BORDER_TITLE = "Article"

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Host.PANE)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(component_class(role) for role in PALETTE_ROLES),
        *FindPane.COMPONENT_CLASSES,
    }

    @dataclass
    class EndReached(Message):
        """The user wants to go on, past the end of the article."""

        pane: ReaderPane

        @property
        def control(self) -> ReaderPane:
            """The pane."""
            return self.pane

    def __init__(self, *, id: str) -> None:  # noqa: A002  (Textual's own name)
        super().__init__(id=id)
        self._article: Article | None = None
        self._palette: Palette | None = None
        self._note = ""
        self._base: Style | None = None
        self._has_styles = False

    # What is shown

    @property
    def article(self) -> Article | None:
        """What is shown."""
        return self._article

    @property
    def text_width(self) -> int:
        """Cells of the column of text, at least one."""
        width = self.scrollable_content_region.width
        margin = MARGIN if width >= SMALL_WIDTH else SMALL_MARGIN
        return max(1, min(TEXT_WIDTH, width - 2 * margin))

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]  # of the class there
        # Thirty of them, worked out three times before the first screen is drawn, would take a
        # tenth of the start, and there is no article yet.
        return super()._get_component_classes() if self._has_styles else frozenset()

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of component classes, worked out when the first of them is asked for."""
        if not self._has_styles:
            self._has_styles = True
            self.app.stylesheet.apply(self)
        return super().get_component_styles(*names)

    @property
    def palette(self) -> Palette:
        """The styles of articles in the present theme."""
        if self._palette is None:
            styles = {
                role: part_style(
                    self, component_class(role), LINE_CONTRAST if role in LINES else LEAST_CONTRAST
                )
                for role in PALETTE_ROLES
            }
            theme = self.app.current_theme
            self._palette = Palette(
                **styles, code_theme="ansi_dark" if theme.dark else "ansi_light"
            )
        return self._palette

    @property
    def place(self) -> int:
        """Visible characters of the article before the first line on the pane."""
        if self._layout is None or not self._layout.offsets:
            return 0
        top = min(self.scroll_offset.y, len(self._layout.offsets) - 1)
        return self._layout.offsets[top]

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the pane."""
        return self.scroll_offset.y >= self.max_scroll_y

    def would_cut(self, article: Article, laid_out: Layout) -> bool:
        """Whether of the article that is shown these lines would not reach to those on the pane."""
        shown = self._article is not None and self._article.post_id == article.post_id
        height = self.scrollable_content_region.height
        return (
            shown
            and self.scroll_offset.y > 0
            and (len(laid_out.lines) < self.scroll_offset.y + height)
        )

    def reaches(self, place: int) -> bool:
        """Whether what is laid out holds a place of the article."""
        return (
            self._layout is not None
            and bool(self._layout.offsets)
            and (self._layout.offsets[-1] >= place)
        )

    def go_to_place(self, place: int) -> None:
        """Show a place of the article in the first line."""
        if self._layout is not None:
            line = self._layout.line_at(place)
            self.scroll_to(y=line, animate=False, force=True)

    def show(self, article: Article, laid_out: Layout) -> None:
        """Show an article from its beginning, or more of the one that is shown, where it was."""
        before, width = self._article, self._layout.width if self._layout else 0
        self._article = article
        self._note = ""
        if before is None or before.post_id != article.post_id:
            self._find, self._find_from, self._here = "", None, None
            self._use(laid_out, 0)
        else:
            same_lines = width == laid_out.width
            self._use(
                laid_out,
                self.scroll_offset.y if same_lines else laid_out.line_at(self.place),
            )
        if laid_out.width != self.text_width:
            self._lay_out_again()

    def show_note(self, note: str) -> None:
        """Show no article but a line that says why."""
        self._article = None
        self._layout = None
        self._joined = self._matches = None
        self._note = note
        self._strips.clear()
        set_lines(self, 0)
        self.scroll_to(y=0, animate=False, force=True)
        self._tell_place()
        self.refresh()

    def _use(self, laid_out: Layout, top: int) -> None:
        if self._find_from is not None and self._layout is not None and self._layout.offsets:
            line = min(self._find_from, len(self._layout.offsets) - 1)
            self._find_from = laid_out.line_at(self._layout.offsets[line])
        self._layout = laid_out
        self._joined = None
        self._strips.clear()
        set_lines(self, len(laid_out.lines))
        self.scroll_to(y=top, animate=False, force=True)
        self._look()
        self._tell_place()
        self.refresh()

    def _lay_out_again(self) -> None:
        if self._article is not None and self.is_mounted:
            self._lay_out(self._article)

    @work(group="layout", exclusive=True, description="lay out the article")
    async def _lay_out(self, article: Article) -> None:
        place, width, palette = self.place, self.text_width, self.palette
        from newsreader.article.render.layout import layout  # noqa: PLC0415  (late: no list needs it)

        laid_out = await asyncio.to_thread(layout, article.document, width, palette, article.header)
        if self._article is article:
            self._use(laid_out, laid_out.line_at(place))

    def _tell_place(self) -> None:
        lines = len(self._layout.lines) if self._layout else 0
        height = self.scrollable_content_region.height
        if not lines or not height:
            place = ""
        elif lines <= height:
            place = "all"
        else:
            place = f"{min(100, (self.scroll_offset.y + height) * 100 // lines)}%"
        found = self.found
        set_place(self, f"{found} · {place}" if found and place else place)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        line = self.scroll_offset.y + y
        if line in self._strips:
            return self._strips[line]
        width, base = self.scrollable_content_region.width, self._base_style
        if self._layout is None:
            if y == 1 and self._note:
                dim = part_style(self, "article--dim")
                note = [Segment(" " * MARGIN), Segment(self._note, dim)]
                return Strip(note).apply_style(base).adjust_cell_length(width, base)
            return Strip.blank(width, base)
        if line >= len(self._layout.lines):
            return Strip.blank(width, base)
        margin = max(0, (width - self._layout.width) // 2)
        segments = [Segment(" " * margin), *self._paint(line, self._layout.lines[line])]
        strip = Strip(segments).apply_style(base).adjust_cell_length(width, base)
        self._strips[line] = strip
        return strip

    @property
    def _base_style(self) -> Style:
        """The style of the pane, worked out once: it is asked for by every line."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def notify_style_update(self) -> None:
        """The theme has changed: styles are part of what was laid out."""
        super().notify_style_update()
        self._strips.clear()
        self._base = None
        before, self._palette = self._palette, None
        if before is not None and self.is_mounted and self.palette != before:
            self._lay_out_again()

    def on_resize(self) -> None:
        """Lay out for the new width, keeping the place."""
        self._strips.clear()
        self._tell_place()
        if self._layout is not None and self._layout.width != self.text_width:
            self._lay_out_again()
        else:
            self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell how far the article is read."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_place()

    def on_click(self, event: events.Click) -> None:
        """Open the link under the mouse, or go to the place of the article that it leads to."""
        from newsreader.article.render.placed import anchor_of  # noqa: PLC0415  (late: no list needs it)

        anchor = anchor_of(event.style)
        target = event.style.link or ""
        if anchor and self._layout is not None:
            event.stop()
            line = self._layout.line_of_anchor(anchor)
            if line is not None:
                self.scroll_to(y=line, animate=False, force=True)
        elif target.startswith(("http://", "https://", "mailto:")):
            event.stop()
            self.app.open_url(target)

    # Actions

    def _scroll_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - 2)

    def action_move_down(self) -> None:
        """One line down."""
        self._scroll_by(1)

    def action_move_up(self) -> None:
        """One line up."""
        self._scroll_by(-1)

    def action_move_page_down(self) -> None:
        """A page down, two lines of it kept in sight; at the end, ask for the next post."""
        if self.scroll_offset.y >= self.max_scroll_y:
            self.post_message(self.EndReached(self))
        else:
            self._scroll_by(self._page)

    def action_move_page_up(self) -> None:
        """A page up, two lines of it kept in sight."""
        self._scroll_by(-self._page)

    def action_move_half_down(self) -> None:
        """Half a page down."""
        self._scroll_by(max(1, self._page // 2))

    def action_move_half_up(self) -> None:
        """Half a page up."""
        self._scroll_by(-max(1, self._page // 2))

    def action_move_top(self) -> None:
        """The beginning."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_move_bottom(self) -> None:
        """The end."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def action_post_open(self) -> None:
        """The article is open already."""
