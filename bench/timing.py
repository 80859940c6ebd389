"""How long calls take: one after the other, or from several threads at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from eval.averages import quantile

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """The milliseconds of each call in the order of the calls, and the seconds that all of them took together."""

    each_ms: tuple[float, ...]
    seconds: float

    @property
    def p50(self) -> float:
        """The milliseconds that half of the calls did not exceed."""
        return round(quantile(self.each_ms, 0.5), 1)

    @property
    def p95(self) -> float:
        """The milliseconds that 95 of 100 calls did not exceed."""
        return round(quantile(self.each_ms, 0.95), 1)

    @property
    def a_second(self) -> float:
        """How many calls were finished a second."""
        return round(len(self.each_ms) / self.seconds, 1) if self.seconds else 0.0


def timed(call: Callable[[T], object], items: Sequence[T], *, threads: int = 1) -> Times:
    """Call once for each item and time it.

    Args:
        call: what is measured.
        items: what it is called with, each once.
        threads: how many callers there are; each takes the next item as soon as it has its answer, so a call waits
            for nobody but the others that are being answered.
    """

    def one(item: T) -> float:
        started = time.perf_counter()
        call(item)
        return (time.perf_counter() - started) * 1000

    started = time.perf_counter()
    if threads == 1:
        each = [one(item) for item in items]
    else:
        with ThreadPoolExecutor(threads) as pool:
            each = list(pool.map(one, items))
    return Times(each_ms=tuple(each), seconds=time.perf_counter() - started)
