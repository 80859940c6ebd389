"""Three rankings become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council import Leg, LegPlace
from search.fusion import fuse
from search.index import Scored, in_order

EVEN = dict.fromkeys(Leg, 1.0)
RANKINGS = st.dictionaries(
    st.sampled_from(Leg),
    st.dictionaries(st.integers(1, 12), st.floats(-5, 50, allow_nan=False), max_size=10).map(
        lambda scores: in_order(scores.items(), 10)
    ),
)


def test_scores_are_brought_to_one_scale_weighed_and_added() -> None:
    """This test ensures that the fused score is what the formula gives, computed here by hand."""
    legs: dict[Leg, list[Scored]] = {
        Leg.TERMS: [(1, 10.0), (2, 6.0), (3, 2.0)],
        Leg.GRAMS: [(2, 0.9), (4, 0.5)],
        Leg.DENSE: [(3, 0.8), (1, 0.2)],
    }
    found = fuse(legs, {Leg.TERMS: 1.0, Leg.GRAMS: 0.5, Leg.DENSE: 0.5})
    expected = {1: 0.5 * 1.0 + 0.25 * 0.0, 2: 0.5 * 0.5 + 0.25 * 1.0, 3: 0.5 * 0.0 + 0.25 * 1.0, 4: 0.0}
    assert {item.id: item.score for item in found} == pytest.approx(expected)
    assert [item.id for item in found] == [1, 2, 3, 4]
    assert found[0].legs == {Leg.TERMS: LegPlace(rank=1, score=10.0), Leg.DENSE: LegPlace(rank=2, score=0.2)}
    assert found[3].legs == {Leg.GRAMS: LegPlace(rank=2, score=0.5)}


def test_ties_go_to_the_lower_id() -> None:
    """This test ensures that the same question always gives the same list."""
    same = [(9, 1.0), (3, 1.0), (7, 1.0)]
    found = fuse({Leg.TERMS: same}, EVEN)
    assert [(item.id, item.score) for item in found] == [(3, 1.0), (7, 1.0), (9, 1.0)]


def test_a_leg_that_found_nothing_takes_no_share() -> None:
    """This test ensures that a question that only one leg can answer still gets scores up to 1."""
    found = fuse({Leg.TERMS: [], Leg.GRAMS: [(5, 3.0), (6, 1.0)], Leg.DENSE: []}, EVEN)
    assert [(item.id, item.score) for item in found] == [(5, 1.0), (6, 0.0)]
    assert not fuse({leg: [] for leg in Leg}, EVEN)
    assert not fuse({}, EVEN)


def test_a_leg_without_weight_is_as_if_it_was_not_there() -> None:
    """This test ensures that a leg can be switched off by its setting."""
    legs: dict[Leg, list[Scored]] = {Leg.TERMS: [(1, 2.0), (2, 1.0)], Leg.DENSE: [(3, 0.9), (2, 0.1)]}
    alone = list(fuse({Leg.TERMS: legs[Leg.TERMS]}, EVEN))
    assert list(fuse(legs, {Leg.TERMS: 0.7, Leg.DENSE: 0.0})) == alone
    assert list(fuse(legs, {Leg.TERMS: 0.7})) == alone
    assert not fuse(legs, dict.fromkeys(Leg, 0.0))


@given(RANKINGS, st.lists(st.floats(0.01, 10), min_size=3, max_size=3))
def test_every_candidate_comes_once_with_a_score_from_0_to_1(
    legs: dict[Leg, list[Scored]], weights: list[float]
) -> None:
    """This test ensures that no rankings, equal scores and negative ones included, break the fusion."""
    found = fuse(legs, dict(zip(Leg, weights, strict=True)))
    assert sorted(item.id for item in found) == sorted({passage for scored in legs.values() for passage, _ in scored})
    assert all(-1e-9 <= item.score <= 1 + 1e-9 for item in found)
    assert [(item.id, item.score) for item in found] == in_order(((item.id, item.score) for item in found), 99)
    for item in found:
        for leg, place in item.legs.items():
            assert legs[leg][place.rank - 1] == (item.id, place.score)


@given(RANKINGS, st.lists(st.floats(0.01, 10), min_size=3, max_size=3), st.floats(0.1, 10))
def test_only_the_proportion_of_the_weights_matters(
    legs: dict[Leg, list[Scored]], weights: list[float], factor: float
) -> None:
    """This test ensures that doubling all weights changes no score."""
    one = fuse(legs, dict(zip(Leg, weights, strict=True)))
    other = fuse(legs, {leg: weight * factor for leg, weight in zip(Leg, weights, strict=True)})
    assert {item.id: item.score for item in one} == pytest.approx({item.id: item.score for item in other}, abs=1e-9)
