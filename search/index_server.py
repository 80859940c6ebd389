"""A Qdrant server or cluster, through ``qdrant-client``. The only module that imports it.

All municipalities may share one collection: the municipality is the tenant key and stands in every filter. The same
paper can come to two councils, and then its passages have the same ids; so a point's id is the passage's with a mask of
the tenant laid over it (exclusive or, which is its own inverse).

How rare a term is, a server counts per shard, over all tenants of the collection, and with deleted points until its
optimiser has swept them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from qdrant_client import QdrantClient
from qdrant_client import models as m
from qdrant_client.http.exceptions import ApiException

from council import DataError, Filters, Leg
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

_BATCH = 100
_PAGE = 1_000
_MANY = 1_000_000
_KEYWORDS = ("document", "revision", "kind", "access", "body", "year", "speaker", "party", "case_number")


def connect(url: str, key: str) -> QdrantClient:
    """Return a client of the server at an address; without a key where that is empty."""
    return QdrantClient(url=url, api_key=key or None)


class ServerIndex:
    """A :class:`search.index.PassageIndex` in one collection of a Qdrant server.

    Args:
        client: an open client; ``QdrantClient(":memory:")`` serves tests.
        collection: its name; made if it is not there.
        dimension: length of the dense vectors.
        municipality: the tenant whose passages this index holds.

    Raises:
        DataError: the server does not answer; every method raises this too.
    """

    def __init__(self, client: QdrantClient, *, collection: str, dimension: int, municipality: str) -> None:
        self._client = client
        self._name = collection
        self._tenant = municipality
        self._dimension = dimension
        self._mask = int.from_bytes(hashlib.sha256(municipality.encode()).digest()[:8], "big") >> 1
        with _answering():
            if not client.collection_exists(collection):
                self._create(dimension)

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store points, in place of those with the same id."""
        must_measure(points, self._dimension)
        strangers = {point.document.municipality for point in points} - {self._tenant}
        if strangers:
            raise ValueError(f"passages of {', '.join(sorted(strangers))} do not belong to the tenant {self._tenant}")
        rest = iter(points)
        with _answering():
            while batch := list(islice(rest, _BATCH)):
                self._client.upsert(self._name, points=[self._point(point) for point in batch], wait=True)

    def delete(self, revisions: Collection[str]) -> None:
        """Remove every point of these document revisions."""
        if revisions:
            with _answering():
                self._client.delete(self._name, points_selector=m.FilterSelector(filter=self._of(revisions)), wait=True)

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Return the best ``limit`` passages per leg in one round trip."""
        where = self._filter(filters)
        asked: dict[Leg, m.SparseVector | list[float]] = {}
        for leg, vector in ((Leg.TERMS, vectors.terms), (Leg.GRAMS, vectors.grams)):
            if vector.indices:
                asked[leg] = _sparse(vector)
        if any(vectors.dense):
            asked[Leg.DENSE] = list(vectors.dense)

        def ask(legs: Collection[Leg], most: int) -> Mapping[Leg, Sequence[Scored]]:
            requests = [_request(asked[leg], leg, where, most) for leg in legs]
            with _answering():
                found = self._client.query_batch_points(self._name, requests=requests)
            return {
                leg: [(int(p.id) ^ self._mask, float(p.score)) for p in response.points]
                for leg, response in zip(legs, found, strict=True)
            }

        return whole_ties(asked, limit, ask)

    def term_indices(self, revisions: Collection[str]) -> Iterator[tuple[int, ...]]:
        """Yield, for every point of these document revisions, the indices of its terms."""
        if not revisions:
            return
        offset = None
        while True:
            with _answering():
                records, offset = self._client.scroll(
                    self._name,
                    scroll_filter=self._of(revisions),
                    limit=_PAGE,
                    offset=offset,
                    with_payload=False,
                    with_vectors=[Leg.TERMS.value],
                )
            yield from map(_terms, records)
            if offset is None:
                return

    def terms_of(self, passages: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        """Return the indices of the terms of these passages; one that is not there is left out."""
        with _answering():
            records = self._client.retrieve(
                self._name,
                [passage ^ self._mask for passage in passages],
                with_payload=False,
                with_vectors=[Leg.TERMS.value],
            )
        return {int(record.id) ^ self._mask: _terms(record) for record in records}

    def count(self, filters: Filters) -> int:
        """Return exactly how many passages the filters let through."""
        with _answering():
            return self._client.count(self._name, count_filter=self._filter(filters), exact=True).count

    def facet(self, field: str, filters: Filters) -> Mapping[str, int]:
        """Return exactly how many passages there are per value of a field."""
        with _answering():
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

    def _of(self, revisions: Collection[str]) -> m.Filter:
        return m.Filter(must=[self._mine(), _any("revision", sorted(revisions))])

    def _filter(self, filters: Filters) -> m.Filter:
        must: list[m.Condition] = [self._mine()]
        must += [_any(field, values) for field, values in choices(filters)]
        if filters.date_from is not None or filters.date_to is not None:
            low = None if filters.date_from is None else day_number(filters.date_from)
            high = None if filters.date_to is None else day_number(filters.date_to)
            must.append(m.FieldCondition(key="date", range=m.Range(gte=low, lte=high)))
        if filters.passages is not None:
            must.append(self._ids(filters.passages))
        must_not: list[m.Condition] = []
        if filters.without:
            must_not.append(_any("document", sorted(filters.without)))
        if filters.without_passages:
            must_not.append(self._ids(filters.without_passages))
        return m.Filter(must=must, must_not=must_not or None)

    def _ids(self, passages: Collection[int]) -> m.HasIdCondition:
        return m.HasIdCondition(has_id=[passage ^ self._mask for passage in sorted(passages)])

    def _point(self, point: PassagePoint) -> m.PointStruct:
        vector: dict[str, list[float] | m.SparseVector] = {
            Leg.DENSE.value: list(point.dense),
            Leg.TERMS.value: _sparse(point.terms),
            Leg.GRAMS.value: _sparse(point.grams),
        }
        return m.PointStruct(id=point.id ^ self._mask, vector=vector, payload=payload_of(point))  # type: ignore[arg-type]


@contextmanager
def _answering() -> Iterator[None]:
    """Turn a server that refuses, or is not there, into an error that says what to look at."""
    try:
        yield
    except (ApiException, OSError) as error:
        raise DataError(f"Qdrant server: {error}; check RAADSPOOR_QDRANT_URL and its key") from error


def _sparse(vector: SparseVector) -> m.SparseVector:
    return m.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _terms(record: m.Record) -> tuple[int, ...]:
    vector = record.vector.get(Leg.TERMS.value) if isinstance(record.vector, dict) else None
    return tuple(vector.indices) if isinstance(vector, m.SparseVector) else ()


def _request(vector: m.SparseVector | list[float], leg: Leg, where: m.Filter, limit: int) -> m.QueryRequest:
    wider = m.SearchParams(hnsw_ef=max(GRAPH_WIDTH, limit)) if leg is Leg.DENSE else None
    return m.QueryRequest(query=vector, using=leg.value, filter=where, limit=limit, with_payload=False, params=wider)


def _any(field: str, values: list[str]) -> m.FieldCondition:
    return m.FieldCondition(key=field, match=m.MatchAny(any=values))
