"""In how many public passages each 5-gram stands: what a question's 5-grams are weighed by.

Terms are counted by name (:mod:`search.vocabulary`). There are some hundred 5-grams to each word, so these are counted
by the index that they have in a sparse vector.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from council import DataError
from search.postings import save
from search.sparse import SparseVector, idf

GRAMS_FORM = "grams-1"
"""Names this form; a generation with another is built anew."""
_WAITING = 2_000_000
"""How many changes wait at least before they are put in order, and at most half of what is known, if that is more."""
_AT_ONCE = 1_000
"""Passages whose 5-grams are counted together, so that what leaves in one night takes no more memory for being much."""
_NO_INDICES = np.zeros(0, np.uint32)
_NO_COUNTS = np.zeros(0, np.int64)


class GramCounts:
    """Document frequencies of 5-grams over the public passages of one generation.

    Args:
        indices: of the 5-grams that stand anywhere, rising.
        counts: in how many passages each does.
    """

    def __init__(self, indices: NDArray[np.uint32] = _NO_INDICES, counts: NDArray[np.int64] = _NO_COUNTS) -> None:
        self._indices, self._counts = indices, counts
        self._waiting: list[tuple[NDArray[np.uint32], NDArray[np.int64]]] = []
        self._wait = 0

    def add(self, passages: Iterable[Iterable[int]]) -> None:
        """Count passages in, each by the indices of its 5-grams, which come once."""
        self._take(passages, 1)

    def remove(self, passages: Iterable[Iterable[int]]) -> None:
        """Count passages out again."""
        self._take(passages, -1)

    def frequencies(self, indices: Iterable[int]) -> NDArray[np.int64]:
        """Return in how many passages each of these 5-grams stands."""
        self._settle()
        asked = np.fromiter(indices, np.uint32)
        if not len(self._indices):
            return np.zeros(len(asked), np.int64)
        at = np.minimum(self._indices.searchsorted(asked), len(self._indices) - 1)
        return np.where(self._indices[at] == asked, self._counts[at], 0)

    def weighed(self, asked: SparseVector, *, passages: int) -> SparseVector:
        """Return the 5-grams of a question, each as strong as it is asked for and rare.

        Args:
            asked: how often it asks for each.
            passages: how many public passages there are.
        """
        known = self.frequencies(asked.indices).tolist()
        weights = (value * idf(passages, count) for value, count in zip(asked.values, known, strict=True))
        return SparseVector(indices=asked.indices, values=tuple(weights))

    def write(self, path: Path) -> None:
        """Write the counts to a file, in place of an older one."""
        self._settle()
        save(path, np.stack((self._indices, self._counts.astype(np.uint32))))

    @classmethod
    def read(cls, path: Path) -> GramCounts:
        """Read counts back.

        Raises:
            DataError: the file is missing or damaged.
        """
        try:
            found = np.load(path, allow_pickle=False)
            if found.dtype != np.uint32 or found.ndim != 2 or len(found) != 2 or np.any(found[0, 1:] <= found[0, :-1]):
                raise ValueError("it does not hold what is counted here")
        except (OSError, EOFError, ValueError) as error:
            raise DataError(f"{path}: {error}; run raadspoor-ingest again to build a new generation") from error
        return cls(found[0].copy(), found[1].astype(np.int64))

    def _take(self, passages: Iterable[Iterable[int]], sign: int) -> None:
        rest = iter(passages)
        while part := list(islice(rest, _AT_ONCE)):
            indices, counts = np.unique(np.fromiter(chain.from_iterable(part), np.uint32), return_counts=True)
            self._waiting.append((indices, sign * counts))
            self._wait += len(indices)
            if self._wait > max(_WAITING, len(self._indices) // 2):
                self._settle()

    def _settle(self) -> None:
        """Put what waits in its place among what is known."""
        if not self._waiting:
            return
        parts = [(self._indices, self._counts), *self._waiting]
        indices, where = np.unique(np.concatenate([part for part, _ in parts]), return_inverse=True)
        counts = np.zeros(len(indices), np.int64)
        np.add.at(counts, where, np.concatenate([part for _, part in parts]))
        stands = counts > 0
        self._indices, self._counts = indices[stands], counts[stands]
        self._waiting, self._wait = [], 0
