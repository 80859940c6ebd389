"""A Qdrant server or cluster, through ``qdrant-client``. The only module that imports it.

Each generation of a municipality is a collection (:mod:`search.aliases`). Even so the municipality is the tenant key
and stands in every filter, and a point's id is the passage's with a mask of the tenant laid over it (exclusive or,
which is its own inverse): the same paper can come to two councils, and what lands in the wrong place is never shown.
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
from council.settings import Settings
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


def names_on(settings: Settings) -> frozenset[str]:
    """Return the names of all collections on the server.

    Raises:
        DataError: the server does not answer; so do the functions below.
    """
    with _connected(settings) as client:
        return frozenset(one.name for one in client.get_collections().collections)


def copy_points(settings: Settings, source: str, target: str, municipality: str) -> None:
    """Copy what a collection holds of a municipality into another one that is there.

    The points come here and go back: a server copies no collection by itself.
    """
    mine = m.Filter(must=[_is_of(municipality)])
    offset = None
    with _connected(settings) as client:
        while True:
            records, offset = client.scroll(
                source, scroll_filter=mine, limit=_BATCH, offset=offset, with_payload=True, with_vectors=True
            )
            points = [m.PointStruct(id=one.id, vector=one.vector, payload=one.payload) for one in records]  # type: ignore[arg-type]
            if points:
                client.upsert(target, points=points, wait=True)
            if offset is None:
                return


def move_alias(settings: Settings, alias: str, collection: str) -> None:
    """Let an alias name this collection from now on, in one step, whatever it named before."""
    away = m.DeleteAliasOperation(delete_alias=m.DeleteAlias(alias_name=alias))
    here = m.CreateAliasOperation(create_alias=m.CreateAlias(collection_name=collection, alias_name=alias))
    with _connected(settings) as client:
        client.update_collection_aliases(change_aliases_operations=[away, here])


def drop(settings: Settings, collections: Collection[str]) -> None:
    """Remove collections with all that they hold."""
    with _connected(settings) as client:
        for collection in collections:
            client.delete_collection(collection)


@contextmanager
def _connected(settings: Settings) -> Iterator[QdrantClient]:
    client = connect(settings.qdrant_url, settings.qdrant_api_key.get_secret_value())
    try:
        with _answering():
            yield client
    finally:
        client.close()


class ServerIndex:
    """A :class:`search.index.PassageIndex` in one collection of a Qdrant server.

    Args:
        client: an open client; ``QdrantClient(":memory:")`` serves tests.
        collection: its name.
        dimension: length of the dense vectors.
        municipality: the tenant whose passages this index holds.
        create: make the collection if it is not there.

    Raises:
        DataError: the collection is not there, or the server does not answer; every method raises that too.
    """

    def __init__(
        self, client: QdrantClient, *, collection: str, dimension: int, municipality: str, create: bool = True
    ) -> None:
        self._client = client
        self._name = collection
        self._tenant = municipality
        self._dimension = dimension
        self._mask = int.from_bytes(hashlib.sha256(municipality.encode()).digest()[:8], "big") >> 1
        with _answering():
            if client.collection_exists(collection):
                return
            if not create:
                raise DataError(f"the Qdrant server has no collection {collection}; run raadspoor-ingest again")
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

    def indices(self, leg: Leg, revisions: Collection[str]) -> Iterator[tuple[int, ...]]:
        """Yield, for every point of these document revisions, the indices of its terms or 5-grams."""
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
                    with_vectors=[leg.value],
                )
            yield from (_indices(record, leg) for record in records)
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
        return {int(record.id) ^ self._mask: _indices(record, Leg.TERMS) for record in records}

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
        sparse = m.SparseVectorParams()
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

    def _of(self, revisions: Collection[str]) -> m.Filter:
        return m.Filter(must=[_is_of(self._tenant), _any("revision", sorted(revisions))])

    def _filter(self, filters: Filters) -> m.Filter:
        must: list[m.Condition] = [_is_of(self._tenant)]
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


def _is_of(municipality: str) -> m.FieldCondition:
    return m.FieldCondition(key="municipality", match=m.MatchValue(value=municipality))


def _sparse(vector: SparseVector) -> m.SparseVector:
    return m.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _indices(record: m.Record, leg: Leg) -> tuple[int, ...]:
    vector = record.vector.get(leg.value) if isinstance(record.vector, dict) else None
    return tuple(vector.indices) if isinstance(vector, m.SparseVector) else ()


def _request(vector: m.SparseVector | list[float], leg: Leg, where: m.Filter, limit: int) -> m.QueryRequest:
    wider = m.SearchParams(hnsw_ef=max(GRAPH_WIDTH, limit)) if leg is Leg.DENSE else None
    return m.QueryRequest(query=vector, using=leg.value, filter=where, limit=limit, with_payload=False, params=wider)


def _any(field: str, values: list[str]) -> m.FieldCondition:
    return m.FieldCondition(key=field, match=m.MatchAny(any=values))
