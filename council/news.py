"""What no report has told yet: the marks that nights leave on documents, until a report that tells them is kept.

A mark is written in the transaction of the change that it tells of. What a report told goes in the transaction that
ends its run, and in the same one its files are laid ready for their folder. So whatever becomes of a night, and
whenever it is killed, the next report neither leaves anything out nor says it twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any


class Event(Enum):
    """What happened to a document."""

    ADDED = "added"
    CHANGED = "changed"


class News:
    """The marks of one catalogue. Who writes here does so within :meth:`council.Catalogue.writing`.

    Args:
        ask: yields the rows of a query.
        change: carries out a statement.
    """

    def __init__(
        self,
        ask: Callable[[str, Sequence[Any]], Iterator[Any]],
        change: Callable[[str, Sequence[Any]], Any],
    ) -> None:
        self._ask = ask
        self._change = change

    def tell(self, document: str, event: Event) -> None:
        """Mark what happened to a document; what is already marked and not told yet stays."""
        self._change(
            "INSERT INTO news (document, event) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET event = excluded.event WHERE event = ''",
            (document, event.value),
        )

    def withdraw(self, document: str, path: str) -> None:
        """Mark that a document went out of search, and under which path it was known."""
        self._change(
            "INSERT INTO news (document, withdrawn) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET withdrawn = excluded.withdrawn",
            (document, path),
        )

    def back(self, document: str) -> None:
        """Mark that a document is back in search: that is news, unless nobody was told that it had gone."""
        took = self._change("UPDATE news SET withdrawn = '' WHERE document = ? AND withdrawn <> ''", (document,))
        if not took.rowcount:
            self.tell(document, Event.ADDED)

    def follow(self, new: str, old: str) -> None:
        """Mark that a document took the place of another: it is new to whoever never heard of the other."""
        row = next(self._ask("SELECT event FROM news WHERE document = ?", (old,)), None)
        heard = row is None or row["event"] != Event.ADDED.value
        self._change("UPDATE news SET event = '' WHERE document = ?", (old,))
        self.tell(new, Event.CHANGED if heard else Event.ADDED)

    def events(self) -> Mapping[str, Event]:
        """Return what is to be told of documents."""
        rows = self._ask("SELECT document, event FROM news WHERE event <> ''", ())
        return {row["document"]: Event(row["event"]) for row in rows}

    def withdrawn(self) -> tuple[str, ...]:
        """Return the paths of what went out of search, in order."""
        rows = self._ask("SELECT withdrawn FROM news WHERE withdrawn <> '' ORDER BY withdrawn", ())
        return tuple(row["withdrawn"] for row in rows)

    def told(self, documents: Iterable[str], files: Mapping[str, bytes]) -> None:
        """Take away what a report tells, and lay its files ready.

        Args:
            documents: those whose event it tells; it tells of everything that was withdrawn.
            files: what is to lie in the folder of reports, by name.
        """
        self._change(
            "UPDATE news SET event = '' WHERE document IN (SELECT value FROM json_each(?)) "
            "OR document NOT IN (SELECT document FROM addresses)",  # it came and went before anybody was told
            (json.dumps(list(documents)),),
        )
        self._change("UPDATE news SET withdrawn = ''", ())
        self._change("DELETE FROM news WHERE event = '' AND withdrawn = ''", ())
        for name, content in files.items():
            self._change("INSERT OR REPLACE INTO outbox VALUES (?, ?)", (name, content))

    def ready(self) -> Mapping[str, bytes]:
        """Return the files of reports that may not lie in their folder yet, by name."""
        return {row["name"]: row["content"] for row in self._ask("SELECT * FROM outbox ORDER BY name", ())}

    def delivered(self) -> None:
        """Say that they do."""
        self._change("DELETE FROM outbox", ())
