"""The embedded engine: Qdrant in this process, through ``qdrant-edge-py``. The only module that imports it.

A store has one writer and nobody beside it, or any number of readers: whoever serves opens the live generation, which
is never written again, and the ingest opens a copy. The engine itself knows no readers: it applies what lies waiting
when it opens a store, so the writer does that at last (:meth:`EdgeIndex.optimize`), and a reader only puts the same
settings in the place of those that lie there, in one rename.
Nothing is flushed by itself, and the store takes malformed points without a word: they are checked before they come
here (:class:`search.index.PassagePoint`).

What was not optimised yet the engine holds in memory, some 12 KB a passage, and as much again of what it is optimising.
So a large index is made in segments of :data:`_FRESH` passages, each finished before the next is begun, and at last
these are merged, as long as none becomes so large that memory would grow with the collection. A question goes through
all of them, which takes a little longer than through one.
"""

from __future__ import annotations

import fcntl
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import qdrant_edge as qe

from council import DataError, Filters, Leg
from search.freed import give_back
from search.index import (
    GRAPH_WIDTH,
    PassagePoint,
    QueryVectors,
    Scored,
    choices,
    day_number,
    must_measure,
    payload_of,
    whole_ties,
)
from search.sparse import SparseVector

_LOCK = "one-process.lock"
"""Held by the one who writes, or by all who read together."""
_BATCH = 100
_FRESH = 16_000
"""Passages that are put into a segment before it is optimised."""
_FEW_SEGMENTS = 2
"""More than these are merged, as long as the merged one is no larger than may be."""
_LARGEST_AT_FIRST, _LARGEST = 1, 200_000
"""KB of vectors, as the engine keeps and counts them, of the largest segment that is made of others: while an index is
filled none is, at last up to about 50,000 passages."""
_INDEXED_FROM = 10_000
"""KB of vectors from which a segment gets a graph."""
_EDGES, _LOOKED_AT = 16, 64
"""Of the graph of vectors: how many each has, and how many neighbours are looked at to choose them."""
_WIDTH = 1_200
"""Neighbours looked at in the graphs of all segments together, but in none more than :data:`GRAPH_WIDTH`: each segment
is asked for itself, and the more there are, the fewer of the nearest lie in one."""
_SCANNED_UP_TO = 500
"""Passages within a filter up to which the sparse legs compare with each one; their index is sooner with more."""
_PAGE = 1_000
_MANY = 10_000_000
_KEYWORDS = ("document", "revision", "kind", "access", "body", "year", "speaker", "party", "case_number")


