"""What the dense leg finds of what an exact comparison of all vectors finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.collections import MUNICIPALITY
from bench.questions import mixed
from bench.results import Figures
from bench.timing import timed
from council import Catalogue, DataFolder, Filters, Leg
from council.settings import Settings
from search import SentenceTransformerEmbedder
from search.engine import CANDIDATES
from search.generation import must_be_live
from search.index import PassageIndex, QueryVectors
from search.indexable import indexables
from search.open_index import open_for_reading
from search.sparse import SparseVector

BEST = 10
_LAW_QUESTIONS = 155
_BATCH = 4096
_ALIKE = 1e-5
"""What two cosines may differ in without telling two passages apart: 32-bit sums in another order give as much."""
_NOTHING = SparseVector(indices=(), values=())
Vectors = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """A collection as vectors of length 1, made anew from its texts and not read from the index."""

    ids: NDArray[np.int64]
    """Rising."""
    passages: Vectors
    questions: Vectors

    def save(self, path: Path) -> None:
        """Write it for another measurement."""
        np.savez(path, ids=self.ids, passages=self.passages, questions=self.questions)

    @classmethod
    def load(cls, path: Path) -> Embedded:
        """Read what :meth:`save` wrote."""
        with np.load(path) as file:
            return cls(ids=file["ids"], passages=file["passages"], questions=file["questions"])


def dense_leg(data: Path, kept: Path) -> Figures:
    """Compare the index's dense leg with brute force, asked as the engine asks it; keep the vectors for others."""
    folder, settings = DataFolder(data), Settings()
    found = _embedded(Catalogue(folder.catalogue), settings)
    found.save(kept)
    index = open_for_reading(settings, folder, must_be_live(folder), MUNICIPALITY)
    ask = _leg(index)
    recall = mean_recall(found, ask)
    times = timed(ask, list(found.questions))
    index.close()
    return {
        "passages": len(found.ids),
        "questions": len(found.questions),
        "dimension": found.passages.shape[1],
        "recall_at_10": round(recall, 4),
        "p50_ms": times.p50,
        "p95_ms": times.p95,
    }


def mean_recall(collection: Embedded, ask: Callable[[Vectors], Sequence[int]]) -> float:
    """Return how much of the exact best ten an approximate search finds, as a mean over the questions.

    A passage counts as found if it is as near as the tenth of the exact ones: of passages that say the same, whichever
    comes is right.

    Args:
        collection: all vectors.
        ask: returns ids for one question, best first; the first ten count.
    """
    shares = []
    best = min(BEST, len(collection.ids))
    for question in collection.questions:
        exact = collection.passages @ question
        least = np.partition(exact, -best)[-best] - _ALIKE
        at = np.searchsorted(collection.ids, np.asarray(list(ask(question))[:best], dtype=np.int64))
        shares.append(float(np.count_nonzero(exact[at] >= least)) / best)
    return float(np.mean(shares))


def _leg(index: PassageIndex) -> Callable[[Vectors], Sequence[int]]:
    def ask(question: Vectors) -> Sequence[int]:
        vectors = QueryVectors(terms=_NOTHING, grams=_NOTHING, dense=tuple(question.tolist()))
        return [id_ for id_, _ in index.search(vectors, Filters(), limit=CANDIDATES)[Leg.DENSE]]

    return ask


def _embedded(catalogue: Catalogue, settings: Settings) -> Embedded:
    """Embed what every reader may see of a catalogue, and the questions."""
    embedder = SentenceTransformerEmbedder.from_settings(settings)
    ids: list[int] = []
    texts: list[str] = []
    vectors: list[Vectors] = []
    for document in catalogue.documents(Filters()):
        for item in indexables(catalogue, document):
            ids.append(item.passage.id)
            texts.append(item.in_context)
        if len(texts) >= _BATCH:
            vectors.append(embedder.passages(texts))
            texts = []
    vectors.append(embedder.passages(texts))
    order = np.argsort(np.asarray(ids, dtype=np.int64))
    return Embedded(
        ids=np.asarray(ids, dtype=np.int64)[order],
        passages=np.concatenate(vectors)[order],
        questions=embedder.queries(mixed(catalogue, _LAW_QUESTIONS)),
    )
