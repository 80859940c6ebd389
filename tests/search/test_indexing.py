"""The catalogue becomes an index: only what changed is done, and whatever goes wrong leaves the old one live."""

import datetime as dt
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from qdrant_client import QdrantClient

from council import Access, Catalogue, DataError, DataFolder, Document, Kind, ModelMismatch, Query, State
from council.settings import Settings
from search import Engine, dutch, index_server, indexing, open_searches, searchers
from search.generation import POINTER, Generation, live
from search.gram_counts import GramCounts
from search.index import EVERYTHING, PassageIndex, PassagePoint
from search.indexable import Indexable, indexables, revision
from search.indexing import build
from search.open_index import open_for_reading, open_for_writing
from search.sparse import gram_vector
from search.vocabulary import Vocabulary
from tests.fakes import FakeEmbedder, a_document, a_passage, put

HOME = "gm9901"
SETTINGS = Settings(qdrant_url="")
POOL = a_document("zwembad", title="Nieuw zwembad", date=dt.date(2024, 3, 1))
BINS = a_document("afval", title="Afvalbeleid", date=dt.date(2024, 3, 2))
SECRET = a_document("grond", title="Grondaankoop", access=Access.GEHEIM)
TEXTS: dict[Document, Sequence[str]] = {
    POOL: ("De raad stelt twaalf miljoen euro beschikbaar voor het zwembad.", "Het zwembad opent in 2026."),
    BINS: ("De afvalstoffenheffing stijgt met vijf procent. Daarover is gesproken.",),
    SECRET: ("Het college koopt het perceel aan de Kerkweg.",),
}


EVERY_GRAM = sorted({at for texts in TEXTS.values() for text in texts for at in gram_vector(text, average=1.0).indices})


@pytest.fixture
def catalogue(data: DataFolder) -> Iterator[Catalogue]:
    """Give a catalogue with three papers, one of them secret."""
    made = Catalogue(data.catalogue, create=True)
    with made.writing():
        for document, texts in TEXTS.items():
            put(made, document, *texts)
    yield made
    made.close()


def built(
    data: DataFolder, catalogue: Catalogue, embedder: FakeEmbedder | None = None, settings: Settings = SETTINGS
) -> Generation:
    """Bring the index up to date."""
    return build(settings, data, catalogue, lambda: embedder or FakeEmbedder(), municipality=HOME)


def looked_into(data: DataFolder, generation: Generation, settings: Settings = SETTINGS) -> dict[str, Any]:
    """Return what a generation holds, and its vocabulary."""
    index = open_for_reading(settings, data, generation, HOME)
    vocabulary = Vocabulary.read(generation.vocabulary(data))
    grams = GramCounts.read(generation.grams(data))
    found = {
        "revisions": dict(index.facet("revision", EVERYTHING)),
        "access": dict(index.facet("access", EVERYTHING)),
        "count": index.count(EVERYTHING),
        "passages": vocabulary.passages,
        "frequencies": {term: vocabulary.frequency(term) for term in vocabulary},
        "grams": dict(zip(EVERY_GRAM, grams.frequencies(EVERY_GRAM).tolist(), strict=True)),
    }
    index.close()
    return found


def expected(catalogue: Catalogue) -> dict[str, Any]:
    """Return what an index of this catalogue must hold, counted from the catalogue alone."""
    vocabulary = Vocabulary()
    grams: Counter[int] = Counter()
    revisions: dict[str, int] = {}
    access: dict[str, int] = {}
    for document in catalogue.documents():
        for item in indexables(catalogue, document):
            if document.access is Access.OPENBAAR:
                vocabulary.add(dutch.terms(item.weighed))
                grams.update(gram_vector(item.weighed, average=1.0).indices)
            revisions[revision(document)] = revisions.get(revision(document), 0) + 1
            access[document.access.value] = access.get(document.access.value, 0) + 1
    return {
        "revisions": revisions,
        "access": access,
        "count": sum(revisions.values()),
        "passages": vocabulary.passages,
        "frequencies": {term: vocabulary.frequency(term) for term in vocabulary},
        "grams": {index: grams[index] for index in EVERY_GRAM},
    }


