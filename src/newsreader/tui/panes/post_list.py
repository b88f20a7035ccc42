"""The pane of posts: those of one list, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from newsreader.cells import fit
from newsreader.config.model import DensityName
from newsreader.messages import describe, phrase
from newsreader.posts.format_date import format_recent
from newsreader.text import EMPTY, Clean, fill, join, literal
from newsreader.tui import clock
from newsreader.tui.date_words import date_words
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.panes.row_list import RIGHT_MARGIN, RowList
from newsreader.tui.styles import content, draw, drawn_line, wrap
from newsreader.tui.textual_private.drawing import set_subtitle
from newsreader.tui.values import PostId, PostListing, PostRow

if TYPE_CHECKING:
    from newsreader.search.excerpts import Excerpt

PAGE = 128
"""Rows fetched at once."""

MAX_PAGES = 24
"""Pages in memory at most: enough for both ends, the cursor and some scrolling around."""

TIGHT_WIDTH = 50
"""From this width on a low pane shows a post on one line."""

DATED_WIDTH = 36
"""From this width on a post on one line has its date beside its title."""

TIGHT_HEIGHT = 16
"""Panes lower than this show a post on one line, if they are wide enough."""

WIDE_ENOUGH = 60
"""Cells from which on the border has room for dates beside a sparkline."""

DAY_SECONDS = 60.0
"""Seconds between looking whether another day has begun, on which today's posts are yesterday's."""


def _fate(post: PostRow) -> Clean:
    """What became of a post's file, in two words; empty if nothing did."""
    if post.gone:
        return phrase("file deleted")
    return phrase("file changed" if post.changed else "edited since" if post.edited else "")


