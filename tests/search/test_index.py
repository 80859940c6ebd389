"""The contract of an index on every engine, and what is special to each."""

from __future__ import annotations

import datetime as dt
import math
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from council import Access, DataError, Filters, Leg
from search import index_edge
from search.index import PassageIndex, Scored, day_number, in_order
from search.index_edge import EdgeIndex
from search.index_server import ServerIndex
from tests.fakes import a_document
from tests.search.index_contract import (
    ALL,
    DIMENSION,
    IndexContract,
    a_point,
    computed,
    dice,
    lets_through,
    must_equal,
    some_filters,
    some_points,
    some_vectors,
)

SERVER = os.environ.get("RAADSPOOR_QDRANT_URL", "")
HOME = "gm9901"


@pytest.fixture
def edge(quick_path: Path) -> Iterator[EdgeIndex]:
    """Give an empty embedded index."""
    index = EdgeIndex(quick_path / "store", dimension=DIMENSION)
    yield index
    index.close()


@pytest.fixture(params=["memory", *(["server"] if SERVER else [])])
def client(request: pytest.FixtureRequest) -> Iterator[QdrantClient]:
    """Give a client of the program that stands in for a server, and of a real one where its address is set."""
    key = os.environ.get("RAADSPOOR_QDRANT_API_KEY") or None
    made = QdrantClient(":memory:") if request.param == "memory" else QdrantClient(url=SERVER, api_key=key)
    yield made
    made.close()


@pytest.fixture
def collection(client: QdrantClient) -> Iterator[str]:
    """Give the name of a collection that is thrown away afterwards."""
    name = f"raadspoor-test-{uuid.uuid4().hex}"
    yield name
    if client.collection_exists(name):
        client.delete_collection(name)


class TestEdgeIndex(IndexContract):
    """The contract on the embedded engine."""

    @pytest.fixture
    def index(self, edge: EdgeIndex) -> PassageIndex:
        """Give the embedded index."""
        return edge


class TestServerIndex(IndexContract):
    """The contract on a server."""

    @pytest.fixture
    def index(self, client: QdrantClient, collection: str) -> PassageIndex:
        """Give an index in a collection of its own."""
        return ServerIndex(client, collection=collection, dimension=DIMENSION, municipality=HOME)


@pytest.mark.parametrize("seed", range(12))
def test_both_engines_give_the_same_answers(seed: int, edge: EdgeIndex, client: QdrantClient, collection: str) -> None:
    """This test ensures that who moves to a server gets the same ids in the same order, with nearly the same scores."""
    chance = dice(seed)
    server = ServerIndex(client, collection=collection, dimension=DIMENSION, municipality=HOME)
    points = some_points(chance.randint(1, 200), chance)
    for index in (edge, server):
        index.upsert(points)
    for _ in range(10):
        vectors, filters, limit = some_vectors(chance), some_filters(chance, points), chance.randint(1, 40)
        must_equal(edge.search(vectors, filters, limit=limit), server.search(vectors, filters, limit=limit))
        assert edge.count(filters) == server.count(filters)
        assert edge.facet("year", filters) == server.facet("year", filters)
    # After a deletion the embedded engine still counts what is gone when it says how rare a term is: see its module.
    gone = {point.revision for point in chance.sample(points, len(points) // 4)}
    for index in (edge, server):
        index.delete(gone)
    vectors, filters = some_vectors(chance), some_filters(chance, points)
    ours, theirs = (index.search(vectors, filters, limit=500) for index in (edge, server))
    dense_only: dict[Leg, list[Scored]] = {Leg.TERMS: [], Leg.GRAMS: []}
    must_equal({**ours, **dense_only}, {**theirs, **dense_only})
    for leg in Leg:
        assert {passage for passage, _ in ours[leg]} == {passage for passage, _ in theirs[leg]}
    assert edge.facet("revision", ALL) == server.facet("revision", ALL)


# The point


@pytest.mark.parametrize("number", [0, -1, 2**63, 2**64])
def test_an_id_that_is_no_positive_63_bit_number_is_refused(number: int) -> None:
    """This test ensures that every id fits the catalogue and both engines."""
    with pytest.raises(ValueError, match="63-bit"):
        a_point(number)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1e39])
def test_a_dense_vector_with_what_is_no_number_is_refused(bad: float) -> None:
    """This test ensures that a model that broke down cannot poison the index."""
    with pytest.raises(ValueError, match="passage 3: the dense vector"):
        a_point(3, dense=(bad,) + (0.0,) * (DIMENSION - 1))


