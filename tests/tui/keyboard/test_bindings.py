"""Textual's bindings are those of the table."""

from __future__ import annotations

from newsreader.tui.keyboard.bindings import bindings
from newsreader.tui.keys import KEYS, Host


def test_every_key_of_the_table_is_bound_once() -> None:
    bound = sorted(each.key for host in Host for each in bindings(host))

    assert bound == sorted(key for row in KEYS for key in row.keys)


def test_escape_goes_back_but_does_not_quit() -> None:
    actions = {each.key: each.action for each in bindings(Host.SCREEN)}

    assert actions["q"] == "command('app.back')"
    assert actions["escape"] == "command('app.step-back')"
