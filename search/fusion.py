"""One ranking out of three: scores per leg brought to one scale, weighed, and added.

Ranks alone throw away how sure a leg is: plain reciprocal rank fusion lost a quarter of the quality here where one leg
was weak (``docs/choices.md``). So scores are fused. Within one leg a score becomes ``(s - low) / (high - low)`` over
the candidates that the leg returned (min–max; Fox & Shaw, "Combination of Multiple Searches", TREC-2, 1994: CombSUM).
A passage that a leg did not return gets 0 from it. Ties go to the lower id, so the same question always gives the
same list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from council import Leg, LegPlace
from search.index import Scored

Legs = Mapping[Leg, Sequence[Scored]]
"""What the legs brought in, each its candidates, best first."""
Brought = Mapping[Leg, tuple[Sequence[int], Sequence[Scored]]]
"""The same with the passages alone beside it, to look one up."""
_NOTHING: Brought = MappingProxyType({})


class Fused(NamedTuple):
    """A passage in the fused ranking.

    A named tuple: some hundreds are made for each question, and a data class costs three times as much to make.
    """

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


def fuse(legs: Legs, weights: Mapping[Leg, float]) -> list[Fused]:
    """Fuse the legs into one ranking.

    Args:
        legs: per leg its candidates, best first.
        weights: per leg its weight; they are scaled so that the legs that returned anything add up to 1.

    Returns:
        Every candidate once, best first; the score is between 0 and 1.
    """
    asked = {leg: found for leg, found in legs.items() if found and weights.get(leg, 0.0) > 0.0}
    if not asked:
        return []
    total = sum(weights[leg] for leg in asked)
    brought = {leg: ([passage for passage, _ in found], found) for leg, found in asked.items()}
    ids = {leg: np.array(passages, np.int64) for leg, (passages, _) in brought.items()}
    every = np.unique(np.concatenate(list(ids.values())))
    scores = np.zeros(len(every))
    for leg, passages in ids.items():
        own = np.array([score for _, score in asked[leg]])
        width = own[0] - own[-1]
        share = (own - own[-1]) / width if width > 0.0 else np.ones(len(own))
        scores[every.searchsorted(passages)] += weights[leg] / total * share
    order = np.lexsort((every, -scores))
    return list(map(Fused, every[order].tolist(), scores[order].tolist(), repeat(brought)))
