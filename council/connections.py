"""A connection to a SQLite file for each thread, for as long as the thread lives.

A web server begins threads when many ask at once and ends them when it is quiet again. Nothing of ours runs when a
thread ends, and its connection stays open with it: whoever opens the next one closes those that nobody is left to use.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

_PATIENCE = 30.0
"""Seconds to wait for another process that writes."""


class Connections:
    """Connections to one file, each of one thread. Threads may share this.

    Args:
        path: the SQLite file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._of: dict[threading.Thread, sqlite3.Connection] = {}
        self._guard = threading.Lock()

    def make_file(self) -> None:
        """Make the file, empty and for its owner alone, unless it is there: it will hold secret papers.

        SQLite gives its log beside it the same mode.

        Raises:
            OSError: there is no room or no right to make it.
        """
        # Never one that is there: to close it here would let go of the locks that SQLite holds on it in this process.
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    def here(self) -> sqlite3.Connection:
        """Return the connection of this thread; it is opened if there is none.

        Raises:
            sqlite3.Error: the file cannot be opened.
        """
        thread = threading.current_thread()
        found = self._of.get(thread)
        if found is None:
            # First, for while others are open SQLite keeps the files of one that is closed, and gives them to the next.
            self._close_left()
            found = self._opened()
            with self._guard:
                self._of[thread] = found
        return found

    def close(self) -> None:
        """Close every connection that any thread opened."""
        with self._guard:
            for connection in self._of.values():
                connection.close()
            self._of.clear()

    def _close_left(self) -> None:
        with self._guard:
            for thread in [each for each in self._of if not each.is_alive()]:
                self._of.pop(thread).close()

    def _opened(self) -> sqlite3.Connection:
        # Another thread than its own closes it.
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            # With WAL, NORMAL can lose the last commits at a power cut but never the file; a night is resumable.
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection
