"""Between the table of keys and Textual: its bindings, and the keys of its events."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from textual import events
from textual.binding import Binding

from newsreader.tui.keys import KEYS, STEP_BACK, Host, Key


def bindings(host: Host) -> list[Binding]:
    """The bindings that the panes, or the screen, declare: those of the table.

    What the user has bound, and other layouts, are read before: see `key_reader`.
    """
    return [
        Binding(name, action_of(key, name), key.help, show=False, id=key.id)
        for key in KEYS
        if key.host is host
        for name in key.keys
        if " " not in name
    ]


def action_of(key: Key, name: str) -> str:
    """The action that one of a row's keys runs."""
    if name == "escape":
        return f"command('{STEP_BACK}')"  # of the two that go back, only `q` quits
    # Bound in the panes, because Tab is bound in every screen; but only the screen knows the way.
    return f"screen.command('{key.id}')" if key.id.startswith("pane.") else key.action


def key_pressed(event: events.Key) -> str:
    """The key of an event: a character, or Textual's name of one that prints nothing."""
    if event.is_printable and event.character and "+" not in event.key:
        return "space" if event.character == " " else event.character
    if "_" in event.key and "+" not in event.key:
        with suppress(KeyError):  # a character under its name alone, as Textual's Pilot sends it
            named = unicodedata.lookup(event.key.replace("_", " "))
            return named if named.isprintable() else event.key
    return event.key
