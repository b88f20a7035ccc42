"""Search the list as the user types, and the article."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import Final

from newsreader.frozen import dataclass
from newsreader.messages import describe, phrase
from newsreader.text import EMPTY, clean_line
from newsreader.tui.control.active_search import ActiveSearch, parse_search
from newsreader.tui.control.lists import ListControl
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId, Query, View

DEBOUNCE_SECONDS = 0.06
"""Seconds without typing before a search begins."""

PROBLEM_SECONDS = 0.4
"""The same before a mistake is shown: what is still being typed is mostly not wrong."""

LIST_PLACEHOLDER: Final = 'words  "a phrase"  -without  title:  tag:  is:unread  after:2w'
ARTICLE_PLACEHOLDER: Final = "in this article"


@dataclass(frozen=True, slots=True)
class ListPrompt:
    """The search bar is open for the list, which was like this before."""

    query: Query
    selected: PostId | None
    search: ActiveSearch


@dataclass(frozen=True, slots=True)
class ArticlePrompt:
    """The search bar is open for the article."""


class SearchControl:
    """Searches lists and articles for what is typed into the search bar."""

    def __init__(self, screen: ScreenParts, messages: MessageControl, lists: ListControl) -> None:
        self._posts = screen.posts
        self._article = screen.article
        self._bar = screen.search_bar
        self._keys = screen.keys
        self._layout = screen.layout
        self._workers = screen.services
        self._messages = messages
        self._lists = lists
        self._prompt: ListPrompt | ArticlePrompt | None = None

    # Typing

    def open(self) -> None:
        """Let the user type what to search the list for, or what to find in the article."""
        if self._layout.pane is Pane.ARTICLE:
            if self._article.article is not None:
                self._prompt = ArticlePrompt()
                self._bar.open(phrase("Find"), phrase(ARTICLE_PLACEHOLDER))
            return
        if self._layout.pane is not Pane.POSTS:
            self._layout.show_pane(Pane.POSTS)
        row, search = self._posts.selected, self._lists.search
        self._prompt = ListPrompt(self._lists.query, row.post_id if row else None, search)
        self._bar.open(phrase("Search"), phrase(LIST_PLACEHOLDER), clean_line(search.text))

    def change(self, text: str) -> None:
        """Search for what is typed now: in the article at once, in the list after a pause."""
        if isinstance(self._prompt, ArticlePrompt):
            self._article.search.find(text)
        else:
            work = partial(self._search_after_pause, text)
            self._workers.start(work, group="search", description="search as one types")

    def accept(self, text: str) -> None:
        """Go to what was found."""
        self._workers.cancel("search")
        if isinstance(self._prompt, ArticlePrompt):
            if self._article.search.found_nothing:
                self._article.search.end(go_back=True)
                self._messages.say(phrase("Not found in this article"))
        elif not self._search_for(text):
            if not self._bar.is_focused:
                self.cancel()  # the mouse went elsewhere: nobody will put it right
            return
        self._close()

    def cancel(self) -> None:
        """Show again what was shown before the user typed."""
        self._workers.cancel("search")
        match self._prompt:
            case ArticlePrompt():
                self._article.search.end(go_back=True)
            case ListPrompt(query, selected, search):
                has_changed = self._lists.query != query
                self._lists.use_search(search)
                if has_changed:
                    self._lists.open(query, select=selected)
        self._close()

    def _close(self) -> None:
        self._prompt = None
        self._bar.close()
        self._layout.show_pane(self._layout.pane)

    async def _search_after_pause(self, text: str) -> None:
        await asyncio.sleep(DEBOUNCE_SECONDS)
        if not self._search_for(text, tell=self._bar.is_wrong):
            await asyncio.sleep(PROBLEM_SECONDS)
            self._search_for(text)

    def _search_for(self, text: str, *, tell: bool = True) -> bool:
        """Show the posts of the list that match.

        Args:
            text: What was typed.
            tell: Whether to say what is wrong with it.

        Returns:
            Whether it can be understood.
        """
        from newsreader.search.model import QueryError  # noqa: PLC0415  (when it is needed)

        try:
            typed = parse_search(text)
        except QueryError as error:
            if tell:
                self._bar.tell_problem(describe(error.problem), (error.start, error.end))
            return False
        self._bar.tell(EMPTY)
        before, text = self._lists.search, " ".join(text.split())
        if typed == before.typed and text == before.text:
            self.show_count()
            return True
        query = self._lists.use_search(before.with_typed(typed, text))
        if typed is None and isinstance(self._prompt, ListPrompt):
            self._lists.open(query, select=self._prompt.selected)
        else:
            self._lists.open(query, from_top=True)
        return True

    def show_count(self) -> None:
        """Say in the search bar how many posts the list has."""
        is_wanted = isinstance(self._prompt, ListPrompt) and self._lists.search.typed is not None
        if is_wanted and self._bar.is_open and not self._bar.is_wrong:
            listing = self._posts.listing
            if not listing.complete:
                self._bar.tell(phrase("{:,}+ posts", listing.count))
            else:
                is_one = listing.count == 1
                self._bar.tell(phrase("{:,} post" if is_one else "{:,} posts", listing.count))

    # Matches in the article

    def show_matches(self) -> None:
        """Say how many matches there are in the article."""
        search = self._article.search
        self._keys.matching = search.can_step
        if self._bar.is_open and isinstance(self._prompt, ArticlePrompt):
            self._bar.tell(search.result if search.is_active else EMPTY)

    def go_to_next_match(self) -> bool:
        """Show the next match, if it is the article that is searched; return whether it is."""
        search = self._article.search
        is_searched = self._layout.pane is Pane.ARTICLE and (search.is_active or search.can_step)
        if is_searched:
            search.go_to_match(1)
        return is_searched

    def go_to_previous_match(self) -> None:
        """Show the match before in the article."""
        if self._article.search.count:
            self._article.search.go_to_match(-1)

    # Back

    def end(self) -> bool:
        """End the search in the pane that has the focus; return whether there was one."""
        if self._layout.pane is Pane.ARTICLE:
            is_searched = self._article.search.is_active
            if is_searched:
                self._article.search.end()
                self._article.search.leave()
        else:
            is_searched = self._lists.search.typed is not None
            if is_searched:
                self._end_list_search()
        return is_searched

    def _end_list_search(self) -> None:
        """Show the whole list again; the selected post stays selected."""
        whole = self._lists.use_search(self._lists.search.with_typed(None, ""))
        query = self._lists.with_pins(whole)
        row = self._posts.selected
        if row is not None and query.view is not View.ALL:
            # It may have been read since, and stays nevertheless.
            query = replace(query, pinned=query.pinned | {row.post_id})
        self._lists.open(query)
