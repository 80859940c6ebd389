"""Tests for how passages become documents, and for what kin lend each other."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Cause, Document
from search.papers import Papers
from search.ranking import Ranking, by_document, with_kin
from tests.fakes import a_document
from tests.search.rankings import a_fusion, a_ranking

_DAY = dt.date(2024, 1, 9)


def _found(name: str, score: float, *, title: str = "", date: dt.date | None = None) -> tuple[Document, float]:
    return a_document(name, title=title, date=date), score


def _scores(found: Ranking) -> list[float]:
    return [item.score for item in found]


def test_a_document_stands_by_its_best_passage_and_keeps_the_others() -> None:
    """This test ensures that passages are grouped by document, best first, and those of nobody are left out."""
    documents = [a_document("a"), a_document("b"), a_document("c")]
    fused = a_fusion([0.2, 0.9, 0.5, 0.7, 0.1, 0.6])
    owners, within = np.array([0, 1, 0, 0, 1, 2]), np.array([True, True, False])
    found = by_document(fused, owners, Papers.of(documents), within)
    assert [(item.document, [one.id for one in item.passages], item.score) for item in found] == [
        (documents[1], [2, 5], 0.9),
        (documents[0], [4, 3, 1], 0.7),
    ]


def test_a_passage_that_the_generation_does_not_hold_is_passed_over() -> None:
    """This test ensures that an engine that is ahead of the words breaks no search."""
    fused = a_fusion([0.9, 0.5])
    fused.numbers[:] = -1
    assert len(by_document(fused, np.zeros(0, np.uint32), Papers.of([]), np.zeros(0, np.bool_))) == 0


def test_kin_lend_each_other_a_quarter_of_their_best_three() -> None:
    """This test ensures the arithmetic: four parts of one paper at 0.9, 0.6, 0.3 and 0.1 have kin of 0.6."""
    found = with_kin(
        a_ranking([_found(str(at), score, title="Antwoorden") for at, score in enumerate((0.9, 0.6, 0.3, 0.1))])
    )
    assert _scores(found) == pytest.approx([0.75 * score + 0.25 * 0.6 for score in (0.9, 0.6, 0.3, 0.1)])
    (lending,) = found[3].adjustments
    assert lending.cause is Cause.KIN and lending.change == pytest.approx(0.25 * (0.6 - 0.1))
    assert lending.lenders == tuple(item.document for item in found[:3])
    assert found[0].adjustments[0].lenders == (found[1].document, found[2].document)


def test_papers_of_one_title_and_two_dates_are_no_kin() -> None:
    """This test ensures that every list of decisions of a year does not rise with one of them."""
    found = a_ranking(
        [
            _found("a", 0.9, title="Besluitenlijst", date=_DAY),
            _found("b", 0.1, title="Besluitenlijst", date=dt.date(2024, 2, 6)),
        ]
    )
    assert _scores(with_kin(found)) == [0.9, 0.1]
    assert not with_kin(found)[0].adjustments


def test_papers_without_a_title_are_no_kin() -> None:
    """This test ensures that two papers of which nothing is known are not taken for parts of one."""
    assert _scores(with_kin(a_ranking([_found("a", 0.9), _found("b", 0.1)]))) == [0.9, 0.1]


@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.sampled_from([None, _DAY]), st.floats(0, 1)), max_size=12)
)
def test_the_arrays_say_what_the_formula_says(papers: list[tuple[str, dt.date | None, float]]) -> None:
    """This test ensures that for any families the scores are those that the formula gives one by one."""
    found = [_found(str(at), score, title=title, date=date) for at, (title, date, score) in enumerate(papers)]
    expected = {}
    for document, score in found:
        kin = sorted(
            (
                other
                for paper, other in found
                if document.title and (paper.title, paper.date) == (document.title, document.date)
            ),
            reverse=True,
        )
        mean = sum(kin[:3]) / len(kin[:3]) if len(kin) > 1 else score
        expected[document.sha256] = 0.75 * score + 0.25 * mean
    ranked = with_kin(a_ranking(found))
    assert {item.document.sha256: item.score for item in ranked} == pytest.approx(expected)
    assert _scores(ranked) == sorted(_scores(ranked), reverse=True)


def test_a_place_and_a_stretch_of_places_give_the_same_documents() -> None:
    """This test ensures that a ranking behaves as a sequence does, from both ends and beyond its end."""
    found = a_ranking([_found(str(at), 1 - at / 10) for at in range(5)])
    assert [item.document for item in found[1:3]] == [found[1].document, found[2].document]
    assert found[-1].document == found[4].document
    assert list(found[3:99]) == [found[3], found[4]]
    with pytest.raises(IndexError):
        found[5]
