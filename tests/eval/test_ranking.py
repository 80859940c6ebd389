"""Rankings, against arithmetic done by hand."""

from __future__ import annotations

from math import log2

import pytest

from council import Span
from eval.places import Judged
from eval.ranking import document_grades, page_grades, score_rankings

QRELS = {"q1": {"a": 3, "b": 2, "c": 1}, "q2": {"a": 1}}


def judged(document: str, page: int, grade: int, *spans: tuple[int, int]) -> Judged:
    places = tuple(Span(page=page, start=start, end=end) for start, end in spans)
    return Judged(document=document, page=page, grade=grade, places=places)


def test_ndcg_is_the_graded_gain_by_the_logarithm_of_the_rank() -> None:
    """This test ensures that the printed nDCG is the one of Järvelin and Kekäläinen with the grade as gain."""
    scores = score_rankings(QRELS, {"q1": ["x", "b", "a"], "q2": ["a"]}, ["nDCG@10"])
    ideal = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)
    assert scores["q1"]["nDCG@10"] == pytest.approx((2 / log2(3) + 3 / log2(4)) / ideal)
    assert scores["q2"]["nDCG@10"] == 1.0


def test_only_the_first_ten_count_at_ten() -> None:
    """This test ensures that what a reader does not see on the first page earns nothing."""
    ranking = [f"x{at}" for at in range(10)] + ["a"]
    assert score_rankings(QRELS, {"q2": ranking}, ["nDCG@10", "R@20"])["q2"] == {"nDCG@10": 0.0, "R@20": 1.0}


def test_relevance_can_start_at_grade_two() -> None:
    """This test ensures that papers which are only about the question do not count as finding its answer."""
    scores = score_rankings(QRELS, {"q1": ["c", "x", "b"]}, ["RR", "RR(rel=2)", "R(rel=2)@20", "R@20"])["q1"]
    assert scores == {"RR": 1.0, "RR(rel=2)": pytest.approx(1 / 3), "R(rel=2)@20": 0.5, "R@20": pytest.approx(2 / 3)}


def test_a_question_without_a_result_counts_nought() -> None:
    """This test ensures that silence is not rewarded: every judged question is in the average."""
    scores = score_rankings(QRELS, {"q1": [], "unjudged": ["a"]}, ["nDCG@10", "RR"])
    assert scores == {"q1": {"nDCG@10": 0.0, "RR": 0.0}, "q2": {"nDCG@10": 0.0, "RR": 0.0}}


def test_the_order_that_was_given_is_the_order_that_is_measured() -> None:
    """This test ensures that a measuring tool does not re-sort a ranking by name."""
    for ranking in (["a", "b"], ["b", "a"], ["z", "b"]):
        found = score_rankings({"q": {"b": 1}}, {"q": ranking}, ["RR"])["q"]["RR"]
        assert found == 1 / (ranking.index("b") + 1)


def test_a_ranking_that_names_something_twice_is_refused() -> None:
    """This test ensures that nobody earns a paper's gain twice."""
    with pytest.raises(ValueError, match="twice"):
        score_rankings(QRELS, {"q1": ["a", "a"]}, ["RR"])


def test_the_best_judgement_grades_a_document_and_a_page() -> None:
    """This test ensures that several judgements of one paper give one grade."""
    found = [judged("a", 1, 1, (0, 9)), judged("a", 2, 3), judged("b", 1, 0), judged("a", 1, 2)]
    assert document_grades(found) == {"a": 3, "b": 0}
    assert page_grades(found) == {"a#1": 2, "a#2": 3, "b#1": 0}
