"""What the project promises on two cores, and which figure shows whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.results import Measured, State

_NEAR = 0.05
"""How far a collection may be from the size that a promise speaks of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One promise."""

    says: str
    step: str
    """The measurement that it is read from."""
    figure: str
    unit: str
    bound: float
    at_most: bool
    """Whether the figure may not be more than the bound; else it may not be less."""
    passages: int
    counts: str = "passages"
    """What the size is counted in."""

    def value(self, found: Mapping[str, Measured]) -> float | None:
        """Return what was measured, or None."""
        item = found.get(self.step)
        value = item.figures.get(self.figure) if item is not None and item.state is State.MEASURED else None
        return float(value) if value is not None else None

    def size(self, found: Mapping[str, Measured]) -> int:
        """Return over how many passages it was measured, or those that it speaks of."""
        item = found.get(self.step)
        return int(item.figures.get(self.counts, self.passages)) if item is not None else self.passages

    def kept(self, found: Mapping[str, Measured]) -> bool | None:
        """Return whether the promise holds; None when it was not measured, or on a collection of another size."""
        value = self.value(found)
        if value is None or abs(self.size(found) - self.passages) > self.passages * _NEAR:
            return None
        return value <= self.bound if self.at_most else value >= self.bound


TARGETS = (
    Target(
        says="search, 95 of 100 questions within",
        step="searching_large",
        figure="p95_ms",
        unit="ms",
        bound=25,
        at_most=True,
        passages=100_000,
    ),
    Target(
        says="search, 95 of 100 questions within",
        step="searching_larger",
        figure="p95_ms",
        unit="ms",
        bound=50,
        at_most=True,
        passages=500_000,
    ),
    Target(
        says="opening, once the model is loaded",
        step="searching_large",
        figure="open_seconds",
        unit="s",
        bound=3,
        at_most=True,
        passages=100_000,
    ),
    Target(
        says="searches a second, eight readers at once, a process for each core",
        step="crowding_several_large",
        figure="queries_per_second",
        unit="",
        bound=100,
        at_most=False,
        passages=100_000,
    ),
    Target(
        says="of the ten nearest vectors, the share that the dense leg finds",
        step="dense_large",
        figure="recall_at_10",
        unit="",
        bound=0.98,
        at_most=False,
        passages=100_000,
    ),
    Target(
        says="pages a second in one night, read, cut, indexed and published",
        step="nights",
        figure="pages_per_second",
        unit="",
        bound=100,
        at_most=False,
        passages=20_000,
        counts="pages",
    ),
    Target(
        says="the most memory that all its processes hold, without pages of files",
        step="nights",
        figure="peak_mib",
        unit="MiB",
        bound=1_536,
        at_most=True,
        passages=20_000,
        counts="pages",
    ),
)
