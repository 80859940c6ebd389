"""What is compared: a system is a function from a question's text to what came back, whoever found it.

The product and the baseline are measured by the same code on the same questions, so what differs between their figures
differs between them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from council import Catalogue, Citation, DataFolder, Document, Filters, Passage, Query, Spans, Verdict, readable
from council.settings import Settings
from eval.baseline import Bm25
from eval.ranking import page_name
from search import Embedder, Engine

PRODUCT, BASELINE = "Raadspoor", "BM25"
"""What the two are called in every result."""
DEPTH = 20
"""How many documents a system gives back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a system gave for one question."""

    documents: tuple[str, ...]
    """Documents, best first."""
    pages: tuple[str, ...]
    """The pages of each document's best passage in that order, named as :func:`eval.measures.page_name` does."""
    sentences: tuple[Citation, ...]
    """The answer, best sentence first."""
    verdict: Verdict
    seconds: float


System = Callable[[str], Outcome]


class Product:
    """Raadspoor as a resident uses it: public papers, no filters.

    Args:
        data: the data folder.
        settings: model and weights.
        embedder: another embedder than the settings ask for.

    Raises:
        DataError: the folder cannot be searched.
    """

    def __init__(self, data: DataFolder, settings: Settings, *, embedder: Embedder | None = None) -> None:
        self.engine = Engine(data, settings, embedder=embedder)
        self.engine.warm()

    def __call__(self, question: str) -> Outcome:
        """Ask one question."""
        started = time.perf_counter()
        results, answer = self.engine.ask(Query(text=question, limit=DEPTH))
        seconds = time.perf_counter() - started
        return Outcome(
            documents=tuple(hit.document.sha256 for hit in results.hits),
            pages=_pages([(hit.document.sha256, hit.passage.spans) for hit in results.hits]),
            sentences=tuple(sentence.citation for sentence in answer.sentences),
            verdict=answer.verdict,
            seconds=seconds,
        )


class PlainBm25:
    """Plain BM25 over the same passages: a document counts for its best one, which also gives the answer.

    Its answer is the first sentence of the best passage; it says "not found" only where no word of the question stands.

    Args:
        catalogue: the papers; the public ones are ranked.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._passages: dict[str, Passage] = {}
        texts: dict[str, str] = {}
        for document in catalogue.documents(Filters()):
            pages = {page.number: page.text for page in catalogue.pages(document.sha256)}
            for passage in catalogue.passages_of(document.sha256):
                name = f"{document.sha256}|{passage.ordinal:06}"
                self._passages[name] = passage
                texts[name] = _text(document, passage, pages)
        self._bm25 = Bm25(texts)

    def __call__(self, question: str) -> Outcome:
        """Ask one question."""
        started = time.perf_counter()
        best: dict[str, Passage] = {}
        for name, _ in self._bm25.rank(question):
            passage = self._passages[name]
            best.setdefault(passage.document, passage)
        found = list(best.values())[:DEPTH]
        sentences = _first_sentence(found[0]) if found else ()
        return Outcome(
            documents=tuple(passage.document for passage in found),
            pages=_pages([(passage.document, passage.spans) for passage in found]),
            sentences=sentences,
            verdict=Verdict.ANSWERED if sentences else Verdict.NOT_FOUND,
            seconds=time.perf_counter() - started,
        )


def _text(document: Document, passage: Passage, pages: dict[int, str]) -> str:
    """Return the words that the product indexes too: title, headings, speaker, text."""
    body = " ".join(pages[span.page][span.start : span.end] for span in passage.spans)
    return " ".join([document.title, *passage.headings, passage.speaker, readable(body)])


def _first_sentence(passage: Passage) -> tuple[Citation, ...]:
    spans = passage.sentences[0] if passage.sentences else passage.spans
    return (Citation(document=passage.document, spans=spans),) if spans else ()


def _pages(found: Sequence[tuple[str, Spans]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(page_name(document, span.page) for document, spans in found for span in spans))
