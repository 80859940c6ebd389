"""A gold set put to the product and to plain BM25, and measured."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from council import Catalogue, DataFolder, Filters, Verdict
from council.settings import Settings
from eval.answers import can_be_right, is_right
from eval.averages import mean, quantile
from eval.gold import Gold, Question
from eval.places import CataloguePapers, Judged, locate
from eval.ranking import document_grades, page_grades, score_rankings
from eval.systems import BASELINE, PRODUCT, Outcome, PlainBm25, Product, System
from search import Embedder, Generation

DOCUMENT_MEASURES = ("nDCG@10", "RR(rel=2)", "R(rel=2)@20")
PAGE_MEASURE = "nDCG@10"
Progress = Callable[[int, int], None]
"""Told how many things are done, of how many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """One question with what a system made of it. What cannot be measured on this question is None."""

    question: Question
    outcome: Outcome
    documents: Mapping[str, float] | None
    """Value per measure of :data:`DOCUMENT_MEASURES`; None for a question that cannot be answered."""
    page: float | None
    first_right: bool | None
    """None also where only whole pages were judged."""
    any_right: bool | None
    right: tuple[bool, ...]
    """Per sentence of the answer, whether it is a right one."""

    @property
    def not_found(self) -> bool:
        """Whether the system said that there is no answer."""
        return self.outcome.verdict is Verdict.NOT_FOUND


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The figures of one system over a group of questions: means, or None where no question could be measured."""

    questions: int
    answerable: int
    with_sentences: int
    """Answerable questions of which a sentence was judged right: the answers are measured on these."""
    documents: Mapping[str, float | None]
    page: float | None
    first_right: float | None
    any_right: float | None
    kept_silent: float | None
    """Share of the unanswerable questions that got "not found"."""
    missed: float | None
    """Share of the answerable questions that got "not found"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """A gold set measured on one data folder."""

    gold: Gold
    settings: Settings
    generation: Generation
    papers: str
    """Hash over the public papers and the text that was read from them."""
    documents: int
    unplaced: int
    """Quotes on scanned pages that could not be found in the text that was read there: they count as whole pages."""
    systems: Mapping[str, tuple[Scored, ...]]
    """Per system its questions, in the gold set's order; the product first."""

    def summary(self, system: str, chosen: Callable[[Question], bool] = lambda question: True) -> Summary:
        """Return the figures of one system over the questions that are chosen."""
        return summarise(item for item in self.systems[system] if chosen(item.question))

    def latency(self, share: float) -> float:
        """Return the seconds within which this share of the product's questions was answered."""
        return quantile((item.outcome.seconds for item in self.systems[PRODUCT]), share)


def evaluate(
    gold: Gold,
    data: DataFolder,
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    progress: Progress = lambda done, total: None,
) -> Evaluation:
    """Put every question of a gold set to the product and to plain BM25.

    Args:
        gold: the questions and judgements.
        data: the papers that were judged, ingested.
        settings: model and weights.
        embedder: another embedder than the settings ask for.
        progress: told how far it is.

    Raises:
        UsageError: the gold set speaks of papers, pages or quotes that are not there.
        DataError: the data folder cannot be searched.
    """
    catalogue = Catalogue(data.catalogue)
    try:
        judged = locate(gold, CataloguePapers(catalogue))
        papers = _papers_hash(catalogue)
        documents = catalogue.reach(Filters())[0]
        plain = PlainBm25(catalogue)
    finally:
        catalogue.close()
    product = Product(data, settings, embedder=embedder)
    try:
        generation = product.engine.generation
        systems = _put(gold.questions, judged, {PRODUCT: product, BASELINE: plain}, progress)
    finally:
        product.engine.close()
    return Evaluation(
        gold=gold,
        settings=settings,
        generation=generation,
        papers=papers,
        documents=documents,
        unplaced=_unplaced(gold, judged),
        systems=systems,
    )


def _put(
    questions: Sequence[Question],
    judged: Mapping[str, Sequence[Judged]],
    systems: Mapping[str, System],
    progress: Progress,
) -> Mapping[str, tuple[Scored, ...]]:
    outcomes: dict[str, dict[str, Outcome]] = {name: {} for name in systems}
    for done, question in enumerate(questions, start=1):
        for name, ask in systems.items():
            outcomes[name][question.id] = ask(question.text)
        progress(done, len(questions))
    return {name: score(questions, judged, found) for name, found in outcomes.items()}


def score(
    questions: Sequence[Question], judged: Mapping[str, Sequence[Judged]], outcomes: Mapping[str, Outcome]
) -> tuple[Scored, ...]:
    """Measure what one system gave.

    Args:
        questions: all questions, answerable or not.
        judged: what was judged, by question.
        outcomes: what came back, by question.
    """
    answerable = [question.id for question in questions if question.answerable]
    documents = score_rankings(
        {id_: document_grades(judged[id_]) for id_ in answerable},
        {id_: outcomes[id_].documents for id_ in answerable},
        DOCUMENT_MEASURES,
    )
    pages = score_rankings(
        {id_: page_grades(judged[id_]) for id_ in answerable},
        {id_: outcomes[id_].pages for id_ in answerable},
        [PAGE_MEASURE],
    )
    found = []
    for question in questions:
        outcome = outcomes[question.id]
        right = tuple(is_right(sentence, judged[question.id]) for sentence in outcome.sentences)
        measurable = can_be_right(judged[question.id])
        found.append(
            Scored(
                question=question,
                outcome=outcome,
                documents=documents.get(question.id),
                page=pages[question.id][PAGE_MEASURE] if question.id in pages else None,
                first_right=right[:1] == (True,) if measurable else None,
                any_right=any(right) if measurable else None,
                right=right,
            )
        )
    return tuple(found)


def summarise(scored: Iterable[Scored]) -> Summary:
    """Return the means over some questions; each is over all questions on which it can be measured."""
    items = list(scored)
    answerable = [item for item in items if item.question.answerable]
    return Summary(
        questions=len(items),
        answerable=len(answerable),
        with_sentences=sum(item.first_right is not None for item in items),
        documents={
            name: mean(item.documents[name] for item in items if item.documents is not None)
            for name in DOCUMENT_MEASURES
        },
        page=mean(item.page for item in items if item.page is not None),
        first_right=mean(item.first_right for item in items if item.first_right is not None),
        any_right=mean(item.any_right for item in items if item.any_right is not None),
        kept_silent=mean(item.not_found for item in items if not item.question.answerable),
        missed=mean(item.not_found for item in answerable),
    )


def _unplaced(gold: Gold, judged: Mapping[str, Sequence[Judged]]) -> int:
    return sum(
        bool(written.quote) and not found.places
        for question in gold.questions
        for written, found in zip(question.judgements, judged[question.id], strict=True)
    )


def _papers_hash(catalogue: Catalogue) -> str:
    marks = sorted(f"{document.sha256} {document.text_mark}" for document in catalogue.documents(Filters()))
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()
