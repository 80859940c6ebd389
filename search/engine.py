"""A question in, ranked documents and a cited answer out.

One engine serves all threads of a process. It follows the pointer to the live generation, and it never shows what the
catalogue no longer allows: a document that was withdrawn or made secret since the index was built is excluded within
every leg, and everything shown is read from the catalogue and checked once more.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from council import (
    Answer,
    AnswerSentence,
    Catalogue,
    Citation,
    DataFolder,
    Document,
    FacetValue,
    Filters,
    Hit,
    Leg,
    LegPlace,
    ModelMismatch,
    Passage,
    Query,
    QuoteError,
    Results,
    Spans,
    readable,
)
from council.settings import Settings
from search import dutch
from search.answer import NOTHING, Choice, choose
from search.embedding import Embedder, SentenceTransformerEmbedder, Vectors
from search.features import Candidate
from search.fusion import Fused, fuse
from search.generation import Generation, must_be_live, pointer_mark
from search.index import PassageIndex, QueryVectors
from search.indexing import EVERYTHING, revision
from search.intent import Moment
from search.open_index import open_for_reading
from search.question import Question, prepare
from search.snippet import snippet
from search.sparse import grams, query_vector
from search.vocabulary import Vocabulary

CANDIDATES = 200
"""How many passages each leg brings in."""
_ANSWER_PASSAGES = 18
_ANSWER_DOCUMENTS = 20
_PREFER = 0.15
"""What being the newest of the documents found is worth to a passage, when a question asks how things stand now."""
_ANSWER_PASSAGES_EACH = 4
"""A long debate must not crowd the decision out of the answer."""
_FACETS = ("kind", "year", "body")
_FACET_VALUES = 12


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
    order: tuple[tuple[Document, tuple[tuple[Fused, Passage], ...]], ...]
    """Documents, best first, each with its passages, best first."""
    timings: Mapping[str, float]


class Engine:
    """Searches one data folder.

    Args:
        data: the data folder.
        settings: model, engine and weights.
        embedder: another embedder than the settings ask for (tests, comparisons).

    Raises:
        NotIngested: nothing was ever published there.
        ModelMismatch: the index was made with another model or analysis.
    """

    def __init__(self, data: DataFolder, settings: Settings, *, embedder: Embedder | None = None) -> None:
        self.catalogue = Catalogue(data.catalogue)
        self.data = data
        self.settings = settings
        self._embedder = embedder or SentenceTransformerEmbedder.from_settings(settings)
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
        answer = self._answer(found)
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
        order = self._grouped(fused, filters)
        clock.lap("rank")
        return _Found(question=question, asked=asked, order=order, timings=clock.laps)

    def _weights(self) -> Mapping[Leg, float]:
        chosen = self.settings
        return {Leg.TERMS: chosen.weight_terms, Leg.GRAMS: chosen.weight_grams, Leg.DENSE: chosen.weight_dense}

    def _grouped(
        self, fused: Sequence[Fused], filters: Filters
    ) -> tuple[tuple[Document, tuple[tuple[Fused, Passage], ...]], ...]:
        passages = self.catalogue.passages([item.id for item in fused])
        documents: dict[str, Document | None] = {}
        groups: dict[str, list[tuple[Fused, Passage]]] = {}
        for item in fused:
            passage = passages.get(item.id)
            if passage is None:
                continue
            key = passage.document
            if key not in documents:
                documents[key] = self.catalogue.visible(key, filters)
            if documents[key] is not None:
                groups.setdefault(key, []).append((item, passage))
        return tuple((document, tuple(groups[key])) for key, document in documents.items() if document is not None)

    # Showing

    def _results(self, query: Query, found: _Found) -> Results:
        started = time.perf_counter()
        searched, latest = self.catalogue.reach(query.filters)
        page = found.order[query.offset : query.offset + query.limit]
        hits = tuple(self._hit(found.question, document, passages) for document, passages in page)
        return Results(
            query=query,
            hits=hits,
            total=len(found.order),
            searched=searched,
            latest=latest,
            facets=_facets([document for document, _ in found.order]),
            timings={**found.timings, "show": time.perf_counter() - started},
            hint=found.question.hint,
        )

    def _hit(self, question: Question, document: Document, passages: Sequence[tuple[Fused, Passage]]) -> Hit:
        best, passage = passages[0]
        read = self._reader(document.sha256)
        sentences = [read(spans) for spans in passage.sentences]
        return Hit(
            document=document,
            passage=passage,
            citation=Citation(document=document.sha256, spans=passage.spans),
            snippet=snippet(sentences, question.terms, fallback=document.title),
            score=best.score,
            legs={leg: best.legs.get(leg, LegPlace(rank=0, score=0.0)) for leg in Leg},
            other_passages=tuple(other for _, other in passages[1:4]),
        )

    def _reader(self, sha256: str) -> Callable[[Spans], str]:
        """Return a function that gives the text at spans of one document as a reader sees it, each page read once."""
        pages: dict[int, str] = {}

        def read(spans: Spans) -> str:
            for span in spans:
                if span.page not in pages:
                    page = self.catalogue.page(sha256, span.page)
                    pages[span.page] = page.text if page else ""
            return readable("\n".join(pages[span.page][span.start : span.end] for span in spans))

        return read

    # Answering

    def _answer(self, found: _Found) -> Answer:
        candidates = self._candidates(found)
        if candidates:
            vectors = self._embedder.passages([item.text for item in candidates])
            words = self._embedder.queries if self._embedder.knows_words else None
            choice = choose(found.question, candidates, vectors, found.asked, embed_words=words)
        else:
            choice = NOTHING
        sentences = tuple(filter(None, (self._quoted(choice, at) for at in range(len(choice.sentences)))))
        if not sentences:
            choice = replace(choice, sentences=(), verdict=NOTHING.verdict)
        return Answer(
            sentences=sentences,
            verdict=choice.verdict,
            coverage=choice.coverage,
            confidence=choice.confidence,
            missing=choice.missing,
        )

    def _candidates(self, found: _Found) -> list[Candidate]:
        newness = _newness([document for document, _ in found.order[:_ANSWER_DOCUMENTS]])
        prefer = {Moment.LATEST: _PREFER, Moment.FIRST: -_PREFER}.get(found.question.moment, 0.0)
        ranked = sorted(
            ((item, passage, document) for document, passages in found.order for item, passage in passages),
            key=lambda entry: (-entry[0].score - prefer * newness.get(entry[2].sha256, 0.0), entry[0].id),
        )
        seen: set[str] = set()
        candidates = []
        taken: Counter[str] = Counter()
        for item, passage, document in ranked:
            if len(taken) and taken.total() >= _ANSWER_PASSAGES:
                break
            if taken[document.sha256] >= _ANSWER_PASSAGES_EACH:
                continue
            taken[document.sha256] += 1
            read = self._reader(document.sha256)
            headings = " . ".join([document.title, *passage.headings, passage.speaker])
            before = ""
            for spans in passage.sentences:
                text = read(spans)
                if text and text not in seen:
                    seen.add(text)
                    candidates.append(
                        Candidate(
                            document=document,
                            passage=passage.id,
                            spans=spans,
                            text=text,
                            before=before,
                            headings=headings,
                            speaker=passage.speaker,
                            rank_score=item.score,
                        )
                    )
                before = text
        return candidates

    def _quoted(self, choice: Choice, at: int) -> AnswerSentence | None:
        """Return a chosen sentence after reading it back from the page text; None if it does not stand there."""
        chosen = choice.sentences[at]
        try:
            raw = self.catalogue.quote(chosen.citation)
        except QuoteError:
            return None
        if readable(raw) != chosen.candidate.text:
            return None
        page = self.catalogue.page(chosen.citation.document, chosen.citation.spans[0].page)
        return AnswerSentence(
            citation=chosen.citation,
            document=chosen.candidate.document,
            text=chosen.candidate.text,
            score=chosen.score,
            speaker=chosen.candidate.speaker,
            ocr=bool(page and page.ocr),
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


def _newness(documents: Sequence[Document]) -> Mapping[str, float]:
    """Return 0 for the oldest of these documents to 1 for the newest, by hash; those without a date are left out."""
    days = {document.sha256: document.date.toordinal() for document in documents if document.date}
    if not days:
        return {}
    low, width = min(days.values()), max(1, max(days.values()) - min(days.values()))
    return {sha256: (day - low) / width for sha256, day in days.items()}


def _facets(documents: Sequence[Document]) -> Mapping[str, tuple[FacetValue, ...]]:
    """Count the found documents per kind, year and body, most frequent first."""
    counts: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
    for document in documents:
        year = f"{document.date.year}" if document.date else ""
        for name, value in (("kind", document.kind.value), ("year", year), ("body", document.body)):
            if value:
                counts[name][value] = counts[name].get(value, 0) + 1
    return {
        name: tuple(
            FacetValue(value=value, count=count)
            for value, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_FACET_VALUES]
        )
        for name, found in counts.items()
    }
