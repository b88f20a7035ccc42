"""Names of keys: as people write them, as Textual reports them, and as the screen shows them."""

from __future__ import annotations

import difflib
import re
from typing import Final

from newsreader.patterns import compile_late

FULL_WIDTH: Final = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
"""What an input method sends in full-width mode for each printable ASCII character."""

WIDE_SPACE_KEY: Final = "ideographic_space"
"""Textual's name of what an input method sends for the space bar."""

_SHOWN: Final = {
    "space": "space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "home": "Home",
    "end": "End",
    "backspace": "Bksp",
    "delete": "Del",
    "insert": "Ins",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
"""Keys that print nothing, under Textual's names, and how the screen shows them."""

_WRITTEN: Final = {
    **{name: name for name in _SHOWN if "+" not in name},
    **{shown.lower(): name for name, shown in _SHOWN.items() if "-" not in shown},
    "esc": "escape",
    "return": "enter",
    "ret": "enter",
    "cr": "enter",
    "spc": "space",
    "page-down": "pagedown",
    "page-up": "pageup",
    "backtab": "shift+tab",
    # Characters that part keys in the config, or that YAML has other uses for.
    "comma": ",",
    "colon": ":",
    "semicolon": ";",
    "slash": "/",
    "backslash": "\\",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "at": "@",
    "hash": "#",
}
"""Every name of a key without Ctrl or Alt that the config may have, in small letters."""

_MODIFIERS: Final = {
    "ctrl": "ctrl", "control": "ctrl", "c": "ctrl",
    "alt": "alt", "meta": "alt", "m": "alt", "a": "alt",
    "shift": "shift", "s": "shift",
}  # fmt: skip
_MODIFIED: Final = compile_late(r"((?:[A-Za-z]+[+-])+)(.+)")

_SAME_BYTE: Final = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+[": "escape",
    "ctrl+h": "backspace",
    "ctrl+space": "ctrl+@",
}
"""What a terminal cannot tell from another key, and which."""


_MODIFIED_NAMES: Final = {
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
    "/": "underscore",
    "+": "plus",
    "-": "minus",
}
"""Textual's names of characters behind Ctrl or Alt; with `/`, a terminal sends what `_` does."""

_SHOWN_MODIFIED: Final = {
    name: character for character, name in _MODIFIED_NAMES.items() if character != "/"
}


def read_key(written: str) -> str:
    """Read the name of one key, such as `j`, `G`, `PgDn`, `ctrl+n`, `^n` or `C-n`.

    Returns:
        Textual's name for it, where a character stands for itself; empty if there is no such key.
    """
    if written.startswith("<") and written.endswith(">") and len(written) > 2:
        return read_key(written[1:-1])
    if len(written) == 1 and written not in _WRITTEN:  # an arrow
        return _read_character(written)
    if written.startswith("^") and len(written) == 2:
        return read_key(f"ctrl+{written[1]}")
    if name := _WRITTEN.get(written.lower()):
        return name
    modified = _MODIFIED.fullmatch(written)
    if modified is None:
        return ""
    words = re.split("[+-]", modified[1].lower())[:-1]
    key = _WRITTEN.get(modified[2].lower()) or _read_character(modified[2])
    if not key or not all(word in _MODIFIERS for word in words):
        return ""
    return _modify({_MODIFIERS[word] for word in words}, key)


def _read_character(written: str) -> str:
    if len(written) != 1 or not written.isprintable() or written.isspace():
        return ""
    code = ord(written) - 0xFEE0
    return chr(code) if 0x21 <= code < 0x7F else written


def _modify(modifiers: set[str], key: str) -> str:
    if len(key) == 1 and key.isalpha():
        if modifiers == {"shift"}:
            return key.upper()
        key = key.lower()
    name = "+".join([*sorted(modifiers), _MODIFIED_NAMES.get(key, key)])
    return _SAME_BYTE.get(name, name)


def closest_key(written: str) -> str:
    """Guess what was meant by a name of no key: a name of one, or keys after one another."""
    if written.isascii() and written.isalnum() and 2 <= len(written) <= 3 and written.islower():
        near = difflib.get_close_matches(written, _WRITTEN, n=1, cutoff=0.8)
        return near[0] if near else " ".join(written)
    head, plus, tail = written.lower().rpartition("+")
    if plus and tail:
        modifier = difflib.get_close_matches(head, ("ctrl", "alt", "shift"), n=1)
        key = (read_key(tail) and tail) or next(iter(_near(tail)), "")
        return f"{modifier[0]}+{key}" if modifier and key else ""
    return next(iter(_near(written.lower())), "")


def _near(written: str) -> list[str]:
    return difflib.get_close_matches(written[:20], _WRITTEN, n=1)


def key_name(keys: str) -> str:
    """Write a key, or several to press one after the other, for people: `^f`, `PgDn`, `gg`."""
    names = [_one_name(key) for key in keys.split(" ")]
    return ("" if all(len(name) == 1 for name in names) else " ").join(names)


def _one_name(key: str) -> str:
    if key in _SHOWN or "+" not in key[:-1]:
        return _SHOWN.get(key, key)
    *modifiers, last = key.split("+")
    shown = _SHOWN.get(last) or _SHOWN_MODIFIED.get(last, last)
    if modifiers == ["ctrl"] and len(shown) == 1:
        return f"^{shown}"
    short = {"ctrl": "C", "alt": "M", "shift": "S"}
    return "-".join([*(short.get(each, each) for each in modifiers), shown])
