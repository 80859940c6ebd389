"""A light hand on the scales between documents that match about equally: the decision first, and the newer first.

What was decided binds, and an agenda that announces it does not; what is new is more often wanted than what it came in
place of. A score rises by at most the share that the setting names, so a document passes only those that stand within
that share of it: an exact old paper never loses to a vague new one.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from council import Cause, Kind
from search.intent import Moment
from search.question import Question
from search.ranking import Ranking

_DECIDED = frozenset({Kind.RAADSBESLUIT, Kind.BESLUITENLIJST, Kind.VERORDENING})
_DECIDES = np.array([*(kind in _DECIDED for kind in Kind), False])
"""The same by the number that a kind has among papers."""
_HALF_LIFE = 2 * 365.25
"""Days in which newness halves."""


def preferred(found: Ranking, question: Question, *, strength: float, newest: dt.date | None) -> Ranking:
    """Return the documents in their order after a preference for decisions and for new papers.

    A score ``s`` becomes ``s * (1 + strength * (d + n) / 2)``, with ``d`` 1 for a decision, and ``n`` halving with
    every two years that a paper is older than the newest. Where the question names a year, or asks how things stood at
    first, ``n`` is 0: the newest is not what is wanted. So it is for a paper without a date.

    Args:
        found: the documents.
        question: what was asked.
        strength: by what share a score may rise; 0 changes nothing.
        newest: the date of the newest document that could have been found.
    """
    if not strength:
        return found
    share = strength / 2 * found.scores
    decision = share * _DECIDES[found.papers.kinds[found.numbers]]
    newer = np.zeros(len(found))
    if newest is not None and not question.years and question.moment is not Moment.FIRST:
        days = found.papers.days[found.numbers]
        older = np.maximum(newest.toordinal() - days, 0)
        newer = np.where(days > 0, share * 0.5 ** (older / _HALF_LIFE), 0.0)
    return found.changed(
        (Cause.DECISION, np.where(decision > 0.0, decision, np.nan)),
        (Cause.NEWER, np.where(newer > 0.0, newer, np.nan)),
    )
