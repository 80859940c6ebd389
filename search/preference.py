"""A light hand on the scales between documents that match about equally: the decision first, and the newer first.

What was decided binds, and an agenda that announces it does not; what is new is more often wanted than what it came in
place of. A score rises by at most the share that the setting names, so a document passes only those that stand within
that share of it: an exact old paper never loses to a vague new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import attrgetter

from council import Adjustment, Cause, Kind
from search.intent import Moment
from search.question import Question
from search.ranking import Ranked

_DECIDED = frozenset({Kind.RAADSBESLUIT, Kind.BESLUITENLIJST, Kind.VERORDENING})
_HALF_LIFE = 2 * 365.25
"""Days in which newness halves."""


def preferred(
    found: Sequence[Ranked], question: Question, *, strength: float, newest: dt.date | None
) -> tuple[Ranked, ...]:
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
        return tuple(found)
    dated = newest if not question.years and question.moment is not Moment.FIRST else None
    raised = [_raised(item, strength / 2, dated) for item in found]
    return tuple(sorted(raised, key=attrgetter("score"), reverse=True))


def _raised(item: Ranked, half: float, newest: dt.date | None) -> Ranked:
    # Written out: this runs for every document that was found, and most of them get nothing.
    document, score, adjustments = item.document, item.score, item.adjustments
    raised = score
    if document.kind in _DECIDED and (decision := half * score):
        raised += decision
        adjustments += (Adjustment(cause=Cause.DECISION, change=decision),)
    if newest is not None and document.date is not None:
        newer = half * score * 0.5 ** (max(0, (newest - document.date).days) / _HALF_LIFE)
        if newer:
            raised += newer
            adjustments += (Adjustment(cause=Cause.NEWER, change=newer),)
    return Ranked(document, item.passages, raised, adjustments, item.twins)
