"""Results, pools and judges made by hand, about the papers of the small town."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from council import Citation
from eval.gold import Gold
from eval.judging.judgements import Graded, Pen
from eval.judging.pool import Candidate, Place, Pool, Pooled
from eval.result import Found, Given, GoldMark, PapersMark, Quoted, Result
from tests.eval.results import a_result, asked, given_
from tests.fakes import sha_of

POOL_PDF, PARKING_PDF, SCAN_PDF, SECRET_PDF = (sha_of(f"{name}.pdf") for name in ("pool", "parking", "scan", "secret"))
MARK = PapersMark(sha256=sha_of("papers"), text=sha_of("text"), documents=3)
"""The papers that every result here is of."""


def page(document: str, number: int) -> Place:
    return Place(document=document, page=number)


def sentence(document: str, number: int, start: int, end: int) -> Place:
    return Place(document=document, page=number, offsets=(start, end))


def given(documents: Iterable[Place] = (), sentences: Iterable[Place] = ()) -> Given:
    quoted = [Citation(document=it.document, spans=(it.span,)) for it in sentences if it.span]
    return given_(
        {},
        found=tuple(Found(document=it.document, pages=(it.page,), score=1.0, grade=None) for it in documents),
        sentences=tuple(Quoted(citation=it, right=False, judged=False, verified=True) for it in quoted),
    )


def result_of(gold: Gold, systems: Mapping[str, Sequence[Given]], *, mark: PapersMark = MARK) -> Result:
    """Return what systems gave for each question of a gold set."""
    return a_result(
        {"RR": [0.0] * len(gold.questions)},
        gold=GoldMark(file=gold.path.name, sha256=gold.sha256),
        papers=mark,
        questions=tuple(asked(question.id, line=question.line) for question in gold.questions),
        systems={name: tuple(each) for name, each in systems.items()},
    )


def a_pool(path: Path, **questions: Sequence[Place]) -> Pool:
    """Return a pool of questions that the gold set has, and of new ones, whose ids begin with ``new``."""
    made = [
        Pooled(
            id=id_,
            text=f"Vraag {id_}?",
            new=id_.startswith("new"),
            candidates=tuple(Candidate(place=place, systems=("some-system",)) for place in places),
        )
        for id_, places in questions.items()
    ]
    return Pool(path=path, questions=tuple(made))


def judged_by(path: Path, judge: str, question: str, grades: Mapping[Place, int | None]) -> Path:
    """Write a judge's file, or more of it, and return where it lies."""
    with Pen(path, judge) as pen:
        for place, grade in grades.items():
            pen.grade(Graded(question=question, place=place, grade=grade))
    return path
