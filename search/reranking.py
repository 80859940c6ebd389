"""The best documents ordered anew by a model that reads question and passage together, if the municipality has one.

A cross-encoder (Nogueira & Cho, "Passage Re-ranking with BERT", 2019) sees which word of the question meets which of
the passage, which no vector made beforehand can. It costs a run of the model per document, so only the best are read.
Its order replaces theirs: whoever sets one has chosen it, and a mixture would need a weight for every model, with no
questions to set it by. Documents below keep their places. Nothing is fetched: the model is a folder on this machine.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from council import Adjustment, Cause, DataError, LegPlace
from council.settings import Settings
from search.ranking import Ranked

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Scores = NDArray[np.float64]
_REMEDY = (
    "set RAADSPOOR_RERANKER to a folder on this machine with a CrossEncoder of sentence-transformers that gives one "
    "score, or leave it out to do without"
)


class Reranker(Protocol):
    """Says how well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Return one score per text; higher is better, on any scale."""
        ...


class CrossEncoderReranker:
    """A :class:`Reranker` on any CrossEncoder; the model is loaded with the first question.

    Args:
        folder: where the model is.

    Raises:
        DataError: no such folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        if not Path(folder).is_dir():
            raise DataError(f"reranker {folder!r} is no folder; {_REMEDY}")

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Return one score per text.

        Raises:
            DataError: the model cannot be loaded, or gives several scores.
        """
        if not texts:
            return np.zeros(0)
        found = np.asarray(
            self._model.predict([(question, text) for text in texts], show_progress_bar=False), np.float64
        )
        if found.shape != (len(texts),):
            raise DataError(f"reranker {self._folder!r} gives {found.shape[1]} scores for each text; {_REMEDY}")
        # What is no number is no reason to stand above anything.
        return np.nan_to_num(found, nan=float(np.nanmin(found, initial=0.0)))

    @cached_property
    def _model(self) -> CrossEncoder:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self._folder, device="cpu", local_files_only=True)
        except Exception as error:  # each kind of model breaks in its own way
            raise DataError(f"reranker {self._folder!r} cannot be loaded: {error}; {_REMEDY}") from error
        return model


def reranker_of(settings: Settings) -> Reranker | None:
    """Return the reranker that the settings ask for, not loaded yet; None where they ask for none.

    Raises:
        DataError: it is not there.
    """
    return CrossEncoderReranker(settings.reranker) if settings.reranker else None


def reranked(found: Sequence[Ranked], scores: Sequence[float]) -> tuple[Ranked, ...]:
    """Return the documents with the first of them in the order of a reranker's scores, ties as they stood.

    The scores that they are ranked by are dealt out anew, the highest to the first: so they go on falling down to the
    documents that were not read.

    Args:
        found: the documents, best first.
        scores: the reranker's scores of as many of them as were read.
    """
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    head = []
    for rank, at in enumerate(order, start=1):
        item, score = found[at], found[rank - 1].score
        change = Adjustment(
            cause=Cause.RERANKER, change=score - item.score, place=LegPlace(rank=rank, score=float(scores[at]))
        )
        head.append(item._replace(score=score, adjustments=(*item.adjustments, change)))
    return (*head, *found[len(scores) :])
