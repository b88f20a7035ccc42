"""`newsreader feeds`: list, add, remove, export and import the feeds of the config file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, assert_never

from newsreader import paths
from newsreader.cli.errors import CommandError
from newsreader.cli.input import read_input
from newsreader.cli.library import config_path, read_config
from newsreader.cli.output import complain, is_terminal, print_json, print_line, print_row
from newsreader.cli.requests import FeedsRequest
from newsreader.config.edit_yaml import Record
from newsreader.config.model import Config, ConfiguredFeed
from newsreader.config.values import ConfigValues
from newsreader.config.write_config import ConfigError, add_record, remove_record
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.library import LibraryBusyError, load_states, open_feed_library
from newsreader.feeds.subscriptions import feed_name, find_feeds_named
from newsreader.messages import describe
from newsreader.problems import Problem
from newsreader.text import EMPTY, Clean, clean_line, clean_text, fill, join, literal

_LARGEST_LIST: Final = 8 << 20


def run(request: FeedsRequest) -> int:
    """Do what the request asks; 1 if something of it could not be done."""
    config = read_config(request.common)
    try:
        match request.action:
            case "list":
                return _list(request, config)
            case "export":
                return _export(config)
            case "add":
                return max(_add(request, config, word) for word in request.words)
            case "remove":
                return max(_remove(request, config, word) for word in request.words)
            case "import":
                return _import(request, config)
            case _:
                assert_never(request.action)
    except ConfigError as error:
        raise CommandError(*map(describe, error.problems)) from error
    except LibraryBusyError:
        raise CommandError(literal("Another process is fetching.")) from None


def record_of(feed: ConfiguredFeed) -> Record:
    """Write a feed as an entry of the config file; what is empty is left out there."""
    return {
        "url": feed.url,
        "name": feed.name,
        "category": feed.category,
        "tags": feed.tags,
        "every": feed.every,
        "keep": feed.keep,
        **({"images": True} if feed.images else {}),
    }


def has_url(url: str) -> Callable[[ConfigValues], bool]:
    """Tell the entry of the config file that has an address."""
    return lambda values: values.texts.get("url") == url


def _list(request: FeedsRequest, config: Config) -> int:
    states = load_states(paths.feeds_dir())
    if not config.feeds and request.format == "table":
        print_line(literal("There are no feeds yet; `newsreader feeds add URL` adds one."))
    for feed in config.feeds:
        state = states.get(feed.url, FeedState())
        problem = describe(state.failure)
        name = clean_line(feed_name(feed, state))
        if request.format == "json":
            print_json(
                {
                    "name": name,
                    "url": feed.url,
                    "category": feed.category,
                    "tags": list(feed.tags),
                    "checked": state.checked or None,
                    "problem": problem or None,
                }
            )
            continue
        mark = literal("!" if state.is_failing_long(datetime.now(UTC)) else " ")
        print_row(fill("{} {}{}", mark, name, _under(feed)))
        if name != feed.url:
            print_row(fill("    {}", clean_line(feed.url)))
        if problem:
            print_row(fill("    {}", problem))
    return 0


def _under(feed: ConfiguredFeed) -> Clean:
    labels = [clean_line(each) for each in (feed.category, *feed.tags) if each]
    return fill("  ({})", join(", ", labels)) if labels else EMPTY


def _export(config: Config) -> int:
    from newsreader.feeds.opml import write_opml  # noqa: PLC0415  (late: no other action needs it)

    states = load_states(paths.feeds_dir())
    names = {feed.url: feed_name(feed, states.get(feed.url, FeedState())) for feed in config.feeds}
    print_line(clean_text(write_opml(config.feeds, names).rstrip()))
    return 0


def _add(request: FeedsRequest, config: Config, word: str) -> int:
    """Add the feed of an address; where there are several, the user chooses."""
    from newsreader.feeds.find_feeds import find_feeds  # noqa: PLC0415  (late: opens sockets)

    url = word if "://" in word else f"https://{word}"
    found = find_feeds(url)
    if isinstance(found, Problem):
        complain(found)
        return 1
    feed = found[0]
    if len(found) > 1:
        number = _choose(
            [fill("{}  {}", clean_line(each.url), clean_line(each.title)) for each in found]
        )
        if number is None:
            return 1
        feed = found[number]
    if any(feed.url == each.url for each in config.feeds):
        complain(fill("This feed is there already: {}", clean_line(feed.url)))
        return 1
    name = request.name or feed.title
    added = ConfiguredFeed(feed.url, name, request.category, request.tags)
    add_record(config_path(request.common), "feeds", record_of(added))
    shown = clean_line(name or feed.url)
    print_line(fill("Added: {}. `newsreader fetch` keeps its entries as posts.", shown))
    return 0


def _choose(lines: Sequence[Clean]) -> int | None:
    """Ask which of several feeds is meant; where nobody can answer, only list them."""
    print_line(literal("This page names several feeds:"))
    for number, line in enumerate(lines, 1):
        print_row(fill("{:>3}  {}", number, line))
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        complain(literal("Add the one that you mean by its address."))
        return None
    print_line(literal("Which one? Type its number, or nothing to add none."))
    answer = sys.stdin.readline().strip()
    if answer.isascii() and answer.isdigit() and 1 <= int(answer[:6]) <= len(lines):
        return int(answer) - 1
    print_line(literal("No feed was added."))
    return None


def _remove(request: FeedsRequest, config: Config, word: str) -> int:
    states = load_states(paths.feeds_dir())
    meant = find_feeds_named(word, config.feeds, states)
    if not meant:
        complain(fill("There is no feed {}.", clean_line(word)))
        return 1
    for feed in meant:
        remove_record(config_path(request.common), "feeds", has_url(feed.url))
        state = states.get(feed.url, FeedState())
        if state != FeedState():
            with open_feed_library(paths.feeds_dir()) as library:
                # It may come back, to the same folder, whatever its server said before.
                library.set_state(feed.url, FeedState(folder=state.folder))
        print_line(fill("Removed: {}. Its posts stay.", clean_line(feed_name(feed, state))))
    return 0


def _import(request: FeedsRequest, config: Config) -> int:
    from newsreader.feeds.opml import NotOpmlError, read_feed_list  # noqa: PLC0415  (late)

    name = request.words[0]
    try:
        feeds = read_feed_list(read_input(name, _LARGEST_LIST))
    except NotOpmlError as error:
        raise CommandError(
            fill("This is no list of feeds ({}): {}", clean_line(str(error)), clean_line(name))
        ) from error
    there = {feed.url for feed in config.feeds}
    new = [feed for feed in feeds if feed.url not in there]
    if new:
        add_record(config_path(request.common), "feeds", *map(record_of, new))
    said = fill("{:,} {} imported", len(new), literal("feed" if len(new) == 1 else "feeds"))
    known = len(feeds) - len(new)
    print_line(fill("{}, {:,} were there already.", said, known) if known else fill("{}.", said))
    return 0
