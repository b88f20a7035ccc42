"""Take the article somewhere else, as Markdown: onto the clipboard."""

from __future__ import annotations

from functools import partial

from newsreader.store import StoreError
from newsreader.text import fill
from newsreader.tui.background import run
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.reading.copying import CopyControl
from newsreader.tui.control.reading.exporting import ExportedPost, export_post
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import StoreParts


class ExportControl:
    """Writes the post that is shown as Markdown."""

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        article: ArticleControl,
        copying: CopyControl,
    ) -> None:
        self._store = store
        self._services = screen.services
        self._messages = messages
        self._article = article
        self._copying = copying

    def copy(self) -> None:
        """Copy the article."""
        self._services.start(self._copy, group="export", description="copy an article")

    async def _copy(self) -> None:
        exported = await self._export()
        if exported is not None:
            text = exported.markdown
            self._copying.copy(text, fill("Copied the article: {:,} characters", len(text)))

    async def _export(self) -> ExportedPost | None:
        """Export the post that is shown; None if it cannot be read, which is reported."""
        post_id = self._article.post_id
        if post_id is None:
            return None
        work = partial(export_post, self._store, post_id, saved=self._article.shows_copy)
        try:
            return await run(work)
        except StoreError as error:
            self._messages.report(error)
            return None
