"""Generations on a server: what nobody may read yet lies beside what they read, and an alias tells which that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from qdrant_client import QdrantClient
from qdrant_client import models as m

from council import Access, Catalogue, DataError, DataFolder, Filters, Query, State
from council.settings import Settings
from search import Engine, go_back, index_server
from search.aliases import collection_of, sweep
from search.generation import Generation, live, must_be_live
from search.indexing import build
from tests.fakes import FakeEmbedder, a_document, put

HOME, NEXT_DOOR = "gm9901", "gm9902"
ALL = Filters(access=frozenset(Access))
POOL = "De raad stelt twaalf miljoen euro beschikbaar voor het zwembad."


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> QdrantClient:
    """Give a program in memory that stands in for the server."""
    shared = QdrantClient(":memory:")
    monkeypatch.setattr(shared, "close", lambda: None)
    monkeypatch.setattr(index_server, "connect", lambda url, key: shared)
    return shared


class Town:
    """A municipality with a data folder of its own, on a server that others use too."""

    def __init__(self, root: Path, client: QdrantClient, code: str = HOME, keep: int = 2) -> None:
        self.client = client
        self.code = code
        self.data = DataFolder(root / code)
        self.settings = Settings(qdrant_url="http://qdrant.example", keep_generations=keep)
        self.catalogue = Catalogue(self.data.catalogue, create=True)
        self.papers = 0

    def bring(self, text: str, title: str = "") -> str:
        """Take in a paper."""
        self.papers += 1
        document = a_document(
            f"{text}{self.papers}", title=title or text, municipality=self.code, date=dt.date(2024, 1, self.papers)
        )
        with self.catalogue.writing():
            put(self.catalogue, document, text)
        return document.sha256

    def night(self, embedder: FakeEmbedder | None = None, *, dies: bool = False) -> Generation:
        """Bring the index up to date."""

        def progress(done: int, total: int) -> None:
            if dies and done:
                raise KeyboardInterrupt

        chosen = embedder or FakeEmbedder()
        return build(
            self.settings, self.data, self.catalogue, lambda: chosen, municipality=self.code, progress=progress
        )

    def hits(self, text: str = "zwembad brug molen park") -> set[str]:
        """Return the titles that are found."""
        engine = Engine(self.data, self.settings, embedder=FakeEmbedder())
        try:
            return {hit.document.title for hit in engine.search(Query(text=text)).hits}
        finally:
            engine.close()

    def collections(self) -> set[str]:
        """Return the names of this municipality's collections."""
        return {one.name for one in self.client.get_collections().collections if f"-{self.code}-" in one.name}

    def alias(self) -> str:
        """Return what the alias names."""
        (found,) = (
            one.collection_name
            for one in self.client.get_aliases().aliases
            if one.alias_name == f"raadspoor-{self.code}"
        )
        return found


@pytest.fixture
def town(quick_path: Path, client: QdrantClient) -> Iterator[Town]:
    """Give a municipality with one paper that is published."""
    made = Town(quick_path, client)
    made.bring(POOL, "bad")
    made.night()
    yield made
    made.catalogue.close()


def test_each_night_with_news_has_a_collection_of_its_own_and_moves_the_alias(town: Town) -> None:
    """This test ensures that the old collection is not touched, that only what is new is embedded, and that a night
    without news makes nothing."""
    first = must_be_live(town.data)
    assert town.alias() == first.collection == collection_of(HOME, first.name)
    town.bring("De brug wordt vernieuwd.", "brug")
    embedder = FakeEmbedder()
    second = town.night(embedder)
    assert embedder.asked == 1
    assert town.alias() == second.collection != first.collection
    assert [town.client.count(one.collection).count for one in (first, second)] == [1, 2]
    assert town.hits() == {"bad", "brug"}
    assert town.night() == second
    assert town.collections() == {first.collection, second.collection}


