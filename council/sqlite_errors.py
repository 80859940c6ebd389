"""SQLite's errors as ours: which file, what happened, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from council.errors import Busy, DataError

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite within into ours, with the name of its file.

    Raises:
        Busy: another program writes in it.
        DataError: there is no room or no right to write, or it is damaged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _ours(path, error) from error


def _ours(path: Path, error: sqlite3.DatabaseError) -> DataError:
    # Only the low byte tells what happened; the rest tells where in SQLite.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _BUSY:
        return Busy(f"{path}: {error}: another program writes there; wait until it is done, and run again")
    if code in _NO_ROOM:
        return DataError(f"{path}: {error}; make room or give rights, and run again: what was done so far is kept")
    return DataError(f"{path}: {error}; if it is damaged, restore it")
