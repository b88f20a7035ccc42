"""Take the article somewhere else: onto the clipboard, into a file, a command or an editor."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final

from newsreader.messages import phrase
from newsreader.store import StoredPost, StoreError
from newsreader.text import clean_line
from newsreader.tui.background import run
from newsreader.tui.control.article import ArticleControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.reading.copying import CopyControl
from newsreader.tui.control.reading.exporting import ExportedPost, export_post
from newsreader.tui.control.reading.file_names import file_name
from newsreader.tui.control.reading.saving import folders, save_new
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.control.store_parts import StoreParts
from newsreader.tui.programs.command import ProgramError, describe_status
from newsreader.tui.programs.editor import editor_arguments
from newsreader.tui.values import PostId

GONE: Final = "The file of this post is gone; what is shown is the bookmark's copy"
SAVE: Final = "Save as Markdown"
SAVE_HINT: Final = "a folder, or a new file.md · Enter saves · Esc leaves"
PIPE: Final = "Give the article to a command"
PIPE_HINT: Final = "as Markdown, such as: glow -p · Enter runs it · Esc leaves"


class ExportControl:
    """Writes the post that is shown as Markdown, and opens its file."""

    def __init__(
        self,
        store: StoreParts,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        article: ArticleControl,
        copying: CopyControl,
        editor: str,
    ) -> None:
        """Make the control.

        Args:
            store: Holds the posts.
            screen: Asks for folders and commands, and leaves the terminal to them.
            messages: Says what became of it.
            article: Knows which post is shown, and reads it again.
            copying: Copies texts.
            editor: The command that opens files; empty: what the environment names.
        """
        self._store = store
        self._services = screen.services
        self._messages = messages
        self._article = article
        self._copying = copying
        self._editor = editor
        self._last_folder = ""
        self._last_command = ""

    def copy(self) -> None:
        """Copy the article."""
        post_id = self._article.post_id
        if post_id is not None:
            self._start(partial(self._copy, post_id), "copy an article")

    def save(self) -> None:
        """Ask for a folder and save the article there."""
        post_id = self._article.post_id
        if post_id is not None:
            offered = clean_line(folders(Path.home(), self._last_folder))
            self._services.ask_line(
                phrase(SAVE), phrase(SAVE_HINT), offered, partial(self._save_to, post_id)
            )

    def pipe(self) -> None:
        """Ask for a command and give it the article."""
        post_id = self._article.post_id
        if post_id is not None:
            offered = clean_line(self._last_command)
            self._services.ask_line(
                phrase(PIPE), phrase(PIPE_HINT), offered, partial(self._pipe_to, post_id)
            )

    def edit(self) -> None:
        """Open the post's file in the editor."""
        post_id = self._article.post_id
        if post_id is not None:
            self._start(partial(self._edit, post_id), "edit a post")

    def _start(self, work: Callable[[], Awaitable[None]], description: str) -> None:
        self._services.start(work, group="export", description=description)

    def _save_to(self, post_id: PostId, place: str) -> None:
        self._last_folder = place
        self._start(partial(self._save, post_id, place), "save an article")

    def _pipe_to(self, post_id: PostId, command: str) -> None:
        self._last_command = command
        self._start(partial(self._pipe, post_id, command), "give an article to a command")

    async def _copy(self, post_id: PostId) -> None:
        exported = await self._export(post_id)
        if exported is not None:
            text = exported.markdown
            self._copying.copy(text, phrase("Copied the article: {:,} characters", len(text)))

    async def _save(self, post_id: PostId, place: str) -> None:
        exported = await self._export(post_id)
        if exported is None:
            return
        name = partial(file_name, exported.post)
        try:
            path = await run(partial(save_new, place, name, exported.markdown))
        except ProgramError as error:
            self._messages.report(error.sentence)
        else:
            self._messages.say(phrase("Saved as {}", clean_line(str(path))))

    async def _pipe(self, post_id: PostId, command: str) -> None:
        exported = await self._export(post_id)
        if exported is None:
            return
        try:
            status = self._services.run_in_terminal(command, given=exported.markdown, waits=True)
        except ProgramError as error:
            self._messages.report(error.sentence)
        else:
            self._messages.say(describe_status(command, status))

    async def _edit(self, post_id: PostId) -> None:
        try:
            stored = await run(partial(self._store.posts.read, post_id))
            if stored.gone:
                self._messages.say(phrase(GONE))
                return
            arguments = await run(
                partial(editor_arguments, self._editor, _file_of(stored), os.environ)
            )
            status = self._services.run_in_terminal(arguments)
        except StoreError as error:
            self._messages.report(error)
        except ProgramError as error:
            self._messages.report(error.sentence)
        else:
            if status:
                self._messages.say(describe_status(arguments[0], status))
            if self._article.post_id == post_id:
                self._article.reload()

    async def _export(self, post_id: PostId) -> ExportedPost | None:
        """Export a post; None if it cannot be read, which is reported."""
        saved = self._article.shows_copy and post_id == self._article.post_id
        try:
            return await run(partial(export_post, self._store, post_id, saved=saved))
        except StoreError as error:
            self._messages.report(error)
            return None


def _file_of(stored: StoredPost) -> Path:
    """The file of a post; a source may be one itself."""
    return stored.source if stored.source.is_file() else stored.source / stored.path
