"""A question in, ranked documents and a cited answer out.

One engine serves all threads of a process. It follows the pointer to the live generation, and it never shows what the
catalogue no longer allows: a document that was withdrawn or made secret since the index was built is excluded within
every leg, and everything shown is read from the catalogue and checked once more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from council import (
    Answer,
    Catalogue,
    Citation,
    DataFolder,
    Filters,
    Hit,
    Leg,
    LegPlace,
    ModelMismatch,
    Query,
    Results,
)
from council.settings import Settings
from search import dutch
from search.answer import NOTHING, choose
from search.embedding import Embedder, SentenceTransformerEmbedder, Vectors
from search.features import Feature
from search.fusion import fuse
from search.generation import Generation, must_be_live, pointer_mark
from search.index import PassageIndex, QueryVectors
from search.indexing import EVERYTHING, revision
from search.open_index import open_for_reading
from search.question import Question, prepare
from search.quoting import candidates, read_back, reader
from search.ranking import Ranked, by_document, facets
from search.snippet import snippet
from search.sparse import grams, query_vector
from search.vocabulary import Vocabulary
from search.word_vectors import WordVectors

CANDIDATES = 200
"""How many passages each leg brings in."""
_OTHERS = 3
"""How many more passages of a document a hit names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Live:
    """An open generation."""

    generation: Generation
    index: PassageIndex
    vocabulary: Vocabulary
    revisions: frozenset[str]
    mark: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A ranking, before a page of it is shown."""

    question: Question
    asked: Vectors
    order: tuple[Ranked, ...]
    timings: Mapping[str, float]


class Engine:
    """Searches one data folder.

    Args:
        data: the data folder.
        settings: model, engine and weights.
        embedder: another embedder than the settings ask for (tests, comparisons).
        without: features that add nothing to a sentence's score (comparisons).

    Raises:
        NotIngested: nothing was ever published there.
        ModelMismatch: the index was made with another model or analysis.
    """

    def __init__(
        self,
        data: DataFolder,
        settings: Settings,
        *,
        embedder: Embedder | None = None,
        without: Set[Feature] = frozenset(),
    ) -> None:
        self.catalogue = Catalogue(data.catalogue)
        self.data = data
        self.settings = settings
        self._without = without
        self._embedder = embedder or SentenceTransformerEmbedder.from_settings(settings)
        self._words = WordVectors(self._embedder.queries)
        self._lock = threading.Lock()
        self._live = self._open()
        self._retired: PassageIndex | None = None
        self._revoked: tuple[tuple[int, ...], frozenset[str]] | None = None

    @property
    def generation(self) -> Generation:
        """The generation that answers now."""
        return self._live.generation

    @property
    def vocabulary(self) -> Vocabulary:
        """How rare each term is in it."""
        return self._live.vocabulary

    def warm(self) -> None:
        """Load the model now, so that the first reader does not wait for it."""
        self._embedder.queries(["gemeenteraad"])
        dutch.terms("gemeenteraadsvergadering")

    def close(self) -> None:
        """Let go of the index and the catalogue."""
        self._live.index.close()
        if self._retired is not None:
            self._retired.close()
        self.catalogue.close()

    def search(self, query: Query) -> Results:
        """Return one page of documents for a question."""
        return self._results(query, self._find(query))

    def ask(self, query: Query) -> tuple[Results, Answer]:
        """Return one page of documents and the cited answer."""
        found = self._find(query)
        started = time.perf_counter()
        answer = self._answer(found, self.catalogue.reach(query.filters)[1])
        results = self._results(query, found)
        timings = {**results.timings, "answer": time.perf_counter() - started}
        return replace(results, timings=timings), answer

    # Finding

    def _find(self, query: Query) -> _Found:
        clock = _Clock()
        live = self._current()
        question = prepare(query.text, live.vocabulary)
        if not question.words or not query.filters.access:
            return _Found(question=question, asked=np.zeros(0, np.float32), order=(), timings=clock.laps)
        asked = self._embedder.queries([question.text])[0]
        vectors = QueryVectors(
            terms=query_vector(question.asked_terms),
            grams=query_vector(grams(question.text)),
            dense=tuple(asked.tolist()),
        )
        clock.lap("analyse")
        filters = self._allowed(query.filters)
        legs = live.index.search(vectors, filters, limit=CANDIDATES)
        clock.lap("legs")
        fused = fuse(legs, self._weights())
        order = by_document(self.catalogue, fused, filters)
        clock.lap("rank")
        return _Found(question=question, asked=asked, order=order, timings=clock.laps)

    def _weights(self) -> Mapping[Leg, float]:
        chosen = self.settings
        return {Leg.TERMS: chosen.weight_terms, Leg.GRAMS: chosen.weight_grams, Leg.DENSE: chosen.weight_dense}

    # Showing

    def _results(self, query: Query, found: _Found) -> Results:
        started = time.perf_counter()
        searched, latest = self.catalogue.reach(query.filters)
        page = found.order[query.offset : query.offset + query.limit]
        hits = tuple(filter(None, (self._hit(found.question, item) for item in page)))
        return Results(
            query=query,
            hits=hits,
            total=len(found.order),
            searched=searched,
            latest=latest,
            facets=facets(found.order),
            timings={**found.timings, "show": time.perf_counter() - started},
            hint=found.question.hint,
        )

    def _hit(self, question: Question, item: Ranked) -> Hit | None:
        shown = item.passages[: 1 + _OTHERS]
        passages = self.catalogue.passages([fused.id for fused in shown])
        best, passage = shown[0], passages.get(shown[0].id)
        if passage is None:
            return None
        read = reader(self.catalogue, item.document.sha256)
        return Hit(
            document=item.document,
            passage=passage,
            citation=Citation(document=item.document.sha256, spans=passage.spans),
            snippet=snippet([read(spans) for spans in passage.sentences], question.terms, fallback=item.document.title),
            score=best.score,
            legs={leg: best.legs.get(leg, LegPlace(rank=0, score=0.0)) for leg in Leg},
            other_passages=tuple(passages[fused.id] for fused in shown[1:] if fused.id in passages),
        )

    # Answering

    def _answer(self, found: _Found, latest: date | None) -> Answer:
        sentences = candidates(self.catalogue, found.order, found.question.moment)
        if sentences:
            choice = choose(
                found.question,
                sentences,
                found.asked,
                self._embedder.passages,
                embed_words=self._words if self._embedder.knows_words else None,
                latest=latest,
                without=self._without,
            )
        else:
            choice = NOTHING
        quotes = tuple(filter(None, (read_back(self.catalogue, chosen) for chosen in choice.sentences)))
        if not quotes:
            choice = replace(choice, sentences=(), verdict=NOTHING.verdict)
        return Answer(
            sentences=quotes,
            verdict=choice.verdict,
            coverage=choice.coverage,
            confidence=choice.confidence,
            missing=choice.missing,
        )

    # Following the live generation

    def _open(self) -> _Live:
        mark = pointer_mark(self.data)
        generation = must_be_live(self.data)
        self._must_fit(generation)
        some = next(self.catalogue.documents(), None)
        index = open_for_reading(self.settings, self.data, generation, some.municipality if some else "")
        return _Live(
            generation=generation,
            index=index,
            vocabulary=Vocabulary.read(generation.vocabulary(self.data)),
            revisions=frozenset(index.facet("revision", EVERYTHING)),
            mark=mark,
        )

    def _must_fit(self, generation: Generation) -> None:
        if generation.model != self._embedder.fingerprint:
            raise ModelMismatch(
                f"{self.data.root} was indexed with the model {generation.model} and this process has "
                f"{self._embedder.fingerprint}; set RAADSPOOR_MODEL and the prompts as they were, or run "
                "raadspoor-ingest again to index with this model"
            )
        if generation.analysis != dutch.ANALYSIS:
            raise ModelMismatch(
                f"{self.data.root} was indexed with the word analysis {generation.analysis} and this program has "
                f"{dutch.ANALYSIS}; run raadspoor-ingest again"
            )

    def _current(self) -> _Live:
        if pointer_mark(self.data) != self._live.mark:
            with self._lock:
                if pointer_mark(self.data) != self._live.mark:
                    # Another thread may be in the middle of a question to the old one: it is closed a change later.
                    if self._retired is not None:
                        self._retired.close()
                    self._retired, self._live = self._live.index, self._open()
                    self._revoked = None
        return self._live

    def _allowed(self, filters: Filters) -> Filters:
        """Return the filters with everything excluded that changed in the catalogue since the index was built."""
        mark = self.catalogue.change_mark()
        if self._revoked is None or self._revoked[0] != mark:
            current = {revision(document) for document in self.catalogue.documents()}
            stale = {rev.partition(".")[0] for rev in self._live.revisions - current}
            self._revoked = (mark, frozenset(stale))
        return replace(filters, without=filters.without | self._revoked[1])


class _Clock:
    """Measures the steps of one question, in seconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
