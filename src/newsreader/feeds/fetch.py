"""Fetch feeds: ask their servers, read their documents, keep their entries as posts.

All servers are asked at once, documents are read by processes, and the posts of one feed after the
other are written: a feed that fails or hangs costs no other one anything.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias, assert_never

from newsreader.config.model import ConfiguredFeed
from newsreader.feeds.documents.parse_process import ParseProcesses, UnreadableFeedError
from newsreader.feeds.download import (
    Downloaded,
    Downloader,
    Limits,
    Refused,
    Unchanged,
    host_of,
    open_downloader,
)
from newsreader.feeds.fetch_state import FeedState
from newsreader.feeds.images import IMAGES, MOST_BYTES, image_name, image_names, image_urls
from newsreader.feeds.library import FeedLibrary
from newsreader.feeds.values import FeedDocument
from newsreader.feeds.write_posts import Destination, PostPlan, make_batch, plan_posts
from newsreader.problems import Problem, problem_to_json


@dataclass(frozen=True, slots=True)
class FetchStarted:
    """A feed's server is being asked."""

    feed: ConfiguredFeed


@dataclass(frozen=True, slots=True)
class FetchEnded:
    """A feed was fetched, or could not be.

    Attributes:
        feed: Which.
        new: Posts that were written.
        changed: Posts that were written again.
        problem: Why not; `None` if all is well.
        moved_to: The address that its server wants to be asked for from now on; empty: the same.
    """

    feed: ConfiguredFeed
    new: int = 0
    changed: int = 0
    problem: Problem | None = None
    moved_to: str = ""


Report: TypeAlias = Callable[[FetchStarted | FetchEnded], None]


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(microsecond=0)


def fetch_feeds(
    feeds: Sequence[ConfiguredFeed],
    library: FeedLibrary,
    report: Report,
    *,
    limits: Limits | None = None,
    clock: Callable[[], datetime] = _now,
) -> list[FetchEnded]:
    """Fetch feeds, and return how each went, in their order.

    Args:
        feeds: Which; whether they are due is for the caller to say.
        library: Where their posts go.
        report: Is told what happens while it does.
        limits: What servers may cost.
        clock: The time of day, with its zone.

    Raises:
        KeyboardInterrupt: The user wants it to end; what was fetched is kept.
    """
    return asyncio.run(_Fetch(library, report, limits or Limits(), clock).run(feeds))