def change(catalogue: Catalogue, document: Document, **changes: Any) -> None:
    """Describe a document otherwise."""
    kept = catalogue.document(document.sha256)
    assert kept is not None
    with catalogue.writing():
        catalogue.describe(replace(kept, **changes))


def test_a_first_build_publishes_all_that_the_catalogue_holds(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that every live passage is in the index once, with its words counted."""
    embedder = FakeEmbedder()
    generation = built(data, catalogue, embedder)
    assert live(data) == generation
    assert (generation.model, generation.dimension, generation.analysis) == ("fake-16", 16, dutch.ANALYSIS)
    assert generation.average_terms > 1
    assert generation.average_grams > 1
    assert looked_into(data, generation) == expected(catalogue)
    assert embedder.asked == expected(catalogue)["count"]


def test_when_nothing_changed_the_same_generation_stays_live(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that a night without papers costs no new generation and no vector."""
    first = built(data, catalogue)
    embedder = FakeEmbedder()
    assert built(data, catalogue, embedder) == first
    assert embedder.asked == 0
    assert {path.name for path in data.index.iterdir() if path.is_dir()} == {first.name}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Het nieuwe zwembad"},
        {"kind": Kind.MOTIE},
        {"access": Access.BESLOTEN},
        {"date": dt.date(2024, 3, 3)},
        {"date": None},
        {"body": "commissie Ruimte"},
        {"case_number": "Z-24-1"},
    ],
)
def test_what_the_index_holds_of_a_paper_is_renewed_when_it_changes(
    data: DataFolder, catalogue: Catalogue, changes: dict[str, Any]
) -> None:
    """This test ensures that a new title, kind, access, date, body or case number gives only that paper new points."""
    first = built(data, catalogue)
    change(catalogue, POOL, **changes)
    embedder = FakeEmbedder()
    second = built(data, catalogue, embedder)
    assert second != first
    assert live(data) == second
    assert looked_into(data, second) == expected(catalogue)
    assert embedder.asked == len(catalogue.passages_of(POOL.sha256))


@pytest.mark.parametrize(
    "changes",
    [
        {"meeting": dt.date(2024, 4, 1)},
        {"agenda_item": "9"},
        {"source_url": "https://example.org"},
        {"filename": "elders.pdf"},
        {"version_of": "x"},
        {"derived": frozenset({"title"})},
    ],
)
def test_what_the_index_does_not_hold_costs_no_new_generation(
    data: DataFolder, catalogue: Catalogue, changes: dict[str, Any]
) -> None:
    """This test ensures that a change of what only the catalogue knows is not a change of the index."""
    first = built(data, catalogue)
    change(catalogue, POOL, **changes)
    assert built(data, catalogue) == first


def test_a_paper_without_text_is_found_by_the_name_of_its_file(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that a scan that waits is found by its file's name beside its title, by its new name when it is
    renamed, and once it was read by its own words and no longer by that name."""
    scan = a_document("x", title="Brief van de provincie", filename="post/2024-017_sluis-haven.pdf")
    with catalogue.writing():
        put(catalogue, scan, "", "")

    def found(text: str) -> list[str]:
        built(data, catalogue)
        engine = Engine(data, SETTINGS, embedder=FakeEmbedder())
        hits = engine.search(Query(text=text)).hits
        engine.close()
        return [hit.document.title for hit in hits if hit.matches]

    assert found("sluis haven") == found("provincie") == [scan.title]
    change(catalogue, scan, filename="post/2024-017_kanaal.pdf")
    assert found("kanaal") == [scan.title]
    assert found("sluis haven") == []
    with catalogue.writing():
        put(catalogue, replace(scan, filename="post/kanaal.pdf"), "De dijk wordt versterkt.", "")
    assert found("dijk") == [scan.title]
    assert found("kanaal") == []


def test_other_text_of_the_same_bytes_is_indexed_anew(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that a scan is found by its words after it was read, and no longer by its title alone."""
    built(data, catalogue)
    with catalogue.writing():
        put(catalogue, POOL, "Het zwembad krijgt een glijbaan.")
    generation = built(data, catalogue)
    found = looked_into(data, generation)
    assert found == expected(catalogue)
    assert found["frequencies"][dutch.stem("glijbaan")] == 1
    assert dutch.stem("twaalf") not in found["frequencies"]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.SUPERSEDED, State.HELD])
