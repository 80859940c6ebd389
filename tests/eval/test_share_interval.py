"""The interval of a share, against the formula worked out by hand."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from eval.significance import interval, share_interval

Z = 1.959963984540054


def test_wilsons_interval_by_hand() -> None:
    """This test ensures that 2 of 13 has the interval of Wilson's formula, worked out step by step."""
    share, of = 2 / 13, 13
    centre = (share + Z**2 / 26) / (1 + Z**2 / 13)
    reach = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * 169)) / (1 + Z**2 / 13)
    assert share_interval(2, 13) == pytest.approx((centre - reach, centre + reach))
    assert share_interval(2, 13) == pytest.approx((0.0433, 0.4223), abs=5e-5)


def test_never_is_not_certain() -> None:
    """This test ensures that 13 times "no" leaves room for "yes": up to z² / (n + z²)."""
    assert share_interval(0, 13) == pytest.approx((0.0, Z**2 / (13 + Z**2)))
    assert share_interval(13, 13) == pytest.approx((13 / (13 + Z**2), 1.0))


def test_the_interval_of_yes_and_no_is_that_of_a_share() -> None:
    """This test ensures that a measure of yes and no gets it, and that other means keep their bootstrap."""
    assert interval([0.0] * 13) == share_interval(0, 13)
    assert interval([1.0, 0.0, 1.0]) == share_interval(2, 3)
    assert interval([0.5] * 13) == (0.5, 0.5)


@supposing(st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    """This test ensures that the interval lies within 0 and 1, holds the share, and mirrors that of its opposite."""
    those, of = pair
    low, high = share_interval(those, of)
    assert 0.0 <= low <= those / of + 1e-12 and those / of - 1e-12 <= high <= 1.0
    assert share_interval(of - those, of) == pytest.approx((1.0 - high, 1.0 - low))


@pytest.mark.parametrize("pair", [(0, 0), (2, 1), (-1, 3)])
def test_no_share_has_no_interval(pair: tuple[int, int]) -> None:
    """This test ensures that a miscount is noticed and not given an interval."""
    with pytest.raises(ValueError, match="no share"):
        share_interval(*pair)
