"""What the readers of the web may see at all. There is one reader, everyone, and this is the one place that says so."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from council import Access, Catalogue, Document, Filters

READER = Filters(access=frozenset({Access.OPENBAAR}))
"""Public papers only. Every search, page, image, file and count goes through it."""


class Unknown(LookupError):
    """There is nothing here for this reader, whatever the reason: all reasons look alike from outside."""


class Unread(LookupError):
    """This paper may be known, but what is asked for of it was not read yet, and is not given out before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Collection:
    """How far the papers reach that this reader may see."""

    documents: int
    first: dt.date | None
    latest: dt.date | None
    updated: dt.datetime | None
    """When the last run of the ingest ended."""


class Reading:
    """The catalogue as the reader of the web sees it.

    Args:
        catalogue: the truth about every document.
        show_unread: give out pages that were not read yet, and their PDF; the municipality looked at them itself.
    """

    def __init__(self, catalogue: Catalogue, *, show_unread: bool = False) -> None:
        self._catalogue = catalogue
        self._show_unread = show_unread
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, ...], Collection] | None = None

    def document(self, sha256: str) -> Document:
        """Return a document that this reader may see.

        Raises:
            Unknown: it does not exist, or is secret, withdrawn, held back or replaced.
        """
        document = self._catalogue.visible(sha256, READER)
        if document is None:
            raise Unknown(sha256)
        return document

    def unread(self, sha256s: Iterable[str]) -> Mapping[str, frozenset[int]]:
        """Return which pages of these documents must not be seen yet, by document; one without such a page is left out.

        What stands on a page that was not read was not looked at either: it may hold a citizen service number, or call
        itself secret. So neither its image nor the file that it is in is given out. What is known of the document, and
        its other pages, are.
        """
        return {} if self._show_unread else self._catalogue.unread(sha256s)

    def unread_of(self, document: Document) -> frozenset[int]:
        """Return the same for one document."""
        return self.unread([document.sha256]).get(document.sha256, frozenset())

    def collection(self) -> Collection:
        """Return how far the papers reach; counted again only after the catalogue changed."""
        mark = self._catalogue.change_mark()
        with self._lock:
            if self._known is None or self._known[0] != mark:
                self._known = (mark, self._count())
            return self._known[1]

    def _count(self) -> Collection:
        documents, latest = self._catalogue.reach(READER)
        dates = [document.date for document in self._catalogue.documents(READER) if document.date]
        run = self._catalogue.last_run()
        finished = dt.datetime.fromisoformat(run["finished"]).astimezone() if run else None
        return Collection(documents=documents, first=min(dates, default=None), latest=latest, updated=finished)
