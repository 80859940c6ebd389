"""What is compared: a system is a function from a question's text to what came back, whoever found it.

The product and the baselines are measured by the same code on the same questions, so what differs between their figures
differs between them. Each baseline changes one thing: ``BM25`` ranks by plain words over the same passages; ``First
sentences`` and ``LexRank`` take the product's own best passages and choose sentences without looking at the question;
``BM25 sentences`` ranks every sentence of the collection by plain words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from council import Catalogue, Citation, DataFolder, Document, Filters, Hit, Passage, Query, Spans, Verdict, readable
from council.settings import Settings
from eval.baseline import Bm25
from search import Embedder, Engine

PRODUCT, BASELINE = "Raadspoor", "BM25"
FIRST, LEXRANK, BY_SENTENCE = "First sentences", "LexRank", "BM25 sentences"
RANKING = (PRODUCT, BASELINE)
"""What is compared on finding papers."""
ANSWERING = (PRODUCT, FIRST, LEXRANK, BY_SENTENCE)
"""What is compared on answering."""
DEPTH = 100
"""How many documents a system gives back."""
SENTENCES = 3
"""How many sentences a baseline answers with: the least that the product does."""
_READ_BY_LEXRANK = 5
"""From how many documents LexRank chooses: about as many as the product's own answers draw on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A document that was found, and the pages of its best passage."""

    document: str
    pages: tuple[int, ...]
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence that was quoted: its address, and its text as it was shown."""

    citation: Citation
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a system gave for one question."""

    documents: tuple[Ranked, ...] = ()
    """Best first; empty for a system that only answers."""
    pages: tuple[str, ...] = ()
    """The ranking of pages, where it is not that of the documents' pages, named as the gold set's qrels name them."""
    sentences: tuple[Sentence, ...] = ()
    """Best first; empty for a system that only ranks."""
    verdict: Verdict = Verdict.NOT_FOUND
    confidence: float = 0.0
    """How sure it is that the sentences answer, 0 to 1; 1 for a system that always answers."""
    seconds: float = 0.0
    """What a reader waits for: the first page of results and the answer."""
    cpu_seconds: float = 0.0


System = Callable[[str], Outcome]


class Product:
    """Raadspoor as a resident uses it: public papers, no filters.

    Args:
        engine: an open engine, with its model loaded.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, question: str) -> Outcome:
        """Ask one question, and then, outside the time that is measured, look deeper than a reader would."""
        with _clock() as spent:
            _, answer = self._engine.ask(Query(text=question))
        hits = self._engine.search(Query(text=question, limit=DEPTH)).hits
        return replace(
            spent(),
            documents=tuple(
                Ranked(document=document.sha256, pages=_pages(spans), score=score)
                for document, spans, score in unfolded(hits)[:DEPTH]
            ),
            sentences=tuple(Sentence(citation=said.citation, text=said.text) for said in answer.sentences),
            verdict=answer.verdict,
            confidence=answer.confidence,
        )


class PlainBm25:
    """Plain BM25 over the same passages: a document counts for its best one. It finds, and does not answer.

    Args:
        catalogue: the papers; the public ones are ranked.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._passages: dict[str, Passage] = {}
        texts: dict[str, str] = {}
        for document, passage, read in _public_passages(catalogue):
            name = f"{passage.document}|{passage.ordinal:06}"
            self._passages[name] = passage
            texts[name] = " ".join([document.title, *passage.headings, passage.speaker, read(passage.spans)])
        self._bm25 = Bm25(texts)

    def __call__(self, question: str) -> Outcome:
        """Ask one question."""
        with _clock() as spent:
            best: dict[str, tuple[Passage, float]] = {}
            for name, score in self._bm25.rank(question):
                passage = self._passages[name]
                best.setdefault(passage.document, (passage, score))
        return replace(
            spent(),
            documents=tuple(
                Ranked(document=document, pages=_pages(passage.spans), score=score)
                for document, (passage, score) in list(best.items())[:DEPTH]
            ),
            verdict=Verdict.ANSWERED if best else Verdict.NOT_FOUND,
        )


