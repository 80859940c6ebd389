"""One ranking out of three: scores per leg brought to one scale, weighed, and added.

Ranks alone throw away how sure a leg is: plain reciprocal rank fusion lost a quarter of the quality here where one leg
was weak (``docs/choices.md``). So scores are fused. Within one leg a score becomes ``(s - low) / (high - low)`` over
the candidates that the leg returned (min–max; Fox & Shaw, "Combination of Multiple Searches", TREC-2, 1994: CombSUM).
A passage that a leg did not return gets 0 from it. Ties go to the lower id, so the same question always gives the
same list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from council import Leg, LegPlace
from search.index import Scored


class Fused(NamedTuple):
    """A passage in the fused ranking, with what each leg made of it.

    A named tuple: some hundreds are made for each question, and a data class costs three times as much to make.
    """

    id: int
    score: float
    legs: Mapping[Leg, LegPlace]


def fuse(legs: Mapping[Leg, Sequence[Scored]], weights: Mapping[Leg, float]) -> list[Fused]:
    """Fuse the legs into one ranking.

    Args:
        legs: per leg its candidates, best first.
        weights: per leg its weight; they are scaled so that the legs that returned anything add up to 1.

    Returns:
        Every candidate once, best first; the score is between 0 and 1.
    """
    asked = {leg: found for leg, found in legs.items() if found and weights.get(leg, 0.0) > 0.0}
    total = sum(weights[leg] for leg in asked)
    scores: dict[int, float] = {}
    places: dict[int, dict[Leg, LegPlace]] = {}
    for leg, found in asked.items():
        high, low = found[0][1], found[-1][1]
        width = high - low
        for rank, (passage, score) in enumerate(found, start=1):
            share = (score - low) / width if width > 0.0 else 1.0
            scores[passage] = scores.get(passage, 0.0) + weights[leg] / total * share
            places.setdefault(passage, {})[leg] = LegPlace(rank=rank, score=score)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Fused(id=passage, score=score, legs=places[passage]) for passage, score in ranked]
