"""Plain BM25, against the formula."""

from __future__ import annotations

from math import log

import pytest

from eval.baseline import Bm25, words

TEXTS = {"a": "het bad het bad", "b": "de weg", "c": "Het bad en de lange weg naar zee"}


def part(count: int, length: int, *, k1: float, b: float) -> float:
    average = (4 + 2 + 8) / 3
    return count / (count + k1 * (1 - b + b * length / average))


@pytest.mark.parametrize(("k1", "b"), [(1.2, 0.75), (2.0, 0.0)])
def test_scores_are_bm25(k1: float, b: float) -> None:
    """This test ensures that the baseline is the formula that its name promises (ranks from it, no hidden steps)."""
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # both words stand in two of three texts
    found = dict(Bm25(TEXTS, k1=k1, b=b).rank("Bad weg onbekend"))
    assert found == {
        "a": pytest.approx(idf * part(2, 4, k1=k1, b=b), rel=1e-5),
        "b": pytest.approx(idf * part(1, 2, k1=k1, b=b), rel=1e-5),
        "c": pytest.approx(idf * 2 * part(1, 8, k1=k1, b=b), rel=1e-5),
    }


def test_ties_go_to_the_first_name() -> None:
    """This test ensures that the same question always gives the same ranking."""
    assert [name for name, _ in Bm25({"z": "bad", "a": "bad", "m": "bad"}).rank("bad")] == ["a", "m", "z"]


@pytest.mark.parametrize("question", ["", "?!", "niets hiervan"])
def test_a_text_without_a_word_of_the_question_is_not_found(question: str) -> None:
    """This test ensures that the baseline can find nothing, whatever was asked."""
    assert list(Bm25(TEXTS).rank(question)) == []


def test_texts_without_words_can_be_ranked() -> None:
    """This test ensures that an empty collection is no crash."""
    assert list(Bm25({"a": "", "b": "…"}).rank("bad")) == []
    assert list(Bm25({}).rank("bad")) == []


def test_words_are_lower_cased_and_no_more() -> None:
    """This test ensures that no Dutch knowledge slips into the baseline."""
    assert words("De Wethouders' € 1.200, één") == ["de", "wethouders", "1", "200", "één"]
