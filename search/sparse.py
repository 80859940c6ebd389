"""Sparse vectors: terms and 5-grams with BM25 weights, so that a dot product in the index is a BM25 score.

A passage's vector holds the saturated term frequency, a question's vector how often it asks for the term, times how
rare that is (:mod:`search.rarity`). Together: Okapi BM25 (Robertson & Zaragoza, "The Probabilistic Relevance
Framework", 2009, eq. 3.15). Terms become indices by a 32-bit hash; at 100,000 different terms
about one in 43,000 shares its index with another.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import lt

import numpy as np
from numpy.typing import NDArray

from search.dutch import fold

K1 = 1.2
B = 0.75
_GRAM = 5
"""Longer is more telling, shorter forgives more misread letters; see ``docs/choices.md`` for what each length gave."""
_WORD = re.compile(r"[^\W_]+")
_POLYNOMIAL = np.uint32(0xEDB88320)
"""Of the 32-bit cyclic redundancy check that zlib reckons (ISO 3309), its bits in reverse."""
_LEAST, _MOST = 1.2e-38, 3.4e38
"""What a 32-bit float can hold: the engines keep no other, and beyond it a value becomes 0 or infinite."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SparseVector:
    """Indices (rising, each once, 0 to 2³²-1) and their values (above 0, within a 32-bit float), of one length.

    The engine does not check what it is given and a malformed vector breaks the whole store, so it is checked here.
    """

    indices: tuple[int, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a vector that the engine would choke on.

        Raises:
            ValueError: the rules above are broken.
        """
        rising = all(map(lt, self.indices, self.indices[1:]))
        inside = not self.indices or (self.indices[0] >= 0 and self.indices[-1] < 2**32)
        if len(self.indices) != len(self.values) or not rising or not inside:
            raise ValueError("sparse vector: indices must rise, be 32-bit and match the values in number")
        # A sum is no number when one of its parts is none, which the least and the most of them do not tell.
        least, most = min(self.values, default=1.0), max(self.values, default=1.0)
        if not (least >= _LEAST and most <= _MOST) or math.isnan(sum(self.values)):
            raise ValueError("sparse vector: values must be finite and above 0, also as 32-bit floats")


def passage_vector(terms: Iterable[str], *, average: float) -> SparseVector:
    """Return the document side of BM25.

    Args:
        terms: the terms of the passage, repeated as often as they occur.
        average: the mean number of terms of a passage in this index.
    """
    found = np.fromiter(map(term_index, terms), np.uint32)
    return _saturated(found, average)


def gram_vector(text: str, *, average: float) -> SparseVector:
    """Return the document side of BM25 over the 5-grams of a text: ``passage_vector(grams(text))``, all in one go."""
    joined = _joined(text)
    # Nearly all folded text is ASCII, where a character is a byte and all grams can be hashed at once.
    found = _hashed(joined.encode()) if joined.isascii() else np.fromiter(map(term_index, _cut(joined)), np.uint32)
    return _saturated(found, average)


def query_vector(terms: Iterable[str] | Mapping[str, float]) -> SparseVector:
    """Return the question side of BM25 but for rarity: how often, or how strongly, each term is asked for."""
    asked = terms if isinstance(terms, Mapping) else Counter(terms)
    return _vector({term: float(weight) for term, weight in asked.items()})


def idf(passages: int, known: int) -> float:
    """Return the inverse document frequency of BM25, which is never below 0 (Robertson & Zaragoza 2009, 3.3).

    Args:
        passages: how many there are; of none, everything is as rare.
        known: in how many of them the term stands.
    """
    return math.log(1.0 + (passages - known + 0.5) / (known + 0.5)) if passages else 1.0


def grams(text: str) -> Iterator[str]:
    """Yield the 5-grams of a text, over word borders, so that glued and misread words still meet."""
    return _cut(_joined(text))


def _joined(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _cut(joined: str) -> Iterator[str]:
    return (joined[at : at + _GRAM] for at in range(len(joined) - _GRAM + 1))


def term_index(term: str) -> int:
    """Return the index by which a term is known in a sparse vector."""
    return zlib.crc32(term.encode())


def _table() -> NDArray[np.uint32]:
    """Return what each byte adds to a check, as zlib and every other program for it keep it."""
    found = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        found = np.where(found & 1, (found >> 1) ^ _POLYNOMIAL, found >> 1)
    return found


_OF_BYTE = _table()


def _hashed(text: bytes) -> NDArray[np.uint32]:
    """Return :func:`term_index` of every run of five bytes, all at once."""
    row = np.frombuffer(text, np.uint8)
    count = max(len(row) - _GRAM + 1, 0)
    check = np.full(count, 0xFFFFFFFF, np.uint32)
    for at in range(_GRAM):
        check = _OF_BYTE[(check ^ row[at : at + count]) & 0xFF] ^ (check >> 8)
    return ~check


def _saturated(found: NDArray[np.uint32], average: float) -> SparseVector:
    indices, counts = np.unique(found, return_counts=True)
    norm = K1 * (1 - B + B * len(found) / max(average, 1.0))
    values = counts * (K1 + 1) / (counts + norm)
    return SparseVector(indices=tuple(indices.tolist()), values=tuple(values.tolist()))


def _vector(weights: dict[str, float]) -> SparseVector:
    by_index: dict[int, float] = {}
    for term, weight in weights.items():
        index = term_index(term)
        by_index[index] = by_index.get(index, 0.0) + weight
    indices = tuple(sorted(by_index))
    return SparseVector(indices=indices, values=tuple(by_index[index] for index in indices))
