"""Two systems on the same questions, measure by measure, with p-values corrected for being looked at together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from council import UsageError
from eval.measures import MEASURES, Measure
from eval.result import Result
from eval.significance import LEVEL, Difference, difference, holm

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
    """Compare the product with every baseline on every measure that both have."""
    product = product_of(result)
    pairs = [
        (measure, baseline, result.values(baseline, measure.name), result.values(product, measure.name))
        for measure in _compared()
        for baseline in baselines_of(result)
    ]
    return _tested(pairs, result.seed)


def across(before: Result, after: Result) -> tuple[Compared, ...]:
    """Compare the products of two results on every measure that both have.

    Args:
        before: the other version.
        after: the version that is looked at; its seed starts chance.

    Raises:
        UsageError: they were asked about other papers, or share no question.
    """
    same = shared_questions(before, after)
    name = product_of(before)

    def values(result: Result, measure: str) -> Mapping[str, float]:
        return result.values(product_of(result), measure, lambda asked: asked.id in same)

    pairs = [(measure, name, values(before, measure.name), values(after, measure.name)) for measure in _compared()]
    return _tested(pairs, after.seed)


def shared_questions(before: Result, after: Result) -> frozenset[str]:
    """Return the ids of the questions that two results asked in the same words with the same judgements.

    Raises:
        UsageError: they were asked about other papers, or share no question.
    """
    if before.papers.sha256 != after.papers.sha256:
        raise UsageError(
            f"the results are about other papers ({before.papers.sha256[:12]}… and {after.papers.sha256[:12]}…); "
            "run both on the same data folder"
        )
    marks = {asked.id: asked.mark for asked in before.questions}
    same = frozenset(asked.id for asked in after.questions if marks.get(asked.id) == asked.mark)
    if not same:
        raise UsageError("the results share no question with the same judgements; run both on the same gold set")
    return same


def _compared() -> Iterable[Measure]:
    return (measure for measure in MEASURES.values() if measure.name not in CHECKS)


def _tested(
    pairs: Iterable[tuple[Measure, str, Mapping[str, float], Mapping[str, float]]],
    seed: int,
) -> tuple[Compared, ...]:
    found = []
    for measure, against, before, after in pairs:
        both = before.keys() & after.keys()
        if both:
            one, other = ({name: values[name] for name in both} for values in (before, after))
            found.append((measure, against, difference(one, other, seed=seed)))
    corrected = holm([tested.p for _, _, tested in found])
    return tuple(
        Compared(measure=measure, against=against, difference=tested, p=p)
        for (measure, against, tested), p in zip(found, corrected, strict=True)
    )
