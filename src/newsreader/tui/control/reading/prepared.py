"""Articles that were parsed and laid out, and the neighbours of one prepared while nobody types.

An article of a news site takes 11 ms to parse and 4 to lay out; read anew, its file and its facts
take one. What has been prepared is used only if all that it was made of is still the same.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Final

from newsreader.article.cancellation import CancellationToken, WorkCancelledError
from newsreader.frozen import dataclass
from newsreader.store import StoreError
from newsreader.tui.background import run
from newsreader.tui.control.screen_parts import PostView, ScreenServices, Stoppable
from newsreader.tui.values import Article, PostId

if TYPE_CHECKING:
    from newsreader.article.document import Document
    from newsreader.article.render.palette import Palette
    from newsreader.article.render.placed import Layout
    from newsreader.posts.model import Post, Site
    from newsreader.tui.control.article_steps import ArticleStep

REST_SECONDS: Final = 0.04
"""How long nobody goes on before neighbours are prepared; a key that is held repeats in 33 ms."""

_MOST: Final = 5
"""Articles that are held: the one shown, its neighbours, and where one came from; 0.3 MB each."""

_MOST_LINES: Final = 2_000
"""Lines of the longest article that is held, of 1.2 MB: 80,000 characters of Chinese and more."""


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article with its lines, and what both were made of.

    Attributes:
        made_of: The post as it was parsed from its file, and its site.
        article: The article.
        width: Cells of the column.
        palette: The styles.
        layout: All lines.
    """

    made_of: tuple[Post, Site]
    article: Article
    width: int
    palette: Palette
    layout: Layout


class PreparedArticles:
    """The articles that were laid out last; several threads use it.

    They are few and none is huge: what is left of it is not asked for when memory gets short.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._articles: OrderedDict[PostId, PreparedArticle] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._articles)

    def keep(self, prepared: PreparedArticle) -> None:
        """Hold an article, unless it is huge, in place of the one that was held longest."""
        if len(prepared.layout.lines) > _MOST_LINES:
            return
        with self._lock:
            self._articles.pop(prepared.article.post_id, None)
            self._articles[prepared.article.post_id] = prepared
            while len(self._articles) > self._most:
                self._articles.popitem(last=False)

    def document(self, post_id: PostId, made_of: tuple[Post, Site]) -> Document | None:
        """What a post was parsed into, if it is still the same."""
        prepared = self._articles.get(post_id)
        if prepared is None or prepared.made_of != made_of:
            return None
        return prepared.article.document

    def layout(self, article: Article, width: int, palette: Palette) -> Layout | None:
        """The lines of an article, if nothing of it would be another line."""
        prepared = self._articles.get(article.post_id)
        if prepared is None:
            return None
        then = prepared.article
        is_same = (
            then.document is article.document
            and (then.header, then.footer) == (article.header, article.footer)
            and (prepared.width, prepared.palette) == (width, palette)
        )
        return prepared.layout if is_same else None


class NeighbourControl:
    """Prepares the posts beside the selected one, one after the other, until somebody goes on."""

    def __init__(
        self,
        posts: PostView,
        services: ScreenServices,
        load: Callable[[PostId, CancellationToken], Iterator[ArticleStep]],
    ) -> None:
        """Prepare nothing yet.

        Args:
            posts: The list.
            services: What the screen does for controllers.
            load: Loads an article, and has it held.
        """
        self._posts = posts
        self._services = services
        self._load = load
        self._token = CancellationToken()
        self._timer: Stoppable | None = None
        self._cursor = -1

    def rest(self) -> None:
        """Prepare the neighbours of the post that is selected, if nobody goes on for a moment."""
        self.stop()
        self._timer = self._services.after(REST_SECONDS, self._begin)

    def stop(self) -> None:
        """Give up: something else is to be done."""
        self._token.cancel()
        self._token = CancellationToken()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _begin(self) -> None:
        self._timer = None
        self._services.start(
            partial(self._prepare, self._token), group="neighbours", description="prepare articles"
        )

    async def _prepare(self, token: CancellationToken) -> None:
        cursor, fetch = self._posts.cursor, self._posts.listing.fetch
        step = -1 if cursor < self._cursor else 1  # whoever goes up goes on upwards
        self._cursor = cursor
        with suppress(StoreError, WorkCancelledError):  # whoever goes there is told
            for row in (cursor + step, cursor - step):
                if 0 <= row < self._posts.row_count:
                    for post in await run(partial(fetch, row, 1)):
                        if token is not self._token:
                            return
                        await run(partial(deque, self._load(post.post_id, token), maxlen=0))
