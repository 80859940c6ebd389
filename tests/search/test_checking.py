"""Before a generation is published: whatever it does not hold, or does not find, keeps the one before it live."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from qdrant_client import QdrantClient

from council import Access, Catalogue, DataError, DataFolder, Document, Filters, Kind, Leg
from council.settings import Settings
from search import index_server, indexing
from search.checking import even
from search.generation import Generation, live
from search.index import PassageIndex, PassagePoint, QueryVectors, Scored
from search.indexing import build
from search.open_index import open_for_writing
from search.sparse import SparseVector
from tests.fakes import FakeEmbedder, a_document, put

HOME = "gm9901"
OLD = a_document("zwembad", title="Nieuw zwembad")
MOTION = a_document("motie", title="Motie bomen", kind=Kind.MOTIE, date=dt.date(2024, 3, 2))
LETTER = a_document("brief", title="Brief over de brug", kind=Kind.RAADSINFORMATIEBRIEF)
POOL = "De raad stelt twaalf miljoen euro beschikbaar voor het zwembad."
TREES = "Verzoekt het college honderd kastanjes te planten langs de singel."
BRIDGE = "De brug over de Dalm is afgekeurd. " * 60
STAYS = "it was not published, the one before stays live"
Wrapper = Callable[[PassageIndex], Any]


@pytest.fixture(params=["edge", "server"])
def settings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give settings for each of the two engines; a program in memory stands in for a server."""
    if request.param == "edge":
        return Settings(qdrant_url="")
    shared = QdrantClient(":memory:")
    monkeypatch.setattr(shared, "close", lambda: None)
    monkeypatch.setattr(index_server, "connect", lambda url, key: shared)
    return Settings(qdrant_url="http://qdrant.example")


@pytest.fixture
def catalogue(data: DataFolder) -> Iterator[Catalogue]:
    """Give an empty catalogue."""
    made = Catalogue(data.catalogue, create=True)
    yield made
    made.close()


@pytest.fixture
def published(data: DataFolder, catalogue: Catalogue, settings: Settings) -> Generation:
    """Publish one paper, and have two more wait for the night."""
    put_in(catalogue, {OLD: POOL})
    generation = built(data, catalogue, settings)
    put_in(catalogue, {MOTION: TREES, LETTER: BRIDGE})
    return generation


def put_in(catalogue: Catalogue, papers: Mapping[Document, str]) -> None:
    """Store papers of one page."""
    with catalogue.writing():
        for document, text in papers.items():
            put(catalogue, document, text)


def built(data: DataFolder, catalogue: Catalogue, settings: Settings) -> Generation:
    """Bring the index up to date."""
    return build(settings, data, catalogue, FakeEmbedder, municipality=HOME)


class Other:
    """An index that is the real one but for what a subclass does otherwise."""

    def __init__(self, index: PassageIndex) -> None:
        self.index = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


class Doubling(Other):
    """Loses a point of every batch and holds another twice: the count fits."""

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store the first once more in place of the last."""
        self.index.upsert([*points[:-1], replace(points[0], id=points[-1].id ^ 1)])


class Misfiling(Other):
    """Knows motions as something else."""

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store motions as reports."""
        self.index.upsert(
            [
                replace(point, document=replace(point.document, kind=Kind.RAPPORT))
                if point.document.kind is Kind.MOTIE
                else point
                for point in points
            ]
        )


class Wordless(Other):
    """Loses the terms of motions."""

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store motions without terms."""
        none = SparseVector(indices=(), values=())
        self.index.upsert(
            [replace(point, terms=none) if point.document.kind is Kind.MOTIE else point for point in points]
        )


class Deaf(Other):
    """Holds everything, and one leg finds nothing among motions."""

    leg = Leg.TERMS

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Find nothing by that leg."""
        found = self.index.search(vectors, filters, limit=limit)
        return {**found, self.leg: []} if Kind.MOTIE in filters.kinds else found


class DeafToLetters(Deaf):
    """The same for runs of letters."""

    leg = Leg.GRAMS


class DeafToMeaning(Deaf):
    """The same for meaning."""

    leg = Leg.DENSE


