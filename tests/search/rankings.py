"""Rankings of documents that no engine brought in, for tests of what orders them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from council import Document
from search.fusion import Fusion
from search.papers import Papers
from search.ranking import Ranking, by_document


def a_fusion(scores: Sequence[float]) -> Fusion:
    """Return passages 1, 2, 3 … with these scores, best first, each with the number below its id."""
    order = np.argsort(-np.array(scores, np.float64), kind="stable")
    return Fusion(
        ids=order + 1,
        scores=np.array(scores, np.float64)[order],
        numbers=order,
        brought={},
        listing=np.zeros(len(scores)),
    )


def a_ranking(found: Sequence[tuple[Document, float]]) -> Ranking:
    """Return documents, each found by one passage with this score."""
    documents, scores = [document for document, _ in found], [score for _, score in found]
    every = np.ones(len(found), np.bool_)
    return by_document(a_fusion(scores), np.arange(len(found)), Papers.of(documents), every)
