"""How far two judges agree, beyond what chance would give; the only module that imports scikit-learn.

Cohen's kappa (Cohen 1960) is (observed - expected) / (1 - expected): the share of places with the same grade, less the
share that two judges who grade at random, each as often as they did, would have in common. With quadratic weights
(Cohen 1968) a difference of two grades counts four times as much as a difference of one. Where both gave one and the
same grade to everything, chance explains all of it and kappa does not exist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from council import UsageError
from eval.gold import HIGHEST_GRADE, RIGHT_GRADE
from eval.judging.judgements import Described, Graded, Judgements

GRADES = tuple(range(HIGHEST_GRADE + 1))
_READINGS = (
    (0.0, "poor"),
    (0.20, "slight"),
    (0.40, "fair"),
    (0.60, "moderate"),
    (0.80, "substantial"),
    (1.0, "almost perfect"),
)
CAUTION = (
    "The words are those of Landis & Koch (1977): a convention, not a test. Kappa also falls when one grade is rare, "
    "so read it beside the table."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kappa:
    """Cohen's kappa."""

    value: float | None
    """-1 to 1; None where it does not exist."""

    @property
    def reading(self) -> str:
        """What it is called by convention."""
        if self.value is None:
            return "undefined: both judges gave one and the same grade to everything"
        if self.value < 0:
            return _READINGS[0][1]
        # A value may be a rounding error above its bound.
        return next((name for bound, name in _READINGS[1:] if self.value <= bound + 1e-9), _READINGS[-1][1])


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A place that two judges graded differently."""

    one: Graded
    other: Graded


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Two judges, side by side, on the places that both of them graded."""

    judges: tuple[str, str]
    places: int
    """Graded by both."""
    skipped: int
    """Passed over by one of them or both."""
    once: int
    """Seen by one of them only."""
    same: int
    table: tuple[tuple[int, ...], ...]
    """How often the first judge gave the grade of the row and the second that of the column."""
    kappa: Kappa
    weighted: Kappa
    """With quadratic weights."""
    binary: Kappa
    """Of helpful (grade 2 and 3) or not."""
    differences: tuple[Difference, ...]
    """Largest first."""
    described: int
    """New questions that both described."""
    described_differently: tuple[str, ...]
    """Those of them on whose type, answer or facts they differ, and those that one of them passed over."""

    @property
    def share(self) -> float:
        """Which share of the places got the same grade."""
        return self.same / self.places


def agreement(one: Judgements, other: Judgements) -> Agreement:
    """Compare two judges.

    Raises:
        UsageError: the files are of one judge, or no place was graded by both.
    """
    if one.judge == other.judge:
        raise UsageError(f"{one.path} and {other.path} are both of {one.judge!r}; give the files of two judges")
    common = [(graded, other.graded[key]) for key, graded in one.graded.items() if key in other.graded]
    pairs = [(a, b) for a, b in common if a.grade is not None and b.grade is not None]
    if not pairs:
        raise UsageError(f"{one.path} and {other.path} have no place that both judges graded; nothing to compare")
    grades = [(a.grade or 0, b.grade or 0) for a, b in pairs]
    first, second = [a for a, _ in grades], [b for _, b in grades]
    counts = Counter(grades)
    differing = [Difference(one=a, other=b) for a, b in pairs if a.grade != b.grade]
    described = [(about, other.described[id_]) for id_, about in one.described.items() if id_ in other.described]
    return Agreement(
        judges=(one.judge, other.judge),
        places=len(pairs),
        skipped=len(common) - len(pairs),
        once=len(one.graded.keys() ^ other.graded.keys()),
        same=len(pairs) - len(differing),
        table=tuple(tuple(counts[row, column] for column in GRADES) for row in GRADES),
        kappa=_kappa(first, second),
        weighted=_kappa(first, second, weights="quadratic"),
        binary=_kappa([int(a >= RIGHT_GRADE) for a in first], [int(b >= RIGHT_GRADE) for b in second]),
        differences=tuple(sorted(differing, key=_distance, reverse=True)),
        described=len(described),
        described_differently=tuple(a.question for a, b in described if not same_description(a, b)),
    )


def same_description(one: Described, other: Described) -> bool:
    """Say whether two judges said the same of a new question: type, whether and why not it is answered, and the facts.

    Its wording and the need are each judge's own.
    """
    a, b = one.description, other.description
    if a is None or b is None:
        return a is b
    return (a.type, a.answerable, a.why, set(a.facts)) == (b.type, b.answerable, b.why, set(b.facts))


def _distance(difference: Difference) -> int:
    return abs((difference.one.grade or 0) - (difference.other.grade or 0))


def _kappa(one: Sequence[int], other: Sequence[int], *, weights: str | None = None) -> Kappa:
    if len({*one, *other}) == 1:
        return Kappa(value=None)

    from sklearn.metrics import cohen_kappa_score

    # All four grades are named: without them the distance of 1 and 3 would be one step where nobody gave a 2.
    return Kappa(value=float(cohen_kappa_score(one, other, weights=weights, labels=list(GRADES))))
