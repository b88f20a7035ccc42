"""The commands that concern the article that is shown, by the ids of their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from newsreader.config.model import Config
from newsreader.messages import phrase
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.navigation import NavigationControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.keys import Pane

if TYPE_CHECKING:
    from newsreader.tui.control.reading.copying import CopyControl
    from newsreader.tui.control.reading.exports import ExportControl
    from newsreader.tui.control.reading.hints import HintControl
    from newsreader.tui.control.reading.images import ImageControl
    from newsreader.tui.control.reading.links import LinkControl
    from newsreader.tui.control.reading.sections import SectionControl
    from newsreader.tui.control.reading.selecting import SelectionControl

WITHIN = (
    "article.next-heading",
    "article.previous-heading",
    "article.outline",
    "article.links",
    "article.copy-links",
    "article.select",
)
"""The commands that move in the article: from a list, the selected post is opened first."""

OF_POST = (
    "article.open-source",
    "article.copy-link",
    "article.copy",
    "article.save",
    "article.pipe",
    "article.edit",
    "article.reload",
    "article.images",
)
"""The commands that do something with the post that is shown, from every pane."""


OF_TEXT = ("article.open-source", "article.copy-link")
"""Those of them that need the text: the link of a post may stand in it."""

NOT_YET: Final = "This post is still being read"


class ReadingCommands:
    """Makes each controller when the first of its keys is pressed: no list needs them."""

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        article: ArticleControl,
        navigation: NavigationControl,
        config: Config,
    ) -> None:
        self._store = store
        self._screen = screen
        self._messages = messages
        self._article = article
        self._navigation = navigation
        self._config = config

    def by_id(self) -> Mapping[str, Callable[[], None]]:
        """The command of each key."""
        within = {key_id: partial(self._run_within, key_id) for key_id in WITHIN}
        return within | {key_id: partial(self._run_for_post, key_id) for key_id in OF_POST}

    def open_link(self, address: str) -> None:
        """Open a link that was clicked."""
        self._links.open(address)

    def select(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Select what the mouse was moved over."""
        self._selecting.drag(start, end)

    def _run_for_post(self, key_id: str) -> None:
        shown, post_id = self._screen.article.article, self._article.post_id
        is_shown = shown is not None and shown.post_id == post_id
        if is_shown or (key_id not in OF_TEXT and post_id is not None):
            self._run(key_id)
        elif self._article.post_id is not None and not self._screen.article.note:
            self._messages.say(phrase(NOT_YET))

    def _run_within(self, key_id: str) -> None:
        if self._screen.layout.pane is not Pane.ARTICLE:
            self._navigation.open_selected()
        if self._screen.layout.pane is Pane.ARTICLE:
            self._run(key_id)

    def _run(self, key_id: str) -> None:
        match key_id:
            case "article.next-heading":
                self._sections.step(1)
            case "article.previous-heading":
                self._sections.step(-1)
            case "article.outline":
                self._sections.show_outline()
            case "article.open-source":
                self._links.open_source()
            case "article.links":
                self._hints.start(copies=False)
            case "article.copy-links":
                self._hints.start(copies=True)
            case "article.select":
                self._selecting.start()
            case "article.copy-link":
                self._copying.copy_source()
            case "article.copy":
                self._exports.copy()
            case "article.save":
                self._exports.save()
            case "article.pipe":
                self._exports.pipe()
            case "article.edit":
                self._exports.edit()
            case "article.reload":
                self._article.reload_changed()
            case "article.images":
                self._images.show()

    @cached_property
    def _links(self) -> LinkControl:
        from newsreader.tui.control.reading.links import LinkControl  # noqa: PLC0415  (late)

        return LinkControl(self._screen, self._messages, self._config.browser)

    @cached_property
    def _images(self) -> ImageControl:
        from newsreader.tui.control.reading.images import ImageControl  # noqa: PLC0415  (late)

        return ImageControl(self._store.posts, self._screen, self._messages, self._article)

    @cached_property
    def _hints(self) -> HintControl:
        from newsreader.tui.control.reading.hints import HintControl  # noqa: PLC0415  (late)

        return HintControl(
            self._screen,
            self._messages,
            open_link=self._links.open,
            copy_link=self._copying.copy_link,
        )

    @cached_property
    def _copying(self) -> CopyControl:
        from newsreader.tui.control.reading.copying import CopyControl  # noqa: PLC0415  (late)

        return CopyControl(self._screen, self._messages, self._config.clipboard)

    @cached_property
    def _exports(self) -> ExportControl:
        from newsreader.tui.control.reading.exports import ExportControl  # noqa: PLC0415  (late)

        return ExportControl(
            self._store,
            self._screen,
            self._messages,
            article=self._article,
            copying=self._copying,
            editor=self._config.editor,
        )

    @cached_property
    def _selecting(self) -> SelectionControl:
        from newsreader.tui.control.reading.selecting import SelectionControl  # noqa: PLC0415  (late)

        return SelectionControl(self._screen, self._messages, self._copying.copy)

    @cached_property
    def _sections(self) -> SectionControl:
        from newsreader.tui.control.reading.sections import SectionControl  # noqa: PLC0415  (late)

        return SectionControl(self._screen, self._messages)
