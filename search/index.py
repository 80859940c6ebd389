"""What an index of passages must do, whichever engine does it.

Two engines stand behind this protocol, and one set of contract tests runs on both: ``index_edge`` (Qdrant inside this
process, the default) and ``index_server`` (a Qdrant server or cluster). Fusion is ours, so both give the same ranking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Protocol

from council import Access, Document, Filters, Leg
from search.sparse import SparseVector
from search.speakers import parties_of

EVERYTHING = Filters(access=frozenset(Access))
"""Lets every access level through: for who builds the index, and for who takes out what a reader may not see."""
GRAPH_WIDTH = 300
"""How many neighbours are looked at on the way through the graph of vectors: more finds more, and takes longer."""
_MOST = 3.4e38
_SPARE = 8

Scored = tuple[int, float]
"""A passage's id and one leg's score; higher is better."""

FACETS = ("kind", "year", "body", "access", "case_number", "party", "speaker", "revision", "document")
"""The payload fields that can be counted per value."""
PAYLOAD = "payload-2"
"""Names what is stored beside the vectors; points with another are made anew."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassagePoint:
    """One passage as the index holds it.

    Raises:
        ValueError: the id is no positive 63-bit number, or the dense vector holds what is no finite 32-bit float.
    """

    id: int
    document: Document
    revision: str
    speaker: str
    terms: SparseVector
    grams: SparseVector
    dense: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what the engine would take in without looking and choke on later."""
        if not 0 < self.id < 2**63:
            raise ValueError(f"passage id {self.id} is not a positive 63-bit number")
        # A sum is no finite number when one of its parts is none.
        if not self.dense or not isfinite(sum(self.dense)) or max(map(abs, self.dense)) > _MOST:
            raise ValueError(f"passage {self.id}: the dense vector is empty or holds what is no finite 32-bit float")


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryVectors:
    """A question as the three legs see it. An empty sparse vector switches its leg off."""

    terms: SparseVector
    grams: SparseVector
    dense: tuple[float, ...]


class PassageIndex(Protocol):
    """An index of passages with three legs and exact filters."""

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store points, in place of those with the same id. Durable after :meth:`flush`.

        Raises:
            ValueError: a point does not belong here; nothing was stored.
        """
        ...

    def delete(self, revisions: Collection[str]) -> None:
        """Remove every point of these document revisions."""
        ...

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Return the best ``limit`` passages per leg, best first, ties by id; filtered before they are ranked."""
        ...

    def indices(self, leg: Leg, revisions: Collection[str]) -> Iterator[tuple[int, ...]]:
        """Yield, for every point of these document revisions, the indices of its terms or 5-grams.

        Args:
            leg: which of the two.
            revisions: of the documents.
        """
        ...

    def terms_of(self, passages: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        """Return the indices of the terms of these passages; one that is not there is left out."""
        ...

    def count(self, filters: Filters) -> int:
        """Return exactly how many passages the filters let through."""
        ...

    def facet(self, field: str, filters: Filters) -> Mapping[str, int]:
        """Return exactly how many passages there are per value of one of :data:`FACETS`, within the filters."""
        ...

    def flush(self) -> None:
        """Make everything so far durable."""
        ...

    def optimize(self) -> None:
        """Build what makes searching fast. Blocks; belongs in the ingest process."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


def payload_of(point: PassagePoint) -> dict[str, str | int | list[str]]:
    """Return what is stored beside the vectors, to filter and to count by."""
    document = point.document
    payload: dict[str, str | int | list[str]] = {
        "municipality": document.municipality,
        "document": document.sha256,
        "revision": point.revision,
        "kind": document.kind.value,
        "access": document.access.value,
        "body": document.body,
        "speaker": point.speaker,
        "case_number": document.case_number,
        "party": list(parties_of(document, point.speaker)),
    }
    if document.date is not None:
        payload["date"] = day_number(document.date)
        payload["year"] = f"{document.date.year:04d}"
    return payload


def day_number(day: dt.date) -> int:
    """Return a date as a number whose order is the calendar's: 20240312."""
    return day.year * 10_000 + day.month * 100 + day.day


def choices(filters: Filters) -> Iterable[tuple[str, list[str]]]:
    """Yield each payload field that the filters limit, with the values that are let through.

    Access is left out only where every level of it is named: no choice of levels is no level, and never no limit.
    """
    if filters.access != EVERYTHING.access:
        yield "access", sorted(value.value for value in filters.access)
    if filters.kinds:
        yield "kind", sorted(kind.value for kind in filters.kinds)
    if filters.bodies:
        yield "body", sorted(filters.bodies)
    if filters.years:
        yield "year", [f"{year:04d}" for year in sorted(filters.years)]
    if filters.documents:
        yield "document", sorted(filters.documents)
    if filters.case_numbers:
        yield "case_number", sorted(filters.case_numbers)
    if filters.speakers:
        yield "speaker", sorted(filters.speakers)
    if filters.parties:
        yield "party", sorted(filters.parties)


def must_measure(points: Iterable[PassagePoint], dimension: int) -> None:
    """Refuse points whose dense vector is not of the index's length.

    Raises:
        ValueError: one is not; it names the passage.
    """
    for point in points:
        if len(point.dense) != dimension:
            raise ValueError(f"passage {point.id}: {len(point.dense)} dense values where the index has {dimension}")


def whole_ties(
    legs: Collection[Leg], limit: int, ask: Callable[[Collection[Leg], int], Mapping[Leg, Sequence[Scored]]]
) -> Mapping[Leg, Sequence[Scored]]:
    """Return the best ``limit`` passages of every leg, ties by id, also where a tie runs on past the limit.

    An engine breaks ties as it likes. So a few more are asked for, and many more while the last still scores the same
    as the last that counts.

    Args:
        legs: the legs that have something to ask.
        limit: how many passages of each.
        ask: puts one batch of questions to the engine: the legs, and how many of each; best first.
    """
    best: dict[Leg, Sequence[Scored]] = {leg: [] for leg in Leg}
    rest, most = list(legs), limit + _SPARE
    while rest:
        found = ask(rest, most)
        best.update((leg, in_order(found[leg], limit)) for leg in rest)
        rest = [leg for leg in rest if len(found[leg]) == most and best[leg][-1][1] == found[leg][-1][1]]
        most *= 8
    return best


def in_order(found: Iterable[Scored], limit: int) -> list[Scored]:
    """Return scored passages best first, ties by id, so that the same question always gives the same list."""
    return sorted(found, key=lambda item: (-item[1], item[0]))[:limit]
