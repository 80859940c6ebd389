"""From ranked passages to ranked documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from council import Adjustment, Cause, Document
from search.fusion import Fused

_KIN_SHARE = 0.25
"""How much of a document's score its kin give."""
_KIN = 3
"""How many of the best of them speak for all."""
_SCORE = attrgetter("score")


class Ranked(NamedTuple):
    """A document that was found, with its passages that were found, best first.

    A named tuple, like what it holds: some hundreds are made for each question.
    """

    document: Document
    passages: tuple[Fused, ...]
    score: float
    """What it is ranked by: from 0 to about 1."""
    adjustments: tuple[Adjustment, ...] = ()
    """What changed it after the passages were fused."""
    twins: tuple[Ranked, ...] = ()
    """Documents further down that say the same."""


def by_document(fused: Sequence[Fused], owners: Sequence[Document | None]) -> tuple[Ranked, ...]:
    """Group passages by document, in the order of each document's best passage and what its kin lend it.

    Args:
        fused: the passages, best first.
        owners: the document of each; None for one that the reader may not see, which is passed over.
    """
    groups: dict[str, tuple[Document, list[Fused]]] = {}
    for item, document in zip(fused, owners, strict=True):
        if document is None:
            continue
        if (group := groups.get(document.sha256)) is not None:
            group[1].append(item)
        else:
            groups[document.sha256] = (document, [item])
    found = [
        Ranked(document, tuple(items), items[0].score, _of_listing(items[0])) for document, items in groups.values()
    ]
    return tuple(sorted(with_kin(found), key=_SCORE, reverse=True))


def with_kin(found: Sequence[Ranked]) -> list[Ranked]:
    """Let documents of one title and one date lend each other a part of their scores.

    They are parts of one paper: a proposal and its appendices, the answers to one list of questions. What is asked of
    one is often said in another, and a part that says "see question 3" is found through the part that question 3 is
    in (the cluster hypothesis; van Rijsbergen 1979, ch. 3). A document's score becomes ``(1 - s) * own + s * kin`` with
    ``s`` a quarter and ``kin`` the mean of the three best scores of its kind of paper; who has no kin keeps its score.
    """
    kin: dict[tuple[str, dt.date | None], list[Ranked]] = {}
    for item in found:
        if item.document.title:
            kin.setdefault((item.document.title, item.document.date), []).append(item)
    lent = {key: sorted(items, key=lambda item: -item.score)[:_KIN] for key, items in kin.items() if len(items) > 1}
    return [
        _lent(item, lenders) if (lenders := lent.get((item.document.title, item.document.date))) else item
        for item in found
    ]


def _of_listing(best: Fused) -> tuple[Adjustment, ...]:
    return (Adjustment(cause=Cause.LISTING, change=best.listing),) if best.listing else ()


def _lent(item: Ranked, lenders: Sequence[Ranked]) -> Ranked:
    others = tuple(lender.document for lender in lenders if lender is not item)
    change = _KIN_SHARE * (sum(lender.score for lender in lenders) / len(lenders) - item.score)
    lending = Adjustment(cause=Cause.KIN, change=change, lenders=others)
    return item._replace(score=item.score + change, adjustments=(*item.adjustments, lending))
