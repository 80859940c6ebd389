"""A gold set put to the product and to the baselines, and measured."""

from __future__ import annotations

import hashlib
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from council import Catalogue, DataFolder, Document, Filters
from council.settings import Settings
from eval.gold import Gold, Question
from eval.places import CataloguePapers, Judged, locate
from eval.provenance import provenance
from eval.result import Asked, GoldMark, PapersMark, Result
from eval.scoring import score
from eval.significance import SEED
from eval.systems import ANSWERING, RANKING, Outcome, System, opened, systems_named
from search import Embedder, Engine

EVERY = tuple(dict.fromkeys((*RANKING, *ANSWERING)))
_WARM_UP = "Wat heeft de raad besloten?"
Progress = Callable[[int, int], None]
"""Told how many things are done, of how many."""


def evaluate(
    gold: Gold,
    data: DataFolder,
    settings: Settings,
    *,
    command: str = "run",
    systems: Sequence[str] = EVERY,
    engine: Engine | None = None,
    embedder: Embedder | None = None,
    seed: int = SEED,
    progress: Progress = lambda done, total: None,
) -> Result:
    """Put every question of a gold set to some systems.

    Args:
        gold: the questions and judgements.
        data: the papers that were judged, ingested.
        settings: model and weights.
        command: what the result says that it was made by.
        systems: names of :data:`eval.systems.RANKING` and :data:`eval.systems.ANSWERING`.
        engine: an open engine on this data folder, which stays open; for variants of the product.
        embedder: another embedder than the settings ask for.
        seed: what chance is started with where the result is looked into.
        progress: told how far it is.

    Raises:
        UsageError: the gold set speaks of papers, pages or quotes that are not there.
        DataError: the data folder cannot be searched.
    """
    catalogue = Catalogue(data.catalogue)
    try:
        judged = locate(gold, CataloguePapers(catalogue))
        used = engine or opened(data, settings, embedder)
        try:
            outcomes = _asked(gold.questions, systems_named(systems, used, catalogue), progress)
            generation = used.generation
        finally:
            if engine is None:
                used.close()
        return Result(
            command=command,
            made_by=provenance(settings, generation),
            gold=GoldMark(file=gold.path.name, sha256=gold.sha256),
            papers=papers_mark(catalogue),
            seed=seed,
            unplaced=_unplaced(gold, judged),
            memory_mib=memory_mib(),
            questions=tuple(described(question, judged[question.id], catalogue) for question in gold.questions),
            systems={
                name: score(
                    gold.questions,
                    judged,
                    found,
                    catalogue=catalogue,
                    ranks=name in RANKING,
                    answers=name in ANSWERING,
                )
                for name, found in outcomes.items()
            },
        )
    finally:
        catalogue.close()


def papers_mark(catalogue: Catalogue) -> PapersMark:
    """Return which papers everyone may see there."""
    marks = sorted((document.sha256, document.text_mark) for document in catalogue.documents(Filters()))
    return PapersMark(
        sha256=_hash(sha256 for sha256, _ in marks),
        text=_hash(" ".join(mark) for mark in marks),
        documents=len(marks),
    )


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def memory_mib() -> float:
    """Return the most memory that this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def described(question: Question, judged: Sequence[Judged], catalogue: Catalogue) -> Asked:
    """Return a question as far as figures are told apart by it."""
    return Asked(
        id=question.id,
        line=question.line,
        text=question.text,
        need=question.need,
        type=question.type,
        form=question.form,
        split=question.split,
        dossier=question.dossier,
        answerable=question.answerable,
        why=question.why,
        kind=_kind(judged, catalogue) if question.answerable else "",
        words=len(question.text.split()),
        mark=_mark(question, judged),
    )


def _asked(
    questions: Sequence[Question], systems: Mapping[str, System], progress: Progress
) -> Mapping[str, Mapping[str, Outcome]]:
    """Ask every system every question, in turns, so that whatever else the machine does falls on all alike."""
    outcomes: dict[str, dict[str, Outcome]] = {name: {} for name in systems}
    for ask in systems.values():
        ask(_WARM_UP)
    for done, question in enumerate(questions, start=1):
        for name, ask in systems.items():
            outcomes[name][question.id] = ask(question.text)
        progress(done, len(questions))
    return outcomes


def _kind(judged: Sequence[Judged], catalogue: Catalogue) -> str:
    """Return the kind of most of the best judged papers; of kinds that are equally many the first by name."""
    best = max((item.grade for item in judged), default=0)
    documents = dict.fromkeys(item.document for item in judged if item.grade == best)
    found: list[Document] = [document for sha in documents if (document := catalogue.document(sha))]
    counts = Counter(document.kind.value for document in found)
    return min(counts, key=lambda kind: (-counts[kind], kind), default="")


def _mark(question: Question, judged: Sequence[Judged]) -> str:
    said = [question.text, str(question.answerable), *question.facts, *sorted(map(repr, judged))]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _unplaced(gold: Gold, judged: Mapping[str, Sequence[Judged]]) -> int:
    return sum(
        bool(written.quote) and not found.places
        for question in gold.questions
        for written, found in zip(question.judgements, judged[question.id], strict=True)
    )
