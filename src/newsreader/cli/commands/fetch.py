"""`newsreader fetch`: keep what is new in the feeds as posts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from newsreader import paths
from newsreader.cli.commands.feeds import has_url
from newsreader.cli.errors import CommandError
from newsreader.cli.library import open_store, read_config
from newsreader.cli.output import complain, is_capable_terminal, print_json, print_line
from newsreader.cli.requests import FetchRequest
from newsreader.config.model import Config, ConfiguredFeed
from newsreader.config.write_config import ConfigError, change_record
from newsreader.feeds.fetch import FetchEnded, FetchStarted, Report, fetch_feeds
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.keep import forget_posts
from newsreader.feeds.library import FeedLibrary, LibraryBusyError, open_feed_library
from newsreader.feeds.subscriptions import due_feeds, feed_name, find_feeds_named, is_waiting
from newsreader.messages import describe
from newsreader.store import PostStore, Source
from newsreader.text import Clean, clean_line, fill, join, literal

_SLOW_SECONDS: Final = 3.0
"""A feed that takes longer is named beside the bar."""


def run(request: FetchRequest) -> int:
    """Fetch the feeds, and print one line about it; 1 if one failed."""
    config = read_config(request.common)
    if not config.feeds:
        raise CommandError(literal("There are no feeds yet; `newsreader feeds add URL` adds one."))
    try:
        with open_feed_library(paths.feeds_dir()) as library:
            return _fetch(request, config, library)
    except LibraryBusyError:
        raise CommandError(literal("Another process is fetching.")) from None


def _fetch(request: FetchRequest, config: Config, library: FeedLibrary) -> int:
    feeds, code = _asked(request, config, library)
    bar = _json_lines(len(feeds)) if request.format == "json" else _bar(library, len(feeds))
    began = time.monotonic()
    with bar as report:
        ended = fetch_feeds(feeds, library, report)
    for each in ended:
        if each.problem is not None:
            code = 1
            name = clean_line(feed_name(each.feed, library.states.get(each.feed.url, FeedState())))
            complain(fill("{}: {}", name, describe(each.problem)))
        elif each.moved_to:
            _move(request, library, each)
    gone = _forget(config.feeds, library)
    if request.format == "json":
        _print_json_end(ended, gone)
    else:
        print_line(_summarise(ended, gone, time.monotonic() - began))
    return code


def _asked(
    request: FetchRequest, config: Config, library: FeedLibrary
) -> tuple[list[ConfiguredFeed], int]:
    """The feeds to ask, and 1 if one that was named cannot be."""
    now = datetime.now(UTC)
    if not request.names:
        return due_feeds(config.feeds, library.states, now), 0
    meant: dict[str, ConfiguredFeed] = {}
    code = 0
    for name in request.names:
        found = find_feeds_named(name, config.feeds, library.states)
        if not found:
            complain(fill("There is no feed {}.", clean_line(name)))
            code = 1
        for feed in found:
            state = library.states.get(feed.url, FeedState())
            if is_waiting(state, now):
                complain(fill("{}: {}", clean_line(name), describe(state.failure)))
                code = 1
            else:
                meant[feed.url] = feed
    return list(meant.values()), code


def _move(request: FetchRequest, library: FeedLibrary, ended: FetchEnded) -> None:
    """Write down that a feed has moved for good; it is asked there even if that fails."""
    old, new = ended.feed.url, ended.moved_to
    path = request.common.config or paths.config_file()
    try:
        if not change_record(path, "feeds", has_url(old), {"url": new}):
            return
    except ConfigError as error:
        for problem in error.problems:
            complain(problem)
        return
    library.move_state(old, new)
    complain(fill("This feed has moved, and is asked there from now on: {}", clean_line(new)))


def _forget(feeds: Sequence[ConfiguredFeed], library: FeedLibrary) -> int:
    """Forget the oldest posts of the feeds that are to keep only some."""
    keeping = [feed for feed in feeds if feed.keep and feed.url in library.states]
    if not keeping:
        return 0
    with open_store([Source(library.root)]) as store:
        return sum(
            forget_posts(
                library,
                library.states[feed.url].folder,
                feed.keep,
                datetime.now().astimezone(),
                _finder_of_read(store, library),
            )
            for feed in keeping
            if library.states[feed.url].folder
        )


def _finder_of_read(store: PostStore, library: FeedLibrary) -> Callable[[str], bool]:
    """Tell by its path whether a post was read and is not bookmarked; not if nobody knows it."""

    def may_go(path: str) -> bool:
        post_id = store.posts.find(str(library.root / path))
        row = None if post_id is None else store.lists.row(post_id)
        return row is not None and row.read and not row.bookmarked

    return may_go


def _summarise(ended: Sequence[FetchEnded], gone: int, seconds: float) -> Clean:
    new, changed = sum(each.new for each in ended), sum(each.changed for each in ended)
    failed = sum(each.problem is not None for each in ended)
    parts = [
        fill("{:,} {}", len(ended), literal("feed" if len(ended) == 1 else "feeds")),
        fill("{:,} new", new),
        *([fill("{:,} changed", changed)] if changed else []),
        *([fill("{:,} forgotten", gone)] if gone else []),
        *([fill("{:,} failed", failed)] if failed else []),
    ]
    return fill("{}, in {:.1f} s.", join(", ", parts), seconds)


@contextmanager
def _json_lines(count: int) -> Iterator[Report]:
    """Print how many feeds are asked, and an object for each when it is done."""

    def report(event: FetchStarted | FetchEnded) -> None:
        if isinstance(event, FetchEnded):
            print_json(
                {
                    "url": event.feed.url,
                    "new": event.new,
                    "changed": event.changed,
                    "problem": describe(event.problem) or None,
                }
            )
            sys.stdout.flush()

    print_json({"fetching": count})
    yield report


def _print_json_end(ended: Sequence[FetchEnded], gone: int) -> None:
    print_json(
        {
            "feeds": len(ended),
            "new": sum(each.new for each in ended),
            "changed": sum(each.changed for each in ended),
            "forgotten": gone,
            "failed": sum(each.problem is not None for each in ended),
        }
    )


@contextmanager
def _bar(library: FeedLibrary, count: int) -> Iterator[Report]:
    """Show a bar on standard error if that is a terminal, and yield what moves it."""
    if not is_capable_terminal(sys.stderr) or not count:
        yield lambda _: None
        return
    # rich costs time to import, and a pipe never sees the bar.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    bar = Progress(
        TextColumn("Fetching"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[new]:,} new"),
        TextColumn("{task.fields[slow]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=count, new=0, slow="")
    running: dict[str, tuple[float, Clean]] = {}
    new = 0

    def report(event: FetchStarted | FetchEnded) -> None:
        nonlocal new
        if isinstance(event, FetchStarted):
            state = library.states.get(event.feed.url, FeedState())
            running[event.feed.url] = time.monotonic(), clean_line(feed_name(event.feed, state))
            return
        running.pop(event.feed.url, None)
        new += event.new
        began, name = min(running.values(), default=(0.0, literal("")))
        is_slow = name and time.monotonic() - began > _SLOW_SECONDS
        slow = fill("waiting for {}", name) if is_slow else literal("")
        bar.update(task, advance=1, new=new, slow=slow)

    with bar:
        yield report