class _Fetch:
    def __init__(
        self, library: FeedLibrary, report: Report, limits: Limits, clock: Callable[[], datetime]
    ) -> None:
        self._library = library
        self._report = report
        self._limits = limits
        self._clock = clock

    async def run(self, feeds: Sequence[ConfiguredFeed]) -> list[FetchEnded]:
        try:
            async with (
                ParseProcesses(len(feeds)) as processes,
                open_downloader(self._limits) as downloader,
                asyncio.TaskGroup() as tasks,
            ):
                started = [
                    tasks.create_task(self._fetch(feed, downloader, processes)) for feed in feeds
                ]
            return [task.result() for task in started]
        finally:
            self._library.save_states()

    async def _fetch(
        self, feed: ConfiguredFeed, downloader: Downloader, processes: ParseProcesses
    ) -> FetchEnded:
        state = self._library.states.get(feed.url, FeedState())
        answer = await downloader.get(
            state.moved_to or feed.url,
            etag=state.etag,
            modified=state.modified,
            begin=lambda: self._report(FetchStarted(feed)),
        )
        match answer:
            case Unchanged():
                ended = self._unchanged(feed, state)
            case Refused():
                ended = self._failed(feed, answer)
            case Downloaded():
                ended = await self._read(feed, answer, downloader, processes)
            case _:
                assert_never(answer)
        self._report(ended)
        return ended

    async def _read(
        self,
        feed: ConfiguredFeed,
        answer: Downloaded,
        downloader: Downloader,
        processes: ParseProcesses,
    ) -> FetchEnded:
        digest = hashlib.blake2b(answer.raw, digest_size=12).hexdigest()
        before = self._library.states.get(feed.url, FeedState())
        state = replace(
            before,
            etag=answer.etag,
            modified=answer.modified,
            digest=digest,
            moved_to=answer.moved_to or before.moved_to,
        )
        if digest == before.digest:
            return self._unchanged(feed, state)
        try:
            document = await processes.read(answer.raw, answer.content_type, answer.url)
        except UnreadableFeedError:
            return self._failed(feed, Refused(Problem("feed-unreadable", (feed.url,))))
        if document is None:
            return self._failed(feed, Refused(Problem("feed-not-one", (feed.url,))))
        state = replace(state, title=document.title)
        try:
            # What it changes decides which images are wanted; what is written, the moment after.
            plan = self._plan(feed, state, document)
            copies = await self._images(plan, downloader) if feed.images else {}
            return self._write(feed, state, document, copies)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problem = Problem("feed-not-written", (str(self._library.root), reason))
            return self._failed(feed, Refused(problem))

    def _plan(self, feed: ConfiguredFeed, state: FeedState, document: FeedDocument) -> PostPlan:
        name = feed.name or state.title or host_of(feed.url) or feed.url
        folder = self._library.folder_for(feed.url, name)
        labels = tuple(dict.fromkeys(filter(None, (feed.category, name))))
        place = Destination(folder, labels, feed.tags)
        return plan_posts(self._library, place, document, self._clock())

    def _write(
        self,
        feed: ConfiguredFeed,
        state: FeedState,
        document: FeedDocument,
        copies: Mapping[str, str],
    ) -> FetchEnded:
        """Write what the document changes; nothing gets in between, as nothing is awaited."""
        plan = self._plan(feed, state, document)
        batch = make_batch(plan, copies)
        self._library.commit(batch, feed.url, replace(self._checked(state), folder=plan.folder))
        new = sum(post.is_new for post in plan.posts)
        return FetchEnded(feed, new, len(plan.posts) - new, moved_to=state.moved_to)

    async def _images(self, plan: PostPlan, downloader: Downloader) -> dict[str, str]:
        """Fetch the images of posts that are to be written, and return the names of the copies."""
        there = self._library.names_in(f"{plan.folder}/{IMAGES}")
        copies: dict[str, str] = {}
        for post in plan.posts:
            room = MOST_BYTES
            for url in image_urls(post.entry):
                if url in copies or room <= 0:
                    continue
                known = next((name for name in image_names(url) if name in there), "")
                if known:
                    copies[url] = known
                    continue
                most = min(room, self._limits.image_bytes)
                answer = await downloader.get(url, most_bytes=most)
                if isinstance(answer, Downloaded) and (name := image_name(url, answer.raw)):
                    room -= len(answer.raw)
                    self._library.write_bytes(f"{plan.folder}/{IMAGES}/{name}", answer.raw)
                    copies[url] = name
        return copies

    def _unchanged(self, feed: ConfiguredFeed, state: FeedState) -> FetchEnded:
        self._library.states[feed.url] = self._checked(state)
        return FetchEnded(feed, moved_to=state.moved_to)

    def _checked(self, state: FeedState) -> FeedState:
        return replace(
            state,
            checked=self._clock().isoformat(),
            not_before="",
            failing_since="",
            problem="",
            is_gone=False,
        )

    def _failed(self, feed: ConfiguredFeed, refused: Refused) -> FetchEnded:
        now = self._clock().isoformat()
        state = self._library.states.get(feed.url, FeedState())
        self._library.states[feed.url] = replace(
            state,
            checked=now,
            not_before=refused.not_before.isoformat() if refused.not_before else "",
            failing_since=state.failing_since or now,
            problem=problem_to_json(refused.problem),
            is_gone=refused.is_gone,
        )
        return FetchEnded(feed, problem=refused.problem)
