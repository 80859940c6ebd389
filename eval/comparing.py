"""Two results side by side: only what can be compared is compared."""

from __future__ import annotations

from collections.abc import Callable

from council import UsageError
from eval.result import Asked, Result
from eval.summary import Compared, compared
from eval.systems import PRODUCT


def compare(
    before: Result,
    after: Result,
    *,
    system: str = PRODUCT,
    other: str = PRODUCT,
    common: bool = False,
    chosen: Callable[[Asked], bool] = lambda asked: True,
    seed: int | None = None,
) -> tuple[Compared, ...]:
    """Compare two results.

    Args:
        before: result A.
        after: result B.
        system: which system of A.
        other: which system of B.
        common: where the gold sets differ, compare the questions that are the same in both, wording and judgements.
        chosen: which questions are looked at.
        seed: what chance is started with; that of B if not given.

    Raises:
        UsageError: the results are of other papers or of another gold set, or no question is left.
    """
    must_be_of_the_same_papers(before, after)
    if before.gold.sha256 != after.gold.sha256 and not common:
        raise UsageError(
            f"A asked gold set {before.gold.file} {before.gold.sha256[:12]} and B {after.gold.file} "
            f"{after.gold.sha256[:12]}; score one of them again, or compare what is the same in both with --common"
        )
    marks = {asked.id: asked.mark for asked in before.questions}
    same = {asked.id for asked in after.questions if marks.get(asked.id) == asked.mark and chosen(asked)}
    if not same:
        raise UsageError("A and B have no question in common with the same wording and judgements; nothing to compare")
    return compared(before, after, system=system, other=other, chosen=lambda asked: asked.id in same, seed=seed)


def must_be_of_the_same_papers(before: Result, after: Result) -> None:
    """Refuse two results that are not about the same papers.

    Raises:
        UsageError: names both hashes.
    """
    if before.papers.sha256 != after.papers.sha256:
        raise UsageError(
            f"A was measured on {before.papers.documents} papers {before.papers.sha256[:12]} and B on "
            f"{after.papers.documents} papers {after.papers.sha256[:12]}: another corpus; score both on the same data"
        )
