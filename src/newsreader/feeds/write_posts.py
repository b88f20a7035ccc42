"""Decide which posts a feed's document makes, and write them as one batch.

An entry that is known and says what it said touches nothing. One that was changed rewrites its
file; where that file is gone, somebody did not want it, and it stays gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from newsreader.feeds.entry_table import KnownEntry, digest_of
from newsreader.feeds.file_names import post_name
from newsreader.feeds.images import localise_images
from newsreader.feeds.library import Batch, FeedLibrary, posts_folder
from newsreader.feeds.post_text import post_text, with_labels
from newsreader.feeds.values import Entry, FeedDocument
from newsreader.posts.decode import decode_text
from newsreader.posts.front_matter import split_front_matter
from newsreader.posts.parse_post import parse_post

_MOST_LABELS: Final = 60


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the posts of a feed go.

    Attributes:
        folder: The folder of the feed.
        categories: What its posts are listed under: what the user says, and the feed's name.
        tags: What the user says.
    """

    folder: str
    categories: tuple[str, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post that is to be written.

    Attributes:
        path: Its file below the library.
        entry: What it holds.
        date: Its date.
        categories: What it is listed under.
        tags: Its tags.
        is_new: Whether there is no such file yet.
    """

    path: str
    entry: Entry
    date: datetime
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    is_new: bool


@dataclass(slots=True)
class PostPlan:
    """What a feed's document changes.

    Attributes:
        folder: The folder of the feed.
        language: The language of its posts.
        posts: Those to be written.
        merged: Paths and new texts of posts of other feeds, which get the labels of this one.
        entries: Key digests and what the entries became.
        links: Addresses and the posts that they belong to.
    """

    folder: str
    language: str
    posts: list[PlannedPost] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[str, KnownEntry]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def plan_posts(
    library: FeedLibrary, place: Destination, document: FeedDocument, now: datetime
) -> PostPlan:
    """Compare a feed's document with what is known.

    Args:
        library: Where posts are kept.
        place: Where those of the feed go.
        document: What the feed says.
        now: When it was read: the date of entries without one.
    """
    return _Planner(library, place, document, now).plan()


def make_batch(plan: PostPlan, copies: Mapping[str, str]) -> Batch:
    """Write the posts of a plan as texts.

    Args:
        plan: What is to be written.
        copies: Addresses of images, and the names of their copies.
    """
    files = [
        (
            post.path,
            post_text(
                localise_images(post.entry, copies),
                post.date,
                categories=post.categories,
                tags=post.tags,
                language=plan.language,
            ),
        )
        for post in plan.posts
    ]
    return Batch(
        plan.folder, (*files, *plan.merged.items()), tuple(plan.entries), tuple(plan.links)
    )


class _Planner:
    def __init__(
        self, library: FeedLibrary, place: Destination, document: FeedDocument, now: datetime
    ) -> None:
        self._library = library
        self._known = library.known_entries(place.folder)
        self._posts_folder = posts_folder(place.folder)
        self._categories = place.categories
        self._tags = place.tags
        self._document = document
        self._now = now
        self._there = library.names_in(self._posts_folder)
        self._planned: set[str] = set()
        self._paths = {known.path for known in self._known.values()}
        self._plan = PostPlan(place.folder, document.language)

    def plan(self) -> PostPlan:
        for place, entry in enumerate(self._document.entries):
            self._add(entry, place)
        return self._plan

    def _add(self, entry: Entry, place: int) -> None:
        key, digest = digest_of(entry.key), entry_digest(entry)
        known = self._known.get(key)
        if known is not None and known.digest == digest:
            return
        path = known.path if known is not None else self._library.links.find(entry.shared_link)
        is_own = path.startswith(f"{self._posts_folder}/")
        if path and not self._library.has_post(path):
            if known is not None:
                return
            path = ""
        if path and not is_own:
            if known is None:
                self._merge(path, entry)
        else:
            path = self._rewrite(path, entry, place) if path else self._create(entry, place)
            if entry.shared_link:
                self._plan.links.append((entry.shared_link, path))
        self._plan.entries.append((key, KnownEntry(path, digest)))

    def _create(self, entry: Entry, place: int) -> str:
        # Documents begin with what is new: entries without a date keep their order.
        date = entry.date or self._now - timedelta(seconds=place)
        adopted = ""

        def is_taken(name: str) -> bool:
            nonlocal adopted
            if name in self._planned:
                return True
            if name not in self._there:
                return False
            path = f"{self._posts_folder}/{name}"
            raw = self._library.read_post(path)
            if raw is not None and path not in self._paths and _holds(raw, entry):
                adopted = path  # what is known of the feed was lost, its posts were not
            return not adopted

        name = post_name(entry.title, date, is_taken)
        self._planned.add(name)
        if adopted:
            return self._rewrite(adopted, entry, place)
        path = f"{self._posts_folder}/{name}"
        tags = _once((*entry.tags, *self._tags))
        self._plan.posts.append(PlannedPost(path, entry, date, self._categories, tags, is_new=True))
        return path

    def _rewrite(self, path: str, entry: Entry, place: int) -> str:
        post = parse_post(self._library.read_post(path) or b"", path)
        self._plan.posts.append(
            PlannedPost(
                path,
                entry,
                entry.date or post.date or self._now - timedelta(seconds=place),
                _once((*self._categories, *_written(post.categories, path))),
                _once((*entry.tags, *self._tags, *post.tags)),
                is_new=False,
            )
        )
        return path

    def _merge(self, path: str, entry: Entry) -> None:
        """Give a post of another feed the labels that it has in this one."""
        before = self._plan.merged.get(path)
        raw = before.encode() if before is not None else self._library.read_post(path)
        if raw is None:
            return
        post = parse_post(raw, path)
        text = decode_text(raw)[0]
        merged = with_labels(
            text,
            _once((*_written(post.categories, path), *self._categories)),
            _once((*post.tags, *entry.tags, *self._tags)),
        )
        if merged != text:
            self._plan.merged[path] = merged


def entry_digest(entry: Entry) -> str:
    """A digest of what an entry says, to know it again when it comes unchanged."""
    enclosures = (f"{each.url} {each.media_type} {each.length}" for each in entry.enclosures)
    date = entry.date.isoformat() if entry.date else ""
    parts = (entry.title, entry.link, date, entry.author, *entry.tags, entry.body, *enclosures)
    return digest_of("\0".join(parts))


def _holds(raw: bytes, entry: Entry) -> bool:
    """Whether a file is the post of an entry."""
    values = split_front_matter(decode_text(raw)[0]).values
    if entry.entry_id or entry.link:
        return (values.get("entry_id", ""), values.get("link", "")) == (entry.entry_id, entry.link)
    return parse_post(raw, "").title == entry.title


def _written(categories: Sequence[str], path: str) -> Sequence[str]:
    """The categories without the folder, which is one to whoever does not know of its site."""
    folder = path.partition("/")[0]
    return categories[1:] if categories and categories[0] == folder else categories


def _once(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, labels)))[:_MOST_LABELS]
