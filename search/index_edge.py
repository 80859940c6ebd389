"""The embedded engine: Qdrant in this process, through ``qdrant-edge-py``. The only module that imports it.

One process at a time may open a store: the serving process opens the live generation, the ingest process a copy.
Nothing is flushed by itself, and the store takes malformed points without a word: they are checked before they come
here (:class:`search.index.PassagePoint`).
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from pathlib import Path

import qdrant_edge as qe

from council import DataError, Filters, Leg
from search.index import PassagePoint, QueryVectors, Scored, choices, day_number, in_order, payload_of
from search.sparse import SparseVector

_BATCH = 100
_TIES = 8
_MANY = 10_000_000
_KEYWORDS = ("document", "revision", "kind", "access", "body", "year", "speaker")


class EdgeIndex:
    """A :class:`search.index.PassageIndex` in a folder of this machine.

    Args:
        folder: the store; made if it is not there.
        dimension: length of the dense vectors.
        temporary: remove the folder when the store is closed.

    Raises:
        DataError: the store cannot be opened, or another process has it open.
    """

    def __init__(self, folder: Path, *, dimension: int, temporary: bool = False) -> None:
        self._folder = folder
        self._temporary = temporary
        try:
            if (folder / "edge_config.json").exists():
                self._shard = qe.EdgeShard.load(str(folder))
            else:
                folder.mkdir(parents=True, exist_ok=True)
                self._shard = qe.EdgeShard.create(str(folder), _config(dimension))
                self._make_payload_indexes()
        except Exception as error:
            raise DataError(
                f"index {folder} cannot be opened: {error}; only one process may hold it: stop the other, "
                "or delete the folder and run raadspoor-ingest again"
            ) from error

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store points, in place of those with the same id."""
        rest = iter(points)
        while batch := list(islice(rest, _BATCH)):
            self._shard.update(qe.UpdateOperation.upsert_points([_point(point) for point in batch]))

    def delete(self, revisions: Collection[str]) -> None:
        """Remove every point of these document revisions."""
        if revisions:
            self._shard.update(
                qe.UpdateOperation.delete_points_by_filter(qe.Filter(must=[_any("revision", sorted(revisions))]))
            )

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Return the best ``limit`` passages per leg in one round trip."""
        where = _filter(filters)
        asked: dict[Leg, qe.QueryRequest] = {}
        for leg, vector in ((Leg.TERMS, vectors.terms), (Leg.GRAMS, vectors.grams)):
            if vector.indices:
                asked[leg] = _request(_sparse(vector), leg, where, limit)
        if any(vectors.dense):
            asked[Leg.DENSE] = _request(list(vectors.dense), Leg.DENSE, where, limit)
        found = self._shard.query_batch(qe.QueryBatchRequest(queries=list(asked.values()))) if asked else []
        scored = {leg: [(int(p.id), float(p.score)) for p in points] for leg, points in zip(asked, found, strict=True)}
        return {leg: in_order(scored.get(leg, ()), limit) for leg in Leg}

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
        """Merge segments and build the graph."""
        self._shard.optimize()

    def close(self) -> None:
        """Close the store; it can be opened by another process from now on."""
        self._shard.close()
        if self._temporary:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _make_payload_indexes(self) -> None:
        make = qe.UpdateOperation.create_field_index
        tenant = qe.KeywordIndexParams(is_tenant=True)
        self._shard.update(make("municipality", tenant))
        for field in _KEYWORDS:
            # Extra graph edges per value cost minutes of building and no query here needs them.
            self._shard.update(make(field, qe.KeywordIndexParams(enable_hnsw=False)))
        self._shard.update(make("date", qe.IntegerIndexParams(lookup=False, range=True, enable_hnsw=False)))


def _config(dimension: int) -> qe.EdgeConfig:
    sparse = qe.EdgeSparseVectorParams(modifier=qe.Modifier.Idf)
    return qe.EdgeConfig(
        vectors={Leg.DENSE.value: qe.EdgeVectorParams(size=dimension, distance=qe.Distance.Cosine)},
        sparse_vectors={Leg.TERMS.value: sparse, Leg.GRAMS.value: sparse},
    )


def _point(point: PassagePoint) -> qe.Point:
    vector = {
        Leg.DENSE.value: list(point.dense),
        Leg.TERMS.value: _sparse(point.terms),
        Leg.GRAMS.value: _sparse(point.grams),
    }
    return qe.Point(point.id, vector, payload_of(point))


def _sparse(vector: SparseVector) -> qe.SparseVector:
    return qe.SparseVector(list(vector.indices), list(vector.values))


def _request(vector: qe.SparseVector | list[float], leg: Leg, where: qe.Filter, limit: int) -> qe.QueryRequest:
    # A few more than asked, so that a tie at the end is broken by us and not by the engine's mood.
    return qe.QueryRequest(
        limit=limit + _TIES, query=qe.Query.Nearest(vector, leg.value), filter=where, with_payload=False
    )


def _any(field: str, values: list[str]) -> qe.FieldCondition:
    return qe.FieldCondition(field, match=qe.MatchAny(values))


def _filter(filters: Filters) -> qe.Filter:
    must = [_any(field, values) for field, values in choices(filters)]
    if filters.date_from is not None or filters.date_to is not None:
        low = None if filters.date_from is None else float(day_number(filters.date_from))
        high = None if filters.date_to is None else float(day_number(filters.date_to))
        must.append(qe.FieldCondition("date", range=qe.RangeFloat(gte=low, lte=high)))
    without = [_any("document", sorted(filters.without))] if filters.without else None
    return qe.Filter(must=must, must_not=without)