class PostList(RowList):
    """The posts of one list; rows come from its `PostListing` a page at a time."""

    BORDER_TITLE = "Posts"

    @dataclass
    class Highlighted(Message):
        """The cursor stands on a post."""

        post_list: PostList
        row: PostRow

        @property
        def control(self) -> PostList:
            """The list."""
            return self.post_list

        def can_replace(self, message: Message) -> bool:
            """Only the last of many moves matters."""
            return isinstance(message, PostList.Highlighted)

    @dataclass
    class Opened(Message):
        """The user asked for a post."""

        post_list: PostList
        post_id: PostId

        @property
        def control(self) -> PostList:
            """The list."""
            return self.post_list

    def __init__(
        self,
        *,
        id: str,  # noqa: A002  (Textual's own name)
        keymap: Keymap = DEFAULT_KEYMAP,
        density: DensityName = "auto",
    ) -> None:
        super().__init__(id=id)
        self._density: DensityName = density
        self._new_key = keymap.name("list.show-new")
        self._listing = PostListing(EMPTY, 0, lambda _offset, _limit: ())
        self._pages: dict[int, Sequence[PostRow]] = {}
        self._now = clock.now_here()
        self._touched = False
        self._arrived = 0
        self._sparkline = (EMPTY, EMPTY)
        self._top_cursor = 0
        self._border_text = content(EMPTY)

    def on_mount(self) -> None:
        """Look from now on whether another day has begun."""
        self.set_interval(DAY_SECONDS, self._look_at_clock)

    def _look_at_clock(self) -> None:
        before, self._now = self._now, clock.now_here()
        if before.date() != self._now.date():
            self.forget_drawn()

    # The list

    @property
    def listing(self) -> PostListing:
        """What is shown."""
        return self._listing

    @property
    def selected(self) -> PostRow | None:
        """The post under the cursor."""
        return self.row_at(self.cursor) if self.cursor >= 0 else None

    @property
    def touched(self) -> bool:
        """Whether the cursor was moved since the list was opened."""
        return self._touched

    @property
    def is_compact(self) -> bool:
        """Whether a post takes one line."""
        return self.row_height == 1

    def use_density(self, density: DensityName) -> None:
        """Give each post one line or two."""
        self._density = density
        self._fit_rows()

    @property
    def title(self) -> str:
        """The title of the list, in the border."""
        return self._border_text.plain

    @property
    def fetched_pages(self) -> int:
        """How many pages of rows are in memory."""
        return len(self._pages)

    @property
    def arrived(self) -> int:
        """How many posts have come into the list and were not seen yet."""
        return self._arrived

    def show(
        self, listing: PostListing, *, at: int, keep_place: bool = False, arrived: int = 0
    ) -> None:
        """Show a list with the cursor on row `at`.

        Args:
            listing: The list.
            at: The row for the cursor; if there are fewer, the last.
            keep_place: Leave the row of the cursor on the line of the pane where it is now, and do
                not report a move: the list was only brought up to date.
            arrived: How many posts have come since; those that come in above the top of the list
                are shown if that is what the pane shows.
        """
        line = self.cursor * self.row_height - self.scroll_offset.y
        before = self.selected.post_id if self.selected else None
        was_at_top = keep_place and self.scroll_offset.y == 0 and self.cursor == self._top_cursor
        self._listing = listing
        self._touched = self._touched and keep_place
        self._pages.clear()
        self._now = clock.now_here()
        self.set_row_count(listing.count)
        self.show_title(listing.title)
        cursor = min(max(at, 0), listing.count - 1)
        self.set_reactive(RowList.cursor, cursor)
        follows = was_at_top and listing.newest_on_top is True and 0 <= cursor < self.page_rows
        self._top_cursor = cursor if follows else 0
        self._arrived = self._arrived + arrived if keep_place and not follows else 0
        if cursor >= 0:
            if follows:
                self.scroll_to(y=0, animate=False, force=True)
            elif keep_place and 0 <= line < self.scrollable_content_region.height:
                self.scroll_to(y=cursor * self.row_height - line, animate=False, force=True)
            elif not keep_place:
                middle = (self.scrollable_content_region.height - self.row_height) // 2
                top = cursor * self.row_height - middle if cursor else 0
                self.scroll_to(y=max(0, top), animate=False, force=True)
            if not keep_place:
                self.show_row(cursor)
        self._show_position()
        self.refresh()
        after = self.selected
        if after is not None and after.post_id != before:
            self._tell_selected(after)

    def grow(self, listing: PostListing) -> None:
        """Show more of the same list, or that there is no more; nothing moves."""
        count = self._listing.count
        self._listing = listing
        if listing.complete:
            self._pages.clear()  # they may be those of the list as it was collected before
            self.forget_drawn()
        # What was fetched last may have been all that there was then.
        self._pages.pop(count // PAGE, None)
        if listing.count != count:
            self.set_row_count(listing.count)
            if self.cursor < 0 < listing.count:
                self.set_reactive(RowList.cursor, 0)
                self.cursor_moved()
                self._touched = False
        self._show_position()
        self.refresh()

    def draw_again(self) -> None:
        """Draw the rows again: more is known of some."""
        self.refresh()

    def show_title(self, title: Clean) -> None:
        """Say in the border what is listed; the name of a tag is no markup."""
        shown = content(title)
        if shown != self._border_text:  # setting a title draws the whole pane again
            self._border_text = shown
            self.border_title = shown

    def show_sparkline(self, columns: Clean, labelled: Clean) -> None:
        """Show in the border when there were how many of the posts; empty: not known.

        Args:
            columns: A column per time.
            labelled: The same between the first and the last time, where there is room for it.
        """
        self._sparkline = (columns, labelled)
        self._show_position()

    def row_at(self, row: int) -> PostRow | None:
        """Give the post on a row; None if the list has become shorter meanwhile."""
        page, within = divmod(row, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._listing.fetch(page * PAGE, PAGE)
            while len(self._pages) >= MAX_PAGES:
                del self._pages[next(iter(self._pages))]
        else:
            del self._pages[page]  # put it last: the page least used is the first to go
        self._pages[page] = rows
        return rows[within] if within < len(rows) else None

    def _tell_selected(self, post: PostRow) -> None:
        # It goes straight to the screen: on its way up through the panes it would come after the
        # frame that shows the moved cursor, and the article would have to wait for another one.
        self.screen.post_message(self.Highlighted(self, post))

    def _show_position(self) -> None:
        count = self._listing.count
        more = literal("" if self._listing.complete else "+")
        place = phrase("{:,} of {:,}{}", self.cursor + 1, count, more) if count else EMPTY
        new = phrase("{:,} new ({})", self._arrived, self._new_key) if self._arrived else EMPTY
        sparkline = self._sparkline[self.size.width >= WIDE_ENOUGH]
        set_subtitle(self, join(" · ", (part for part in (sparkline, new, place) if part)))

    # Drawing

    def draw_key(self, row: int) -> object:
        """Give all that the looks of a row depend on."""
        post = self.row_at(row)
        return (post, self.row_height, self._listing.search, self._excerpt(post))

    def _excerpt(self, post: PostRow | None) -> Excerpt | None:
        """The piece of a post's text that was found, if there is a line for it."""
        excerpt = self._listing.excerpt
        return excerpt(post) if excerpt and post is not None and self.row_height > 1 else None

    def draw_row(self, row: int, line: int, width: int, *, selected: bool) -> list[Segment] | None:
        """Draw mark and title; date and category below, or at the right if a post has one line."""
        post = self.row_at(row)
        if post is None:
            return None
        dim = self.part("dim", selected=selected)
        if line == 1:
            return self._second_line(post, width, selected=selected)
        if post.bookmarked:
            mark, mark_style = literal("★ "), self.part("accent", selected=selected)
        elif not post.read:
            mark, mark_style = literal("● "), self.part("accent", selected=selected)
        else:
            mark, mark_style = literal("  "), dim
        title_style = self.part("strong", selected=selected) if not post.read else None
        title, date = post.title or describe(post.problem), EMPTY
        if self.row_height == 1 and width >= DATED_WIDTH:
            date = fill("  {:>11}", self._date(post))
        warning = literal(" !" if post.problem or post.gone or post.changed else "")
        space = width - cell_len(mark) - cell_len(date) - len(warning)
        return [
            draw(mark, mark_style),
            *self._title(title, space, title_style, selected=selected),
            draw(warning, self.part("warning", selected=selected)),
            draw(date, dim),
        ]

    def _second_line(self, post: PostRow, width: int, *, selected: bool) -> list[Segment]:
        """Draw date and category, or where the post was found."""
        dim = self.part("dim", selected=selected)
        excerpt = self._excerpt(post)
        if excerpt is None:
            return [draw(fit(fill("  {}", self._facts(post)), width), dim)]
        from newsreader.tui.panes.excerpts import fit_excerpt  # noqa: PLC0415  (when it is needed)
        from newsreader.tui.panes.matches import painted  # noqa: PLC0415  (likewise)

        date = self._date(post, with_time=False)
        facts = fill("  {} · ", join(" · ", (each for each in (date, _fate(post)) if each)))
        room = width - cell_len(facts)
        text, spans = fit_excerpt(excerpt, room)
        match = self.part("match", selected=selected)
        found = painted([draw(fit(text, room))], [(*span, match) for span in spans])
        return [draw(facts, dim), *found]

    def _title(
        self, title: Clean, width: int, style: Style | None, *, selected: bool
    ) -> Iterable[Segment]:
        """Draw a title in `width` cells, with what was searched for marked in it."""
        drawn = draw(fit(title, width), style)
        search = self._listing.search
        if search is None:
            return [drawn]
        from newsreader.search.highlight import match_spans  # noqa: PLC0415  (when it is needed)
        from newsreader.tui.panes.matches import painted  # noqa: PLC0415  (likewise)

        match = self.part("match", selected=selected)
        end = len(title) if drawn.text.startswith(title) else drawn.text.rfind("…")
        spans = [(start, min(stop, end), match) for start, stop in match_spans(search, title)]
        return painted([drawn], [span for span in spans if span[0] < span[1]])

    def _date(self, post: PostRow, *, with_time: bool = True) -> Clean:
        has_time = post.has_time and with_time
        date, words = post.shown_date or post.date, date_words()
        return format_recent(date, has_time=has_time, now=self._now, words=words)

    def _facts(self, post: PostRow) -> Clean:
        copies = fill("×{}", post.copies) if post.copies > 1 else EMPTY
        facts = [self._date(post), post.category, copies, _fate(post)]
        return join(" · ", (fact for fact in facts if fact))

    def on_resize(self) -> None:
        """Give each post one line if the pane is wide and low, else two; or as the user wants."""
        self._fit_rows()
        self._show_position()
        super().on_resize()

    def _fit_rows(self) -> None:
        size = self.scrollable_content_region
        tight = size.width >= TIGHT_WIDTH and size.height < TIGHT_HEIGHT
        compact = tight if self._density == "auto" else self._density == "compact"
        self.set_row_height(1 if compact else 2)

    def render_line(self, y: int) -> Strip:
        """Draw one line; an empty list says why it is empty."""
        if self._listing.count:
            return super().render_line(y)
        width, base = self.line_width, self.base_style
        lines = wrap(self._listing.empty, max(1, width - RIGHT_MARGIN))
        line = lines[y - 1] if 0 < y <= len(lines) else EMPTY
        note = draw(line, self.part("dim", selected=False))
        return drawn_line([note], width, base)

    # The cursor

    def cursor_moved(self) -> None:
        """Tell which post is selected; where new posts come in, they have been seen."""
        self._touched = True
        on_top = self._listing.newest_on_top
        if on_top is not None and self.cursor == (0 if on_top else self.row_count - 1):
            self._arrived = 0
        self._top_cursor = 0
        self._show_position()
        post = self.selected
        if post is not None:
            self._tell_selected(post)

    def row_chosen(self) -> None:
        """Ask for the post of the cursor."""
        post = self.selected
        if post is not None:
            self.post_message(self.Opened(self, post.post_id))
