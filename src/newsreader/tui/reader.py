"""The pane at the right: the article."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.binding import BindingType
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.article import render
from newsreader.article.render.contrast import LEAST_CONTRAST
from newsreader.article.render.palette import Palette
from newsreader.tui.keys import Host, bindings
from newsreader.tui.scrolling import set_lines, set_place
from newsreader.tui.styles import LINE_CONTRAST, part_style
from newsreader.tui.values import Article

if TYPE_CHECKING:
    from newsreader.article.render import Layout
    from newsreader.search import Search
    from newsreader.tui.matches import JoinedLines, Matches

AT_ONCE = 1_000
"""Lines that are searched on the loop: a few milliseconds; more of them in a thread."""

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


class ReaderPane(ScrollView, can_focus=True, inherit_bindings=False):
    """An article, laid out off the loop, of which only the visible lines are drawn."""

    BORDER_TITLE = "Article"

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Host.PANE)]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(component_class(role) for role in PALETTE_ROLES),
        "article--match",
        "article--match-here",
    }

    @dataclass
    class MatchesFound(Message):
        """It is known how often what is looked for stands in the article, and which is shown."""

        pane: ReaderPane

        @property
        def control(self) -> ReaderPane:
            """The pane."""
            return self.pane

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
        self._layout: Layout | None = None
        self._palette: Palette | None = None
        self._strips: dict[int, Strip] = {}
        self._note = ""
        self._base: Style | None = None
        self._search: Search | None = None
        self._find = ""
        self._find_from: int | None = None
        self._joined: JoinedLines | None = None
        self._matches: Matches | None = None
        self._here: int | None = None

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
            line = render.line_at(self._layout, place)
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
                self.scroll_offset.y if same_lines else render.line_at(laid_out, self.place),
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
        laid_out = await asyncio.to_thread(
            render.layout, article.document, width, palette, article.header
        )
        if self._article is article:
            self._use(laid_out, render.line_at(laid_out, place))

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

    # What is looked for

    @property
    def finding(self) -> bool:
        """Whether the user looks for something in the article itself."""
        return bool(self._find)

    @property
    def match_count(self) -> int:
        """How often what is looked for stands in the article."""
        return self._matches.count if self._matches is not None else 0

    @property
    def found(self) -> str:
        """How often what is looked for was found, and which is shown: `3 of 17`."""
        if self._matches is None or not (self._find or self._matches.count):
            return ""
        if not self._matches.count:
            return "not found"
        if self._here is not None:
            return f"{self._here + 1:,} of {self._matches.count:,}"
        return "1 match" if self._matches.count == 1 else f"{self._matches.count:,} matches"

    def highlight(self, search: Search | None) -> None:
        """Mark the words of a search in this and every article shown from now on."""
        if search != self._search:
            self._search = search
            self._here = None
            self._look()

    def find(self, text: str) -> None:
        """Mark a text in this article and go to where it stands next; empty: no longer."""
        if self._find_from is None:
            self._find_from = self.scroll_offset.y
        self._find, self._here = text, None
        self._look(go=bool(text))
        if not text:
            self._find_from = None

    def stop_finding(self, *, go_back: bool = False) -> None:
        """Look for nothing any more.

        Args:
            go_back: Show again what was shown before.
        """
        top = self._find_from
        self.find("")
        if go_back and top is not None:
            self.scroll_to(y=top, animate=False, force=True)

    def go_to_match(self, step: int) -> None:
        """Show the next match, or the one before: the first again after the last."""
        if self._matches is None or not self._matches.count:
            return
        if self._here is None:
            lines = self._matches.first_lines
            top = self.scroll_offset.y
            at = bisect_left(lines, top) if step > 0 else bisect_left(lines, top) - 1
        else:
            at = self._here + step
        self._show_match(at % self._matches.count)

    def _show_match(self, number: int) -> None:
        if self._matches is None:
            return
        self._here = number
        line = self._matches.first_lines[number]
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top <= line < top + max(1, height - 1):
            self.scroll_to(y=max(0, line - height // 3), animate=False, force=True)
        self._strips.clear()
        self._tell_matches()

    def _tell_matches(self) -> None:
        self._tell_place()
        self.refresh()
        self.post_message(self.MatchesFound(self))

    def _look(self, *, go: bool = False) -> None:
        """Look for what is wanted in the lines that are shown now."""
        self.workers.cancel_group(self, "matches")
        if self._layout is None or not (self._find or self._search):
            had, self._matches = self._matches, None
            if had is not None:
                self._strips.clear()
                self._tell_matches()
        elif len(self._layout.lines) <= AT_ONCE:
            self._take(self._looked_for(), go=go)
        else:
            self._look_off_the_loop(go)

    @work(group="matches", exclusive=True, description="look for words in the article")
    async def _look_off_the_loop(self, go: bool) -> None:
        placed = self._layout
        matches = await asyncio.to_thread(self._looked_for)
        if self._layout is placed:
            self._take(matches, go=go)

    def _looked_for(self) -> Matches | None:
        from newsreader.tui.matches import JoinedLines  # noqa: PLC0415  (when it is needed)

        joined, placed = self._joined, self._layout
        if joined is None and placed is not None:
            joined = self._joined = JoinedLines(placed)
        if joined is None:
            return None
        if self._find:
            return joined.find(self._find)
        return joined.search(self._search) if self._search is not None else None

    def _take(self, matches: Matches | None, *, go: bool) -> None:
        self._matches = matches
        self._strips.clear()
        if matches is None or not matches.count:
            self._here = None
        elif self._here is not None:
            self._here = min(self._here, matches.count - 1)
        if go and matches is not None and matches.count:
            after = bisect_left(matches.first_lines, self._find_from or 0)
            self._show_match(after % matches.count)
        else:
            self._tell_matches()

    def _paint(self, line: int, segments: Sequence[Segment]) -> Sequence[Segment]:
        places = self._matches.places.get(line) if self._matches is not None else None
        if not places:
            return segments
        from newsreader.tui.matches import painted  # noqa: PLC0415  (it is there already)

        match = part_style(self, "article--match")
        here = part_style(self, "article--match-here")
        spans = ((p.start, p.end, here if p.match == self._here else match) for p in places)
        return list(painted(segments, spans))

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
        anchor = render.anchor_of(event.style)
        target = event.style.link or ""
        if anchor and self._layout is not None:
            event.stop()
            line = render.line_of_anchor(self._layout, anchor)
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