class EdgeIndex:
    """A :class:`search.index.PassageIndex` in a folder of this machine.

    Args:
        folder: the store.
        dimension: length of the dense vectors.
        reading: read a store that is there, beside others who do; whoever opens it so must not change it. Else it is
            written, alone, and made if it is not there.

    Raises:
        DataError: the store is not there or cannot be opened, or another process has it open to write.
    """

    def __init__(self, folder: Path, *, dimension: int, reading: bool = False) -> None:
        self._dimension = dimension
        self._folder = folder
        self._fresh = 0
        self._lock: BinaryIO | None = None
        self._is_new = False
        there = (folder / "edge_config.json").exists()
        if reading and not there:
            raise DataError(f"{folder} is missing or damaged; run raadspoor-ingest again to build a new generation")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # The engine locks its log of updates, and there is none.
            self._lock = (folder / _LOCK).open("wb")
            fcntl.flock(self._lock, (fcntl.LOCK_SH if reading else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            if there:
                self._shard = qe.EdgeShard.load(str(folder))
            else:
                self._shard = qe.EdgeShard.create(str(folder), _config(dimension, _LARGEST_AT_FIRST))
                self._is_new = True
                self._make_payload_indexes()
            self._width = self._width_of_each()
        except BaseException as error:  # the engine panics on some damaged files, and a panic is no Exception
            self._let_go()
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            if "No space left" in str(error):  # nothing is wrong with what lies there
                raise DataError(f"index {folder} cannot be opened: {error}; make room, and run again") from error
            raise DataError(
                f"index {folder} cannot be opened: {error}; whoever writes it must be alone: stop the other process, "
                "or delete the folder and run raadspoor-ingest again"
            ) from error

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store points, in place of those with the same id."""
        must_measure(points, self._dimension)
        rest = iter(points)
        while batch := list(islice(rest, _BATCH)):
            self._shard.update(qe.UpdateOperation.upsert_points([_point(point) for point in batch]))
        self._fresh += len(points)
        if self._fresh >= _FRESH:
            self._optimize()

    def delete(self, revisions: Collection[str]) -> None:
        """Remove every point of these document revisions."""
        if revisions:
            self._shard.update(
                qe.UpdateOperation.delete_points_by_filter(qe.Filter(must=[_any("revision", sorted(revisions))]))
            )

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Return the best ``limit`` passages per leg in one round trip."""
        where, width = _filter(filters), self._width
        asked: dict[Leg, qe.SparseVector | list[float]] = {}
        for leg, vector in ((Leg.TERMS, vectors.terms), (Leg.GRAMS, vectors.grams)):
            if vector.indices:
                asked[leg] = _sparse(vector)
        if any(vectors.dense):
            asked[Leg.DENSE] = list(vectors.dense)

        def ask(legs: Collection[Leg], most: int) -> Mapping[Leg, Sequence[Scored]]:
            queries = [_request(asked[leg], leg, where, most, width) for leg in legs]
            found = self._shard.query_batch(qe.QueryBatchRequest(queries=queries))
            return {leg: [(int(p.id), float(p.score)) for p in points] for leg, points in zip(legs, found, strict=True)}

        return whole_ties(asked, limit, ask)

    def indices(self, leg: Leg, revisions: Collection[str]) -> Iterator[tuple[int, ...]]:
        """Yield, for every point of these document revisions, the indices of its terms or 5-grams."""
        if not revisions:
            return
        where = qe.Filter(must=[_any("revision", sorted(revisions))])
        offset: int | str | UUID | None = None
        while True:
            request = qe.ScrollRequest(offset=offset, limit=_PAGE, filter=where, with_vector=[leg.value])
            records, offset = self._shard.scroll(request)
            yield from (_indices(record, leg) for record in records)
            if offset is None:
                return

    def terms_of(self, passages: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        """Return the indices of the terms of these passages; one that is not there is left out."""
        records = self._shard.retrieve(list(passages), with_payload=False, with_vector=[Leg.TERMS.value])
        return {int(record.id): _indices(record, Leg.TERMS) for record in records}

    def count(self, filters: Filters) -> int:
        """Return exactly how many passages the filters let through."""
        return int(self._shard.count(qe.CountRequest(exact=True, filter=_filter(filters))))

    def facet(self, field: str, filters: Filters) -> Mapping[str, int]:
        """Return exactly how many passages there are per value of a field."""
        found = self._shard.facet(qe.FacetRequest(field, limit=_MANY, exact=True, filter=_filter(filters)))
        return {str(hit.value): int(hit.count) for hit in found.hits}

    def flush(self) -> None:
        """Make everything so far durable."""
        self._shard.flush()

    def optimize(self) -> None:
        """Merge segments and build the graph, and leave files in which the engine of a reader has nothing to change."""
        if self._is_new:
            # How large a segment may be, the engine takes only when it opens a store.
            self._shard.flush()
            self._open_again()
            self._is_new = False
        self._optimize()
        self._open_again()

    def _open_again(self) -> None:
        self._shard.close()
        self._shard = qe.EdgeShard.load(str(self._folder), _config(self._dimension, _LARGEST))
        self._width = self._width_of_each()

    def _width_of_each(self) -> int:
        return min(GRAPH_WIDTH, _WIDTH // max(1, int(self._shard.info().segments_count)))

    def _optimize(self) -> None:
        self._shard.optimize()
        # What was optimised the engine lets go of only when what came of it is durable.
        self._shard.flush()
        give_back()
        self._fresh = 0

    def close(self) -> None:
        """Close the store; another process can write it from now on, if nobody else reads it."""
        self._shard.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()

    def _make_payload_indexes(self) -> None:
        make = qe.UpdateOperation.create_field_index
        tenant = qe.KeywordIndexParams(is_tenant=True)
        self._shard.update(make("municipality", tenant))
        for field in _KEYWORDS:
            # Extra graph edges per value cost minutes of building and no query here needs them.
            self._shard.update(make(field, qe.KeywordIndexParams(enable_hnsw=False)))
        self._shard.update(make("date", qe.IntegerIndexParams(lookup=False, range=True, enable_hnsw=False)))


def _config(dimension: int, largest: int) -> qe.EdgeConfig:
    # Read from their files, which the kernel keeps in memory while there is room, and not held there.
    sparse = qe.EdgeSparseVectorParams(memory=qe.Memory.Cached, full_scan_threshold=_SCANNED_UP_TO)
    return qe.EdgeConfig(
        vectors={Leg.DENSE.value: qe.EdgeVectorParams(size=dimension, distance=qe.Distance.Cosine)},
        sparse_vectors={Leg.TERMS.value: sparse, Leg.GRAMS.value: sparse},
        hnsw_config=qe.HnswIndexConfig(_EDGES, _LOOKED_AT, full_scan_threshold=_INDEXED_FROM),
        optimizers=qe.EdgeOptimizersConfig(
            default_segment_number=_FEW_SEGMENTS, max_segment_size=largest, indexing_threshold=_INDEXED_FROM
        ),
        # A generation is published whole after a flush or thrown away, so a log of its updates is never read back.
        wal_enabled=False,
    )


def _point(point: PassagePoint) -> qe.Point:
    vector: dict[str, list[float] | qe.SparseVector | list[list[float]]] = {
        Leg.DENSE.value: list(point.dense),
        Leg.TERMS.value: _sparse(point.terms),
        Leg.GRAMS.value: _sparse(point.grams),
    }
    return qe.Point(point.id, vector, payload_of(point))


def _sparse(vector: SparseVector) -> qe.SparseVector:
    # It takes any sequence, whatever its stubs say, and a list would be one more copy.
    return qe.SparseVector(vector.indices, vector.values)  # type: ignore[arg-type]


def _indices(record: qe.Record, leg: Leg) -> tuple[int, ...]:
    vector = record.vector.get(leg.value) if isinstance(record.vector, dict) else None
    return tuple(vector.indices) if isinstance(vector, qe.SparseVector) else ()


def _request(
    vector: qe.SparseVector | list[float], leg: Leg, where: qe.Filter, limit: int, width: int
) -> qe.QueryRequest:
    # Its own width finds 96 of 100 nearest neighbours at 100,000 passages; the sparse legs are exact and know no width.
    wider = qe.SearchParams(hnsw_ef=max(width, limit)) if leg is Leg.DENSE else None
    return qe.QueryRequest(
        limit=limit, query=qe.Query.Nearest(vector, leg.value), filter=where, with_payload=False, params=wider
    )


def _any(field: str, values: list[str]) -> qe.FieldCondition:
    return qe.FieldCondition(field, match=qe.MatchAny(values))


def _filter(filters: Filters) -> qe.Filter:
    must: list[qe.FieldCondition | qe.HasIdCondition] = [_any(field, values) for field, values in choices(filters)]
    if filters.date_from is not None or filters.date_to is not None:
        low = None if filters.date_from is None else float(day_number(filters.date_from))
        high = None if filters.date_to is None else float(day_number(filters.date_to))
        must.append(qe.FieldCondition("date", range=qe.RangeFloat(gte=low, lte=high)))
    if filters.passages is not None:
        must.append(qe.HasIdCondition(set(filters.passages)))
    must_not: list[qe.FieldCondition | qe.HasIdCondition] = []
    if filters.without:
        must_not.append(_any("document", sorted(filters.without)))
    if filters.without_passages:
        must_not.append(qe.HasIdCondition(set(filters.without_passages)))
    return qe.Filter(must=[*must], must_not=[*must_not] or None)
