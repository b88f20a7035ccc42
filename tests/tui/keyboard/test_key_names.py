"""Names of keys, as they are written and shown."""

from __future__ import annotations

import pytest

from newsreader.tui.keyboard.key_names import closest_key, key_name, read_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("j", "j"),
        ("G", "G"),
        ("/", "/"),
        (",", ","),
        ("о", "о"),
        ("ｊ", "j"),
        ("？", "?"),
        ("PgDn", "pagedown"),
        ("page-down", "pagedown"),
        ("Esc", "escape"),
        ("ENTER", "enter"),
        ("return", "enter"),
        ("space", "space"),
        ("↓", "down"),
        ("comma", ","),
        ("f12", "f12"),
        ("F24", "f24"),
        ("ctrl+n", "ctrl+n"),
        ("Ctrl-N", "ctrl+n"),
        ("C-n", "ctrl+n"),
        ("<C-n>", "ctrl+n"),
        ("^n", "ctrl+n"),
        ("M-x", "alt+x"),
        ("alt+PgUp", "alt+pageup"),
        ("shift+tab", "shift+tab"),
        ("S-Tab", "shift+tab"),
        ("shift+g", "G"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("ctrl+[", "escape"),
        ("ctrl++", "ctrl+plus"),
        ("^_", "ctrl+underscore"),
        ("", ""),
        (" ", ""),
        ("\x1b", ""),
        ("gg", ""),
        ("hyper+x", ""),
        ("ctrl+", ""),
        ("ctrl+foo", ""),
        ("f25", ""),
    ],
)
def test_a_key_is_read_however_people_write_it(written: str, key: str) -> None:
    assert read_key(written) == key


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gg", "g g"),
        ("pagedwn", "pagedown"),
        ("escpe", "escape"),
        ("ctl+n", "ctrl+n"),
        ("ctrl+pagedwon", "ctrl+pagedown"),
        ("xyzzyxyzzy", ""),
    ],
)
def test_what_was_meant_by_no_key_is_guessed(written: str, meant: str) -> None:
    assert closest_key(written) == meant


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("j", "j"),
        ("+", "+"),
        ("pagedown", "PgDn"),
        ("shift+tab", "S-Tab"),
        ("ctrl+f", "^f"),
        ("ctrl+pagedown", "C-PgDn"),
        ("alt+x", "M-x"),
        ("ctrl+plus", "^+"),
        ("ctrl+backslash", "^\\"),
        ("g g", "gg"),
        ("ctrl+x ctrl+s", "^x ^s"),
        ("g down", "g↓"),
    ],
)
def test_a_key_is_shown_briefly(key: str, shown: str) -> None:
    assert key_name(key) == shown
