"""The images of the article that is shown, one after the other."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from typing import Final

from newsreader.messages import phrase
from newsreader.store import StoreError
from newsreader.tui.background import run
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import PostFiles
from newsreader.tui.values import PostId

LIBRARY: Final = "PIL"
"""What decodes images: the extra `images` brings it."""


class ImageControl:
    """Reads the images when they are asked for: no article waits for them."""

    def __init__(
        self,
        store: PostFiles,
        screen: ScreenParts,
        messages: MessageControl,
        article: ArticleControl,
    ) -> None:
        self._store = store
        self._services = screen.services
        self._messages = messages
        self._article = article

    def show(self) -> None:
        """Show the first image, or say why there is none."""
        post_id = self._article.post_id
        if find_spec(LIBRARY) is None:
            self._messages.say(
                phrase("Images need Pillow: pip install 'newsreader-tui[images]' brings it")
            )
        elif post_id is not None:
            work = partial(self._show, post_id)
            self._services.start(work, group="images", description="read images")

    async def _show(self, post_id: PostId) -> None:
        try:
            read = partial(self._store.images, post_id, saved=self._article.shows_copy)
            images = await run(read)
        except StoreError as error:
            self._messages.report(error)
            return
        if self._article.post_id != post_id:
            return
        if images:
            self._services.show_images(images)
        else:
            self._messages.say(phrase("This article has no images of its own site"))
