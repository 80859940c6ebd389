"""A BEIR folder on the product's own road: catalogue, passages, index, engine; nothing is done for the test alone.

Each document of the corpus becomes a paper of one page in a temporary data folder. The embedded engine is used whatever
the settings say: a test collection has no place on a municipality's server.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from council import Catalogue, DataFolder, Document, Kind, Page, Query
from council.settings import Settings
from eval.averages import mean, quantile
from eval.baseline import Bm25
from eval.collection import Collection
from eval.ranking import score_rankings
from eval.significance import Difference, difference
from eval.systems import BASELINE, PRODUCT, unfolded
from search import CUTTING, Embedder, Engine, Generation, SentenceTransformerEmbedder, build, cut

MEASURES = ("nDCG@10", "RR", "R@100")
LEGS = {"terms alone": "weight_terms", "grams alone": "weight_grams", "dense alone": "weight_dense"}
DEPTH = 100
"""How many documents are asked for, if nobody says otherwise."""
_MUNICIPALITY = "gm0000"
Ranking = Sequence[tuple[str, float]]
"""Ids of the corpus and scores, best first."""
Search = Callable[[str], tuple[Ranking, float]]
"""Gives a ranking, and the seconds that a reader would wait for the first page of it."""
Progress = Callable[[str, int, int], None]
"""Told which stage it is in, how many things of it are done, and of how many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """What one system found, and what that is worth."""

    rankings: Mapping[str, Ranking]
    scores: Mapping[str, Mapping[str, float]]
    """Per question the value of each of :data:`MEASURES`."""
    seconds: tuple[float, ...]
    """Per question, in order."""

    def mean(self, measure: str) -> float:
        """Return the mean over all judged questions; one without a result counts 0."""
        return mean(values[measure] for values in self.scores.values()) or 0.0

    def latency(self, share: float) -> float:
        """Return the seconds within which this share of the questions was answered."""
        return quantile(self.seconds, share)


@dataclass(frozen=True, kw_only=True, slots=True)
class BeirResult:
    """A collection measured."""

    collection: Collection
    settings: Settings
    generation: Generation
    passages: int
    index_seconds: float
    depth: int
    systems: Mapping[str, Ranked]
    """The product first, then each leg alone if asked for, then the baseline."""

    def against_baseline(self, measure: str) -> Difference:
        """Return the product's difference with plain BM25 on one measure, and its chance."""
        before, after = (
            {id_: values[measure] for id_, values in self.systems[name].scores.items()} for name in (BASELINE, PRODUCT)
        )
        return difference(before, after)


def evaluate_beir(
    collection: Collection,
    settings: Settings,
    *,
    legs: bool = False,
    depth: int = DEPTH,
    embedder: Embedder | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> BeirResult:
    """Index a collection in a temporary data folder, search it, and measure.

    Args:
        collection: corpus, questions and judgements.
        settings: model and weights.
        legs: search with each leg alone too.
        depth: how many documents are asked for per question; what lies deeper counts as not found.
        embedder: another embedder than the settings ask for.
        progress: told how far it is.

    Raises:
        DataError: the model cannot be loaded, or the temporary folder cannot hold the index.
    """
    settings = settings.model_copy(update={"qdrant_url": ""})
    model = embedder or SentenceTransformerEmbedder.from_settings(settings)
    with tempfile.TemporaryDirectory(prefix="raadspoor-eval-") as folder:
        data = DataFolder(Path(folder))
        started = time.perf_counter()
        names, passages, generation = put_in(collection, data, settings, model, progress)
        spent = time.perf_counter() - started
        systems = {}
        for name, chosen in _variants(settings, legs=legs).items():
            engine = Engine(data, chosen, embedder=model)
            try:
                engine.warm()
                systems[name] = _asked(collection, _searcher(engine, names, depth), name, progress)
            finally:
                engine.close()
    systems[BASELINE] = _asked(collection, _plain(collection, depth), BASELINE, progress)
    return BeirResult(
        collection=collection,
        settings=settings,
        generation=generation,
        passages=passages,
        index_seconds=spent,
        depth=depth,
        systems=systems,
    )


def _variants(settings: Settings, *, legs: bool) -> Mapping[str, Settings]:
    variants = {PRODUCT: settings}
    if legs:
        for name, only in LEGS.items():
            weights = {field: 1.0 if field == only else 0.0 for field in LEGS.values()}
            variants[name] = settings.model_copy(update=weights)
    return variants


def put_in(
    collection: Collection, data: DataFolder, settings: Settings, model: Embedder, progress: Progress
) -> tuple[Mapping[str, str], int, Generation]:
    """Put the corpus into a data folder; return its ids by SHA-256, how many passages it has, and the generation."""
    names: dict[str, str] = {}
    passages = 0
    catalogue = Catalogue(data.catalogue, create=True)
    try:
        with catalogue.writing():
            for done, (document, page) in enumerate(papers(collection), start=1):
                pieces = cut(document, (page,))
                catalogue.put(document, (page,), pieces, cutting=CUTTING)
                names[document.sha256] = document.filename
                passages += len(pieces)
                progress("Cutting", done, len(collection.corpus))
        generation = build(
            settings,
            data,
            catalogue,
            lambda: model,
            municipality=_MUNICIPALITY,
            progress=lambda done, documents: progress("Indexing", done, passages),
        )
    finally:
        catalogue.close()
    return names, passages, generation


def papers(collection: Collection) -> Iterator[tuple[Document, Page]]:
    """Yield each document of a corpus as a paper of one page; its file name is the id that the judgements use."""
    for item in collection.corpus.values():
        # The id belongs to the bytes: two documents of a corpus may say the same and are judged apart.
        content = "\0".join((item.id, item.title, item.text))
        document = Document(
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            title=item.title,
            kind=Kind.OVERIG,
            municipality=_MUNICIPALITY,
            body="",
            date=None,
            page_count=1,
            filename=item.id,
        )
        yield document, Page(number=1, text=item.text)


def _searcher(engine: Engine, names: Mapping[str, str], depth: int) -> Search:
    def search(question: str) -> tuple[Ranking, float]:
        started = time.perf_counter()
        engine.search(Query(text=question))
        spent = time.perf_counter() - started
        # Nobody reads a hundred results, so nobody waits for them.
        hits = engine.search(Query(text=question, limit=depth)).hits
        return [(names[document.sha256], score) for document, _, score in unfolded(hits)[:depth]], spent

    return search


def _plain(collection: Collection, depth: int) -> Search:
    bm25 = Bm25({item.id: f"{item.title} {item.text}" for item in collection.corpus.values()})

    def search(question: str) -> tuple[Ranking, float]:
        started = time.perf_counter()
        found = bm25.rank(question)[:depth]
        return found, time.perf_counter() - started

    return search


def _asked(collection: Collection, search: Search, name: str, progress: Progress) -> Ranked:
    rankings: dict[str, Ranking] = {}
    seconds = []
    for done, (id_, text) in enumerate(collection.questions.items(), start=1):
        rankings[id_], spent = search(text)
        seconds.append(spent)
        progress(name, done, len(collection.questions))
    names = {id_: [document for document, _ in ranking] for id_, ranking in rankings.items()}
    return Ranked(rankings=rankings, scores=score_rankings(collection.qrels, names, MEASURES), seconds=tuple(seconds))
