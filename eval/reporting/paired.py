"""Two systems on the same questions, measure by measure, with p-values corrected for being looked at together."""

from __future__ import annotations

from dataclasses import dataclass

from eval.comparing import compare
from eval.measures import MEASURES, Measure
from eval.result import Result
from eval.significance import LEVEL, Difference, holm
from eval.summary import on_common

CHECKS = frozenset({"judged@10", "verified"})
"""Measures that say how far figures can be trusted, and not how good a system is: they are never compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One measure of two systems."""

    measure: Measure
    against: str
    """What it is compared with."""
    difference: Difference
    """From that to the product."""
    p: float
    """Corrected after Holm for all that is compared beside it."""

    @property
    def better(self) -> bool:
        """Whether the product is better by more than chance."""
        return self.p < LEVEL and self.difference.change > 0

    @property
    def worse(self) -> bool:
        """Whether the product is worse by more than chance."""
        return self.p < LEVEL and self.difference.change < 0


def product_of(result: Result) -> str:
    """Return the name of the system that the others stand beside."""
    return next(iter(result.systems))


def baselines_of(result: Result) -> tuple[str, ...]:
    """Return the names of the others."""
    return tuple(result.systems)[1:]


def within(result: Result) -> tuple[Compared, ...]:
    """Compare the product with every baseline on every measure that both have; p is corrected over all of them."""
    product = product_of(result)
    found: list[tuple[Measure, str, Difference]] = []
    for measure in (measure for measure in MEASURES.values() if measure.name not in CHECKS):
        after = result.values(product, measure.name)
        for baseline in baselines_of(result):
            tested = on_common(result.values(baseline, measure.name), after, seed=result.seed)
            if tested:
                found.append((measure, baseline, tested))
    corrected = holm([tested.p for _, _, tested in found])
    return tuple(
        Compared(measure=measure, against=against, difference=tested, p=p)
        for (measure, against, tested), p in zip(found, corrected, strict=True)
    )


def across(before: Result, after: Result) -> tuple[Compared, ...]:
    """Compare the products of two results as :func:`eval.comparing.compare` does.

    Args:
        before: the other version.
        after: the version that is looked at.

    Raises:
        UsageError: they were asked about other papers, or share no question.
    """
    name = product_of(before)
    return tuple(
        Compared(measure=one.measure, against=name, difference=one.difference, p=one.corrected)
        for one in compare(before, after, system=name, other=product_of(after), common=True)
        if one.measure.name not in CHECKS
    )
