"""Results, pools and judges made by hand, about the papers of the small town."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from council import Citation, Verdict
from eval.gold import Gold, QuestionType
from eval.judgements import Graded, Pen
from eval.pool import Candidate, Place, Pool, Pooled
from eval.provenance import Provenance
from eval.result import Asked, Found, Given, GoldMark, PapersMark, Quoted, Result
from tests.fakes import sha_of

POOL_PDF, PARKING_PDF, SCAN_PDF, SECRET_PDF = (sha_of(f"{name}.pdf") for name in ("pool", "parking", "scan", "secret"))
MADE_BY = Provenance(
    made=dt.datetime(2026, 1, 31, tzinfo=dt.UTC),
    commit="",
    libraries={},
    model="fake",
    generation="g1",
    analysis="1",
    settings={},
    machine={"cores": 2, "python": "3.11"},
)


def page(document: str, number: int) -> Place:
    return Place(document=document, page=number)


def sentence(document: str, number: int, start: int, end: int) -> Place:
    return Place(document=document, page=number, offsets=(start, end))


def given(documents: Iterable[Place] = (), sentences: Iterable[Place] = ()) -> Given:
    quoted = [Citation(document=it.document, spans=(it.span,)) for it in sentences if it.span]
    return Given(
        found=tuple(Found(document=it.document, pages=(it.page,), score=1.0, grade=None) for it in documents),
        sentences=tuple(Quoted(citation=it, right=False, judged=False, verified=True) for it in quoted),
        verdict=Verdict.ANSWERED if quoted else Verdict.NOT_FOUND,
        confidence=0.5,
        seconds=0.1,
        cpu_seconds=0.1,
        measures={},
    )


def a_result(gold: Gold, systems: Mapping[str, Sequence[Given]], *, papers: str = "f" * 64) -> Result:
    asked = [
        Asked(
            id=question.id,
            line=question.line,
            text=question.text,
            need=question.need,
            type=QuestionType.AMOUNT,
            form=None,
            split=question.split,
            dossier="",
            answerable=question.answerable,
            why=None,
            kind="",
            words=3,
            mark="m",
        )
        for question in gold.questions
    ]
    marks = {each.name: papers for each in fields(PapersMark) if each.name != "documents"}
    return Result(
        command="run",
        made_by=MADE_BY,
        gold=GoldMark(file=gold.path.name, sha256=gold.sha256),
        papers=PapersMark(documents=3, **marks),
        seed=1,
        unplaced=0,
        memory_mib=1.0,
        questions=tuple(asked),
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
