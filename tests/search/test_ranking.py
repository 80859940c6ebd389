"""Tests for how passages become documents, and for what kin lend each other."""

from __future__ import annotations

import datetime as dt

import pytest

from search.fusion import Fused
from search.ranking import Ranked, with_kin
from tests.fakes import a_document


def _found(name: str, score: float, *, title: str = "", date: dt.date | None = None) -> Ranked:
    document = a_document(name, title=title, date=date)
    return Ranked(document=document, passages=(Fused(id=1, score=score),), score=score)


def test_kin_lend_each_other_a_quarter_of_their_best_three() -> None:
    """This test ensures the arithmetic: four parts of one paper at 0.9, 0.6, 0.3 and 0.1 have kin of 0.6."""
    found = [_found(str(at), score, title="Antwoorden") for at, score in enumerate((0.9, 0.6, 0.3, 0.1))]
    expected = [0.75 * score + 0.25 * 0.6 for score in (0.9, 0.6, 0.3, 0.1)]
    assert [item.score for item in with_kin(found)] == pytest.approx(expected)


def test_papers_of_one_title_and_two_dates_are_no_kin() -> None:
    """This test ensures that every list of decisions of a year does not rise with one of them."""
    found = [
        _found("a", 0.9, title="Besluitenlijst", date=dt.date(2024, 1, 9)),
        _found("b", 0.1, title="Besluitenlijst", date=dt.date(2024, 2, 6)),
    ]
    assert [item.score for item in with_kin(found)] == pytest.approx([0.9, 0.1])


def test_papers_without_a_title_are_no_kin() -> None:
    """This test ensures that two papers of which nothing is known are not taken for parts of one."""
    assert [item.score for item in with_kin([_found("a", 0.9), _found("b", 0.1)])] == [0.9, 0.1]