class Blind(Other):
    """Takes no notice of kinds."""

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Find papers of all kinds."""
        return self.index.search(vectors, replace(filters, kinds=frozenset()), limit=limit)


class Elsewhere(Other):
    """Finds another paper of the kind than the one that was asked for."""

    def search(self, vectors: QueryVectors, filters: Filters, *, limit: int) -> Mapping[Leg, Sequence[Scored]]:
        """Find the one that is least alike."""
        found = self.index.search(vectors, filters, limit=1_000)
        return dict.fromkeys(Leg, found[Leg.DENSE][-1:])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Doubling, "lacks 1 of 5 passages, and has others"),
        (Wordless, f"other terms of passage 0 of document {MOTION.sha256[:12]}…, page 1"),
        (Misfiling, "finds no motie by its terms, though there are 1"),
        (Deaf, "finds no motie by its terms"),
        (DeafToLetters, "finds no motie by its grams"),
        (DeafToMeaning, "finds no motie by its dense"),
        (Blind, "takes other papers for a "),
    ],
)
def test_an_index_that_is_not_what_it_should_be_is_not_published(
    data: DataFolder,
    catalogue: Catalogue,
    settings: Settings,
    published: Generation,
    monkeypatch: pytest.MonkeyPatch,
    wrong: Wrapper,
    message: str,
) -> None:
    """This test ensures that a point that was lost while another was doubled, terms that are gone, papers filed under
    another kind, and each leg that finds nothing are noticed, named with the remedy, and made good by the next run."""
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "open_for_writing", lambda *arguments: wrong(open_for_writing(*arguments)))
        with pytest.raises(DataError, match=rf"{message}.*not published.*stays live.*raadspoor-ingest"):
            built(data, catalogue, settings)
    assert live(data) == published
    assert built(data, catalogue, settings) != published


def test_a_paper_that_is_not_found_by_its_own_words_is_noticed(
    data: DataFolder, catalogue: Catalogue, published: Generation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that some answer of the right kind is not enough: it must be the paper that was asked for."""
    with catalogue.writing():
        put(catalogue, a_document("motie 2", kind=Kind.MOTIE), "Draagt op de kade te verlichten.")
    monkeypatch.setattr(indexing, "open_for_writing", lambda *arguments: Elsewhere(open_for_writing(*arguments)))
    with pytest.raises(DataError, match=rf"does not find document [0-9a-f]{{12}}…, a motie, by its own words.*{STAYS}"):
        built(data, catalogue, settings)
    assert live(data) == published


@pytest.mark.parametrize("text", [f"Ingevoegd. {TREES}", TREES.replace("honderd", "tweehonderd"), "Kort."])
def test_text_that_was_altered_after_it_was_cut_is_not_published(
    data: DataFolder, catalogue: Catalogue, published: Generation, settings: Settings, text: str
) -> None:
    """This test ensures that no span is published that points at something else than was cut, and that the message
    leads back to a good copy, since another run would find the same."""
    alter(data, MOTION, text)
    with pytest.raises(DataError, match=rf"document {MOTION.sha256[:12]}….*{STAYS}; put back the last good copy"):
        built(data, catalogue, settings)
    assert live(data) == published


def test_old_text_that_was_altered_is_noticed_in_a_later_night(
    data: DataFolder, catalogue: Catalogue, published: Generation, settings: Settings
) -> None:
    """This test ensures that what was published before is looked at again: its words are those of another text."""
    alter(data, OLD, POOL.replace("twaalf", "dertig"))
    with pytest.raises(DataError, match=rf"the words of passage 0 of document {OLD.sha256[:12]}….*{STAYS}"):
        built(data, catalogue, settings)
    assert live(data) == published


def alter(data: DataFolder, document: Document, text: str) -> None:
    """Write another text into the catalogue, as no program of ours does."""
    with closing(sqlite3.connect(data.catalogue)) as catalogue, catalogue:
        catalogue.execute("UPDATE pages SET text = ? WHERE document = ?", (text, document.sha256))


@pytest.mark.parametrize(
    "papers",
    [
        {},
        {OLD: POOL, MOTION: TREES, LETTER: BRIDGE},
        {replace(OLD, access=Access.GEHEIM): POOL, replace(MOTION, access=Access.BESLOTEN): TREES},
        {OLD: "", MOTION: ""},
        {replace(OLD, title=""): "", replace(MOTION, title=""): ". . ."},
        {replace(OLD, title="Het is van de"): "en de het", replace(MOTION, title="A"): "B 1"},
        {a_document(at, title="Bijlage", kind=Kind.BIJLAGE): "Zie de bijlage." for at in range(150)},
        {a_document(at, title="Nota", kind=Kind.BIJLAGE): "rood wit blauw " * (at % 97 + 1) for at in range(130)},
        {
            a_document(at, title="ĳs İstanbul", kind=Kind.OVERIG): "ß ﬁnanciën 漢字 😀 e\u0301\u00ad\u200b x"
            for at in range(3)
        },
    ],
    ids=[
        "empty",
        "some",
        "secret",
        "waiting scans",
        "no words",
        "stop words",
        "form letters",
        "same words",
        "odd letters",
    ],
)
def test_a_generation_that_is_sound_is_published(
    data: DataFolder, catalogue: Catalogue, settings: Settings, papers: dict[Document, str]
) -> None:
    """This test ensures that nothing is refused that is as it should be: no papers, secret ones alone, scans without
    text, titles and texts without a word to ask for, more papers that say the same than one question brings."""
    put_in(catalogue, papers)
    first = built(data, catalogue, settings)
    assert live(data) == first
    put_in(catalogue, {a_document("later", kind=Kind.AGENDA): "Opening om acht uur."})
    second = built(data, catalogue, settings)
    assert live(data) == second != first


@pytest.mark.parametrize("count", [0, 1, 2, 15, 16, 17, 1_000])
def test_a_sample_is_even_and_the_same_each_time(count: int) -> None:
    """This test ensures that few are all taken, and of many the first, the last and as many between as were asked."""
    numbers = np.arange(count) * 3
    found = even(numbers, 16)
    assert len(found) == min(count, 16)
    assert found == sorted(found) == even(numbers, 16)
    assert {*found} <= {*numbers.tolist()}
    if count:
        assert (found[0], found[-1]) == (0, (count - 1) * 3)
    gaps = np.diff(found)
    assert not len(gaps) or max(gaps) - min(gaps) <= 3
