"""The pane at the right: the article."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on, work
from textual.message import Message
from textual.strip import Strip

from newsreader.article.render.contrast import LEAST_CONTRAST
from newsreader.article.render.palette import Palette
from newsreader.cells import blank
from newsreader.text import EMPTY, Clean, fill
from newsreader.tui.background import run
from newsreader.tui.panes.article_position import article_title, describe_position
from newsreader.tui.panes.article_search import ArticleSearch
from newsreader.tui.panes.modal_pane import ModalPane
from newsreader.tui.styles import LINE_CONTRAST, content, draw, drawn_line, part_style, wrap
from newsreader.tui.textual_private.drawing import LateComponentStyles, set_lines, set_subtitle
from newsreader.tui.values import Article

if TYPE_CHECKING:
    from newsreader.article.render.placed import Layout

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


class ArticlePane(ModalPane, LateComponentStyles):
    """An article, laid out off the loop, of which only the visible lines are drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(component_class(role) for role in PALETTE_ROLES),
        "article--match",
        "article--match-here",
        *(f"article--{name}" for name in ("link-code", "link-code-typed", "selection", "cursor")),
    }

    @dataclass
    class _Told(Message):
        """What the pane tells."""

        pane: ArticlePane

        @property
        def control(self) -> ArticlePane:
            """The pane."""
            return self.pane

    @dataclass
    class MatchesFound(_Told):
        """It is known how often what is looked for stands in the article, and which is current."""

    @dataclass
    class EndReached(_Told):
        """The user wants to go on, past the end of the article."""

    @dataclass
    class LinkClicked(_Told):
        """The user clicked a link that leads out of the article."""

        address: str

    def __init__(self, *, id: str, widest: int) -> None:  # noqa: A002  (Textual's own name)
        """Make the pane; its column of text has at most `widest` cells."""
        super().__init__(id=id)
        self._widest = widest
        self.search = ArticleSearch(
            self,
            changed=self._matches_changed,
            start=self._start_search,
            cancel=self._cancel_search,
        )
        self._article: Article | None = None
        self._laid_out: Layout | None = None
        self._strips: dict[int, Strip] = {}
        self._palette: Palette | None = None
        self._note = EMPTY
        self.border_title = content(article_title(EMPTY))

    # What is shown

    @property
    def article(self) -> Article | None:
        """What is shown."""
        return self._article

    @property
    def note(self) -> str:
        """The line that is shown instead of an article."""
        return self._note

    @property
    def laid_out(self) -> Layout | None:
        """The lines of the article."""
        return self._laid_out

    @property
    def text_width(self) -> int:
        """Cells of the column of text, at least one."""
        width = self.line_width
        margin = MARGIN if width >= SMALL_WIDTH else SMALL_MARGIN
        return max(1, min(self._widest, width - 2 * margin))

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
        if self._laid_out is None or not self._laid_out.offsets:
            return 0
        return self._laid_out.offsets[min(self.top_line, len(self._laid_out.offsets) - 1)]

    @property
    def top_line(self) -> int:
        """The first line on the pane, from 0."""
        return self.scroll_offset.y

    @property
    def visible_lines(self) -> int:
        """How many lines fit on the pane."""
        return self.scrollable_content_region.height

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the pane."""
        return self.scroll_offset.y >= self.max_scroll_y

    def would_cut(self, article: Article, laid_out: Layout) -> bool:
        """Whether these lines of the article that is shown end above those on the pane."""
        is_same = self._article is not None and self._article.post_id == article.post_id
        bottom = self.top_line + self.visible_lines
        return is_same and self.top_line > 0 and len(laid_out.lines) < bottom

    def show_alert(self, alert: Clean) -> None:
        """Say something about the article in the line above it; empty: no longer."""
        self.border_title = content(article_title(alert))

    def go_to_place(self, place: int) -> None:
        """Show a place of the article in the first line."""
        if self._laid_out is not None:
            self.go_to_line(self._laid_out.line_at(place))

    def go_to_line(self, line: int) -> None:
        """Show a line at the top."""
        self.scroll_to(y=line, animate=False, force=True)

    def show(self, article: Article, laid_out: Layout) -> None:
        """Show an article from its beginning, or more of the one shown, at the same place."""
        before, width = self._article, self._laid_out.width if self._laid_out else 0
        self._article = article
        self._note = EMPTY
        if before is None or before.post_id != article.post_id:
            self.search.article_changed()
            self._use(laid_out, 0)
        else:
            same_lines = width == laid_out.width
            self._use(laid_out, self.top_line if same_lines else laid_out.line_at(self.place))
        if laid_out.width != self.text_width:
            self._lay_out_again()

    def show_note(self, note: Clean) -> None:
        """Show no article but a line that says why."""
        self.mode.end()
        self._article = None
        self._laid_out = None
        self.search.article_gone()
        self._note = note
        self._strips.clear()
        set_lines(self, 0)
        self.go_to_line(0)
        self._show_position()
        self.refresh()

    def _use(self, laid_out: Layout, top: int) -> None:
        self.mode.end()  # it was about other lines
        before, self._laid_out = self._laid_out, laid_out
        self._strips.clear()
        set_lines(self, len(laid_out.lines))
        self.go_to_line(top)
        self.search.lines_changed(before, laid_out)
        self._show_position()
        self.refresh()

    def _lay_out_again(self) -> None:
        if self._article is not None and self.is_mounted:
            self._lay_out(self._article)

    @work(group="layout", exclusive=True, description="lay out the article")
    async def _lay_out(self, article: Article) -> None:
        place, width, palette = self.place, self.text_width, self.palette
        # No list needs these.
        from newsreader.article.cancellation import CancellationToken  # noqa: PLC0415
        from newsreader.article.render.layout import layout  # noqa: PLC0415

        token = CancellationToken()
        work = partial(
            layout,
            article.document,
            width,
            palette,
            article.header,
            footer=article.footer,
            token=token,
        )
        try:
            laid_out = await run(work)
        finally:
            token.cancel()  # if this worker was cancelled: nobody waits for that layout
        if self._article is article:
            self._use(laid_out, laid_out.line_at(place))

    def _show_position(self) -> None:
        position = EMPTY
        if self._laid_out is not None:
            minutes = self._article.minutes if self._article is not None else 0
            position = describe_position(self._laid_out, self.top_line, self.visible_lines, minutes)
        result = self.search.result
        both = result and position
        set_subtitle(self, fill("{} · {}", result, position) if both else position)

    # Matches

    def _matches_changed(self) -> None:
        """Draw the matches anew and tell of them."""
        self._show_position()
        self._draw_anew()
        self.post_message(self.MatchesFound(self))

    def _start_search(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run a search in a worker, instead of the one before."""
        description = "look for words in the article"
        self.run_worker(work, group="matches", exclusive=True, description=description)

    def _cancel_search(self) -> None:
        """Stop the search that a worker runs."""
        self.workers.cancel_group(self, "matches")

    # Drawing

    def _draw_anew(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        line = self.top_line + y
        if line in self._strips:
            return self._strips[line]
        width, base = self.line_width, self.base_style
        if self._laid_out is None:
            lines = wrap(self._note, self.text_width)
            if not self._note or not 0 < y <= len(lines):
                return Strip.blank(width, base)
            dim = part_style(self, "article--dim")
            note = [draw(blank(MARGIN)), draw(lines[y - 1], dim)]
            return drawn_line(note, width, base)
        if line >= len(self._laid_out.lines):
            return Strip.blank(width, base)
        margin = self.text_margin
        segments = [draw(blank(margin)), *self._painted(line, self._laid_out.lines[line])]
        strip = drawn_line(segments, width, base)
        if self.mode.is_active:
            strip = self.mode.draw_over(line, strip, margin, self._cells_of(line))
        self._strips[line] = strip
        return strip

    @property
    def text_margin(self) -> int:
        """The cells before the text."""
        width = self._laid_out.width if self._laid_out is not None else 0
        return max(0, (self.line_width - width) // 2)

    def _cells_of(self, line: int) -> int:
        lines = self._laid_out.lines if self._laid_out is not None else ()
        return sum(segment.cell_length for segment in lines[line])

    def _painted(self, line: int, segments: Sequence[Segment]) -> Sequence[Segment]:
        spans = self.search.spans(line)
        if not spans:
            return segments
        from newsreader.tui.panes.matches import painted  # noqa: PLC0415  (it is there already)

        match = part_style(self, "article--match")
        here = part_style(self, "article--match-here")
        current = self.search.current
        styled = ((s.start, s.end, here if s.match == current else match) for s in spans)
        return list(painted(segments, styled))

    def notify_style_update(self) -> None:
        """The theme has changed: styles are part of what was laid out."""
        super().notify_style_update()
        self._strips.clear()
        before, self._palette = self._palette, None
        if before is not None and self.is_mounted:
            # The styles of component classes change after those of the widget.
            self.call_next(self._palette_changed, before)

    def _palette_changed(self, before: Palette) -> None:
        if self.palette != before:
            self._lay_out_again()

    def on_resize(self) -> None:
        """Lay out for the new width; the same place stays at the top."""
        self._strips.clear()
        self._show_position()
        self.refresh()
        if self._laid_out is not None and self._laid_out.width != self.text_width:
            self._lay_out_again()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell how far the article is read."""
        super().watch_scroll_y(old_value, new_value)
        self._show_position()

    @on(events.Click)
    def _follow_link(self, event: events.Click) -> None:
        """Open the link under the mouse, or go to the place of the article that it leads to."""
        if self._was_dragged:
            return
        from newsreader.article.render.placed import anchor_of  # noqa: PLC0415  (no list needs it)

        anchor = anchor_of(event.style)
        target = event.style.link or ""
        if anchor and self._laid_out is not None:
            event.stop()
            line = self._laid_out.line_of_anchor(anchor)
            if line is not None:
                self.go_to_line(line)
        elif target:
            event.stop()
            self.post_message(self.LinkClicked(self, target))

    # Moving

    @property
    def page_steps(self) -> tuple[int, int]:
        """A page, less the two lines of it that stay in sight; and half of that."""
        page = max(1, self.visible_lines - 2)
        return page, max(1, page // 2)

    def move_by(self, by: int) -> None:
        """Scroll the article."""
        self.go_to_line(self.top_line + by)

    def move_to_end(self, *, last: bool) -> None:
        """Show the end, or the beginning."""
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False, force=True)

    def action_move_page_down(self) -> None:
        """A page down; at the end, ask for the next post."""
        if self.at_end:
            self.post_message(self.EndReached(self))
        else:
            super().action_move_page_down()

    def action_post_open(self) -> None:
        """The article is open already."""
