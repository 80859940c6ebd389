"""Sparse vectors: terms and 5-grams with BM25 weights, so that a dot product in the index is a BM25 score.

A passage's vector holds the saturated term frequency, a question's vector how often it asks for the term; the engine
multiplies by the inverse document frequency (its modifier ``idf``). Together: Okapi BM25 (Robertson & Zaragoza, "The
Probabilistic Relevance Framework", 2009, eq. 3.15). Terms become indices by a 32-bit hash; at 100,000 different terms
about one in 43,000 shares its index with another.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.dutch import fold

K1 = 1.2
B = 0.75
_GRAM = 5
"""Longer is more telling, shorter forgives more misread letters; see ``docs/choices.md`` for what each length gave."""
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
        rising = all(a < b for a, b in zip(self.indices, self.indices[1:], strict=False))
        inside = not self.indices or (self.indices[0] >= 0 and self.indices[-1] < 2**32)
        if len(self.indices) != len(self.values) or not rising or not inside:
            raise ValueError("sparse vector: indices must rise, be 32-bit and match the values in number")
        if not all(_LEAST <= value <= _MOST for value in self.values):
            raise ValueError("sparse vector: values must be finite and above 0, also as 32-bit floats")


def passage_vector(terms: Iterable[str], *, average: float) -> SparseVector:
    """Return the document side of BM25.

    Args:
        terms: the terms of the passage, repeated as often as they occur.
        average: the mean number of terms of a passage in this index.
    """
    counts = Counter(terms)
    length = counts.total()
    norm = K1 * (1 - B + B * length / max(average, 1.0))
    return _vector({term: count * (K1 + 1) / (count + norm) for term, count in counts.items()})


def query_vector(terms: Iterable[str] | Mapping[str, float]) -> SparseVector:
    """Return the question side of BM25: how often, or how strongly, each term is asked for."""
    asked = terms if isinstance(terms, Mapping) else Counter(terms)
    return _vector({term: float(weight) for term, weight in asked.items()})


def grams(text: str) -> Iterator[str]:
    """Yield the 5-grams of a text, over word borders, so that glued and misread words still meet."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    joined = f" {' '.join(words)} "
    for at in range(len(joined) - _GRAM + 1):
        yield joined[at : at + _GRAM]


def term_index(term: str) -> int:
    """Return the index by which a term is known in a sparse vector."""
    return zlib.crc32(term.encode())


def _vector(weights: dict[str, float]) -> SparseVector:
    by_index: dict[int, float] = {}
    for term, weight in weights.items():
        index = term_index(term)
        by_index[index] = by_index.get(index, 0.0) + weight
    indices = tuple(sorted(by_index))
    return SparseVector(indices=indices, values=tuple(by_index[index] for index in indices))
