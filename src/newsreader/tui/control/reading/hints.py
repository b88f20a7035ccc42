"""Link hints: codes over the links on the screen; typing one opens its link, or copies it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from newsreader.article.render.link_places import LinkPlace, links_on
from newsreader.messages import phrase
from newsreader.text import Clean, clean_line
from newsreader.tui.control.messages import MessageControl
from newsreader.tui.control.screen_parts import ScreenParts
from newsreader.tui.values import LinkHint

LETTERS: Final = "asdfghjkl"
"""The letters of the codes: those that fingers rest on."""

NO_LINKS: Final = "No links on the screen"
KEYS: Final = (("a-l", "choose"), ("Bksp", "one letter back"), ("Esc", "leave"))
COPYING: Final = (("a-l", "copy"), ("Bksp", "one letter back"), ("Esc", "leave"))


def link_codes(count: int, letters: str = LETTERS) -> tuple[str, ...]:
    """Make codes for links, none of which begins another: the shortest first.

    As few links as possible get longer codes: the shortest code is split up until there are enough.
    """
    codes = deque([""])
    while len(codes) < count or codes[0] == "":
        code = codes.popleft()
        codes.extend(code + letter for letter in letters)
    # All have one of two lengths, the short ones first.
    return tuple(codes)[:count]


@dataclass(frozen=True, slots=True)
class _Coded:
    code: str
    place: LinkPlace


class HintControl:
    """Lets the user choose one of the links on the screen by its code."""

    def __init__(
        self,
        screen: ScreenParts,
        messages: MessageControl,
        *,
        open_link: Callable[[str], None],
        copy_link: Callable[[str], None],
    ) -> None:
        """Make the control.

        Args:
            screen: Shows the article.
            messages: Says if there are no links.
            open_link: Opens an address.
            copy_link: Copies an address.
        """
        self._pane = screen.article
        self._keys = screen.keys
        self._messages = messages
        self._open = open_link
        self._copy = copy_link
        self._copies = False
        self._coded: Sequence[_Coded] = ()
        self._typed = ""

    def start(self, *, copies: bool) -> None:
        """Show the codes.

        Args:
            copies: Whether the link is to be copied, and not opened.
        """
        lines = self._pane.laid_out
        places = links_on(lines, self._pane.top_line, self._pane.visible_lines) if lines else ()
        if not places:
            self._messages.say(phrase(NO_LINKS))
            return
        self._copies, self._typed = copies, ""
        codes = link_codes(len(places))
        self._coded = [_Coded(*each) for each in zip(codes, places, strict=True)]
        self._pane.mode.start(self)
        self._keys.mode_keys = COPYING if copies else KEYS
        self._show()

    def press(self, key: str) -> None:
        """Answer a key: a letter of a code, a step back, or the end."""
        match key:
            case "escape":
                self._pane.mode.end()
            case "backspace" if self._typed:
                self._typed = self._typed[:-1]
                self._show()
            case "backspace":
                self._pane.mode.end()
            case _:
                self._type(key.lower())

    def left(self) -> None:
        """Show the usual keys again."""
        self._keys.mode_keys = ()

    def _type(self, letter: str) -> None:
        typed = self._typed + letter
        left = [each for each in self._coded if each.code.startswith(typed)]
        if not left:
            return  # no code has that letter there
        self._typed = typed
        if left[0].code == typed:
            self._pane.mode.end()
            self._follow(left[0].place.target)
        else:
            self._show()

    def _show(self) -> None:
        typed = len(self._typed)
        self._pane.mode.show_hints(
            [
                LinkHint(each.place.line, each.place.start, clean_line(each.code), typed)
                for each in self._coded
                if each.code.startswith(self._typed)
            ]
        )

    def _follow(self, target: str) -> None:
        if self._copies:
            self._copy(self._full_address(target))
        elif not target.startswith("#"):
            self._open(target)
        elif (lines := self._pane.laid_out) is not None:
            line = lines.line_of_anchor(target[1:])
            if line is not None:
                self._pane.go_to_line(line)

    def _full_address(self, target: str) -> str:
        """The address that leads to a place of the article from elsewhere, if that is known."""
        article = self._pane.article
        if target.startswith("#") and article is not None:
            own: Clean = article.document.source_link
            return own.partition("#")[0] + target
        return target
