"""Driving the app in a test: a small library, and keys pressed until all is at rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import WorkerCancelled

from newsreader.config.model import Config
from newsreader.store import PostStore, ScanResult, Source
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.keys import Pane
from newsreader.tui.main_screen import MainScreen
from newsreader.tui.styles import part_style

NEWEST = "水车日记第12篇"
SECOND = "水车日记第11篇"
THIRD = "水车日记第10篇"
OLDEST = "没有日期"

HTML_POST = """---
layout: post
title: "{title}"
date: 2026-03-{day:02} 09:{day:02}:00 +0800
categories: {category}
tags: {tag}
---
<p>第{day}天，河边的小镇修好了旧水车。{filler}</p><p><strong>水车转起来了</strong></p><p>孩子们说：“真好看！”</p>\
<p class="em_media">（文章来源：河边晚报）</p>

<http://example.org/{day}>

[返回{tag}](//example.org/{category}.html)｜[返回首页](//example.org/)
"""


def write_library(folder: Path) -> Path:
    """Twelve posts in two categories, the newest on the twelfth, and an undated one."""
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (folder / "_config.yml").write_text("title: 河边\ntimezone: Asia/Shanghai\n", encoding="utf-8")
    for day in range(1, 13):
        category, tag = ("shuiche", "水车") if day % 3 else ("malu", "马路")
        text = HTML_POST.format(
            title=f"水车日记第{day}篇",
            day=day,
            category=category,
            tag=tag,
            filler="水声很轻，木头很新。" * (60 if day == 12 else 3),
        )
        (posts / f"2026-03-{day:02}-water-{day}.md").write_text(text, encoding="utf-8")
    (posts / "no-date.md").write_text(
        "---\ntitle: 没有日期\ncategories: malu\ntags: 马路\n---\n没有日期的一篇。\n",
        encoding="utf-8",
    )
    return folder


def write_post(folder: Path, text: str) -> Path:
    """A library of one post."""
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (posts / "2026-01-01-post.md").write_text(f"---\ntitle: 一篇\n---\n{text}\n", encoding="utf-8")
    return folder


class Reader:
    """The running app, and what a test asks of it."""

    def __init__(self, app: NewsreaderApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def title(self) -> str:
        """The title of the selected post; empty where there is none."""
        row = self.screen.posts.selected
        return row.title if row else ""

    @property
    def article(self) -> str:
        """The title of the post in the article pane."""
        article = self.screen.article.article
        return article.header.title if article else ""

    @property
    def list_title(self) -> str:
        """What the border of the list says."""
        return self.screen.posts.title

    @property
    def article_text(self) -> str:
        """What the article pane shows, without the ends of its lines."""
        pane = self.screen.article
        return "".join(pane.render_line(y).text.strip() for y in range(pane.size.height))

    @property
    def first_line(self) -> str:
        """The first line of the article pane."""
        return self.screen.article.render_line(0).text.strip()

    @property
    def search_line(self) -> str:
        """The line of the search bar as it is drawn, and what stands above it."""
        parts = self.screen.search_bar.query("#search-problem, #search-input, #search-found")
        return " | ".join(widget.render_line(0).text.strip() for widget in parts if widget.display)

    @property
    def footer(self) -> str:
        """The line of keys as it is drawn."""
        return self.screen.key_bar.render_line(0).text

    def marked(self, name: str = "match") -> list[str]:
        """What is marked in the article pane, line by line."""
        pane = self.screen.article
        style = part_style(pane, f"article--{name}")
        return [
            segment.text
            for y in range(pane.size.height)
            for segment in pane.render_line(y)
            if segment.style is not None
            and (segment.style.underline, segment.style.reverse) == (style.underline, style.reverse)
            and segment.style.bgcolor == (style.bgcolor or segment.style.bgcolor)
            and segment.style.color == style.color
        ]

    def pane(self) -> Pane:
        """The pane that has the focus."""
        return self.screen.pane

    def visible_panes(self) -> set[Pane]:
        """The panes that can be seen."""
        return {pane for pane in Pane if self.screen.widget_of(pane).size.height}

    def dialog(self) -> Screen[object] | None:
        """What stands in front of the panes."""
        return None if self.app.screen is self.screen else self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys, each when all that the one before it set going has come to rest.

        What is typed into a line of text follows at once, as people type.
        """
        for at, key in enumerate(keys):
            await self.pilot.press(key)
            typing = len(key) == 1 and isinstance(self.app.focused, Input)
            if not typing or at + 1 == len(keys) or len(keys[at + 1]) > 1:
                await self.settle()

    async def commit(self, text: str) -> None:
        """Type what an input method gives at once."""
        for character in text:
            self.app.post_message(events.Key(_character_to_key(character), character))
        await self.settle()

    async def turn_wheel_down(self, selector: str, offset: tuple[int, int]) -> None:
        """Turn the wheel of the mouse above a widget."""
        await self.pilot._post_mouse_events([events.MouseScrollDown], selector, offset)
        await self.settle()

    def notifications(self) -> list[str]:
        """What stands in front of the panes as problems."""
        return [each.message for each in self.app._notifications]

    async def settle(self) -> None:
        """Wait until no worker works, no message waits, and all is drawn."""
        calm = 0  # twice: what was drawn last may have sent a message
        while calm < 2 and self.app.return_code is None:
            await self.pilot.pause()
            pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
            at_rest = all(pump._message_queue.empty() for pump in pumps)
            if self.app._resize_event is not None or self.app._type_ahead.is_holding:
                at_rest = False
            if any(not worker.is_finished for worker in self.app.workers):
                at_rest = False
                with suppress(WorkerCancelled):  # of a dialog that has closed
                    await self.app.workers.wait_for_complete()
            calm = calm + 1 if at_rest else 0


async def give_way(_least: float = 0.0, _most: float = 0.0) -> None:
    """Let what was sent reach the queues; Textual's own waits 20 ms for the process to be idle."""
    for _ in range(8):
        await asyncio.sleep(0)


OpenReader = Callable[..., AbstractAsyncContextManager[Reader]]


@asynccontextmanager
async def open_folder(
    folder: Path,
    scratch: Path,
    size: tuple[int, int],
    *,
    theme: str = "auto",
    few_colours: bool = False,
) -> AsyncIterator[Reader]:
    """The app on the posts of a folder."""
    with PostStore(
        [Source(folder)], cache_dir=scratch / "cache", data_dir=scratch / "data"
    ) as store:
        store.scans.run()
        config = Config(theme=theme)
        app = NewsreaderApp(store, config=config, scan=False, few_colours=few_colours)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader


async def run_scan(reader: Reader, store: PostStore, result: ScanResult) -> list[str]:
    """Have a scan do what `result` says; what is reported as a problem when it ends."""
    reported: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader.screen, "notify", lambda text, **_options: reported.append(text))
        patch.setattr(store.scans, "start", lambda: None)
        patch.setattr(store.scans, "last", lambda: result)
        await reader.press("f5")
        assert "looking for posts" in reader.screen.status.render_line(0).text
        reader.screen.controls.refresh.poll()
        await reader.settle()
    assert "looking for posts" not in reader.screen.status.render_line(0).text
    return reported