class Bm25Sentences:
    """Every sentence of the public papers ranked by plain BM25; the best three are the answer.

    Args:
        catalogue: the papers.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._sentences: dict[str, Sentence] = {}
        for _, passage, read in _public_passages(catalogue):
            for at, spans in enumerate(passage.sentences):
                name = f"{passage.document}|{passage.ordinal:06}|{at:04}"
                citation = Citation(document=passage.document, spans=spans)
                self._sentences[name] = Sentence(citation=citation, text=read(spans))
        self._bm25 = Bm25({name: sentence.text for name, sentence in self._sentences.items()})

    def __call__(self, question: str) -> Outcome:
        """Ask one question."""
        with _clock() as spent:
            found = [self._sentences[name] for name, _ in self._bm25.rank(question)[:SENTENCES]]
        return _always(spent(), found)


class FirstSentences:
    """The first three sentences of the product's best passage.

    Args:
        engine: finds the passage.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, question: str) -> Outcome:
        """Ask one question."""
        with _clock() as spent:
            hits = self._engine.search(Query(text=question, limit=1)).hits
            found = _sentences(self._engine.catalogue, hits)[:SENTENCES]
        return _always(spent(), found)


class LexRank:
    """The three most central sentences of the product's best passages, by LexRank (Erkan & Radev, JAIR 2004).

    Args:
        engine: finds the passages.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, question: str) -> Outcome:
        """Ask one question."""
        from eval.lexrank import most_central

        with _clock() as spent:
            hits = self._engine.search(Query(text=question, limit=_READ_BY_LEXRANK)).hits
            sentences = _sentences(self._engine.catalogue, hits)
            found = [sentences[at] for at in most_central([item.text for item in sentences], SENTENCES)]
        return _always(spent(), found)


def opened(data: DataFolder, settings: Settings, embedder: Embedder | None) -> Engine:
    """Return an engine with its model loaded, so that the first question does not wait for it.

    Raises:
        DataError: the folder cannot be searched.
    """
    engine = Engine(data, settings, embedder=embedder)
    engine.warm()
    return engine


def unfolded(hits: Sequence[Hit]) -> list[tuple[Document, Spans, float]]:
    """Return every document with where it was found, one that is shown under another right after that one.

    A reader sees them in this order, and each paper of a collection was judged for itself.
    """
    return [
        (document, spans, hit.score)
        for hit in hits
        for document, spans in (
            (hit.document, hit.passage.spans),
            *((twin.document, twin.citation.spans) for twin in hit.twins),
        )
    ]


def systems_named(names: Sequence[str], engine: Engine, catalogue: Catalogue) -> Mapping[str, System]:
    """Return the systems with these names, each ready to be asked.

    Args:
        names: of :data:`RANKING` and :data:`ANSWERING`.
        engine: the product's; also finds the passages that some baselines choose from.
        catalogue: the papers.
    """
    makers: Mapping[str, Callable[[], System]] = {
        PRODUCT: lambda: Product(engine),
        BASELINE: lambda: PlainBm25(catalogue),
        FIRST: lambda: FirstSentences(engine),
        LEXRANK: lambda: LexRank(engine),
        BY_SENTENCE: lambda: Bm25Sentences(catalogue),
    }
    return {name: makers[name]() for name in names}


@contextmanager
def _clock() -> Iterator[Callable[[], Outcome]]:
    """Measure what happens within: the function that is given tells it afterwards."""
    started, busy = time.perf_counter(), time.process_time()
    ended: list[float] = []
    yield lambda: Outcome(seconds=ended[0], cpu_seconds=ended[1])
    ended += [time.perf_counter() - started, time.process_time() - busy]


def _always(spent: Outcome, found: Sequence[Sentence]) -> Outcome:
    """Return the outcome of a system that answers whenever it finds a sentence."""
    verdict = Verdict.ANSWERED if found else Verdict.NOT_FOUND
    return replace(spent, sentences=tuple(found), verdict=verdict, confidence=float(bool(found)))


def _public_passages(catalogue: Catalogue) -> Iterator[tuple[Document, Passage, Callable[[Spans], str]]]:
    """Yield every passage of the public papers with a function that reads its document."""
    for document in catalogue.documents(Filters()):
        pages = {page.number: page.text for page in catalogue.pages(document.sha256)}

        def read(spans: Spans, pages: dict[int, str] = pages) -> str:
            return readable("\n".join(pages[span.page][span.start : span.end] for span in spans))

        for passage in catalogue.passages_of(document.sha256):
            yield document, passage, read


def _sentences(catalogue: Catalogue, hits: Sequence[Hit]) -> list[Sentence]:
    citations = [Citation(document=hit.document.sha256, spans=spans) for hit in hits for spans in hit.passage.sentences]
    return [Sentence(citation=citation, text=readable(catalogue.quote(citation))) for citation in citations]


def _pages(spans: Spans) -> tuple[int, ...]:
    return tuple(dict.fromkeys(span.page for span in spans))
