"""Vectors of single words, kept: the same few thousand words come back in every question's sentences."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np

from search.embedding import Vectors

MOST = 50_000
"""Words that are kept: about 50 MB with vectors of 256 numbers."""


class WordVectors:
    """Gives vectors of words, each worked out once; may be used by several threads.

    Args:
        embed: gives one vector per word, whatever words stand beside it.
        most: how many are kept; beyond that it starts anew.
    """

    def __init__(self, embed: Callable[[Sequence[str]], Vectors], *, most: int = MOST) -> None:
        self._embed = embed
        self._most = most
        self._kept: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def __call__(self, words: Sequence[str]) -> Vectors:
        """Return one vector per word, shape (words, dimension); at least one word."""
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._kept]
            if new:
                if len(self._kept) + len(new) > self._most:
                    self._kept.clear()
                    new = list(dict.fromkeys(words))
                self._kept.update(zip(new, self._embed(new), strict=True))
            return np.array([self._kept[word] for word in words])
