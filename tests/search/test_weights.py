"""Tests for weights that depend on the question."""

from __future__ import annotations

import pytest

from council import Leg
from council.settings import Settings
from search.question import prepare
from search.vocabulary import Vocabulary
from search.weights import weights_for


def _dense(text: str, *, quoted: bool = False, settings: Settings | None = None) -> float:
    return weights_for(prepare(text, Vocabulary()), settings or Settings(weight_dense=1.0), quoted=quoted)[Leg.DENSE]


def test_meaning_counts_more_the_longer_the_question() -> None:
    """This test ensures the arithmetic: three quarters up to six words, five quarters from sixteen on."""
    short = "zwembad krediet"
    long = " ".join(f"woord{letter}" for letter in "abcdefghijklmnopqrst")
    between = " ".join(f"woord{letter}" for letter in "abcdefghi")
    assert _dense(short) == pytest.approx(0.75)
    assert _dense(long) == pytest.approx(1.25)
    assert _dense(short) < _dense(between) < _dense(long)


@pytest.mark.parametrize("text", ["Z24-0815", "artikel 3:4 APV", "zaak 2023/0456", "art. 12 verordening"])
def test_who_names_a_case_or_an_article_wants_that_and_nothing_like_it(text: str) -> None:
    """This test ensures that meaning hardly counts for a number that names one thing."""
    assert _dense(text) == pytest.approx(0.25)


@pytest.mark.parametrize("text", ["begroting 2023-2024", "parkeren 2024", "subsidie 12.000 euro"])
def test_years_and_amounts_name_no_case(text: str) -> None:
    """This test ensures that a pair of years or an amount is not taken for a case number."""
    assert _dense(text) == pytest.approx(0.75)


def test_a_phrase_between_quotes_is_wanted_literally() -> None:
    """This test ensures that a required phrase lowers the weight of meaning, whatever else is asked."""
    assert _dense("wat zegt de wethouder over het zwembad", quoted=True) == pytest.approx(0.25)


def test_the_setting_leaves_every_question_the_same_weights() -> None:
    """This test ensures that weights are the settings' own when they may not depend on the question."""
    settings = Settings(weight_dense=0.4, weight_terms=2.0, weight_by_question=False)
    found = weights_for(prepare("Z24-0815", Vocabulary()), settings, quoted=True)
    assert found == {Leg.TERMS: 2.0, Leg.GRAMS: 1.0, Leg.DENSE: 0.4}
