"""One ranking out of three: scores per leg brought to one scale, weighed, and added.

Ranks alone throw away how sure a leg is: plain reciprocal rank fusion lost a quarter of the quality here where one leg
was weak (``docs/choices.md``). So scores are fused. Within one leg a score becomes ``(s - low) / (high - low)`` over
the candidates that the leg returned (min–max; Fox & Shaw, "Combination of Multiple Searches", TREC-2, 1994: CombSUM).
A passage that a leg did not return gets 0 from it. Ties go to the lower id, so the same question always gives the
same list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from council import Leg, LegPlace
from search.index import Scored
from search.rows import Rows

Legs = Mapping[Leg, Sequence[Scored]]
"""What the legs brought in, each its candidates, best first."""
Brought = Mapping[Leg, tuple[Sequence[int], Sequence[Scored]]]
"""The same with the passages alone beside it, to look one up."""
_NOTHING: Brought = MappingProxyType({})


class Fused(NamedTuple):
    """A passage in the fused ranking."""

    id: int
    score: float
    brought: Brought = _NOTHING
    """All that the legs brought in; one for the whole ranking."""
    listing: float = 0.0
    """What its score lost because it only names subjects; 0 or below."""

    @property
    def legs(self) -> Mapping[Leg, LegPlace]:
        """What each leg that brought the passage in made of it; looked up, for hardly any passage is asked for it."""
        return {
            leg: LegPlace(rank=at + 1, score=found[at][1])
            for leg, (passages, found) in self.brought.items()
            if self.id in passages
            for at in [passages.index(self.id)]
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Fusion(Rows[Fused]):
    """The fused ranking, best first: arrays of all its passages, and a :class:`Fused` of whichever is looked at."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float64]
    numbers: NDArray[np.int64]
    """The number of each passage in its generation; -1 for one that is not there."""
    brought: Brought
    listing: NDArray[np.float64]
    """What each score lost because its passage only names subjects; 0 or below."""

    def __len__(self) -> int:
        """Return how many passages were found."""
        return len(self.ids)

    def at(self, places: NDArray[np.int64]) -> tuple[Fused, ...]:
        """Return the passages at places."""
        ids, scores, listing = (column[places].tolist() for column in (self.ids, self.scores, self.listing))
        return tuple(map(Fused, ids, scores, repeat(self.brought), listing))

    def changed(self, listing: NDArray[np.float64]) -> Fusion:
        """Return the ranking in the order that it has with these changes of its scores."""
        scores = self.scores + listing
        order = _best_first(scores, self.ids)
        return Fusion(
            ids=self.ids[order],
            scores=scores[order],
            numbers=self.numbers[order],
            brought=self.brought,
            listing=listing[order],
        )


def _best_first(scores: NDArray[np.float64], ids: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.lexsort((ids, -scores))


def fuse(legs: Legs, weights: Mapping[Leg, float], numbers: Mapping[int, int] = MappingProxyType({})) -> Fusion:
    """Fuse the legs into one ranking.

    Args:
        legs: per leg its candidates, best first.
        weights: per leg its weight; they are scaled so that the legs that returned anything add up to 1.
        numbers: the number of each passage of the generation by its id.

    Returns:
        Every candidate once, best first; the score is between 0 and 1.
    """
    asked = {leg: found for leg, found in legs.items() if found and weights.get(leg, 0.0) > 0.0}
    total = sum(weights[leg] for leg in asked)
    brought = {leg: ([passage for passage, _ in found], found) for leg, found in asked.items()}
    ids = {leg: np.array(passages, np.int64) for leg, (passages, _) in brought.items()}
    every = np.unique(np.concatenate([_NO_IDS, *ids.values()]))
    scores = np.zeros(len(every))
    for leg, passages in ids.items():
        own = np.array([score for _, score in asked[leg]])
        width = own[0] - own[-1]
        share = (own - own[-1]) / width if width > 0.0 else np.ones(len(own))
        scores[every.searchsorted(passages)] += weights[leg] / total * share
    order = _best_first(scores, every)
    every = every[order]
    return Fusion(
        ids=every,
        scores=scores[order],
        numbers=np.array([numbers.get(one, -1) for one in every.tolist()], np.int64),
        brought=brought,
        listing=np.zeros(len(every)),
    )


_NO_IDS = np.zeros(0, np.int64)
