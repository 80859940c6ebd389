"""Results that are made up: each question's outcome is written down, so every figure can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from council import Citation, Span, Verdict
from eval.gold import QuestionForm, QuestionType, Split, Why
from eval.provenance import Provenance
from eval.result import Asked, Found, Given, GoldMark, PapersMark, Quoted, Result
from tests.fakes import sha_of

PRODUCT, BM25, FIRST = "Raadspoor", "BM25", "First sentences"
DOSSIERS = ("zwembad", "parkeren", "windmolens")
KINDS = ("raadsvoorstel", "notulen")


def an_asked(number: int, *, answerable: bool = True, **changes: Any) -> Asked:
    """Return a question with everything filled in; neighbours differ in type, form, dossier and length."""
    whole = Asked(
        id=f"q{number:03}",
        line=number + 1,
        text=f"Wat kost vraag {number}" + " nu" * (number % 10) + "?",
        need=f"Het bedrag van vraag {number}.",
        type=list(QuestionType)[number % 3],
        form=list(QuestionForm)[number % 4],
        split=list(Split)[number % 2],
        dossier=DOSSIERS[number % 3],
        answerable=answerable,
        why=None if answerable else list(Why)[number % 4],
        kind=KINDS[number % 2] if answerable else "",
        words=4 + number % 10,
        mark=f"mark-{number}",
    )
    return replace(whole, **changes)


def a_found(name: object, grade: int | None = None) -> Found:
    """Return a document that was found."""
    return Found(document=sha_of(name), pages=(2,), score=1.0, grade=grade)


def a_quoted(name: object = "paper", *, right: bool = False, judged: bool = True, start: int = 0) -> Quoted:
    """Return a quoted sentence."""
    spans = (Span(page=2, start=start, end=start + 20),)
    return Quoted(citation=Citation(document=sha_of(name), spans=spans), right=right, judged=judged, verified=True)


def a_given(asked: Asked, *, right: Sequence[bool] = (True, False), ndcg: float = 0.5, **changes: Any) -> Given:
    """Return an outcome whose measures follow from which quotes are right.

    Args:
        asked: the question.
        right: for each quote, in order, whether it is a right one.
        ndcg: the value of nDCG@10, and of the other measures of documents.
        changes: other fields.
    """
    verdict = changes.get("verdict", Verdict.ANSWERED)
    silent = verdict is Verdict.NOT_FOUND
    quotes = () if silent else tuple(a_quoted(at, right=one, judged=one) for at, one in enumerate(right))
    measures: dict[str, float] = {}
    if asked.answerable:
        measures = dict.fromkeys(("nDCG@10", "RR", "recall@20", "AP", "page nDCG@10"), ndcg)
        measures |= {
            "judged@10": 0.8,
            "first sentence": float(any(one.right for one in quotes[:1])),
            "any sentence": float(any(one.right for one in quotes)),
            "facts": float(any(one.right for one in quotes)),
            "answers": float(not silent),
        }
    else:
        measures["keeps silent"] = float(silent)
    if quotes:
        measures["verified"] = 1.0
    whole = Given(
        found=tuple(a_found(f"{asked.id}-{at}", None if at % 2 else 2) for at in range(12)),
        sentences=quotes,
        verdict=verdict,
        confidence=0.2 if silent else 0.75,
        seconds=0.01 * (asked.line % 7 + 1),
        cpu_seconds=0.02,
        measures=measures,
    )
    return replace(whole, **changes)


def a_ranked(asked: Asked, ndcg: float) -> Given:
    """Return an outcome of a system that ranks and does nothing else."""
    whole = a_given(asked, ndcg=ndcg)
    kept = {name: value for name, value in whole.measures.items() if name in ("nDCG@10", "RR", "recall@20", "AP")}
    return replace(whole, sentences=(), measures=kept, confidence=0.0, seconds=0.001)


def a_result(asked: Iterable[Asked], given: Iterable[Given], **changes: Any) -> Result:
    """Return a result of the product on these questions, with two baselines that are worse."""
    questions = tuple(asked)
    systems = {
        PRODUCT: tuple(given),
        BM25: tuple(a_ranked(one, 0.25) for one in questions),
        FIRST: tuple(a_given(one, right=(False,), ndcg=0.25) for one in questions),
    }
    whole = Result(
        command="raadspoor-eval run gold.jsonl --data DATA",
        made_by=Provenance(
            made=dt.datetime(2024, 3, 12, 9, 30, tzinfo=dt.UTC),
            commit="0123456789abcdef",
            libraries={"bm25s": "0.3"},
            model="fake-16",
            generation="g1",
            analysis="a1",
            settings={"weight_dense": 0.7},
            machine={"system": "Linux", "cores": 2},
        ),
        gold=GoldMark(file="gold.jsonl", sha256=sha_of("gold")),
        papers=PapersMark(sha256=sha_of("papers"), text=sha_of("text"), documents=81),
        seed=7,
        unplaced=1,
        memory_mib=812.4,
        questions=questions,
        systems=systems,
    )
    return replace(whole, **changes)


def a_mixed_result(count: int = 40, **changes: Any) -> Result:
    """Return a result in which everything occurs: right and wrong, answered and silent, in every kind of group."""
    asked = [an_asked(number, answerable=number % 4 != 3) for number in range(count)]
    given = []
    for number, one in enumerate(asked):
        right = ((True, False), (False, True), (False, False))[number % 3]
        silent = number % 5 == 0 or number % 8 == 3
        verdict = Verdict.NOT_FOUND if silent else Verdict.PARTIAL if number % 2 else Verdict.ANSWERED
        confidence = (0.05 if silent else 0.5) + 0.011 * number
        given.append(
            a_given(one, right=right, ndcg=0.2 + number % 9 / 10, verdict=verdict, confidence=min(1.0, confidence))
        )
    return a_result(asked, given, **changes)
