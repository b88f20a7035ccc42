"""A store and a screen in a few lines each, for controllers that are tested by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article.render.palette import PLAIN_PALETTE
from newsreader.config.model import DEFAULTS, Config, DensityName, MarkRead, SavedSearch
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.problems import Problem
from newsreader.store import (
    Appearance,
    CollectProgress,
    ScanProgress,
    ScanResult,
    Session,
    StoredPost,
    StoreError,
    Undone,
)
from newsreader.text import EMPTY, Clean, clean_line, clean_text
from newsreader.tui.control.controls import make_controls
from newsreader.tui.control.feeds import FeedSource
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.updates import UpdateSource
from newsreader.tui.keyboard.keymap import DEFAULT_KEYMAP, Keymap
from newsreader.tui.keys import Pane
from newsreader.tui.programs.command import ProgramError
from newsreader.tui.values import (
    Article,
    CategoryEntry,
    ChoiceEntry,
    CountedPeriod,
    Counts,
    Everything,
    FoundTitle,
    KeyTaker,
    LinkHint,
    Overview,
    PostId,
    PostImage,
    PostListing,
    PostRow,
    Query,
    Scope,
    Sort,
    Stage,
    View,
)

if TYPE_CHECKING:
    from newsreader.article.reading_place import ReadingPlace
    from newsreader.article.render.placed import Layout
    from newsreader.search.model import Search

SOURCE = Path("/library")


def row_of(number: int, *, read: bool = False, bookmarked: bool = False) -> PostRow:
    title = clean_line(f"Post {number}")
    return PostRow(PostId(number), title, None, False, EMPTY, read, bookmarked, False, None)


class FakeStore:
    """Posts in memory; it is all of its parts itself.

    Attributes:
        rows: The posts, from the first row of a list to the last.
        version: What `data_version` gives.
        failing: Names of methods that fail.
        error: What they fail with; None: an error of the index.
        unsaved: Why nothing is saved.
        called: Names of methods that have changed something, in their order.
    """

    def __init__(self, *rows: PostRow) -> None:
        self.rows = {row.post_id: row for row in rows}
        self.told: dict[PostId, list[PostId]] = {}
        self.periods: list[CountedPeriod] = []
        self.texts: dict[PostId, str] = {}
        self.notes: dict[PostId, str] = {}
        self.images_of: dict[PostId, Sequence[PostImage]] = {}
        self.left: dict[PostId, ReadingPlace] = {}
        self.session: Session | None = None
        self.appearance = Appearance()
        self.scan_progress = ScanProgress()
        self.result: ScanResult | None = None
        self.version = 1
        self.failing: set[str] = set()
        self.called: list[str] = []
        self.stopped = False
        self.steps: Sequence[CollectProgress] | None = None
        self.lists = self.posts = self.marks = self.bookmarks = self
        self.places = SimplePlaces(self)
        self.sessions = SimpleSessions(self)
        self.scans = SimpleScans(self)
        self.unsaved: StoreError | None = None
        self.error: StoreError | None = None

    def _change(self, name: str) -> None:
        self.check(name)
        self.called.append(name)
        self.version += 1

    def check(self, name: str) -> None:
        if name in self.failing:
            raise self.error or StoreError(Problem("index-unusable", (name,)))

    def data_version(self) -> int:
        self.check("data_version")
        return self.version

    # Lists

    def _listed(self, query: Query) -> list[PostRow]:
        def is_in(row: PostRow) -> bool:
            match query.view:
                case View.ALL:
                    return True
                case View.UNREAD:
                    return not row.read or row.post_id in query.pinned
                case View.BOOKMARKS:
                    return row.bookmarked or row.post_id in query.pinned

        rows = [row for row in self.rows.values() if is_in(row)]
        if query.search is not None:
            rows = [row for row in rows if row.title.endswith("1") or row.post_id in query.pinned]
        return rows[::-1] if query.sort is Sort.OLDEST else rows

    def collect(self, query: Query, stop: Callable[[], bool]) -> Iterator[CollectProgress]:
        self.check("collect")
        yield from self.steps or [CollectProgress(len(self._listed(query)), complete=True)]

    def tally(self, query: Query, stop: Callable[[], bool] = lambda: False) -> int | None:
        self.check("tally")
        return len(self._listed(query))

    def count(self, query: Query) -> int:
        self.check("count")
        return len(self._listed(query))

    def page(self, query: Query, offset: int, limit: int) -> Sequence[PostRow]:
        self.check("page")
        return self._listed(query)[offset : offset + limit]

    def rank(self, query: Query, post_id: PostId) -> int | None:
        self.check("rank")
        ids = [row.post_id for row in self._listed(query)]
        return ids.index(post_id) if post_id in ids else None

    def locate(self, query: Query, post_id: PostId) -> int:
        return self.rank(query, post_id) or 0

    def row(self, post_id: PostId) -> PostRow | None:
        self.check("row")
        return self.rows.get(post_id)

    def timeline(self, query: Query) -> list[CountedPeriod]:
        self.check("timeline")
        return self.periods

    def locate_day(self, query: Query, period: CountedPeriod) -> int:
        self.check("locate_day")
        return self.periods[::-1].index(period)

    def copies(self, post_id: PostId) -> list[PostRow]:
        self.check("copies")
        return [self.rows[copy] for copy in self.told.get(post_id, ())]

    def next_unread(
        self, post_id: PostId | None, *, query: Query, backwards: bool = False
    ) -> PostId | None:
        self.check("next_unread")
        ids = list(self.rows)[:: -1 if backwards else 1]
        at = ids.index(post_id) + 1 if post_id is not None else 0
        return next((each for each in ids[at:] if not self.rows[each].read), None)

    def overview(self) -> Overview:
        self.check("overview")
        rows = self.rows.values()
        unread = sum(not row.read for row in rows)
        counts = Counts(len(rows), unread, sum(row.bookmarked for row in rows))
        return Overview(clean_line("Library"), counts)

    # Posts

    def read(self, post_id: PostId, *, saved: bool = False) -> StoredPost:
        self.check("read")
        text = self.texts.get(post_id, "A text.")
        raw = f"---\ntitle: Post {post_id}\n---\n{'The copy.' if saved else text}\n".encode()
        return StoredPost(SOURCE, f"{post_id}.md", f"{post_id}.md", raw)

    def parse(self, stored: StoredPost) -> tuple[Post, Site]:
        return parse_post(stored.raw, stored.site_path, Site()), Site()

    def images(self, post_id: PostId, *, saved: bool = False) -> Sequence[PostImage]:
        self.check("images")
        return self.images_of.get(post_id, ())

    def name(self, post_id: PostId) -> tuple[Path, str] | None:
        self.check("name")
        return (SOURCE, f"{post_id}.md")

    def find_name(self, source: Path, path: str) -> PostId | None:
        found = PostId(int(path.removesuffix(".md")))
        return found if source == SOURCE and found in self.rows else None

    # Marks and bookmarks

    def check_writable(self) -> None:
        self.check("check_writable")

    def set_read(self, post_ids: Iterable[PostId], read: bool, *, opened: bool = False) -> None:
        self._change("mark_opened" if opened else "set_read")
        for post_id in post_ids:
            self.rows[post_id] = replace(self.rows[post_id], read=read, edited=False)

    def unread_ids(self, query: Query) -> Sequence[PostId]:
        self.check("count")
        return [row.post_id for row in self._listed(query) if not row.read]

    def find_titles(self, typed: str, stop: Callable[[], bool]) -> Iterator[list[FoundTitle]]:
        for post_id, row in self.rows.items():
            if stop():
                self.stopped = True
                return
            yield [FoundTitle(post_id, row.title)] if typed in row.title else []

    def mark_all_read(self, post_ids: Sequence[int]) -> int:
        self._change("mark_all_read")
        unread = [each for each in map(PostId, post_ids) if not self.rows[each].read]
        self.rows |= {each: replace(self.rows[each], read=True) for each in unread}
        return len(unread)

    def undo(self) -> Undone | None:
        self._change("undo")
        return None

    def redo(self) -> Undone | None:
        self._change("redo")
        return None

    def set_bookmarked(self, post_id: PostId, bookmarked: bool) -> Problem | None:
        self._change("set_bookmarked")
        self.rows[post_id] = replace(self.rows[post_id], bookmarked=bookmarked)
        return None

    def update(self, post_id: PostId) -> bool:
        self._change("update")
        was_changed = self.rows[post_id].changed
        self.rows[post_id] = replace(self.rows[post_id], changed=False)
        return was_changed

    def note(self, post_id: PostId) -> Clean:
        self.check("note")
        return clean_text(self.notes.get(post_id, ""))

    def set_note(self, post_id: PostId, note: str) -> None:
        self._change("set_note")
        self.notes[post_id] = note


class SimplePlaces:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def load(self, post_id: PostId) -> ReadingPlace | None:
        return self._store.left.get(post_id)

    def save(self, post_id: PostId, place: ReadingPlace) -> None:
        self._store.check("save_place")
        self._store.left[post_id] = place


class SimpleSessions:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def load(self) -> Session | None:
        self._store.check("load_session")
        return self._store.session

    def save(self, session: Session) -> None:
        self._store.check("save_session")
        self._store.session = session

    def load_appearance(self) -> Appearance:
        self._store.check("load_appearance")
        return self._store.appearance

    def save_appearance(self, appearance: Appearance) -> None:
        self._store.check("save_appearance")
        self._store.appearance = appearance


class SimpleScans:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def start(self) -> None:
        self._store.called.append("start")
        self._store.scan_progress = ScanProgress(running=True)

    def follow(self) -> None:
        self._store.called.append("follow")
        self._store.scan_progress = ScanProgress(running=True)

    def progress(self) -> ScanProgress:
        self._store.check("progress")
        return self._store.scan_progress

    def last(self) -> ScanResult | None:
        return self._store.result


# The screen


class FakeCategories:
    def __init__(self) -> None:
        self.selected: CategoryEntry | None = CategoryEntry(clean_line("All"), scope=Everything())
        self.searches: Sequence[CategoryEntry] = ()
        self.entries: Sequence[CategoryEntry] = ()
        self.overview = Overview()
        self.view = View.ALL
        self.warnings: Mapping[str, Clean] = {}
        self.collapsed: Collection[str] = ()

    def collapse(self, groups: Iterable[str]) -> None:
        self.collapsed = frozenset(groups)

    def show(self, overview: Overview, view: View) -> None:
        self.overview, self.view = overview, view

    def show_searches(self, searches: Sequence[CategoryEntry]) -> None:
        self.searches = searches

    def show_warnings(self, warnings: Mapping[str, Clean]) -> None:
        self.warnings = warnings

    def select(self, scope: Scope, view: View | None, search: str = "") -> None:
        self.selected = CategoryEntry(
            clean_line(search), scope=scope, view=view, is_search=bool(search)
        )


class FakePosts:
    """A pane of posts; `shown` tells where the cursor was in each list, and if it was a refresh."""

    def __init__(self) -> None:
        self.listing = PostListing(clean_line(""), 0, lambda _offset, _limit: ())
        self.sparkline = ""
        self.cursor = -1
        self.touched = False
        self.arrived = 0
        self.drawn_again = 0
        self.title = ""
        self.rows: Sequence[PostRow] = ()
        self.shown: list[tuple[int, bool]] = []
        self.is_compact = False

    def use_density(self, density: DensityName) -> None:
        self.is_compact = density == "compact"

    @property
    def row_count(self) -> int:
        return self.listing.count

    @property
    def selected(self) -> PostRow | None:
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows]

    def show(
        self, listing: PostListing, *, at: int, keep_place: bool = False, arrived: int = 0
    ) -> None:
        self.arrived = self.arrived + arrived if keep_place else 0
        self.listing, self.title = listing, listing.title
        self.rows = listing.fetch(0, listing.count)
        self.cursor = min(at, listing.count - 1)
        self.touched = self.touched and keep_place
        self.shown.append((self.cursor, keep_place))

    def grow(self, listing: PostListing) -> None:
        self.listing = listing
        self.rows = listing.fetch(0, listing.count)

    def draw_again(self) -> None:
        self.drawn_again += 1

    def show_title(self, title: str) -> None:
        self.title = title

    def show_sparkline(self, columns: str, labelled: str) -> None:
        self.sparkline = labelled

    def move_to(self, row: int, *, step: int = 1) -> None:
        self.cursor = row
        self.touched = True


class FakeSearch:
    """Finds `count` matches of whatever it is asked for."""

    def __init__(self) -> None:
        self.highlighted: Search | None = None
        self.text = ""
        self.count = 0
        self.is_left = False
        self.went: list[int] = []
        self.ended: list[bool] = []

    @property
    def is_active(self) -> bool:
        return bool(self.text)

    @property
    def found_nothing(self) -> bool:
        return self.is_active and not self.count

    @property
    def can_step(self) -> bool:
        return self.count > 0 and (self.is_active or not self.is_left)

    def leave(self) -> None:
        self.is_left = True

    @property
    def result(self) -> Clean:
        return clean_line(f"{self.count} matches")

    def highlight(self, search: Search | None) -> None:
        self.highlighted = search

    def find(self, text: str) -> None:
        self.text = text

    def end(self, *, go_back: bool = False) -> None:
        self.text = ""
        self.ended.append(go_back)

    def go_to_match(self, step: int) -> None:
        self.went.append(step)


class FakeArticle:
    def __init__(self) -> None:
        self.search = FakeSearch()
        self.mode = FakeMode()
        self.article: Article | None = None
        self.note = ""
        self.text_width = 40
        self.palette = PLAIN_PALETTE
        self.place = 0
        self.laid_out: Layout | None = None
        self.top_line = 0
        self.visible_lines = 10
        self.at_end = False
        self.cuts = False
        self.alert = ""
        self.shown: list[int] = []
        self.went_to: list[int] = []

    def would_cut(self, article: Article, laid_out: Layout) -> bool:
        return self.cuts

    def show_alert(self, alert: Clean) -> None:
        self.alert = alert

    def go_to_place(self, place: int) -> None:
        self.place = place
        self.went_to.append(place)

    def go_to_line(self, line: int) -> None:
        lines = len(self.laid_out.lines) if self.laid_out is not None else 0
        self.top_line = max(0, min(line, lines - self.visible_lines))

    def show(self, article: Article, laid_out: Layout) -> None:
        self.article, self.note, self.laid_out = article, "", laid_out
        self.shown.append(len(laid_out.lines))

    def show_note(self, note: Clean) -> None:
        self.article, self.note, self.laid_out = None, note, None


@dataclass
class FakeStatus:
    library: Clean = EMPTY
    counts: Counts = field(default_factory=Counts)
    message: Clean = EMPTY
    progress: float | None = None
    stage: Stage = "posts"
    activity: Clean = EMPTY


@dataclass
class FakeKeys:
    matching: bool = False
    keymap: Keymap = DEFAULT_KEYMAP
    mode_keys: Sequence[tuple[str, str]] = ()


class FakeMode:
    """The mode of the article; `codes` are those that are shown."""

    def __init__(self) -> None:
        self.taker: KeyTaker | None = None
        self.hints: Sequence[LinkHint] = ()

    @property
    def codes(self) -> list[str]:
        return [hint.code for hint in self.hints]

    def start(self, taker: KeyTaker) -> None:
        self.taker = taker

    def end(self) -> None:
        taker, self.taker, self.hints = self.taker, None, ()
        if taker is not None:
            taker.left()

    def show_hints(self, hints: Sequence[LinkHint]) -> None:
        self.hints = hints

    def show_selection(
        self, start: tuple[int, int], end: tuple[int, int], cursor: tuple[int, int, int]
    ) -> None:
        self.selected = start, end

    def press(self, *keys: str) -> None:
        for key in keys:
            assert self.taker is not None
            self.taker.press(key)


class FakeSearchBar:
    def __init__(self) -> None:
        self.is_open = False
        self.is_focused = False
        self.kind = ""
        self.text = ""
        self.found = ""
        self.problem = ""

    @property
    def is_wrong(self) -> bool:
        return bool(self.problem)

    def open(self, kind: str, placeholder: str, text: str = "") -> None:
        self.is_open = self.is_focused = True
        self.kind, self.text = kind, text

    def close(self) -> None:
        self.is_open = self.is_focused = False

    def tell(self, found: str) -> None:
        self.found, self.problem = found, ""

    def tell_problem(self, problem: str, wrong: tuple[int, int]) -> None:
        self.found, self.problem = "", problem


class FakeLayout:
    def __init__(self) -> None:
        self.pane = Pane.POSTS
        self.is_zoomed = False

    def show_pane(self, pane: Pane) -> None:
        self.pane = pane

    def zoom(self, zoomed: bool) -> None:
        self.is_zoomed = zoomed


@dataclass
class FakeTimer:
    seconds: float
    call: Callable[[], None]
    stopped: bool = False

    def stop(self) -> None:
        self.stopped = True


class FakeServices:
    """Workers are tasks; timers wait until a test calls them; dialogs are answered at once.

    Attributes:
        answer: What the user answers; None: nothing.
        asked: What the user was asked.
        hints: What stood below the questions.
        entries: What there was to choose from the last time.
        marked: The one of them that was marked.
        listed: The messages that were listed.
        images: The images that were shown.
        ran: What was run in the terminal: arguments, standard input, and whether it waited.
        written: What was written to the terminal.
        status: The exit status of what is run.
        unable: What running something fails with.
    """

    def __init__(self) -> None:
        self.timers: list[FakeTimer] = []
        self.notified: list[str] = []
        self.listed: list[str] = []
        self.images: Sequence[PostImage] = ()
        self.cleared = 0
        self.asked: list[str] = []
        self.hints: list[str] = []
        self.answer: str | Sort | int | None = None
        self.entries: Sequence[ChoiceEntry] = ()
        self.marked = 0
        self.theme = "inkwell"
        self.drawn_anew = 0
        self.themes = ("newsprint", "inkwell")
        self.ran: list[tuple[Sequence[str] | str, str | None, bool]] = []
        self.written: list[str] = []
        self.status = 0
        self.unable: ProgramError | None = None
        self._tasks: list[tuple[str, asyncio.Task[None]]] = []

    def start(
        self,
        work: Callable[[], Awaitable[None]],
        *,
        group: str,
        description: str,
        exclusive: bool = True,
    ) -> None:
        if exclusive:
            self.cancel(group)
        self._tasks.append((group, asyncio.ensure_future(_run(work))))

    def cancel(self, group: str) -> None:
        for name, task in self._tasks:
            if name == group and task is not asyncio.current_task():
                task.cancel()

    def running(self, group: str) -> bool:
        return any(name == group and not task.done() for name, task in self._tasks)

    async def settle(self) -> None:
        """Wait until no worker works."""
        while self._tasks:
            tasks, self._tasks = [task for _, task in self._tasks], []
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(result, Exception):
                    raise result

    def after(self, seconds: float, call: Callable[[], None]) -> FakeTimer:
        self.timers.append(FakeTimer(seconds, call))
        return self.timers[-1]

    every = after

    def show_images(self, images: Sequence[PostImage]) -> None:
        self.images = images

    def list_messages(self, messages: Sequence[str]) -> None:
        self.listed = list(messages)

    def notify(self, problem: str) -> None:
        self.notified.append(problem)

    def clear_notifications(self) -> None:
        self.cleared += 1

    def use_theme(self, name: str) -> None:
        self.theme = name

    def draw_anew(self) -> None:
        self.drawn_anew += 1

    def confirm(self, question: str, hint: str, confirmed: Callable[[], None]) -> None:
        self.asked.append(question)
        self.hints.append(hint)
        if self.answer is not None:
            confirmed()

    def choose_sort(
        self, sort: Sort, name_of: Callable[[Sort], str], chosen: Callable[[Sort], None]
    ) -> None:
        self.asked.append(name_of(sort))
        if isinstance(self.answer, Sort):
            chosen(self.answer)

    def write_note(self, title: str, note: str, written: Callable[[str], None]) -> None:
        self.asked.append(note)
        if isinstance(self.answer, str):
            written(self.answer)

    def write_sequence(self, sequence: str) -> None:
        self.written.append(sequence)

    def run_in_terminal(
        self, arguments: Sequence[str] | str, *, given: str | None = None, waits: bool = False
    ) -> int:
        self.ran.append((arguments, given, waits))
        if self.unable is not None:
            raise self.unable
        return self.status

    def ask_line(self, title: str, hint: str, text: str, typed: Callable[[str], None]) -> None:
        self.asked.append(text)
        self.hints.append(hint)
        if isinstance(self.answer, str):
            typed(self.answer)

    def choose(
        self,
        title: str,
        entries: Sequence[ChoiceEntry],
        chosen: Callable[[int], None],
        *,
        at: int = 0,
    ) -> None:
        self.asked.append(title)
        self.entries, self.marked = entries, at
        if isinstance(self.answer, int):
            chosen(self.answer)


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()


class FakeScreen:
    """All parts of a screen, each to be looked at as what it is here."""

    def __init__(self) -> None:
        self.categories = FakeCategories()
        self.posts = FakePosts()
        self.article = FakeArticle()
        self.status = FakeStatus()
        self.keys = FakeKeys()
        self.search_bar = FakeSearchBar()
        self.layout = FakeLayout()
        self.services = FakeServices()
        self.parts = ScreenParts(
            categories=self.categories,
            posts=self.posts,
            article=self.article,
            status=self.status,
            keys=self.keys,
            search_bar=self.search_bar,
            layout=self.layout,
            services=self.services,
        )


class FakeClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class ControlsOnFakes:
    """All controllers on a fake store and a fake screen, started."""

    def __init__(
        self,
        *rows: PostRow | FakeStore,
        notice: str = "",
        searches: Sequence[SavedSearch] = (),
        config: Config = DEFAULTS,
        feeds: FeedSource | None = None,
        updates: UpdateSource | None = None,
        scan: bool = False,
        mark_read: MarkRead = "open",
        fold: bool = False,
    ) -> None:
        stores = [each for each in rows if isinstance(each, FakeStore)]
        posts = [each for each in rows if isinstance(each, PostRow)] or [
            row_of(number) for number in (1, 2, 3)
        ]
        self.store = stores[0] if stores else FakeStore(*posts)
        self.screen = FakeScreen()
        self.controls = make_controls(
            self.store,
            self.screen.parts,
            notices=(clean_line(notice),) if notice else (),
            config=replace(config, searches=tuple(searches), mark_read=mark_read, fold=fold),
            feeds=feeds,
            updates=updates,
        )
        self.controls.start(self.store, scan=scan)

    @property
    def shown_article(self) -> str:
        """The title of the article that is shown; empty if there is none."""
        article = self.screen.article.article
        return article.header.title if article is not None else ""

    async def settle(self) -> None:
        """Wait until no worker works."""
        await self.screen.services.settle()
