"""From ranked passages to ranked documents.

Some hundreds of documents are found for each question, and a page shows ten. So they are put in order as numbers in
arrays, and only who is looked at becomes a :class:`Ranked`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from math import isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from council import Adjustment, Cause, Document
from search.fusion import Fused, Fusion
from search.papers import Papers
from search.rows import Rows

_KIN_SHARE = 0.25
"""How much of a document's score its kin give."""
_KIN = 3
"""How many of the best of them speak for all."""
_NO_ROWS = np.zeros(0, np.int64)
Changes = NDArray[np.float64]
"""What was added to the score of each document of a ranking; no number (NaN) where nothing had a say."""


class Ranked(NamedTuple):
    """A document that was found, with its passages that were found, best first."""

    document: Document
    passages: tuple[Fused, ...]
    score: float
    """What it is ranked by: from 0 to about 1."""
    adjustments: tuple[Adjustment, ...] = ()
    """What changed it after the passages were fused."""
    twins: tuple[Ranked, ...] = ()
    """Documents further down that say the same."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ranking(Rows[Ranked]):
    """The documents that were found, best first."""

    papers: Papers
    numbers: NDArray[np.int64]
    """The number of each document among the papers."""
    scores: NDArray[np.float64]
    fused: Fusion
    rows: NDArray[np.int64]
    """Places of passages in the fused ranking, document by document, best first."""
    begins: NDArray[np.int64]
    """Where the passages of each document begin among these."""
    counts: NDArray[np.int64]
    """How many passages of each document were found."""
    changes: tuple[tuple[Cause, Changes], ...] = ()
    """What changed the scores, in the order in which it did."""
    lenders: NDArray[np.int64] | None = None
    """The numbers of the documents that lent to each, best first, -1 for none: a row of :data:`_KIN` for each."""

    def __len__(self) -> int:
        """Return how many documents were found."""
        return len(self.numbers)

    def at(self, places: NDArray[np.int64]) -> tuple[Ranked, ...]:
        """Return the documents at places."""
        columns = [column[places].tolist() for column in (self.numbers, self.scores, self.begins, self.counts)]
        said = [(cause, change[places].tolist()) for cause, change in self.changes]
        rows = [self.rows[begin : begin + count] for begin, count in zip(*columns[2:], strict=True)]
        passages = iter(self.fused.at(np.concatenate([_NO_ROWS, *rows])))
        return tuple(
            Ranked(
                document=self.papers.known(number),
                passages=tuple(islice(passages, count)),
                score=score,
                adjustments=tuple(
                    Adjustment(cause=cause, change=changes[at], lenders=self._lenders(place, cause))
                    for cause, changes in said
                    if not isnan(changes[at])
                ),
            )
            for at, (place, number, score, _, count) in enumerate(zip(places.tolist(), *columns, strict=True))
        )

    def changed(self, *changes: tuple[Cause, Changes], lenders: NDArray[np.int64] | None = None) -> Ranking:
        """Return the ranking in the order that it has after changes of its scores; equal scores stay as they stand.

        Args:
            changes: what is added to the score of each, and why.
            lenders: who lent to each.
        """
        scores = sum((np.nan_to_num(change) for _, change in changes), start=self.scores)
        order = np.argsort(-scores, kind="stable")
        mine = self.lenders if lenders is None else lenders
        return replace(
            self,
            numbers=self.numbers[order],
            scores=scores[order],
            begins=self.begins[order],
            counts=self.counts[order],
            changes=tuple((cause, change[order]) for cause, change in (*self.changes, *changes)),
            lenders=None if mine is None else mine[order],
        )

    def _lenders(self, at: int, cause: Cause) -> tuple[Document, ...]:
        if cause is not Cause.KIN or self.lenders is None:
            return ()
        return tuple(self.papers.known(one) for one in self.lenders[at].tolist() if one not in (-1, self.numbers[at]))


def by_document(fused: Fusion, owners: NDArray[np.integer], papers: Papers, within: NDArray[np.bool_]) -> Ranking:
    """Group passages by document, in the order of each document's best passage.

    Args:
        fused: the passages, best first.
        owners: the number of the document of each passage of the generation, by the passage's number.
        papers: the documents.
        within: which documents the reader may see; passages of others, and those that nobody knows, are passed over.
    """
    known = np.flatnonzero(fused.numbers >= 0)
    owner = owners[fused.numbers[known]].astype(np.int64)
    seen = within[owner]
    rows, owner = known[seen], owner[seen]
    numbers, first, group, counts = np.unique(owner, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(first)
    best = rows[first[order]]
    listing = fused.listing[best]
    return Ranking(
        papers=papers,
        numbers=numbers[order],
        scores=fused.scores[best],
        fused=fused,
        rows=rows[np.argsort(group, kind="stable")],
        begins=(np.cumsum(counts) - counts)[order],
        counts=counts[order],
        changes=((Cause.LISTING, np.where(listing < 0.0, listing, np.nan)),),
    )


def with_kin(found: Ranking) -> Ranking:
    """Let documents of one title and one date lend each other a part of their scores.

    They are parts of one paper: a proposal and its appendices, the answers to one list of questions. What is asked of
    one is often said in another, and a part that says "see question 3" is found through the part that question 3 is
    in (the cluster hypothesis; van Rijsbergen 1979, ch. 3). A document's score becomes ``(1 - s) * own + s * kin`` with
    ``s`` a quarter and ``kin`` the mean of the three best scores of its kind of paper; who has no kin keeps its score.

    Args:
        found: the documents, best first.
    """
    kin = found.papers.kin[found.numbers]
    _, family, sizes = np.unique(kin, return_inverse=True, return_counts=True)
    # Family by family, best first: a lender is who stands among the first three of its own.
    order = np.argsort(family, kind="stable")
    begins = np.cumsum(sizes) - sizes
    place = np.empty(len(kin), np.int64)
    place[order] = np.arange(len(kin)) - begins[family[order]]
    lends = place < _KIN
    shared = np.bincount(family[lends], weights=found.scores[lends], minlength=len(sizes)) / np.minimum(sizes, _KIN)
    lenders = np.full((len(sizes), _KIN), -1, np.int64)
    lenders[family[lends], place[lends]] = found.numbers[lends]
    has_kin = (kin >= 0) & (sizes[family] > 1)
    lent = np.where(has_kin, _KIN_SHARE * (shared[family] - found.scores), np.nan)
    return found.changed((Cause.KIN, lent), lenders=lenders[family])