def test_the_alias_is_moved_in_one_call(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that at no moment the alias names nothing: it is taken away and given in one and the same
    operation, when the collection is complete and before the generation before may go."""
    real, seen = town.client.update_collection_aliases, []

    def watched(change_aliases_operations: list[m.AliasOperations]) -> object:
        here = change_aliases_operations[-1]
        assert isinstance(here, m.CreateAliasOperation)
        count = town.client.count(here.create_alias.collection_name).count
        seen.append(([type(one) for one in change_aliases_operations], count, len(town.collections())))
        return real(change_aliases_operations=change_aliases_operations)

    monkeypatch.setattr(town.client, "update_collection_aliases", watched)
    town.bring("De brug wordt vernieuwd.")
    town.night()
    assert seen == [([m.DeleteAliasOperation, m.CreateAliasOperation], 2, 2)]


def test_a_run_that_dies_changes_nothing_that_is_read(town: Town) -> None:
    """This test ensures that what a killed run left is beside what is read, and gone after the next."""
    first = must_be_live(town.data)
    town.bring("De brug wordt vernieuwd.", "brug")
    with pytest.raises(KeyboardInterrupt):
        town.night(dies=True)
    assert live(town.data) == first
    assert town.alias() == first.collection
    assert town.client.count(first.collection).count == 1
    assert town.hits() == {"bad"}
    assert len(town.collections()) == 2
    second = town.night()
    assert town.collections() == {first.collection, second.collection}
    assert town.hits() == {"bad", "brug"}


def test_an_alias_that_cannot_be_moved_publishes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that the pointer is not moved without the alias, and that the next night puts it right."""
    first = must_be_live(town.data)
    town.bring("De brug wordt vernieuwd.", "brug")

    def gone(**named: object) -> None:
        raise ConnectionRefusedError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(town.client, "update_collection_aliases", gone)
        with pytest.raises(DataError, match="RAADSPOOR_QDRANT_URL"):
            town.night()
    assert live(town.data) == first
    second = town.night()
    assert town.alias() == second.collection
    assert town.hits() == {"bad", "brug"}


def test_an_alias_that_names_another_is_put_right_in_a_night_without_news(town: Town) -> None:
    """This test ensures that a kill between the alias and the pointer leaves no alias that is wrong for long."""
    town.client.create_collection("other", vectors_config={})
    here = m.CreateAlias(collection_name="other", alias_name=f"raadspoor-{HOME}")
    town.client.update_collection_aliases([m.CreateAliasOperation(create_alias=here)])
    assert town.alias() == "other"
    assert town.night() == must_be_live(town.data)
    assert town.alias() == must_be_live(town.data).collection


@pytest.mark.parametrize("keep", [2, 4])
def test_as_many_collections_stay_as_generations(quick_path: Path, client: QdrantClient, keep: int) -> None:
    """This test ensures that the setting counts on a server too, and that what is named otherwise stays."""
    town = Town(quick_path, client, keep=keep)
    others = {f"raadspoor-{HOME}-mine", f"raadspoor-{HOME}", "raadspoor-3e856af0", "notes"}
    for name in others:
        client.create_collection(name, vectors_config={})
    client.delete_collection(f"raadspoor-{HOME}")  # an alias cannot be called as a collection is
    made = []
    for number in range(6):
        town.bring(f"Molen {number} wordt hersteld.")
        made.append(town.night().collection)
    there = {one.name for one in client.get_collections().collections}
    assert there == {*made[-keep:]} | others - {f"raadspoor-{HOME}"}
    town.catalogue.close()


def test_the_way_back_leads_to_the_collection_before(town: Town) -> None:
    """This test ensures that a bad night is undone, shows nothing that was withdrawn since, and is left by the next
    night, which takes the bad collection away."""
    first = must_be_live(town.data)
    gone = town.bring("De brug wordt vernieuwd.", "brug")
    second = town.night()
    with town.catalogue.writing():
        town.catalogue.set_state(gone, State.WITHDRAWN)
    assert go_back(town.settings, town.data, FakeEmbedder()) == first
    assert live(town.data) == first
    assert town.alias() == first.collection
    assert town.hits() == {"bad"}
    town.bring("Het park krijgt bomen.", "park")
    third = town.night()
    assert town.hits() == {"bad", "park"}
    assert town.collections() == {first.collection, third.collection}
    assert second.collection not in town.collections()


def test_a_collection_that_the_server_lost(town: Town) -> None:
    """This test ensures that a lost collection is an error for readers and for who goes back, and that the next night
    makes it anew, though nothing is new."""
    first = must_be_live(town.data)
    town.bring("De brug wordt vernieuwd.", "brug")
    second = town.night()
    town.client.delete_collection(first.collection)
    with pytest.raises(DataError, match=rf"no collection {first.collection} any more; run raadspoor-ingest"):
        go_back(town.settings, town.data, FakeEmbedder())
    assert live(town.data) == second
    town.client.delete_collection(second.collection)
    with pytest.raises(DataError, match=rf"no collection {second.collection}; run raadspoor-ingest again"):
        town.hits()
    embedder = FakeEmbedder()
    third = town.night(embedder)
    assert embedder.asked == 2
    assert town.alias() == third.collection
    assert town.hits() == {"bad", "brug"}


def test_two_municipalities_on_one_server_never_touch_each_other(
    town: Town, quick_path: Path, client: QdrantClient
) -> None:
    """This test ensures that nights, pruning, a way back and what a killed run left are each municipality's own, also
    where the same paper came to both and where the code of one begins as that of the other."""
    others = [Town(quick_path, client, code) for code in (NEXT_DOOR, f"{HOME}1", HOME[:-1])]
    for other in others:
        other.bring(POOL, "bad van de buren")
        other.night()
        other.bring("De molen van de buren.", "molen van de buren")
        with pytest.raises(KeyboardInterrupt):
            other.night(dies=True)
    before = {other.code: (other.collections(), other.alias(), live(other.data)) for other in others}
    every = {one.name for one in client.get_collections().collections} - town.collections()
    for number in range(3):
        town.bring(f"Brug {number} wordt vernieuwd.", "brug")
        town.night()
    go_back(town.settings, town.data, FakeEmbedder())
    sweep(town.settings, town.data, HOME)
    assert {one.name for one in client.get_collections().collections} >= every
    for other in others:
        assert (other.collections(), other.alias(), live(other.data)) == before[other.code]
    for other in others:
        assert other.hits() == {"bad van de buren"}
        other.night()
        assert other.hits() == {"bad van de buren", "molen van de buren"}
        other.catalogue.close()
    assert town.hits() == {"bad", "brug"}


def test_a_municipality_that_changes_its_code_begins_anew(town: Town) -> None:
    """This test ensures that papers under another code are counted and found as those of a first night are."""
    with town.catalogue.writing():
        for document in list(town.catalogue.documents()):
            put(town.catalogue, a_document("x", title="bad", municipality=NEXT_DOOR), POOL)
            town.catalogue.set_state(document.sha256, State.WITHDRAWN)
    town.code = NEXT_DOOR
    embedder = FakeEmbedder()
    assert town.night(embedder).collection.startswith(f"raadspoor-{NEXT_DOOR}-")
    assert embedder.asked == 1
    assert town.hits() == {"bad"}
