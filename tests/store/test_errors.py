"""Errors of the store, and why they happened."""

from __future__ import annotations

import sqlite3

import pytest

from newsreader.messages import describe
from newsreader.problems import Argument, Problem
from newsreader.store.errors import DamageError, RefusedError, StateError, reason


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "Permission denied", "/x"), "permission denied"),
        (FileNotFoundError("no number"), "filenotfounderror"),
        (sqlite3.DatabaseError("file is\nnot a  database"), "file is not a database"),
        (DamageError(Problem("file-cut-off")), Problem("file-cut-off")),
        (RefusedError(Problem("no-home-folder")), Problem("no-home-folder")),
    ],
)
def test_why_something_failed_can_stand_in_a_sentence(error: Exception, why: Argument) -> None:
    assert reason(error) == why


def test_a_reason_of_our_own_gets_its_words_where_the_sentence_gets_them() -> None:
    why = reason(DamageError(Problem("version-lost")))
    damage = Problem("state-damaged", ("/state.db", why))
    error = StateError(Problem("damaged-with-backup", (damage, "/backup.db")))

    assert describe(error.problem) == (
        "The reading state is damaged (it has lost its version): /state.db. The newest backup is"
        " /backup.db; `newsreader doctor --restore` puts it in its place."
    )
