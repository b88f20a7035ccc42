"""Sessions: where the person left each library, and what the reader looked like, in `sessions`."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from pathlib import Path
from typing import assert_never

from newsreader.store.db.stored_path import storable
from newsreader.store.query import Everything, Labelled, OneSource, Scope, Sort, Today, View
from newsreader.store.values import Appearance, Session

_ANY = ""
"""In place of a library: what holds for all of them."""

_MOST_CELLS = 10_000
"""No terminal has so many."""


def load_session(db: sqlite3.Connection, library: str) -> Session | None:
    """Load the last session of a library; `None` if there is none, or none that is known."""
    row = db.execute("SELECT value FROM state.sessions WHERE library = ?", (library,)).fetchone()
    return _read(row[0]) if row else None


def save_session(db: sqlite3.Connection, library: str, session: Session) -> None:
    """Remember where the person left a library; needs the lock of `state`."""
    _store(db, library, _write(session))


def load_appearance(db: sqlite3.Connection) -> Appearance:
    """Load what the reader looked like last, in whatever library that was."""
    row = db.execute("SELECT value FROM state.sessions WHERE library = ?", (_ANY,)).fetchone()
    try:
        facts = json.loads(row[0]) if row else {}
        is_dark, sizes = facts.get("is_dark"), facts.get("sizes", {}).items()
    except (ValueError, AttributeError):
        return Appearance()
    return Appearance(
        is_dark=is_dark if isinstance(is_dark, bool) else None,
        sizes={name: size for name, size in sizes if type(size) is int and 0 < size < _MOST_CELLS},
    )


def save_appearance(db: sqlite3.Connection, appearance: Appearance) -> None:
    """Remember what the reader looks like; needs the lock of `state`."""
    _store(db, _ANY, json.dumps({"is_dark": appearance.is_dark, "sizes": dict(appearance.sizes)}))


def _store(db: sqlite3.Connection, library: str, value: str) -> None:
    db.execute(
        "INSERT INTO state.sessions VALUES (?, ?, ?) ON CONFLICT (library)"
        " DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        (library, value, time.time()),
    )


def _write(session: Session) -> str:
    post = None
    if session.post is not None:
        source, path = session.post
        # In hexadecimal, because a file name need not be text.
        post = [os.fsencode(source).hex(), os.fsencode(path).hex()]
    return json.dumps(
        {
            "scope": _scope_words(session.scope),
            "view": session.view.value,
            "sort": session.sort.value,
            "search": storable(session.search),
            "saved": storable(session.saved),
            "chosen": session.chosen.value if session.chosen is not None else None,
            "post": post,
            "pane": session.pane,
            "zoom": session.zoom,
            "collapsed": session.collapsed,
        },
        ensure_ascii=False,
    )


def _scope_words(scope: Scope) -> list[str]:
    match scope:
        case Everything():
            return ["everything"]
        case Today():
            return ["today"]
        case OneSource():
            return ["source", os.fsencode(scope.path).hex()]
        case Labelled():
            return [scope.kind, storable(scope.name)]
        case _:
            assert_never(scope)


def _read(value: str) -> Session | None:
    """The session that `_write` wrote; `None` for one of another version that says it otherwise."""
    try:
        facts = json.loads(value)
        post, chosen = facts["post"], facts.get("chosen")
        return Session(
            scope=_scope(facts["scope"]),
            view=View(facts["view"]),
            sort=Sort(facts["sort"]),
            search=str(facts["search"]),
            saved=str(facts.get("saved", "")),
            chosen=View(chosen) if chosen is not None else None,
            post=(Path(_from_hex(post[0])), _from_hex(post[1])) if post else None,
            pane=str(facts["pane"]),
            zoom=bool(facts["zoom"]),
            collapsed=tuple(map(str, facts.get("collapsed", ()))),
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _scope(words: list[str]) -> Scope:
    match words:
        case ["everything"]:
            return Everything()
        case ["today"]:
            return Today()
        case ["category", name]:
            return Labelled("category", name)
        case ["tag", name]:
            return Labelled("tag", name)
        case ["source", path]:
            return OneSource(Path(_from_hex(path)))
        case _:
            raise ValueError(words)


def _from_hex(name: str) -> str:
    return os.fsdecode(bytes.fromhex(name))
