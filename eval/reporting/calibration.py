"""Does confidence mean what it says, and is the border of "not found" at a good place?

An answer is right when its question can be answered and "any sentence" is 1. A question that nothing answers makes any
answer wrong. Where the product says "not found" it shows no sentence, so whether its answer would have been right is
known only when nothing answers the question (then it is wrong); else it is *withheld*. What depends on withheld answers
is given twice, with all of them wrong and with all of them right: the truth lies between.

*Calibration*: questions are sorted into ten bins of equal width by confidence. The expected calibration error is

    ECE = sum over bins b of  n_b / n · | share right in b − mean confidence in b |

(Naeini, Cooper & Hauskrecht, AAAI 2015; Guo et al., "On Calibration of Modern Neural Networks", ICML 2017). A bin holds
its lower border and not its upper one; the last holds both.

*Risk and coverage* (El-Yaniv & Wiener, "On the Foundations of Noise-free Selective Classification", JMLR 11, 2010): put
the surest first and answer the first k of n. Coverage is k / n; risk is the share of wrong ones among these k. The area
under the curve is the mean risk over k = 1 … n (Geifman, Uziel & El-Yaniv, ICLR 2019). Among equally sure ones the
order is chance, so each counts as the mean of all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from eval.result import Asked, Given

BINS = 10
ANY = "any sentence"
"""The measure that says whether an answer is right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One question as far as confidence is concerned."""

    confidence: float
    right: bool | None
    """Whether the answer is right; None where it was withheld and the question can be answered."""
    silent: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """The questions whose confidence lies between two borders."""

    low: float
    high: float
    questions: int
    right: int
    withheld: int
    confidence: float
    """Mean of the confidence."""

    @property
    def least(self) -> float:
        """Share that is right if every withheld answer is wrong."""
        return self.right / self.questions

    @property
    def most(self) -> float:
        """Share that is right if every withheld answer is right."""
        return (self.right + self.withheld) / self.questions


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """What is risked at one coverage."""

    coverage: float
    risk: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """Risk over coverage, the surest first."""

    points: tuple[Point, ...]

    @property
    def area(self) -> float:
        """Mean risk over all coverages: 0 is best; a confidence that says nothing gives the risk of answering all."""
        return math.fsum(point.risk for point in self.points) / len(self.points)


def cases(pairs: Iterable[tuple[Asked, Given]]) -> tuple[Case, ...]:
    """Return what confidence can be measured on: every question but those of which no sentence was judged."""
    found = []
    for asked, given in pairs:
        if not asked.answerable:
            right: bool | None = False
        elif ANY not in given.measures:
            continue
        elif given.not_found:
            right = None
        else:
            right = given.measures[ANY] >= 1.0
        found.append(Case(confidence=given.confidence, right=right, silent=given.not_found))
    return tuple(found)


def bins(found: Sequence[Case]) -> tuple[Bin, ...]:
    """Return the bins that hold anything, lowest first."""
    order = sorted(found, key=lambda case: case.confidence)
    made = []
    for at, group in groupby(order, key=lambda case: _bin(case.confidence)):
        held = list(group)
        made.append(
            Bin(
                low=at / BINS,
                high=(at + 1) / BINS,
                questions=len(held),
                right=sum(case.right is True for case in held),
                withheld=sum(case.right is None for case in held),
                confidence=math.fsum(case.confidence for case in held) / len(held),
            )
        )
    return tuple(made)


def calibration_error(found: Sequence[Case], *, withheld: bool = False) -> float | None:
    """Return the expected calibration error, or None of nothing.

    Args:
        found: the questions.
        withheld: whether withheld answers count as right.
    """
    parts = (
        one.questions / len(found) * abs((one.most if withheld else one.least) - one.confidence) for one in bins(found)
    )
    return math.fsum(parts) if found else None


def risk_coverage(found: Sequence[Case], *, withheld: bool = False) -> Curve | None:
    """Return risk over coverage, or None of nothing.

    What was answered comes before what was not, so that the point at which the product works lies on the curve.

    Args:
        found: the questions.
        withheld: whether withheld answers count as right.
    """
    order = sorted(found, key=_sureness)
    points: list[Point] = []
    wrong = 0.0
    for _, group in groupby(order, key=_sureness):
        held = list(group)
        share = sum(not (case.right or (withheld and case.right is None)) for case in held) / len(held)
        for _ in held:
            wrong += share
            points.append(Point(coverage=(len(points) + 1) / len(order), risk=wrong / (len(points) + 1)))
    return Curve(points=tuple(points)) if points else None


def working_point(found: Sequence[Case]) -> Point | None:
    """Return how much is answered as the product ships, and which share of that is wrong; None of nothing."""
    answered = [case for case in found if not case.silent]
    if not answered:
        return None
    return Point(
        coverage=len(answered) / len(found), risk=sum(case.right is not True for case in answered) / len(answered)
    )


def _bin(confidence: float) -> int:
    return min(BINS - 1, max(0, math.floor(round(confidence * BINS, 9))))


def _sureness(case: Case) -> tuple[bool, float]:
    return case.silent, -case.confidence
