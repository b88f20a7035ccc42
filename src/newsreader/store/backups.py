"""Make the daily backup of the reading state in the background."""

from __future__ import annotations

import sqlite3
import threading

from newsreader.problems import Problem
from newsreader.store.databases import Databases
from newsreader.store.errors import StateError, reason
from newsreader.store.state.backups import back_up_daily


class Backups:
    """Makes one backup of the reading state per day.

    Attributes:
        problem: Why the last one could not be made; `None` if nothing went wrong.
    """

    def __init__(self, databases: Databases) -> None:
        self.problem: Problem | None = None
        self._databases = databases
        self._thread: threading.Thread | None = None

    def make(self, *, wait: bool = True) -> None:
        """Make today's backup, if there is none; never raises.

        Args:
            wait: Whether to return only when it is made; else a thread makes it. Nothing is lost
                if that is stopped: the next one to open the store makes the backup.
        """
        if self._databases.unsaved:
            return
        if wait:
            self._make()
        elif self._thread is None:
            self._thread = threading.Thread(target=self._make, name="backup", daemon=True)
            self._thread.start()

    def _make(self) -> None:
        try:
            back_up_daily(self._databases.state_path)
        except StateError as error:
            self.problem = error.problem
        except OSError as error:
            self.problem = Problem("backup-failed", (str(error),))
        except sqlite3.Error as error:
            self.problem = Problem("backup-failed", (reason(error),))
