"""Calibration, risk and coverage, against arithmetic done by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from council import Verdict
from eval.reporting.calibration import Case, bins, calibration_error, cases, risk_coverage, working_point
from tests.eval.made_up import a_given, an_asked


def case(confidence: float, right: bool | None, *, silent: bool | None = None) -> Case:
    return Case(confidence=confidence, right=right, silent=right is None if silent is None else silent)


# Two bins: 0.9 and 0.95 (one right), 0.6 (right); and below the border one withheld and one that nothing answers.
HAND = (case(0.9, True), case(0.95, False), case(0.6, True), case(0.3, None), case(0.4, False, silent=True))


def test_an_answer_is_right_when_the_question_can_be_answered_and_a_sentence_is_right() -> None:
    """This test ensures that each of the six ways in which a question can end counts as it is defined."""
    can, cannot = an_asked(1), an_asked(2, answerable=False)
    silent = {"verdict": Verdict.NOT_FOUND, "confidence": 0.2}
    unjudged = a_given(can)
    pairs = [
        (can, a_given(can, right=(False, True), confidence=0.9)),
        (can, a_given(can, right=(False, False), confidence=0.8)),
        (can, a_given(can, **silent)),
        (cannot, a_given(cannot, confidence=0.7)),
        (cannot, a_given(cannot, **silent)),
        (can, replace(unjudged, measures={"nDCG@10": 1.0})),
    ]
    assert cases(pairs) == (
        case(0.9, True),
        case(0.8, False, silent=False),
        case(0.2, None),
        case(0.7, False, silent=False),
        case(0.2, False, silent=True),
    )


def test_bins_hold_their_lower_border() -> None:
    """This test ensures that a confidence on a border falls above it, and that 1 falls into the last bin."""
    found = bins([case(at / 10, True) for at in range(11)])
    assert [(one.low, one.high) for one in found] == [(at / 10, (at + 1) / 10) for at in range(10)]
    assert [one.questions for one in found] == [1] * 9 + [2]


def test_a_bin_counts_what_is_right_and_what_is_withheld() -> None:
    """This test ensures that a bin's bounds are its right answers without and with what was withheld."""
    (low,) = bins([case(0.31, None), case(0.33, False), case(0.35, True), case(0.37, None)])
    assert (low.questions, low.right, low.withheld) == (4, 1, 2)
    assert (low.least, low.most) == (0.25, 0.75)
    assert low.confidence == pytest.approx(0.34)


def test_the_expected_calibration_error() -> None:
    """This test ensures that the error is the distance of each bin weighed by how many questions it holds."""
    # bins: 0.9–1.0: mean confidence 0.925, half right, 2 of 5; 0.6: all right; 0.3: withheld; 0.4: wrong
    sure, other = 2 / 5 * abs(0.5 - 0.925), 1 / 5 * abs(1.0 - 0.6)
    assert calibration_error(HAND) == pytest.approx(sure + other + 1 / 5 * 0.3 + 1 / 5 * 0.4)
    assert calibration_error(HAND, withheld=True) == pytest.approx(sure + other + 1 / 5 * 0.7 + 1 / 5 * 0.4)
    assert calibration_error([]) is None


def test_risk_and_coverage_by_hand() -> None:
    """This test ensures that the surest come first, what was not answered last, and that the area is the mean risk."""
    curve = risk_coverage(HAND)
    assert curve
    # order: 0.95 wrong, 0.9 right, 0.6 right | silent: 0.4 wrong, 0.3 withheld
    assert [point.risk for point in curve.points] == pytest.approx([1.0, 1 / 2, 1 / 3, 2 / 4, 3 / 5])
    assert [point.coverage for point in curve.points] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert curve.area == pytest.approx((1.0 + 1 / 2 + 1 / 3 + 2 / 4 + 3 / 5) / 5)
    best = risk_coverage(HAND, withheld=True)
    assert best and [point.risk for point in best.points][-1] == pytest.approx(2 / 5)
    assert risk_coverage([]) is None


def test_equally_sure_answers_count_as_their_mean() -> None:
    """This test ensures that the order in which questions happen to stand changes no point of the curve."""
    one = risk_coverage([case(0.8, True), case(0.8, False, silent=False)])
    other = risk_coverage([case(0.8, False, silent=False), case(0.8, True)])
    assert one == other
    assert one and [point.risk for point in one.points] == [0.5, 0.5]


def test_the_working_point_lies_on_the_curve() -> None:
    """This test ensures that the point that ships is what was answered, and the share of it that was wrong."""
    at = working_point(HAND)
    curve = risk_coverage(HAND)
    assert at and curve and curve.points[2].coverage == pytest.approx(at.coverage)
    assert (at.coverage, at.risk) == (3 / 5, pytest.approx(1 / 3))
    assert working_point([case(0.1, None)]) is None


ANY_CASE = st.builds(
    lambda confidence, right, silent: Case(
        confidence=confidence, right=(None if silent and right else right), silent=silent
    ),
    st.floats(0.0, 1.0),
    st.booleans(),
    st.booleans(),
)


@supposing(st.lists(ANY_CASE, min_size=1, max_size=40))
def test_what_must_hold_of_any_confidence(found: list[Case]) -> None:
    """This test ensures that bins hold each question once, errors and risks are shares, and withholding only helps."""
    held = bins(found)
    assert sum(one.questions for one in held) == len(found)
    assert all(one.low <= one.confidence <= one.high + 1e-9 for one in held)
    error = calibration_error(found)
    worst, best = risk_coverage(found), risk_coverage(found, withheld=True)
    assert error is not None and 0.0 <= error <= 1.0
    assert worst and best and 0.0 <= best.area <= worst.area + 1e-12 <= 1.0 + 1e-9
    wrong = sum(case.right is not True for case in found)
    assert worst.points[-1].risk == pytest.approx(wrong / len(found))
    at = working_point(found)
    if at:
        assert any(point.coverage == pytest.approx(at.coverage) and point.risk == pytest.approx(at.risk)
                   for point in worst.points)  # fmt: skip
