"""Rankings are measured through ``ir_measures``, the only module that imports it.

The average is over all judged questions, and a question without a result counts 0. (A tool that divides by the
questions which returned something rewards silence.) ``nDCG@10`` takes the grade as gain and log2(rank + 1) as discount
(Järvelin & Kekäläinen 2002); ``RR`` and ``R`` count from grade 1 on, ``RR(rel=2)`` and ``R(rel=2)@20`` from grade 2 on.
What was not judged counts as not helpful, and ``Judged@10`` says how much of that there was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from eval.places import Judged

Qrels = Mapping[str, Mapping[str, int]]
"""Per question the grade of each thing that was judged."""
Rankings = Mapping[str, Sequence[str]]
"""Per question the things that were found, best first, each once."""


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
    return _best((page_name(item.document, item.page), item.grade) for item in judged if item.page)


def page_name(document: str, page: int) -> str:
    """Return the name of a page among all pages."""
    return f"{document}#{page}"


def _best(graded: Iterable[tuple[str, int]]) -> dict[str, int]:
    best: dict[str, int] = defaultdict(int)
    for name, grade in graded:
        best[name] = max(best[name], grade)
    return dict(best)
