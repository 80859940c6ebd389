"""Is a difference more than chance? Paired tests and intervals over questions, through SciPy.

The difference of two systems is tested with a paired randomisation test (Smucker, Allan & Carterette, "A Comparison of
Statistical Significance Tests for Information Retrieval Evaluation", CIKM 2007): under the hypothesis that both are
equally good, each question's two values could as well stand the other way round. Intervals are a percentile bootstrap
over questions (Sakai, SIGIR 2006); that of a share of questions is Wilson's (JASA 1927), since a bootstrap of 13 times
"no" is sure of 0. Where several differences are looked at together, p-values are corrected after Holm
(1979). The same seed gives the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from council import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 20_240_312
"""What chance is started with, if nobody says otherwise."""
RESAMPLES = 10_000
LEVEL = 0.05
"""How often a difference may be called one where there is none."""
_SAME = 1e-6
"""Two values that differ by less are the same: a sum may be added up in another order, and what is kept is rounded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A system B against a system A on the questions that both were measured on."""

    questions: int
    before: float
    """Mean of A."""
    after: float
    """Mean of B."""
    low: float
    high: float
    """The 95 % interval of the difference."""
    p: float
    """How often chance alone gives a difference at least this large, two-sided."""
    wins: tuple[str, ...]
    """Questions on which B is better, the greatest gain first."""
    losses: tuple[str, ...]

    @property
    def change(self) -> float:
        """What B adds to A."""
        return self.after - self.before


def difference(before: Mapping[str, float], after: Mapping[str, float], *, seed: int = SEED) -> Difference:
    """Compare two systems on one measure.

    Args:
        before: value of A by question.
        after: value of B by question; the same questions.
        seed: what chance is started with.

    Raises:
        UsageError: not the same questions, or none at all.
    """
    if before.keys() != after.keys() or not before:
        raise UsageError(
            f"one side has {len(before)} measured questions and the other {len(after)}; compare the same questions"
        )
    names = sorted(before)
    changes = {name: _change(before[name], after[name]) for name in names}
    low, high = _interval(tuple(changes.values()), seed)
    order = sorted(names, key=lambda name: (-abs(changes[name]), name))
    return Difference(
        questions=len(names),
        before=sum(before.values()) / len(names),
        after=sum(after.values()) / len(names),
        low=low,
        high=high,
        p=_randomised(tuple(changes.values()), seed),
        wins=tuple(name for name in order if changes[name] > 0.0),
        losses=tuple(name for name in order if changes[name] < 0.0),
    )


def interval(values: Sequence[float], *, seed: int = SEED) -> tuple[float, float]:
    """Return the 95 % interval of a mean; where every value is 0 or 1, of a share (:func:`share_interval`).

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("no value, so no interval")
    if set(values) <= {0.0, 1.0}:
        return share_interval(sum(value == 1.0 for value in values), len(values))
    return _interval(tuple(values), seed)


def share_interval(those: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, the score interval of Wilson (1927).

    Raises:
        ValueError: a share of nothing, or of fewer than itself.
    """
    if not 0 <= those <= of or of < 1:
        raise ValueError(f"no share: {those} of {of}")
    z = NormalDist().inv_cdf(1.0 - LEVEL / 2.0)
    share, weight = those / of, 1.0 + z * z / of
    centre = (share + z * z / (2.0 * of)) / weight
    reach = z / weight * sqrt(share * (1.0 - share) / of + z * z / (4.0 * of * of))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def holm(ps: Sequence[float]) -> list[float]:
    """Return p-values corrected for being looked at together (Holm, "A Simple Sequentially Rejective Test", 1979).

    The smallest of n is multiplied by n, the next by n - 1, and so on; none falls below the one before it, and none
    rises above 1.
    """
    order = sorted(range(len(ps)), key=lambda at: (ps[at], at))
    corrected = [0.0] * len(ps)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, ps[at] * (len(ps) - rank)))
        corrected[at] = highest
    return corrected


def _change(before: float, after: float) -> float:
    return after - before if abs(after - before) > _SAME else 0.0


@lru_cache(maxsize=512)
def _randomised(changes: tuple[float, ...], seed: int) -> float:
    if not any(changes) or len(changes) == 1:
        return 1.0
    import numpy as np
    from scipy.stats import permutation_test

    def centre(sample: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
        # Rounded, so that a sum that was added up in another order counts as the same and not as a smaller one.
        return np.asarray(np.round(np.mean(sample, axis=axis), 12))

    found = permutation_test(
        (np.array(changes),),
        centre,
        permutation_type="samples",
        n_resamples=RESAMPLES,
        vectorized=True,
        batch=500,
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)


@lru_cache(maxsize=512)
def _interval(values: tuple[float, ...], seed: int) -> tuple[float, float]:
    if len(set(values)) == 1:
        return values[0], values[0]
    import numpy as np
    from scipy.stats import bootstrap

    found = bootstrap(
        (np.array(values),),
        np.mean,
        n_resamples=RESAMPLES,
        batch=500,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return float(found.low), float(found.high)
