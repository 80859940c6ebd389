"""SQLite's full-text index, ranked by its own ``bm25()``: what anybody can have without installing anything."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.rivals.rival import Passage

_WORD = re.compile(r"\w+")


class Fts5:
    """A :class:`bench.rivals.rival.Rival`: one table, words folded by ``unicode61``, any of the words is enough.

    Args:
        folder: where the database goes; None keeps it in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite" if folder else ":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')"
        )

    def build(self, passages: Sequence[Passage]) -> None:
        """Take all passages in, in one transaction, and merge the index."""
        with self._database:
            rows = ((passage.id, passage.text) for passage in passages)
            self._database.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", rows)
            self._database.execute("INSERT INTO passages (passages) VALUES ('optimize')")

    def search(self, text: str, limit: int) -> Sequence[int]:
        """Return the best passages by ``bm25()``, which is lower for a better one."""
        asked = match(text)
        if not asked:
            return []
        query = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages), rowid LIMIT ?"
        return [int(row[0]) for row in self._database.execute(query, (asked, limit))]

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def match(text: str) -> str:
    """Return a question as an FTS5 expression: each word once, as a string between quotes, with OR between.

    Within quotes NEAR, NOT, *, ^, : and brackets mean nothing; a word as it is cut here holds no quote itself.
    """
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(_WORD.findall(text)))


def opened(folder: Path) -> Fts5:
    """Return it, with its data in a folder."""
    return Fts5(folder)
