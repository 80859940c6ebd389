"""How quick the machine is at this moment, by a fixed piece of work: what makes figures of two hours comparable.

Two cores that are shared with others can be half as quick an hour later, without anything that a process could see. The
work is of the two kinds that a search is made of: Python that counts words, and rows of vectors taken and added up.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter

import numpy as np
from numpy.typing import NDArray

_WORDS = 100_000
_ROWS, _TAKEN, _DIMENSION = 20_000, 40_000, 256
_TIMES = 5


def pace_ms() -> float:
    """Return the milliseconds that the work takes now on one core, the middle of five times."""
    words = [f"woord{at * 7919 % 5_003}" for at in range(_WORDS)]
    table = np.ones((_ROWS, _DIMENSION), np.float32)
    places = np.arange(_TAKEN, dtype=np.int64) * 7919 % _ROWS
    return round(statistics.median(_once(words, table, places) for _ in range(_TIMES)), 1)


def _once(words: list[str], table: NDArray[np.float32], places: NDArray[np.int64]) -> float:
    started = time.perf_counter()
    Counter(word.upper() for word in words)
    table.take(places, axis=0).sum(axis=0)
    return (time.perf_counter() - started) * 1000
