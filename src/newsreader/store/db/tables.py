"""Tables by a script and a version number: how a new database, or a new version, gets them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def create_tables(db: sqlite3.Connection, tables: str, version: int) -> None:
    """Make the tables, in place of those of another version."""
    db.execute("BEGIN EXCLUSIVE")
    try:
        if version_of(db) != version:  # Another process may have been faster.
            # Virtual tables first: they take the tables that they are made of with them.
            for (name,) in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
            ).fetchall():
                db.execute('DROP TABLE IF EXISTS "' + name.replace('"', '""') + '"')
            for statement in statements(tables):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit in between."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def version_of(db: sqlite3.Connection) -> int:
    """The version of the tables; 0 if there are none."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version
