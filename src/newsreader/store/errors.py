"""The errors of stored posts; each carries a problem for the user."""

from __future__ import annotations

import sqlite3

from newsreader.problems import Argument, Problem


class StoreError(Exception):
    """Something about the stored posts that the user must know.

    Attributes:
        problem: What it is.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class SourceError(StoreError):
    """A source that cannot be read or that holds no posts."""


class StateError(StoreError):
    """The reading state cannot be opened; names the file and the newest backup."""


class NoRoomError(StoreError):
    """The index cannot be written, because its disk is full."""


class UnsavedError(StateError):
    """Something was to last and could not be saved; what is read can still be read.

    Attributes:
        reason: Why, to stand in a sentence.
    """

    def __init__(self, problem: Problem, reason: Argument) -> None:
        super().__init__(problem)
        self.reason = reason


class DamageError(sqlite3.DatabaseError):
    """A database is not what it should be, as this program found out and not SQLite.

    Attributes:
        problem: What is wrong, to stand in a sentence.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class RefusedError(OSError):
    """This program does not do to a file what the system perhaps would.

    Attributes:
        problem: Why, to stand in a sentence.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def reason(error: Exception) -> Argument:
    """Quote the reason that the system or SQLite gives, in words that fit into a sentence."""
    match error:
        case DamageError() | RefusedError():
            return error.problem
        case OSError():
            return (error.strerror or type(error).__name__).lower()
        case sqlite3.OperationalError() if sqlite_code(error) == sqlite3.SQLITE_FULL:
            return Problem("disk-full")
        case sqlite3.OperationalError() if is_busy(error):
            return Problem("database-busy")
        case _:
            return " ".join(str(error).split())


def sqlite_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of an error; 0 if it does not come from SQLite."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def is_busy(error: sqlite3.Error) -> bool:
    """Whether an error means that another process has locked the database."""
    return sqlite_code(error) == sqlite3.SQLITE_BUSY


def name_loss(error: StoreError, lost: Problem) -> Problem:
    """Add to a problem what was lost by it, if it could not be saved.

    Args:
        error: Any failure; what is no matter of saving is told as it is.
        lost: What was asked for, as the beginning of a sentence.
    """
    return (
        Problem("lost", (lost, error.reason)) if isinstance(error, UnsavedError) else error.problem
    )
