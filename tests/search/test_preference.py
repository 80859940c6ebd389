"""Tests for the light hand on the scales: decisions and new papers, within a bound."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Cause, Document, Kind
from search.preference import preferred
from search.question import Question, prepare
from search.ranking import Ranked
from search.vocabulary import Vocabulary
from tests.fakes import a_document
from tests.search.rankings import a_ranking

NEWEST = dt.date(2024, 6, 1)
STRENGTH = 0.04


def _question(text: str = "Wat kost het zwembad?") -> Question:
    return prepare(text, Vocabulary())


def _found(
    name: str, score: float, *, kind: Kind = Kind.AGENDA, date: dt.date | None = NEWEST
) -> tuple[Document, float]:
    return a_document(name, kind=kind, date=date), score


def _order(
    found: list[tuple[Document, float]], question: Question | None = None, strength: float = STRENGTH
) -> list[Ranked]:
    return list(preferred(a_ranking(found), question or _question(), strength=strength, newest=NEWEST))


def test_a_decision_passes_an_agenda_that_matches_about_as_well() -> None:
    """This test ensures that what was decided stands above what announces it, and that the hit says so."""
    agenda, decision = _found("agenda", 0.80), _found("besluit", 0.79, kind=Kind.RAADSBESLUIT)
    first, second = _order([agenda, decision])
    assert first.document == decision[0]
    assert [one.cause for one in first.adjustments] == [Cause.DECISION, Cause.NEWER]
    assert [one.cause for one in second.adjustments] == [Cause.NEWER]


def test_newness_halves_every_two_years() -> None:
    """This test ensures the arithmetic: half the strength when newest, a quarter of it when two years older."""
    old = _found("oud", 0.5, date=NEWEST - dt.timedelta(days=2 * 365.25))
    (one,) = _order([old])
    assert one.score == pytest.approx(0.5 * (1 + STRENGTH / 2 * 0.5), rel=1e-3)
    assert _order([_found("zonder", 0.5, date=None)])[0].score == 0.5


def test_a_question_that_names_a_year_wants_that_year_and_not_the_newest() -> None:
    """This test ensures that an older paper keeps its place where the question names a year."""
    old, new = _found("oud", 0.80, date=dt.date(2019, 1, 1)), _found("nieuw", 0.795)
    assert _order([old, new], _question("begroting 2019"))[0].document == old[0]
    assert _order([old, new])[0].document == new[0]


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(list(Kind)), st.none() | st.dates()), max_size=8))
def test_nobody_passes_who_stands_further_off_than_the_strength(
    papers: list[tuple[float, Kind, dt.date | None]],
) -> None:
    """This test ensures that an exact match never loses from a vague one, whatever its kind and date."""
    found = [_found(str(at), score, kind=kind, date=date) for at, (score, kind, date) in enumerate(papers)]
    before = {document.sha256: score for document, score in found}
    after = [before[item.document.sha256] for item in _order(found)]
    for at, score in enumerate(after):
        assert all(other <= score * (1 + STRENGTH) + 1e-9 for other in after[at + 1 :])


def test_no_strength_changes_nothing() -> None:
    """This test ensures that the setting turns it off."""
    found = [_found("a", 0.2), _found("b", 0.9, kind=Kind.RAADSBESLUIT)]
    assert _order(found, strength=0.0) == list(a_ranking(found))