def test_a_paper_that_is_no_longer_live_leaves_the_index(data: DataFolder, catalogue: Catalogue, state: State) -> None:
    """This test ensures that after the next build nothing of a withdrawn paper is left, its words included."""
    built(data, catalogue)
    with catalogue.writing():
        catalogue.set_state(BINS.sha256, state)
    found = looked_into(data, built(data, catalogue))
    assert found == expected(catalogue)
    assert not any(rev.startswith(BINS.sha256) for rev in found["revisions"])


def test_many_small_changes_leave_the_words_counted_as_one_build_would(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that how rare a word is does not drift, night after night, away from what is published."""
    built(data, catalogue)
    change(catalogue, POOL, title="Een heel andere titel over schaatsen")
    built(data, catalogue)
    change(catalogue, POOL, title="En nog een titel")
    with catalogue.writing():
        put(catalogue, a_document("brug"), "De brug over de Dalm wordt vernieuwd.")
        put(catalogue, BINS, "Andere tekst na het lezen van de scan.", "Met een tweede bladzijde.")
        catalogue.set_state(POOL.sha256, State.WITHDRAWN)
    generation = built(data, catalogue)
    assert looked_into(data, generation) == expected(catalogue)


def test_only_two_generations_are_kept(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that a year of nights leaves the live index and the one before it."""
    names = []
    for number in range(4):
        change(catalogue, POOL, title=f"Titel {number}")
        names.append(built(data, catalogue).name)
    assert {path.name for path in data.index.iterdir() if path.is_dir()} == set(names[-2:])


@pytest.mark.parametrize("error", [RuntimeError("killed"), KeyboardInterrupt()])
def test_a_build_that_is_cut_short_leaves_the_old_generation_live(
    data: DataFolder, catalogue: Catalogue, error: BaseException
) -> None:
    """This test ensures that readers notice nothing of a run that died, and that the next run clears up after it."""
    first = built(data, catalogue)
    before = looked_into(data, first)
    change(catalogue, POOL, title="Nieuwe titel")

    def die(done: int, documents: int) -> None:
        if done:
            raise error

    with pytest.raises(type(error)):
        build(SETTINGS, data, catalogue, FakeEmbedder, municipality=HOME, progress=die)
    assert live(data) == first
    assert looked_into(data, first) == before
    assert len([path for path in data.index.iterdir() if path.is_dir()]) == 2
    second = built(data, catalogue)
    assert looked_into(data, second) == expected(catalogue)
    assert {path.name for path in data.index.iterdir() if path.is_dir()} == {first.name, second.name}


def test_a_first_build_that_is_cut_short_publishes_nothing(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that half an index is never taken for a whole one."""

    def die(done: int, documents: int) -> None:
        if done:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        build(SETTINGS, data, catalogue, FakeEmbedder, municipality=HOME, progress=die)
    assert live(data) is None
    assert looked_into(data, built(data, catalogue)) == expected(catalogue)


def test_progress_tells_how_many_passages_are_done(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that the clerk sees how far the index is, from the beginning up to the last passage."""
    told: list[tuple[int, int]] = []
    build(SETTINGS, data, catalogue, FakeEmbedder, municipality=HOME, progress=lambda *far: told.append(far))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0] == (0, 3)
    assert told[-1] == (expected(catalogue)["count"], 3)


def cut_in_half(path: Path) -> None:
    """Leave the first half of a file, as a disk that was full would."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def largest_of(store: Path) -> Path:
    return max((path for path in store.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)


DAMAGE: dict[str, Callable[[DataFolder, Generation], object]] = {
    "words": lambda data, generation: cut_in_half(generation.words(data) / "words.numbers.npy"),
    "lexicon": lambda data, generation: cut_in_half(generation.lexicon(data)),
    "vocabulary": lambda data, generation: generation.vocabulary(data).unlink(),
    "5-grams": lambda data, generation: cut_in_half(generation.grams(data)),
    "revisions": lambda data, generation: (generation.folder(data) / "revisions.txt").write_bytes(b"\xff"),
    "store": lambda data, generation: shutil.rmtree(generation.store(data)),
    "settings of the store": lambda data, generation: cut_in_half(generation.store(data) / "edge_config.json"),
    "a file of the store": lambda data, generation: cut_in_half(largest_of(generation.store(data))),
    "segments of the store": lambda data, generation: shutil.rmtree(generation.store(data) / "segments"),
    "sizes": lambda data, generation: cut_in_half(generation.sizes(data)),
    "description": lambda data, generation: cut_in_half(generation.folder(data) / "generation.json"),
    "folder": lambda data, generation: shutil.rmtree(generation.folder(data)),
    "pointer": lambda data, generation: cut_in_half(data.index / POINTER),
}


@pytest.mark.parametrize("news", [False, True])
@pytest.mark.parametrize("lost", DAMAGE)
def test_a_live_generation_that_is_damaged_is_built_anew(
    data: DataFolder, catalogue: Catalogue, lost: str, news: bool
) -> None:
    """This test ensures that the remedy that a reader is given is true: whatever was lost, the next night makes the
    index whole again, with papers that are new and without, and says so."""
    first = built(data, catalogue)
    DAMAGE[lost](data, first)
    if news:
        with catalogue.writing():
            put(catalogue, a_document("brug", title="De brug"), "De brug over de Dalm wordt vernieuwd.")
    told: list[str] = []
    second = build(SETTINGS, data, catalogue, FakeEmbedder, municipality=HOME, warn=told.append)
    assert second != first
    assert live(data) == second
    assert looked_into(data, second) == expected(catalogue)
    engine = Engine(data, SETTINGS, embedder=FakeEmbedder())
    assert engine.search(Query(text="zwembad")).hits[0].document.title == POOL.title
    engine.close()
    if lost != "revisions":  # a list that is made of the index, and is not missed
        (warning,) = told
        assert re.fullmatch(r"the live index is damaged, and is built anew .*", warning)
        assert built(data, catalogue) == second


class Leaky:
    """An index that loses one point of every batch."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def upsert(self, points: Sequence[PassagePoint]) -> None:
        """Store all points but the last."""
        self._index.upsert(points[:-1])


def test_an_index_that_does_not_hold_what_the_catalogue_says_is_not_published(
    data: DataFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that points that an engine lost are noticed before any reader misses them."""
    first = built(data, catalogue)
    change(catalogue, POOL, title="Nieuwe titel")
    whole = open_for_writing
    monkeypatch.setattr(indexing, "open_for_writing", lambda *arguments: Leaky(whole(*arguments)))
    with pytest.raises(DataError, match=r"was not published.*stays live"):
        built(data, catalogue)
    assert live(data) == first


def test_an_index_of_another_model_is_made_anew(data: DataFolder, catalogue: Catalogue) -> None:
    """This test ensures that vectors of two models, or of two sizes, never stand in one index."""
    built(data, catalogue)
    other = FakeEmbedder(name="other", dimension=24)
    generation = built(data, catalogue, other)
    assert (generation.model, generation.dimension) == ("other-24", 24)
    assert other.asked == expected(catalogue)["count"]
    assert looked_into(data, generation) == expected(catalogue)


def test_an_index_of_another_analysis_is_made_anew(
    data: DataFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that a new way of cutting words reaches every paper, not only the new ones."""
    now = dutch.ANALYSIS
    first = built(data, catalogue)
    monkeypatch.setattr(dutch, "ANALYSIS", "dutch-next")
    embedder = FakeEmbedder()
    second = built(data, catalogue, embedder)
    assert (first.analysis, second.analysis) == (now, "dutch-next")
    assert embedder.asked == expected(catalogue)["count"]


def test_a_reader_with_another_model_or_analysis_is_refused(
    data: DataFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that nobody gets nonsense from vectors or words that cannot be compared."""
    built(data, catalogue)
    for other in (FakeEmbedder(name="other"), FakeEmbedder(dimension=24)):
        with pytest.raises(ModelMismatch, match="RAADSPOOR_MODEL"):
            Engine(data, SETTINGS, embedder=other)
    monkeypatch.setattr(dutch, "ANALYSIS", "dutch-next")
    with pytest.raises(ModelMismatch, match="word analysis"):
        Engine(data, SETTINGS, embedder=FakeEmbedder())


def test_a_reader_that_is_refused_lets_go_of_catalogue_and_store(
    data: DataFolder, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that who tries again and again, until an index can be read, holds neither the catalogue nor the
    store."""
    generation = built(data, catalogue)
    catalogue.close()

    def held() -> list[str]:
        # The words are mapped, and go with whoever knows of them.
        open_files = (Path(file.path) for file in psutil.Process().open_files())
        return [str(path) for path in open_files if path.is_relative_to(data.root) and path.suffix != ".npy"]

    def does_not_answer(self: Engine, query: Query) -> None:
        raise DataError("it does not answer")

    # What was raised keeps what it came from, so nothing is closed only because nobody knows of it any more.
    with pytest.raises(ModelMismatch) as other:
        Engine(data, SETTINGS, embedder=FakeEmbedder(name="other"))
    assert held() == []
    with monkeypatch.context() as patched, pytest.raises(DataError, match="does not answer") as silent:
        patched.setattr(searchers, "Engine", partial(Engine, embedder=FakeEmbedder()))
        patched.setattr(Engine, "search", does_not_answer)
        open_searches(data, SETTINGS)
    assert held() == []
    generation.lexicon(data).unlink()
    with pytest.raises(DataError, match="lexicon") as damaged:
        Engine(data, SETTINGS, embedder=FakeEmbedder())
    assert held() == []
    assert all(one.tb is not None for one in (other, silent, damaged))


def test_a_reader_follows_to_the_new_generation_and_never_shows_what_is_withdrawn(
    data: DataFolder, catalogue: Catalogue
) -> None:
    """This test ensures that a paper is gone the moment the catalogue says so, and a new one there when published."""
    built(data, catalogue)
    engine = Engine(data, SETTINGS, embedder=FakeEmbedder())
    ask = Query(text="zwembad afvalstoffenheffing brug perceel")

    def titles() -> set[str]:
        return {hit.document.title for hit in engine.search(ask).hits}

    assert titles() == {POOL.title, BINS.title}
    with catalogue.writing():
        catalogue.set_state(BINS.sha256, State.WITHDRAWN)
        put(catalogue, a_document("brug", title="De brug"), "De brug over de Dalm wordt vernieuwd.")
    assert titles() == {POOL.title}
    generation = built(data, catalogue)
    assert titles() == {POOL.title, "De brug"}
    assert engine.generation == generation
    change(catalogue, POOL, access=Access.GEHEIM)
    assert titles() == {"De brug"}
    engine.close()


def test_an_empty_catalogue_becomes_an_empty_index(data: DataFolder) -> None:
    """This test ensures that a municipality may begin without papers, and that its first paper is then indexed."""
    catalogue = Catalogue(data.catalogue, create=True)
    generation = built(data, catalogue)
    assert looked_into(data, generation)["count"] == 0
    engine = Engine(data, SETTINGS, embedder=FakeEmbedder())
    assert engine.search(Query(text="zwembad")).total == 0
    engine.close()
    with catalogue.writing():
        put(catalogue, POOL, *TEXTS[POOL])
    assert looked_into(data, built(data, catalogue)) == expected(catalogue)
    catalogue.close()


# On a server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give settings that name a server, and let a program in memory stand in for it."""
    shared = QdrantClient(":memory:")
    monkeypatch.setattr(shared, "close", lambda: None)
    monkeypatch.setattr(index_server, "connect", lambda url, key: shared)
    return Settings(qdrant_url="http://qdrant.example")


def test_an_index_on_a_server_is_kept_up_to_date(data: DataFolder, catalogue: Catalogue, server: Settings) -> None:
    """This test ensures that changes reach a server as they reach the embedded engine."""
    first = built(data, catalogue, settings=server)
    assert first.collection == f"raadspoor-{HOME}-{first.name}"
    assert looked_into(data, first, server) == expected(catalogue)
    assert built(data, catalogue, settings=server) == first
    change(catalogue, POOL, title="Nieuwe titel")
    with catalogue.writing():
        catalogue.set_state(BINS.sha256, State.WITHDRAWN)
    assert looked_into(data, built(data, catalogue, settings=server), server) == expected(catalogue)


@pytest.mark.parametrize("withdrawn_meanwhile", [State.LIVE, State.WITHDRAWN])
@pytest.mark.parametrize("published", [False, True])
def test_a_run_that_died_on_a_server_is_made_good_by_the_next(
    data: DataFolder, catalogue: Catalogue, server: Settings, published: bool, withdrawn_meanwhile: State
) -> None:
    """This test ensures that a collection that was left half done ends up complete, with its words counted once."""
    if published:
        built(data, catalogue, settings=server)
        with catalogue.writing():
            put(catalogue, a_document("brug"), "De brug over de Dalm wordt vernieuwd.")

    def die(done: int, documents: int) -> None:
        if done:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        build(server, data, catalogue, FakeEmbedder, municipality=HOME, progress=die)
    with catalogue.writing():
        catalogue.set_state(SECRET.sha256, withdrawn_meanwhile)
    generation = built(data, catalogue, settings=server)
    assert looked_into(data, generation, server) == expected(catalogue)


def test_moving_between_the_embedded_engine_and_a_server_makes_the_index_anew(
    data: DataFolder, catalogue: Catalogue, server: Settings
) -> None:
    """This test ensures that setting or taking away the address of a server is all that a move needs."""
    steps: list[tuple[Settings, Callable[[Generation], bool]]] = [
        (SETTINGS, lambda generation: not generation.collection),
        (server, lambda generation: bool(generation.collection)),
        (SETTINGS, lambda generation: not generation.collection),
    ]
    for settings, fits in steps:
        generation = built(data, catalogue, settings=settings)
        assert fits(generation)
        assert looked_into(data, generation, settings) == expected(catalogue)


def test_the_opening_of_a_document_counts_three_times_and_no_other_passage_does() -> None:
    """This test ensures the arithmetic: 40 words thrice at the beginning, what follows once."""
    document = a_document("opening", title="Nota")
    text = " ".join(f"w{at}" for at in range(50))
    first, second = (
        Indexable(document=document, passage=a_passage(document, ordinal), text=text).weighed.split()
        for ordinal in (0, 1)
    )
    assert (first.count("w0"), first.count("w39"), first.count("w40"), first.count("Nota.")) == (3, 3, 1, 1)
    assert (second.count("w0"), second.count("w39")) == (1, 1)
