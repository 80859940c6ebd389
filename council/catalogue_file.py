"""The file that the catalogue lies in: its connections, its make, and what is written as one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from council import schema
from council.connections import Connections
from council.errors import DataError, NotIngested
from council.folder import make_folder
from council.sqlite_errors import named


class CatalogueFile:
    """A door to the catalogue file. Threads may share it: each gets a connection of its own.

    Args:
        path: the SQLite file.
        create: make the file if it is not there; else a missing file is refused.

    Raises:
        NotIngested: the file is not there and ``create`` is false.
        DataError: the file is no catalogue, or of another make.
        OSError: it is to be made, and its folder cannot be written.
        Busy: another program writes in it.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._path = path
        self._connections = Connections(path)
        if not create and not path.is_file():
            raise NotIngested(f"{path} is not there; run raadspoor-ingest SOURCE --data {path.parent} first")
        try:
            self._prepare(create)
        except BaseException:
            self.close()
            raise

    def _prepare(self, create: bool) -> None:
        path = self._path
        with named(path):
            if create:
                make_folder(path.parent)
                self._connections.make_file()
            found = self._db.execute("PRAGMA user_version").fetchone()[0]
            if found == 0 and create and not self._foreign_tables():
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.executescript(schema.TABLES)
                self._db.execute(f"PRAGMA user_version = {schema.VERSION}")
            elif found in schema.ADDED and create:
                self._db.executescript(schema.additions(found))
            elif found not in schema.READABLE:
                raise DataError(
                    f"{path} is of make {found} and this program knows make {schema.VERSION}; ingest into a new folder"
                )

    def _foreign_tables(self) -> set[str]:
        """Return the tables that are not ours: a file of another program has no make either."""
        rows = self._ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'")
        return {row["name"] for row in rows} - schema.TABLE_NAMES

    @property
    def _db(self) -> sqlite3.Connection:
        return self._connections.here()

    def close(self) -> None:
        """Close every connection that any thread opened."""
        self._connections.close()

    def _ask(self, query: str, values: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        with named(self._path):
            yield from self._db.execute(query, values)

    def _change(self, query: str, values: Sequence[Any]) -> sqlite3.Cursor:
        with named(self._path):
            return self._db.execute(query, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Carry out everything within as one transaction: wholly, or not at all."""
        with named(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk ends it before we can
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
