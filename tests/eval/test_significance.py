"""Differences and chance, against arithmetic done by hand."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import UsageError
from eval.significance import difference, holm, interval


def sides(*changes: float) -> tuple[dict[str, float], dict[str, float]]:
    names = [f"q{at}" for at in range(len(changes))]
    return dict.fromkeys(names, 0.4), {name: 0.4 + change for name, change in zip(names, changes, strict=True)}


def test_the_test_counts_every_way_the_signs_could_have_fallen() -> None:
    """This test ensures that the p-value is the exact one where all ways can be counted: 8 of 10 the same way."""
    found = difference(*sides(*[0.1] * 8, -0.1, -0.1))
    assert found.p == pytest.approx(2 * sum(comb(10, k) for k in range(3)) / 2**10)
    assert found.change == pytest.approx(0.06)
    assert (len(found.wins), len(found.losses), found.questions) == (8, 2, 10)


def test_no_difference_is_certain_chance() -> None:
    """This test ensures that a version compared with itself is never called better or worse."""
    found = difference(*sides(0.0, 0.0, 0.0))
    assert (found.p, found.change, found.low, found.high, found.wins, found.losses) == (1.0, 0.0, 0.0, 0.0, (), ())


def test_one_question_proves_nothing() -> None:
    """This test ensures that a single question, however much it gained, is chance."""
    found = difference(*sides(0.5))
    assert (found.p, found.change, found.low, found.high) == (1.0, 0.5, 0.5, 0.5)


def test_what_rounding_makes_is_no_difference() -> None:
    """This test ensures that values that were kept with six decimals are the same as before they were kept."""
    found = difference(*sides(4e-7, -4e-7, 4e-7, 4e-7, 4e-7, 4e-7, 4e-7, 4e-7))
    assert (found.p, found.wins, found.losses) == (1.0, (), ())


def test_wins_and_losses_come_with_the_greatest_first() -> None:
    """This test ensures that whoever looks into a difference sees first what made it."""
    found = difference(*sides(0.1, -0.3, 0.2, 0.0, -0.1))
    assert found.wins == ("q2", "q0")
    assert found.losses == ("q1", "q4")


def test_a_great_difference_over_many_questions_is_more_than_chance() -> None:
    """This test ensures that the test sees what is there, and that the interval leaves nought out."""
    found = difference(*sides(*[0.3, 0.1, 0.2] * 20))
    assert found.p < 0.001
    assert 0.15 < found.low < found.change < found.high < 0.25


@given(st.lists(st.floats(-0.4, 0.6), min_size=2, max_size=12), st.integers(0, 10))
def test_the_same_seed_gives_the_same_figures(changes: list[float], seed: int) -> None:
    """This test ensures that an evaluator who repeats a comparison sees the same figures, and A against B is -B + A."""
    before, after = sides(*changes)
    found, back = difference(before, after, seed=seed), difference(after, before, seed=seed)
    assert found == difference(before, after, seed=seed)
    assert (found.wins, found.losses) == (back.losses, back.wins)
    assert found.low - 1e-6 <= found.change <= found.high + 1e-6  # less than this counts as the same
    assert 0.0 < found.p <= 1.0


@pytest.mark.parametrize(("before", "after"), [({}, {}), ({"a": 1.0}, {"b": 1.0}), ({"a": 1.0}, {"a": 1.0, "b": 0.0})])
def test_other_questions_cannot_be_compared(before: dict[str, float], after: dict[str, float]) -> None:
    """This test ensures that a question which one side lacks does not drop out quietly."""
    with pytest.raises(UsageError, match="the same questions"):
        difference(before, after)


def test_holm_multiplies_the_smallest_by_all_and_the_next_by_one_less() -> None:
    """This test ensures that the correction is Holm's: 3 x .01, 2 x .03, and never below the one before."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0.0, 1.0), max_size=20))
def test_holm_never_makes_anything_more_certain(ps: list[float]) -> None:
    """This test ensures that corrected values lie between the value itself and n times it, in the same order."""
    corrected = holm(ps)
    assert all(p <= c <= min(1.0, p * len(ps)) + 1e-12 for p, c in zip(ps, corrected, strict=True))
    order = sorted(range(len(ps)), key=lambda at: ps[at])
    assert sorted(corrected) == pytest.approx([corrected[at] for at in order])


def test_an_interval_holds_the_mean_and_shrinks_to_a_value_that_never_varies() -> None:
    """This test ensures that an interval is one of the mean."""
    low, high = interval([0.0, 1.0] * 30)
    assert 0.35 < low < 0.5 < high < 0.65
    assert interval([0.25, 0.25]) == (0.25, 0.25)
    with pytest.raises(ValueError, match="no value"):
        interval([])