def test_days_are_numbers_in_the_order_of_the_calendar() -> None:
    """This test ensures that a range of day numbers is a range of days."""
    days = [dt.date(1, 1, 1), dt.date(1999, 12, 31), dt.date(2000, 1, 1), dt.date(2000, 1, 2), dt.date(9999, 12, 31)]
    assert [day_number(day) for day in days] == sorted(day_number(day) for day in days)
    assert day_number(dt.date(2024, 3, 12)) == 20240312


def test_scored_passages_are_put_best_first_ties_by_id() -> None:
    """This test ensures that the same scores always give the same list."""
    assert in_order([(3, 1.0), (1, 0.5), (2, 1.0), (9, 2.0)], 3) == [(9, 2.0), (2, 1.0), (3, 1.0)]


# The embedded engine


def test_an_index_of_several_segments_answers_as_one_of_a_single_segment(
    quick_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that what is optimised part by part, to save memory, ranks and counts all the same."""
    points = some_points(300, dice(7))
    one = EdgeIndex(quick_path / "one", dimension=DIMENSION)
    one.upsert(points)
    one.optimize()
    monkeypatch.setattr(index_edge, "_INDEXED_FROM", 1)
    monkeypatch.setattr(index_edge, "_FRESH", 100)
    monkeypatch.setattr(index_edge, "_LARGEST", 1)
    several = EdgeIndex(quick_path / "several", dimension=DIMENSION)
    for at in range(0, len(points), 50):
        several.upsert(points[at : at + 50])
    several.optimize()
    assert len(list((quick_path / "several" / "segments").iterdir())) > 2
    must_hold_the_same(one, several)
    several.upsert(points[:50])
    assert several.count(ALL) == len(points), "a passage that comes again takes the place of the one in its segment"
    several.close()
    one.close()


def must_hold_the_same(one: PassageIndex, other: PassageIndex) -> None:
    """Assert that two indexes answer a fixed set of questions alike."""
    chance = dice(99)
    assert one.facet("revision", ALL) == other.facet("revision", ALL)
    for _ in range(3):
        vectors = some_vectors(chance)
        must_equal(one.search(vectors, ALL, limit=50), other.search(vectors, ALL, limit=50))


@pytest.mark.parametrize("flushed", [True, False])
def test_what_was_stored_is_there_after_closing_and_opening(quick_path: Path, flushed: bool) -> None:
    """This test ensures that points survive, with a flush and (through the log of writes) without one."""
    store = quick_path / "store"
    first = EdgeIndex(store, dimension=DIMENSION)
    points = some_points(400, dice(8))
    first.upsert(points)
    if flushed:
        first.flush()
    first.delete([points[0].revision])
    left = [point for point in points if point.revision != points[0].revision]
    revisions = first.facet("revision", ALL)
    first.close()
    second = EdgeIndex(store, dimension=DIMENSION)
    assert second.facet("revision", ALL) == revisions
    vectors = some_vectors(dice(9))
    must_equal(second.search(vectors, ALL, limit=50), computed(left, vectors, ALL, 50))
    second.upsert([a_point(1)])
    assert second.count(ALL) == sum(revisions.values()) + 1
    second.close()


def test_a_copy_of_a_flushed_store_holds_the_same(edge: EdgeIndex, quick_path: Path) -> None:
    """This test ensures that a new generation may begin as a copy of one that is being read."""
    edge.upsert(some_points(300, dice(8)))
    edge.flush()
    shutil.copytree(quick_path / "store", quick_path / "copy")
    copy = EdgeIndex(quick_path / "copy", dimension=DIMENSION)
    must_hold_the_same(copy, edge)
    copy.upsert([a_point(1)])
    assert copy.count(ALL) == edge.count(ALL) + 1
    copy.close()


def test_a_second_opener_of_a_store_is_refused(edge: EdgeIndex, quick_path: Path) -> None:
    """This test ensures that two writers can never have the same store, and that the error says what to do."""
    edge.upsert([a_point(1)])
    with pytest.raises(DataError, match="whoever writes it must be alone"):
        EdgeIndex(quick_path / "store", dimension=DIMENSION)
    assert edge.count(ALL) == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_store_that_must_be_there_is_not_made(quick_path: Path, there: bool) -> None:
    """This test ensures that a lost index is an error and never an empty answer."""
    store = quick_path / "store"
    if there:
        store.mkdir()
    with pytest.raises(DataError, match="run raadspoor-ingest again"):
        EdgeIndex(store, dimension=DIMENSION, reading=True)
    assert list(quick_path.rglob("*.json")) == []


def test_a_refused_point_does_not_spoil_the_store(quick_path: Path) -> None:
    """This test ensures that after a refusal the store opens again with all that was sound."""
    index = EdgeIndex(quick_path / "store", dimension=DIMENSION)
    index.upsert([a_point(1)])
    with pytest.raises(ValueError, match="dense values where the index has"):
        index.upsert([a_point(2, dense=(1.0,))])
    index.upsert([a_point(3)])
    index.close()
    again = EdgeIndex(quick_path / "store", dimension=DIMENSION)
    assert again.facet("document", ALL) == {a_point(n).document.sha256: 1 for n in (1, 3)}
    again.close()


# A server


def test_tenants_of_one_collection_never_see_each_other(client: QdrantClient, collection: str) -> None:
    """This test ensures that municipalities share a server and nothing else, not even a paper that both received."""
    indexes = {
        name: ServerIndex(client, collection=collection, dimension=DIMENSION, municipality=name)
        for name in (HOME, "gm0002")
    }
    chance = dice(11)
    ours = some_points(30, chance)
    theirs = [replace(p, document=replace(p.document, municipality="gm0002")) for p in ours[:20]]
    indexes[HOME].upsert(ours)
    indexes["gm0002"].upsert(theirs)
    vectors = some_vectors(chance)
    for name, points in ((HOME, ours), ("gm0002", theirs)):
        found = indexes[name].search(vectors, ALL, limit=50)
        assert {passage for passage, _ in found[Leg.DENSE]} == {point.id for point in points}
        assert indexes[name].count(ALL) == len(points)
        assert sum(indexes[name].facet("revision", ALL).values()) == len(points)
        for _ in range(5):
            filters = some_filters(chance, points)
            assert indexes[name].count(filters) == sum(lets_through(filters, p) for p in points)
    indexes["gm0002"].delete({point.revision for point in ours})
    assert indexes["gm0002"].count(ALL) == 0
    assert indexes[HOME].count(ALL) == len(ours)
    assert len(list(indexes[HOME].indices(Leg.TERMS, {point.revision for point in ours}))) == len(ours)


def test_a_passage_of_another_municipality_is_refused(client: QdrantClient, collection: str) -> None:
    """This test ensures that nobody's papers are put under another's name."""
    index = ServerIndex(client, collection=collection, dimension=DIMENSION, municipality=HOME)
    with pytest.raises(ValueError, match="gm0002"):
        index.upsert([a_point(1), a_point(2, a_document(2, municipality="gm0002"))])
    assert index.count(ALL) == 0


def test_a_collection_that_is_there_is_used_as_it_is(client: QdrantClient, collection: str) -> None:
    """This test ensures that opening an index a second time keeps what it holds."""
    for number in (1, 2):
        index = ServerIndex(client, collection=collection, dimension=DIMENSION, municipality=HOME)
        index.upsert([a_point(number)])
        assert index.count(ALL) == number


def test_a_collection_that_must_be_there_is_not_made(client: QdrantClient, collection: str) -> None:
    """This test ensures that a reader of what a server has lost gets an error and not an index without papers."""
    with pytest.raises(DataError, match=rf"no collection {collection}; run raadspoor-ingest again"):
        ServerIndex(client, collection=collection, dimension=DIMENSION, municipality=HOME, create=False)
    assert not client.collection_exists(collection)


def test_a_server_that_is_not_there_gives_an_error_with_the_setting_to_look_at() -> None:
    """This test ensures that a server that is down is told apart from a question that finds nothing."""
    client = QdrantClient(url="http://127.0.0.1:9", timeout=2, check_compatibility=False)
    with pytest.raises(DataError, match="RAADSPOOR_QDRANT_URL"):
        ServerIndex(client, collection="c", dimension=DIMENSION, municipality=HOME)
    client.close()


def test_a_server_that_goes_away_gives_the_same_error_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that no method lets the client's own errors through to a reader."""
    client = QdrantClient(":memory:")
    index = ServerIndex(client, collection="c", dimension=DIMENSION, municipality=HOME)

    def gone(*arguments: object, **named: object) -> None:
        raise ConnectionRefusedError("connection refused")

    for name in ("upsert", "delete", "query_batch_points", "count", "facet", "scroll", "retrieve"):
        monkeypatch.setattr(client, name, gone)
    for method in (
        lambda: index.upsert([a_point(1)]),
        lambda: index.delete(["r"]),
        lambda: index.search(some_vectors(dice(1)), Filters(access=frozenset(Access)), limit=3),
        lambda: index.count(ALL),
        lambda: index.facet("kind", ALL),
        lambda: list(index.indices(Leg.TERMS, ["r"])),
        lambda: index.terms_of([1]),
    ):
        with pytest.raises(DataError, match="RAADSPOOR_QDRANT_URL"):
            method()
