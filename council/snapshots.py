"""A copy of a catalogue as it is at one moment, that leaves no trace beside the original."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from council.change_mark import change_mark
from council.sqlite_errors import named

_TRIES = 5
_PAUSE = 0.05
"""Seconds; longer than the clock of a file system takes to tick."""


def snapshot(path: Path, target: Path) -> None:
    """Copy a catalogue.

    While nobody writes, its files are copied as they are: to open a catalogue makes files beside it. While somebody
    does, those files are there, and SQLite makes the copy.

    Args:
        path: a SQLite file, and beside it perhaps a log of what was not yet written into it.
        target: a file in an empty folder.

    Raises:
        DataError: the file cannot be read, or there is no room for the copy.
        OSError: the same, for the files themselves.
    """
    for _ in range(_TRIES):
        before = change_mark(path)
        for tail in ("", "-wal"):
            if (file := path.with_name(path.name + tail)).exists():
                shutil.copyfile(file, target.with_name(target.name + tail))
        time.sleep(_PAUSE)
        if change_mark(path) == before:
            return
        for tail in ("", "-wal"):
            target.with_name(target.name + tail).unlink(missing_ok=True)
    with (
        named(path),
        closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)
