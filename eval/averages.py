"""Means and quantiles, with what they give for nothing written down."""

from __future__ import annotations

import math
from collections.abc import Iterable


def mean(values: Iterable[float]) -> float | None:
    """Return the mean, or None of nothing."""
    found = list(values)
    return math.fsum(found) / len(found) if found else None


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed (nearest rank; 0 of nothing)."""
    found = sorted(values)
    return found[max(0, math.ceil(share * len(found)) - 1)] if found else 0.0
