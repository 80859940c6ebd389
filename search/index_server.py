"""A Qdrant server or cluster, through ``qdrant-client``. The only module that imports it.

All municipalities may share one collection: the municipality is the tenant key and stands in every filter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from qdrant_client import QdrantClient
from qdrant_client import models as m
from qdrant_client.http.exceptions import ApiException

from council import DataError, Filters, Leg
from search.index import PassagePoint, QueryVectors, Scored, choices, day_number, in_order, payload_of
from search.sparse import SparseVector

_BATCH = 100
_TIES = 8
_MANY = 1_000_000
_KEYWORDS = ("document", "revision", "kind", "access", "body", "year", "speaker")


class ServerIndex:
    """A :class:`search.index.PassageIndex` in one collection of a Qdrant server.

    Args:
        client: an open client; ``QdrantClient(":memory:")`` serves tests.
        collection: its name; made if it is not there.
        dimension: length of the dense vectors.
        municipality: the tenant whose passages this index holds.

    Raises:
        DataError: the server does not answer.
    """

    def __init__(self, client: QdrantClient, *, collection: str, dimension: int, municipality: str) -> None:
        self._client = client
        self._name = collection
        self._tenant = municipality
        try:
            if not client.collection_exists(collection):
                self._create(dimension)
        except (ApiException, OSError) as error:
            raise DataError(f"Qdrant server: {error}; check RAADSPOOR_QDRANT_URL and its key") from error

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store points, in place of those with the same id."""
        rest = iter(points)
        while batch := list(islice(rest, _BATCH)):
            self._client.upsert(self._name, points=[_point(point) for point in batch], wait=True)

    def delete(self, revisions: Collection[str]) -> None:
        """Remove every point of these document revisions."""
        if revisions:
            where = m.Filter(must=[self._mine(), _any("revision", sorted(revisions))])
            self._client.delete(self._name, points_selector=m.FilterSelector(filter=where), wait=True)

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Return the best ``limit`` passages per leg in one round trip."""
        where = self._filter(filters)
        asked: dict[Leg, m.QueryRequest] = {}
        for leg, vector in ((Leg.TERMS, vectors.terms), (Leg.GRAMS, vectors.grams)):
            if vector.indices:
                asked[leg] = _request(_sparse(vector), leg, where, limit)
        if any(vectors.dense):
            asked[Leg.DENSE] = _request(list(vectors.dense), Leg.DENSE, where, limit)
        found = self._client.query_batch_points(self._name, requests=list(asked.values())) if asked else []
        scored = {
            leg: [(int(p.id), float(p.score)) for p in response.points]
            for leg, response in zip(asked, found, strict=True)
        }
        return {leg: in_order(scored.get(leg, ()), limit) for leg in Leg}

    def count(self, filters: Filters) -> int:
        """Return exactly how many passages the filters let through."""
        return self._client.count(self._name, count_filter=self._filter(filters), exact=True).count

    def facet(self, field: str, filters: Filters) -> Mapping[str, int]:
        """Return exactly how many passages there are per value of a field."""
        found = self._client.facet(
            self._name, key=field, facet_filter=self._filter(filters), limit=_MANY, exact=True
        )
        return {str(hit.value): hit.count for hit in found.hits}

    def flush(self) -> None:
        """Nothing to do: every write above waited until the server had it."""

    def optimize(self) -> None:
        """Nothing to do: the server optimises by itself."""

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _create(self, dimension: int) -> None:
        sparse = m.SparseVectorParams(modifier=m.Modifier.IDF)
        self._client.create_collection(
            self._name,
            vectors_config={Leg.DENSE.value: m.VectorParams(size=dimension, distance=m.Distance.COSINE)},
            sparse_vectors_config={Leg.TERMS.value: sparse, Leg.GRAMS.value: sparse},
        )
        make = self._client.create_payload_index
        make(self._name, "municipality", m.KeywordIndexParams(type=m.KeywordIndexType.KEYWORD, is_tenant=True))
        for field in _KEYWORDS:
            make(self._name, field, m.PayloadSchemaType.KEYWORD)
        make(self._name, "date", m.IntegerIndexParams(type=m.IntegerIndexType.INTEGER, lookup=False, range=True))

    def _mine(self) -> m.FieldCondition:
        return m.FieldCondition(key="municipality", match=m.MatchValue(value=self._tenant))

    def _filter(self, filters: Filters) -> m.Filter:
        must: list[m.Condition] = [self._mine()]
        must += [_any(field, values) for field, values in choices(filters)]
        if filters.date_from is not None or filters.date_to is not None:
            low = None if filters.date_from is None else day_number(filters.date_from)
            high = None if filters.date_to is None else day_number(filters.date_to)
            must.append(m.FieldCondition(key="date", range=m.Range(gte=low, lte=high)))
        without: list[m.Condition] | None = [_any("document", sorted(filters.without))] if filters.without else None
        return m.Filter(must=must, must_not=without)


def _point(point: PassagePoint) -> m.PointStruct:
    vector: dict[str, list[float] | m.SparseVector] = {
        Leg.DENSE.value: list(point.dense),
        Leg.TERMS.value: _sparse(point.terms),
        Leg.GRAMS.value: _sparse(point.grams),
    }
    return m.PointStruct(id=point.id, vector=vector, payload=payload_of(point))  # type: ignore[arg-type]


def _sparse(vector: SparseVector) -> m.SparseVector:
    return m.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _request(vector: m.SparseVector | list[float], leg: Leg, where: m.Filter, limit: int) -> m.QueryRequest:
    return m.QueryRequest(query=vector, using=leg.value, filter=where, limit=limit + _TIES, with_payload=False)


def _any(field: str, values: list[str]) -> m.FieldCondition:
    return m.FieldCondition(key=field, match=m.MatchAny(any=values))
