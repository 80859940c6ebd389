"""What is measured: rankings through ``ir_measures``, the only module that imports it; answers by overlap.

The average is over all judged questions, and a question without a result counts 0. (A tool that divides by the
questions which returned something rewards silence.) Measures are named as ``ir_measures`` names them: ``nDCG@10`` takes
the grade as gain and log2(rank + 1) as discount (Järvelin & Kekäläinen 2002); ``RR`` and ``R`` count from grade 1 on,
``RR(rel=2)`` and ``R(rel=2)@20`` from grade 2 on.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from council import Citation, Span
from eval.gold import RIGHT_GRADE
from eval.places import Judged

Qrels = Mapping[str, Mapping[str, int]]
"""Per question the grade of each thing that was judged."""
Rankings = Mapping[str, Sequence[str]]
"""Per question the things that were found, best first, each once."""

_SHARED = 0.5


def score_rankings(qrels: Qrels, rankings: Rankings, measures: Sequence[str]) -> dict[str, dict[str, float]]:
    """Measure rankings, question by question.

    Args:
        qrels: what was judged; every question in it is measured, also one that found nothing.
        rankings: what was found; a question that was not judged is left out.
        measures: names that ``ir_measures`` knows.

    Returns:
        Per question the value of each measure.

    Raises:
        ValueError: a ranking names something twice.
    """
    import ir_measures

    run = {question: _falling(ranking) for question, ranking in rankings.items() if ranking}
    judged = {question: dict(grades) for question, grades in qrels.items()}
    scores: dict[str, dict[str, float]] = {question: dict.fromkeys(measures, 0.0) for question in judged}
    named = {ir_measures.parse_measure(name): name for name in measures}
    if run and judged:
        for metric in ir_measures.iter_calc(list(named), judged, run):
            scores[metric.query_id][named[metric.measure]] = float(metric.value)
    return scores


def _falling(ranking: Sequence[str]) -> dict[str, float]:
    """Give each rank a score of its own: trec_eval sorts by score and breaks ties by name, not by our order."""
    if len(set(ranking)) != len(ranking):
        raise ValueError("a ranking names something twice")
    return {name: float(len(ranking) - rank) for rank, name in enumerate(ranking)}


def document_grades(judged: Iterable[Judged]) -> dict[str, int]:
    """Return the grade of each document: the best that anything in it got."""
    return _best((item.document, item.grade) for item in judged)


def page_grades(judged: Iterable[Judged]) -> dict[str, int]:
    """Return the grade of each page, named as :func:`page_name` does: the best that anything on it got."""
    return _best((page_name(item.document, item.page), item.grade) for item in judged)


def page_name(document: str, page: int) -> str:
    """Return the name of a page among all pages."""
    return f"{document}#{page}"


def _best(graded: Iterable[tuple[str, int]]) -> dict[str, int]:
    best: dict[str, int] = defaultdict(int)
    for name, grade in graded:
        best[name] = max(best[name], grade)
    return dict(best)


def is_right(sentence: Citation, judged: Iterable[Judged]) -> bool:
    """Say whether a quoted sentence is a right one.

    It is when it shares at least half of the shorter of the two with a place that was judged grade 2 or better: a
    judge may have marked half a sentence, or two.
    """
    return any(
        item.document == sentence.document and _shares_half(sentence.spans, place)
        for item in judged
        if item.grade >= RIGHT_GRADE
        for place in item.places
    )


def _shares_half(spans: Sequence[Span], place: Span) -> bool:
    length = sum(span.end - span.start for span in spans)
    shared = sum(
        max(0, min(span.end, place.end) - max(span.start, place.start)) for span in spans if span.page == place.page
    )
    return shared >= _SHARED * min(length, place.end - place.start)


def can_be_right(judged: Iterable[Judged]) -> bool:
    """Say whether any sentence was judged right, so that an answer can be measured against it."""
    return any(item.grade >= RIGHT_GRADE and item.places for item in judged)


def mean(values: Iterable[float]) -> float | None:
    """Return the mean, or None of nothing."""
    found = list(values)
    return math.fsum(found) / len(found) if found else None


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed (nearest rank; 0 of nothing)."""
    found = sorted(values)
    return found[max(0, math.ceil(share * len(found)) - 1)] if found else 0.0
