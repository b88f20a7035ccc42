"""What may be written to a terminal: the list, and a parser that holds a stream of bytes to it.

Everything that is not named here is an attack, or something new of Textual or rich, whose entry
is to be added with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tests.hostile.make_hostile import MARK

NUMBER: Final = "[0-9]+"
MODES: Final = (
    "7",  # lines wrap: off while the screen is drawn
    "25",  # the cursor, hidden and shown
    "1000|1003|1006|1015|1016",  # the mouse is reported, and in which form
    "1004",  # the focus of the window is reported
    "1049",  # the alternate screen
    "2004",  # a paste comes in brackets
    "2026",  # a frame is drawn at once
    "2048",  # a change of size is reported
)
STYLES: Final = (
    "0?",  # as at the beginning
    "[1-4]|7|9",  # bold, dim, italic, underlined, reversed, struck out
    "2[2-57-9]|5[45]",  # one of these ends, or of the next: `tui.terminal_looks`
    "21|53",  # underlined twice, a line above: styles of rich that a theme may ask for
    "3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]9",  # the colours of the terminal
    f"[34]8;5;{NUMBER}",  # one of 256 colours
    f"[34]8;2;{NUMBER};{NUMBER};{NUMBER}",  # any colour
)
_STYLE: Final = "|".join(STYLES)
SCREEN: Final = (
    f"\\[\\?({'|'.join(MODES)})[hl]",  # modes: `LinuxDriver.start_application_mode`
    r"\[\?(2026|2048)\$p",  # does the terminal know these modes?
    f"\\[>{NUMBER}u|\\[<u",  # kitty's way of telling keys, on and off again
    f"\\[({_STYLE})(;({_STYLE}))*m",  # styles: `rich.style.Style`
    rf"\[(?P<row>{NUMBER});(?P<column>{NUMBER})H",  # the cursor: `tui.terminal_cells`
    r"\[[0-9]*C",  # the cursor goes over what has not changed: `tui.terminal_cells`
    r"\]8;id=[0-9.-]+;(?P<link>[^\x00-\x20\x7f]*)\x1b\\",  # a link begins: `tui.terminal_looks`
    r"\]8;;\x1b\\",  # a link ends
    r"\[6n|\[2K",  # how wide is a character? then its line is cleared: `cli.terminal`
    r"\]11;\?\x1b\\",  # what is the background's colour? `tui.looks.terminal_background`
    r"\]52;c;[A-Za-z0-9+/]*=*\x07",  # a text for the clipboard, when a key copies it
    r"\]22;(default|pointer|text|grab|grabbing)\x07",  # the shape of the mouse: `textual.app`
)
"""The reader's own: what may follow an escape character."""

IMAGES: Final = (
    r"\[c",  # what can the terminal do? `tui.looks.terminal_answers`
    "[78]",  # the cursor comes back to where it was: `tui.dialogs.images`
    r"_Ga=T,f=100,q=2,C=1,c=[0-9]+,r=[0-9]+,m=[01];[A-Za-z0-9+/=]*\x1b\\",  # kitty's
    r"_Gm=[01];[A-Za-z0-9+/=]*\x1b\\|_Ga=d,d=A,q=2\x1b\\",
    r"\]1337;File=inline=1(;[a-zA-Z]+=[0-9]+)*:[A-Za-z0-9+/=]*\x07",  # iTerm's
    r'P0;1q"1;1;[0-9]+;[0-9]+[#0-9;!$?-~-]*\x1b\\',  # sixels: `tui.images.sequences`
)
"""What the reader writes beside that where an image is looked at."""

LINES: Final = (
    f"\\[({_STYLE})(;({_STYLE}))*m",  # styles: `show --color`
    r"\]8;id=[0-9.-]+;(?P<link>[^\x00-\x20\x7f]*)\x1b\\",  # a link begins: `rich.style.Style`
    r"\]8;;\x1b\\",  # a link ends
)
"""What a command may write that does not take the screen."""

DOCTOR: Final = (
    r"\[6n",  # where is the cursor? It tells how wide a character is
    r"\[2K",  # that line is cleared again
)

_LINK: Final = re.compile(r"(https?://|mailto:)[!-~]+")
# Controls, separators, orders of reading, what has no width and no use, private and impossible
# characters. Joiners and variation selectors are let through: what may stand is `clean_text`'s.
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u17b4\u17b5\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e00ff]"
    "|[\u200b-\u200d]{2}|[\u0300-\u036f\u0489\u20dd]{9}"
)


@dataclass(frozen=True, slots=True)
class Stream:
    """What was written, taken apart.

    Attributes:
        text: What is neither a sequence nor a carriage return.
        attacks: What is not on the list, with what follows it.
        links: The targets of links.
    """

    text: str
    attacks: list[str]
    links: set[str]


def read_stream(
    written: bytes, allowed: tuple[str, ...], *, rows: int = 10_000, columns: int = 10_000
) -> Stream:
    """Take apart what was written; the list is held to every byte of it."""
    # Without an entry nothing matches; an empty choice would match everywhere.
    entries = "|".join(f"(?:{_unnamed(each)})" for each in allowed) or "(?!)"
    escape = re.compile(f"\x1b(?:{entries})")
    place = re.compile(rf"\x1b\[({NUMBER});({NUMBER})H")
    link = re.compile(r"\x1b\]8;id=[^;]*;(.*)\x1b\\")
    texts: list[str] = []
    attacks: list[str] = []
    links: set[str] = set()
    text = written.decode("utf-8", "surrogateescape")
    at = 0
    while at < len(text):
        end = text.find("\x1b", at)
        texts.append(text[at : end if end >= 0 else len(text)])
        if end < 0:
            break
        found = escape.match(text, end)
        if found is None:
            attacks.append(text[end : end + 40])
            at = end + 1
            continue
        at = found.end()
        if MARK in found[0]:
            # In a link it is text, which is asked for; nowhere else.
            attacks += [found[0]] if not found[0].startswith("\x1b]8;id=") else []
        if (moved := place.fullmatch(found[0])) and not (
            0 < int(moved[1]) <= rows and 0 < int(moved[2]) <= columns
        ):
            attacks.append(found[0])
        if target := link.fullmatch(found[0]):
            links.add(target[1])
            if not _LINK.fullmatch(target[1]):
                attacks.append(found[0])
    plain = "".join(texts).replace("\r", "")
    attacks += [plain[max(0, m.start() - 20) : m.end() + 20] for m in FORBIDDEN.finditer(plain)]
    return Stream(plain, attacks, links)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(", pattern)
